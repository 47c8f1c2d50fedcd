"""A dependency parse as plain lists: what the rules walk over.

Touching a spaCy `Token` costs about a hundred nanoseconds an attribute; the rules look at every
token many times. Reading the arrays out once makes them some ten times faster.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

COLUMNS: list[int | str] = ["HEAD", "DEP", "TAG", "LOWER", "ORTH", "SENT_START"]
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})


class Tree:
    """The parse of `doc`: parallel lists over its tokens.

    `heads[i]` is the index of token i's head (its own at a root), `deps` and `tags` are labels,
    `words` the lower-cased forms, `left[i]` and `right[i]` the first token of i's subtree and one
    past its last.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        columns = doc.to_array(COLUMNS).T
        strings = doc.vocab.strings
        self.size = len(doc)
        offsets = columns[0].astype(np.int64)
        self.heads: list[int] = (np.arange(self.size) + offsets).tolist()
        self.deps = _names(columns[1], strings)
        self.tags = _names(columns[2], strings)
        self.words = _names(columns[3], strings)
        self.forms = _names(columns[4], strings)
        starts = columns[5].astype(np.int64) == 1
        if self.size:
            starts[0] = True
        self.starts: list[int] = np.flatnonzero(starts).tolist()
        self._sentence_number: list[int] = (np.cumsum(starts) - 1).tolist()

    @cached_property
    def children(self) -> list[Sequence[int]]:
        """For each token its children in order, itself left out."""
        found: dict[int, list[int]] = {}
        for i, head in enumerate(self.heads):
            if head != i:
                found.setdefault(head, []).append(i)
        return [found.get(i, ()) for i in range(self.size)]

    @cached_property
    def edges(self) -> tuple[list[int], list[int]]:
        """Left and right edge (one past the last token) of each token's subtree."""
        heads = np.asarray(self.heads, dtype=np.int64)
        left, right = np.arange(self.size), np.arange(1, self.size + 1)
        while True:
            # Each round hands the edges one level up; trees are shallow.
            wider_left, wider_right = left.copy(), right.copy()
            np.minimum.at(wider_left, heads, left)
            np.maximum.at(wider_right, heads, right)
            if np.array_equal(wider_left, left) and np.array_equal(wider_right, right):
                return left.tolist(), right.tolist()
            left, right = wider_left, wider_right

    def left(self, i: int) -> int:
        """Return the first token of i's subtree."""
        return self.edges[0][i]

    def right(self, i: int) -> int:
        """One past the last token of i's subtree."""
        return self.edges[1][i]

    def sentence(self, i: int) -> tuple[int, int]:
        """First token and one past the last of the sentence that holds token i."""
        number = self._sentence_number[i]
        following = number + 1
        end = self.starts[following] if following < len(self.starts) else self.size
        return self.starts[number], end

    def sentence_number(self, i: int) -> int:
        """Return the position, from 0, of the sentence that holds token i."""
        return self._sentence_number[i]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield every sentence as (first token, one past the last)."""
        if self.starts:
            yield from zip(self.starts, [*self.starts[1:], self.size], strict=True)

    def child(self, i: int, *labels: str) -> int | None:
        """Return the first child of i with one of the labels."""
        for c in self.children[i]:
            if self.deps[c] in labels:
                return c
        return None

    def is_verb(self, i: int) -> bool:
        """Whether token i is tagged as a verb form (not a modal)."""
        return self.tags[i].startswith("VB")

    def is_blank(self, i: int) -> bool:
        """Whether token i is white space."""
        return self._blanks[i]

    @cached_property
    def proper(self) -> list[bool]:
        """For each token whether it is tagged as a proper noun, or joins two («Harker & Sons»)."""
        proper = [tag.startswith("NNP") and self.is_word(i) for i, tag in enumerate(self.tags)]
        for i in range(1, self.size - 1):
            if self.forms[i] == "&" and proper[i - 1] and self.tags[i + 1].startswith("NNP"):
                proper[i] = True
        return proper

    @cached_property
    def _blanks(self) -> list[bool]:
        known = {form: form.isspace() for form in set(self.forms)}
        return [known[form] for form in self.forms]

    @cached_property
    def _words(self) -> list[bool]:
        known = {form: any(c.isalnum() for c in form) for form in set(self.forms)}
        return [known[form] for form in self.forms]

    def is_word(self, i: int) -> bool:
        """Whether token i has a letter or a digit."""
        return self._words[i]

    def trim(self, begin: int, end: int, strip: frozenset[str] = frozenset()) -> tuple[int, int]:
        """Shrink the token range so that neither edge is white space or one of `strip`."""
        while begin < end and (self.is_blank(begin) or self.forms[begin] in strip):
            begin += 1
        while begin < end and (self.is_blank(end - 1) or self.forms[end - 1] in strip):
            end -= 1
        return begin, end


@lru_cache(maxsize=1)
def tree_of(doc: Doc) -> Tree:
    """Return the parse of `doc`, read out once for all the components that it passes through.

    spaCy hands one document through the whole pipeline before the next; so one is remembered.
    """
    return Tree(doc)


def _names(column: np.ndarray, strings: object) -> list[str]:
    names = {key: strings[key] for key in np.unique(column).tolist()}  # type: ignore[index]
    return [names[key] for key in column.tolist()]
