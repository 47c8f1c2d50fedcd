"""What belongs to a content: not its source, not whom it was told, not the clause around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.addressees import TELLING
from quoth.extractors.constituents import Constituents
from quoth.extractors.quoted import EDGE_PUNCTUATION, without

if TYPE_CHECKING:
    from quoth.extractors.drafts import Draft, Range
    from quoth.extractors.tree import Tree

SUBORDINATORS = frozenset(
    ("after", "before", "when", "while", "because", "since", "although", "though", "until",
     "that", "whether")
)  # fmt: skip
"""Conjunctions whose clause does not report the one that it hangs on, as one with «as» does."""
LONGEST_ASIDE = 25
"""Tokens that may stand between commas before the clause that a cue reports."""


class ContentEdges:
    """Cuts contents to what is said, in one parsed document."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.parts = Constituents(tree)

    def said(self, draft: Draft) -> list[Range]:
        """Return the content of a draft that has one, without what does not belong to it.

        Empty where nothing of it does.
        """
        pieces = self._outside_of(draft["content"], (draft["source"], draft["cue"]))
        pieces = self._without_addressee(draft, pieces)
        head = draft["head"]
        if head is None or not self.tree.is_verb(head):
            return pieces
        if self.tree.tags[head] == "VBG":
            # «reported, citing two aides, that …»: the clause is not what is cited.
            pieces = self._outside_of(pieces, (self.clause_after_aside(head - 1),))
        pieces = self._without_main_clause(head, pieces)
        return self._after_aside(draft, pieces) or pieces

    def _outside_of(self, pieces: list[Range], holes: tuple[Range | None, ...]) -> list[Range]:
        for hole in holes:
            if hole is not None and any(b < hole[1] and hole[0] < e for b, e in pieces):
                parts = [p for piece in pieces for p in without(piece, hole)]
                trimmed = [self.tree.trim(*p, EDGE_PUNCTUATION) for p in parts]
                pieces = [p for p in trimmed if any(self.tree.is_word(i) for i in range(*p))]
        return pieces

    def _without_addressee(self, draft: Draft, pieces: list[Range]) -> list[Range]:
        """Leave out a piece that is whom the rest was told («“Not now,” he told reporters»)."""
        head, lemma = draft["head"], draft["word"][2:].split("_", 1)[0]
        if head is None or lemma not in TELLING or len(pieces) == 1:
            return pieces
        tree = self.tree
        told = {
            self.parts.phrase(c)
            for c in tree.children[head]
            if tree.deps[c] in ("dobj", "dative") and not tree.is_verb(c)
        }
        return [piece for piece in pieces if piece not in told]

    def _without_main_clause(self, head: int, pieces: list[Range]) -> list[Range]:
        """Leave out what a cue in a subordinate clause hangs on («… hours after X reported»)."""
        tree = self.tree
        mark = tree.child(head, "mark")
        if mark is None or mark > head or tree.words[mark] not in SUBORDINATORS:
            return pieces
        return [piece for piece in pieces if piece[0] > mark]

    def _after_aside(self, draft: Draft, pieces: list[Range]) -> list[Range]:
        """Return the clause after an aside as content, unless the content reaches there already."""
        clause = self.clause_after_aside(draft["cue"][1]) if draft["cue"] else None
        if clause is None or any(piece[1] >= clause[0] for piece in pieces):
            return []
        return [clause]

    def clause_after_aside(self, begin: int) -> Range | None:
        """Return the clause that an aside parts from its cue («reported, citing two aides, that»).

        The aside starts at token `begin`; None where there is no such clause.
        """
        tree = self.tree
        if begin < 0 or tree.forms[begin : begin + 1] != [","]:
            return None
        last = min(tree.sentence(begin)[1], begin + LONGEST_ASIDE)
        comma = next((i for i in range(begin + 1, last) if tree.forms[i] == ","), None)
        if comma is None or tree.words[comma + 1 : comma + 2] != ["that"]:
            return None
        that = comma + 1
        verb = tree.heads[that]
        if tree.deps[that] != "mark" or verb < that:
            return None
        return self.parts.clean(that, min(tree.right(verb), tree.sentence(that)[1]))
