"""Whether an event is told as a fact: polarity, certainty and time of a verb or noun.

After FactBank (Saurí & Pustejovsky 2009) and the event attributes of NewsReader (Tonelli et al.
2014, MEANTIME's guidelines): modal verbs and adverbs, conditions, what somebody only wants.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.negation import Negations
from quoth.extractors.values import Certainty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quoth.extractors.drafts import Range
    from quoth.extractors.tree import Tree

CLIMBING = frozenset(("xcomp", "ccomp", "advcl", "acl", "conj", "relcl", "pcomp", "prep", "dobj"))
LONGEST_CLIMB = 4


@dataclass(frozen=True, slots=True)
class Factuality:
    """How an event is told; `triggers` are the tokens that say so, in order."""

    negative: bool
    certainty: Certainty
    future: bool
    triggers: tuple[int, ...]


class Modality:
    """Judges events by the words around them (``lexicons/modality.json``)."""

    def __init__(self, lists: dict[str, frozenset[str]]) -> None:
        self.lists = lists
        self.negations = Negations(lists["negations"], lists["negative_subjects"])

    @classmethod
    def load(cls) -> Modality:
        """Load the lists that come with the package."""
        path = files("quoth.extractors") / "lexicons" / "modality.json"
        lists = json.loads(path.read_text(encoding="utf-8"))
        return cls({name: frozenset(words) for name, words in lists.items()})

    def of(self, tree: Tree, main: int, within: Range | None = None) -> Factuality:
        """Return how the event at token `main` is told, by words in `within` where it is given.

        Without it the event is a cue: its sentence counts, and not what the cue itself means
        («expected» is no weaker than «said»).
        """
        begin, end = within or tree.sentence(main)
        triggers: list[int] = []

        def any_of(tokens: Sequence[int], name: str) -> bool:
            words = self.lists[name]
            found = next((i for i in tokens if begin <= i < end and tree.words[i] in words), None)
            if found is not None:
                triggers.append(found)
            return found is not None

        near = self._near(tree, main, itself=within is not None)
        chain = self._above(tree, main, begin, end)
        left = [c for c in tree.children[main] if c < main]
        negation = next((i for i in self.negations.of(tree, main) if begin <= i < end), None)
        if negation is not None:
            triggers.append(negation)
        conditional = any_of(self._conditions(tree, (main, *chain)), "conditions")
        wanted = (self._is_infinitive(tree, main) and any_of(chain[:1], "wanting")) or (
            tree.deps[main] == "ccomp" and any_of(self._auxiliaries(tree, chain[:1]), "irrealis")
        )
        asked = within is not None and any_of(range(begin, end), "questions")
        certainty = Certainty.CERTAIN
        if any_of(near, "possible"):
            certainty = Certainty.POSSIBLE
        elif conditional or wanted or asked:
            certainty = Certainty.UNDERSPECIFIED
        elif any_of(near, "probable") or (within is None and self._is_conditional(tree, main)):
            certainty = Certainty.PROBABLE
        future = (
            wanted
            or any_of(left, "future")
            or (any_of(left, "irrealis") and not any_of(left, "perfect"))
            or (self._is_infinitive(tree, main) and any_of(chain[:1], "future_verbs"))
            or (tree.tags[main] == "VBG" and any_of(self._auxiliaries(tree, chain), "future"))
            or (conditional and tree.tags[main] != "VBD")
        )
        negative = negation is not None
        return Factuality(negative, certainty, future, tuple(sorted(set(triggers))))

    def _near(self, tree: Tree, main: int, *, itself: bool) -> list[int]:
        """Return main's children and those of its adjective or open complement, main if wanted."""
        more = [
            k
            for c in tree.children[main]
            if tree.deps[c] in ("acomp", "xcomp")
            for k in tree.children[c]
        ]
        if not itself:
            return [c for c in tree.children[main] if tree.deps[c] in ("aux", "advmod", "acomp")]
        return [main, *tree.children[main], *more]

    def _is_conditional(self, tree: Tree, main: int) -> bool:
        """Whether a cue stands in the conditional («would prefer that»; not «would like to»)."""
        words = {tree.words[c] for c in tree.children[main] if c < main}
        would = not words.isdisjoint(self.lists["irrealis"] - {"should"})
        return would and words.isdisjoint(self.lists["perfect"]) and tree.words[main] != "like"

    def _above(self, tree: Tree, main: int, begin: int, end: int) -> list[int]:
        """Return the words that govern the event, the nearest first."""
        chain: list[int] = []
        i = main
        for _ in range(LONGEST_CLIMB):
            if tree.heads[i] == i or tree.deps[i] not in CLIMBING:
                break
            i = tree.heads[i]
            if not begin <= i < end:
                break
            chain.append(i)
        return chain

    def _conditions(self, tree: Tree, events: tuple[int, ...]) -> list[int]:
        return [c for e in events for c in tree.children[e] if tree.deps[c] == "mark"]

    def _auxiliaries(self, tree: Tree, chain: list[int]) -> list[int]:
        return [c for e in chain for c in tree.children[e] if tree.deps[c] == "aux"]

    def _is_infinitive(self, tree: Tree, main: int) -> bool:
        return any(tree.tags[c] == "TO" for c in tree.children[main])
