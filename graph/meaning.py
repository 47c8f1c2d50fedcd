"""How alike claims are by their words and by what they mean.

Meaning is the cosine of the vectors of `embedding`, the words weighing by their rarity; so one
figure takes in what is meant and how telling the words are. It is compared only where two claims
share a content word that is no name: in a story everything is about the same few people, and a
vector cannot tell what they did from who they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Self

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
    """How alike claims are, in words or in meaning, whichever is more.

    `vectors` has the vector of each claim that was read, by its IRI: what `vectors_of` gives.
    """

    def __init__(self, words: WordLikeness, vectors: Mapping[str, Floats]) -> None:
        self.words = words
        self._vectors = vectors

    @classmethod
    def among(cls, claims: Sequence[Told], embedding: Embeds) -> Self:
        """Return the likeness of `claims`, words weighing by their rarity among them."""
        words = WordLikeness.among(claims)
        return cls(words, vectors_of(claims, words, embedding))

    def cosine(self, one: Told, other: Told) -> float:
        """Return how alike two claims are in meaning (-1 to 1), 0 where one was not read."""
        first, second = self._vectors.get(one.iri), self._vectors.get(other.iri)
        if first is None or second is None:
            return 0.0
        return round(float(first @ second), _DIGITS)

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
            if claim.iri in self._vectors:
                for stem in tellers(claim):
                    telling[stem].append(i)
        for indices in telling.values():
            for one, other in near([self._vectors[claims[i].iri] for i in indices]):
                yield indices[one], indices[other]


def vectors_of(claims: Sequence[Told], words: WordLikeness, embedding: Embeds) -> dict[str, Floats]:
    """Return the vectors of the claims that are compared by meaning, by IRI."""
    read = [claim for claim in claims if claim.text and len(claim.stems) >= FEWEST_WORDS]
    wording = Words()
    vectors = embedding.vectors([_weighed(claim, words, wording) for claim in read])
    return {claim.iri: vector for claim, vector in zip(read, vectors, strict=True)}


def tellers(claim: Told) -> frozenset[str]:
    """Return the words by which claims that are near in meaning are found."""
    return claim.stems - claim.names


def near(vectors: Sequence[Floats]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of claims with one word that may be one, the lower index first.

    `vectors` are all those with the word; none are where the word is too common.
    """
    if 1 < len(vectors) <= MOST_TELLERS:
        whole = np.stack(vectors)
        for one, other in np.argwhere(np.triu(whole @ whole.T >= SAME_IN_NUMBER - _ROUNDING, k=1)):
            yield int(one), int(other)


def _weighed(claim: Told, words: WordLikeness, wording: Words) -> Weighed:
    return Weighed(
        claim.text,
        tuple(
            Stretch(begin, end, words.weights[stem] * (_NAME if stem in claim.names else 1))
            for begin, end, stem in wording.content(claim.text, _LANGUAGE)
            if stem in claim.stems
        ),
    )
