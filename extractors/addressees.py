"""Verbs by how they take whom something is told."""

TELLING = frozenset(
    ("tell", "inform", "assure", "remind", "notify", "advise", "brief", "warn", "ask", "urge",
     "email", "write", "show", "promise", "answer", "thank")
)  # fmt: skip
"""«told reporters»"""
SPEAKING_TO = frozenset(
    ("say", "speak", "talk", "explain", "announce", "complain", "suggest", "confirm", "write",
     "disclose", "reveal", "admit", "describe", "report", "state", "testify", "appeal", "confess")
)  # fmt: skip
"""«said to reporters»"""
