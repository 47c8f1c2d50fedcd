"""The words that drafts of a document have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quoth.extractors.drafts import Draft, Range
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.tree import Tree

SHORTEST = 3
"""Letters that a content word has at least."""
FEWEST, LEAST = 2, 0.25
"""Words, one of them no name, that two claims of one thing share; and which part of the shorter
claim's words these are: long quotations share two words with anything."""


class Common(NamedTuple):
    """How many words two drafts share, how many names, and which part of the shorter one's."""

    words: int
    names: int
    part: float

    @property
    def weight(self) -> int:
        """What sorts likenesses: a name says half as much as a word."""
        return 2 * self.words + self.names

    @property
    def is_of_one_thing(self) -> bool:
        """Whether drafts that share so much speak of the same."""
        return self.words > 0 and self.words + self.names >= FEWEST and self.part >= LEAST


class Vocabularies:
    """The content words of drafts, as lemmas; `common` are words that say nothing."""

    def __init__(
        self, tree: Tree, drafts: list[Draft], lemmas: Lemmatizer, common: frozenset[str]
    ) -> None:
        self._tree = tree
        self._drafts = drafts
        self._lemmas = lemmas
        self._common = common
        self._known: dict[int, tuple[frozenset[str], frozenset[str]]] = {}

    def shared(self, one: int, other: int) -> Common:
        """Return what two drafts, by number, have in common."""
        (words, names), (others, other_names) = self._of(one), self._of(other)
        fewest = min(len(words | names), len(others | other_names))
        both = len(words & others), len(names & other_names)
        return Common(*both, sum(both) / fewest if fewest else 0.0)

    def words(self, number: int) -> frozenset[str]:
        """Return the content words of a draft that are no names."""
        return self._of(number)[0]

    def _of(self, number: int) -> tuple[frozenset[str], frozenset[str]]:
        if number not in self._known:
            self._known[number] = self._read(self._drafts[number]["content"])
        return self._known[number]

    def _read(self, pieces: Iterable[Range]) -> tuple[frozenset[str], frozenset[str]]:
        tree = self._tree
        words, names = set(), set()
        for i in (i for begin, end in pieces for i in range(begin, end)):
            word = tree.words[i]
            if not tree.is_word(i) or word in self._common or len(word) < SHORTEST:
                continue
            if tree.proper[i]:
                names.add(word)
            else:
                words.add(self._lemma(i))
        return frozenset(words), frozenset(names)

    def _lemma(self, i: int) -> str:
        word, tag = self._tree.words[i], self._tree.tags[i]
        if tag.startswith("VB"):
            return self._lemmas.verb(word, tag)
        return self._lemmas.noun(word) if tag in ("NN", "NNS") else word
