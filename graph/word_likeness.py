"""How alike claims are by their words: weighted Jaccard similarity.

A word weighs the more the fewer claims it stands in (idf; Spärck Jones 1972). Pairs are found by
prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): two sets as
alike as the threshold share one of their rarest words, so an index of these finds the pairs
without comparing all.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

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
    """How alike claims are, words weighing by their rarity among `claims`."""

    def __init__(self, claims: Sequence[Told]) -> None:
        counts = Counter(stem for claim in claims for stem in claim.stems)
        total = len(claims)
        self.weights = {stem: math.log(1 + total / (count + 0.5)) for stem, count in counts.items()}
        self._totals: dict[frozenset[str], float] = {}

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

    def pairs(self, claims: Sequence[Told]) -> Iterator[tuple[float, int, int]]:
        """Yield the pairs of `claims` that are one, each once: likeness and the two indices."""
        totals = [self.weight(claim.stems) for claim in claims]
        lists: defaultdict[str, list[int]] = defaultdict(list)
        rests: list[float] = []
        for i, claim in enumerate(claims):
            rest, total = totals[i], totals[i]
            shared: defaultdict[int, float] = defaultdict(float)
            for stem in sorted(claim.stems, key=lambda stem: (-self.weights[stem], stem)):
                if rest < ALIKE_IN_VERB * total - _ROUNDING:
                    break
                weight = self.weights[stem]
                rest -= weight
                if len(lists[stem]) < LONGEST_LIST:
                    for j in lists[stem]:
                        shared[j] += weight
                    lists[stem].append(i)
            rests.append(rest)
            for j, weight in shared.items():
                # What they may share beyond the words in the index is the rest of either's.
                most = weight + max(rest, rests[j])
                if most >= _LEAST_SHARED * (total + totals[j]) - _ROUNDING:
                    alike = self(claims[j], claim)
                    if self.are_one(claims[j], claim, alike):
                        yield alike, j, i
