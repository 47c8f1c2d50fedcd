"""What speaks for a candidate attribution, as named features of its context.

The decision is a logistic one (a weighted sum of this evidence); the weights and the counts behind
the lexicon are fitted on training texts by ``training/fit_rules.py`` and lie in ``lexicons/``.
"""

from __future__ import annotations

import json
import math
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.lexicon import CueLexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quoth.extractors.drafts import Range
    from quoth.extractors.frames import Candidate
    from quoth.extractors.quoted import QuotedTokens
    from quoth.extractors.tree import Tree

PERSONAL = frozenset(("he", "she", "they", "we", "i", "you"))
DEMONSTRATIVE = frozenset(("this", "that", "which", "these", "those", "what", "there"))
LONGEST = 6
PLACE = 2
"""How many features say where the cue stands: its relation, and whether it is quoted."""
HOPELESS = -2.8
"""Lexical log-odds (frame and word, averaged) below which the context cannot rescue a candidate."""


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
    """Return the names of the features that hold, each with the value 1, `PLACE` of place first."""
    head, frame = candidate.head, candidate.frame
    kind = frame.split(":", 1)[0]
    full = candidate.word[0] + frame
    length = min(int(math.log2(1 + sum(end - begin for begin, end in content))), LONGEST)
    found = [
        f"dep={tree.deps[head]}",
        "cue=unquoted" if quoted.around(head) is None else "cue=quoted",
        f"source={source_kind(tree, candidate)}",
        f"tag={tree.tags[head]}",
        f"length={length}",
        f"length={kind}:{length}",
        f"frame={full}",
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


class Evidence:
    """Scores candidates: the lexicon's log-odds and the context's weights, summed."""

    def __init__(self, lexicon: CueLexicon, weights: dict[str, float]) -> None:
        self.lexicon = lexicon
        self.weights = weights
        self._lexical: dict[tuple[str, str], float | None] = {}

    @classmethod
    def load(cls) -> Evidence:
        """Load the lexicon and the weights that come with the package."""
        path = files("quoth.extractors") / "lexicons" / "weights.json"
        return cls(CueLexicon.load(), json.loads(path.read_text(encoding="utf-8")))

    def lexical(self, word: str, frame: str) -> float | None:
        """Return what the lexicon says of a word in a frame, weighted, the bias included.

        None where it is so little that no context can make up for it.
        """
        key = (word, frame)
        if key not in self._lexical:
            self._lexical[key] = self._weigh(self.lexicon.evidence(word, frame))
        return self._lexical[key]

    def _weigh(self, lexical: dict[str, float]) -> float | None:
        if lexical["lexicon=frame"] + lexical["lexicon=word"] < 2 * HOPELESS:
            return None
        weighted = (self.weights.get(name, 0.0) * value for name, value in lexical.items())
        return self.weights["bias"] + sum(weighted)

    def weight(self, names: Iterable[str]) -> float:
        """Return the sum of the weights of features that hold."""
        weights = self.weights
        return sum([weights.get(name, 0.0) for name in names])

    @cached_property
    def outside(self) -> float:
        """The weight of standing in a main clause, outside all quotations."""
        return self.weight(("dep=ROOT", "cue=unquoted"))
