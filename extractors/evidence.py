"""What speaks for a candidate attribution, as named features of its context.

The decision is a logistic one (a weighted sum of this evidence); the weights and the counts behind
the lexicon are fitted on training texts by ``training/fit_rules.py`` and lie in ``lexicons/``.
"""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.lexicon import CueLexicon

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.frames import Candidate
    from quoth.extractors.quoted import QuotedTokens
    from quoth.extractors.tree import Tree

PERSONAL = frozenset(("he", "she", "they", "we", "i", "you"))
DEMONSTRATIVE = frozenset(("this", "that", "which", "these", "those", "what", "there"))
LONGEST = 6


def source_kind(tree: Tree, candidate: Candidate) -> str:
    """Return what the source is made of: none, a pronoun's class, a name or another noun."""
    if candidate.source is None:
        return "passive" if candidate.passive else "none"
    begin, end = candidate.source
    word = tree.words[end - 1]
    if end - begin == 1:
        if word in PERSONAL:
            return "personal"
        if word in ("it", "who"):
            return word
        if word in DEMONSTRATIVE:
            return "demonstrative"
    return "name" if tree.tags[end - 1].startswith("NNP") else "noun"


def features(
    tree: Tree, quoted: QuotedTokens, candidate: Candidate, content: list[Range]
) -> list[str]:
    """Return the names of the features that hold; each has the value 1."""
    head, frame = candidate.head, candidate.frame
    kind = frame.split(":", 1)[0]
    full = candidate.word[0] + frame
    length = min(int(math.log2(1 + sum(end - begin for begin, end in content))), LONGEST)
    found = [
        f"source={source_kind(tree, candidate)}",
        f"tag={tree.tags[head]}",
        f"dep={tree.deps[head]}",
        f"length={length}",
        f"length={kind}:{length}",
        f"frame={full}",
        "cue=quoted" if quoted.around(head) is not None else "cue=unquoted",
    ]
    if candidate.passive:
        found.append(f"passive={kind}")
    if candidate.inherited:
        found += (f"inherited={kind}", f"inherited={tree.deps[head]}")
    if quoted.touches(content):
        found.append(f"quoted={full.split(':', 1)[0]}")
    if content[0][0] < head:
        found.append("content=first")
    if candidate.word[0] == "v":
        found += (
            f"aux={tree.words[c]}" for c in tree.children[head] if tree.deps[c] in ("aux", "neg")
        )
    return found


def without_place(names: list[str]) -> list[str]:
    """Return the features as they would be outside quotations and subordinate clauses."""
    kept = [name for name in names if not name.startswith(("dep=", "cue="))]
    return [*kept, "cue=unquoted", "dep=ROOT"]


class Evidence:
    """Scores candidates: the lexicon's log-odds and the context's weights, summed."""

    def __init__(self, lexicon: CueLexicon, weights: dict[str, float]) -> None:
        self.lexicon = lexicon
        self.weights = weights

    @classmethod
    def load(cls) -> Evidence:
        """Load the lexicon and the weights that come with the package."""
        path = files("quoth.extractors") / "lexicons" / "weights.json"
        return cls(CueLexicon.load(), json.loads(path.read_text(encoding="utf-8")))

    def lexical(self, candidate: Candidate) -> dict[str, float]:
        """Return the lexicon's evidence as features with values in log-odds."""
        return self.lexicon.evidence(candidate.word, candidate.frame)

    def log_odds(self, lexical: dict[str, float], context: list[str]) -> float:
        """Return the log-odds (natural) that the candidate is an attribution."""
        weights = self.weights
        total = weights["bias"]
        for name, value in lexical.items():
            total += weights.get(name, 0.0) * value
        for name in context:
            total += weights.get(name, 0.0)
        return total
