"""How alike claims are by their words: weighted Jaccard similarity.

A word weighs the more the fewer claims it stands in (idf; Spärck Jones 1972). Pairs are found by
prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): two sets as
alike as the threshold share one of their rarest words, so an index of these finds the pairs
without comparing all.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from quoth.graph.told import Told, contradict, shared_words

ALIKE, ALIKE_IN_VERB = 0.5, 0.35
"""Weighted Jaccard similarity from which two claims are one, and where they share a main verb."""
FEWEST_STEMS = 2
"""Content words that a claim needs to be compared; with these few the other must have them all."""
FEWEST_SHARED = 2
"""Words that are no names and that two claims must share: two claims about one person are many."""
LONGEST_LIST = 200
"""Entries of an index list beyond which a word is too common to find claims by."""
_LEAST_SHARED = ALIKE_IN_VERB / (1 + ALIKE_IN_VERB)
"""Share of the weight of two claims together that they have in common where so much alike."""
_ROUNDING = 1e-9


class WordLikeness:
    """How alike claims are, words weighing by their rarity.

    `counts` says in how many of `total` claims each stem stands.
    """

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        self.weights = {stem: math.log(1 + total / (count + 0.5)) for stem, count in counts.items()}
        self._totals: dict[frozenset[str], float] = {}

    @classmethod
    def among(cls, claims: Sequence[Told]) -> Self:
        """Return the likeness of `claims`, words weighing by their rarity among them."""
        return cls(Counter(stem for claim in claims for stem in claim.stems), len(claims))

    def weight(self, stems: frozenset[str]) -> float:
        """Return what the words of a claim weigh together."""
        if stems not in self._totals:
            self._totals[stems] = math.fsum(self.weights[stem] for stem in stems)
        return self._totals[stems]

    def __call__(self, one: Told, other: Told) -> float:
        """Return how alike two claims are (0 to 1), 0 where they contradict each other."""
        if contradict(one, other):
            return 0.0
        few, many = sorted((one.stems, other.stems), key=len)
        if len(few) <= FEWEST_STEMS and not few <= many:
            return 0.0
        shared = math.fsum(self.weights[stem] for stem in one.stems & other.stems)
        return shared / (self.weight(one.stems) + self.weight(other.stems) - shared)

    def are_one(self, one: Told, other: Told, likeness: float) -> bool:
        """Whether claims so alike say the same: their main verb counts where words are few."""
        if likeness < ALIKE and one.verbs.isdisjoint(other.verbs):
            return False
        return likeness >= ALIKE_IN_VERB and len(shared_words(one, other)) >= FEWEST_SHARED

    def telling(self, claim: Told) -> tuple[list[str], float]:
        """Return the words that a claim is found by, the rarest first, and what its rest weighs."""
        rest = total = self.weight(claim.stems)
        found = []
        for stem in sorted(claim.stems, key=lambda stem: (-self.weights[stem], stem)):
            if rest < ALIKE_IN_VERB * total - _ROUNDING:
                break
            found.append(stem)
            rest -= self.weights[stem]
        return found, rest

    def of_one(self, one: Told, other: Told, shared: float, rest: float) -> float | None:
        """Return how alike two claims are that are one, None for others.

        `shared` is what the words weigh by which one finds the other, `rest` the larger of what
        `telling` left of each: they cannot share more beyond those words.
        """
        totals = self.weight(one.stems) + self.weight(other.stems)
        if shared + rest < _LEAST_SHARED * totals - _ROUNDING:
            return None
        alike = self(one, other)
        return alike if self.are_one(one, other, alike) else None

    def pairs(self, claims: Sequence[Told]) -> Iterator[tuple[float, int, int]]:
        """Yield the pairs of `claims` that are one, each once: likeness and the two indices."""
        lists: defaultdict[str, list[int]] = defaultdict(list)
        rests: list[float] = []
        for i, claim in enumerate(claims):
            stems, rest = self.telling(claim)
            rests.append(rest)
            shared: defaultdict[int, float] = defaultdict(float)
            for stem in stems:
                if len(lists[stem]) < LONGEST_LIST:
                    for j in lists[stem]:
                        shared[j] += self.weights[stem]
                    lists[stem].append(i)
            for j, weight in shared.items():
                alike = self.of_one(claims[j], claim, weight, max(rest, rests[j]))
                if alike is not None:
                    yield alike, j, i
