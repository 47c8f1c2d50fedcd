"""How alike claims are by their words and by what they mean.

Meaning is the cosine of the vectors of `embedding`, the words weighing by their rarity; so one
figure takes in what is meant and how telling the words are. It is compared only where two claims
share a content word that is no name: in a story everything is about the same few people, and a
vector cannot tell what they did from who they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from quoth.graph.claim_wording import Words
from quoth.graph.embedding import Embeds, Floats, Stretch, Weighed
from quoth.graph.told import Told, contradict, shared_words
from quoth.graph.word_likeness import ALIKE, WordLikeness

SAME, SAME_IN_NUMBER = 0.68, 0.6
"""Cosine from which two claims are one, and where they share a number; `SAME` is as `ALIKE`."""
FEWEST_WORDS = 3
"""Content words that a claim needs to be compared by meaning: fewer are a topic, not a claim."""
MOST_TELLERS = 2000
"""Claims with a word beyond which it is too common to find claims by."""
_NAME = 0.5
"""Part of its weight that a name keeps: whom claims are about says less than what they say."""
_LANGUAGE = "en"
_ROUNDING = 1e-3
_DIGITS = 4


class MeaningLikeness:
    """How alike claims are, in words or in meaning, whichever is more."""

    def __init__(self, claims: Sequence[Told], embedding: Embeds) -> None:
        self.words = WordLikeness(claims)
        read = [claim for claim in claims if claim.text and len(claim.stems) >= FEWEST_WORDS]
        wording = Words()
        weighed = [self._weighed(claim, wording) for claim in read]
        self._rows = {claim.iri: row for row, claim in enumerate(read)}
        self._vectors: Floats = embedding.vectors(weighed)

    def _weighed(self, claim: Told, wording: Words) -> Weighed:
        weights = self.words.weights
        return Weighed(
            claim.text,
            tuple(
                Stretch(begin, end, weights[stem] * (_NAME if stem in claim.names else 1))
                for begin, end, stem in wording.content(claim.text, _LANGUAGE)
                if stem in claim.stems
            ),
        )

    def cosine(self, one: Told, other: Told) -> float:
        """Return how alike two claims are in meaning (-1 to 1), 0 where one was not read."""
        rows = self._rows.get(one.iri), self._rows.get(other.iri)
        if rows[0] is None or rows[1] is None:
            return 0.0
        return round(float(self._vectors[rows[0]] @ self._vectors[rows[1]]), _DIGITS)

    def __call__(self, one: Told, other: Told) -> float:
        """Return how alike two claims are (0 to 1), 0 where they contradict each other."""
        if contradict(one, other):
            return 0.0
        return max(self.words(one, other), self._meant(one, other))

    def _meant(self, one: Told, other: Told) -> float:
        """Return the cosine on the scale of words: `SAME` is `ALIKE`, 1 is 1."""
        return max(0.0, 1 - (1 - self.cosine(one, other)) * (1 - ALIKE) / (1 - SAME))

    def are_one(self, one: Told, other: Told) -> bool:
        """Whether claims say the same, in the same words or in others."""
        if self.words.are_one(one, other, self.words(one, other)):
            return True
        least = SAME if one.numbers.isdisjoint(other.numbers) else SAME_IN_NUMBER
        alike = not contradict(one, other) and self.cosine(one, other) >= least
        return alike and bool(shared_words(one, other))

    def pairs(self, claims: Sequence[Told]) -> Iterator[tuple[float, int, int]]:
        """Yield the pairs of `claims` that are one, each once: likeness and the two indices."""
        found = {(i, j) for _, i, j in self.words.pairs(claims)}
        found |= {pair for pair in self._near(claims) if pair not in found}
        for i, j in sorted(found):
            if self.are_one(claims[i], claims[j]):
                yield self(claims[i], claims[j]), i, j

    def _near(self, claims: Sequence[Told]) -> Iterator[tuple[int, int]]:
        """Yield pairs of claims that share a word and are near in meaning, some more than once."""
        telling: defaultdict[str, list[int]] = defaultdict(list)
        for i, claim in enumerate(claims):
            if claim.iri in self._rows:
                for stem in claim.stems - claim.names:
                    telling[stem].append(i)
        for indices in telling.values():
            if not 1 < len(indices) <= MOST_TELLERS:
                continue
            vectors = self._vectors[[self._rows[claims[i].iri] for i in indices]]
            near = np.triu(vectors @ vectors.T >= SAME_IN_NUMBER - _ROUNDING, k=1)
            for one, other in np.argwhere(near):
                yield indices[one], indices[other]
