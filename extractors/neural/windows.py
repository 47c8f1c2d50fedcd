"""Texts cut into windows that the encoder can read: whole paragraphs with some context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tokenizers import Tokenizer

    from quoth.extractors.drafts import Range
    from quoth.extractors.neural.inputs import Ints
    from quoth.extractors.tree import Tree

LENGTH = 380
"""Pieces of a window, its context left out."""
CONTEXT = 50
"""Pieces of context on either side at most."""
LONGEST_WORD = 8
"""Pieces that are read of one word at most."""
START, BREAK, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


@dataclass(frozen=True)
class Window:
    """A stretch of a text as the encoder reads it.

    `pieces` are the word pieces' numbers, `piece_words` for each the position in `words` of the
    word that it belongs to (-1 for marks of start, paragraph and end), `first` for each word its
    first piece, `words` the token indices of the words, `core` the range of token indices whose
    cues this window answers for.
    """

    pieces: Ints
    piece_words: Ints
    first: Ints
    words: Ints
    core: Range


class Pieces:
    """Word pieces of words, remembered; words come in as spaCy's tokens."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.start, self.end, self.unknown = (
            _number(tokenizer, name) for name in (START, BREAK, UNKNOWN)
        )
        self._known: dict[str, list[int]] = {}

    def of(self, form: str) -> list[int]:
        """Return the numbers of a word's pieces, one at least."""
        found = self._known.get(form)
        if found is None:
            if len(self._known) > 200_000:
                self._known.clear()
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids[:LONGEST_WORD]
            found = self._known[form] = ids or [self.unknown]
        return found


def _number(tokenizer: Tokenizer, name: str) -> int:
    number = tokenizer.token_to_id(name)
    if number is None:
        raise ValueError(f"the tokenizer has no {name}")
    return int(number)


def windows(tree: Tree, pieces: Pieces, extent: Range | None = None) -> Iterator[Window]:
    """Yield the windows of a text in order; every word is in the core of exactly one.

    With `extent` that range of tokens is read as if it were all there is.
    """
    begin, end = extent or (0, tree.size)
    lines = {i: [] if tree.is_blank(i) else pieces.of(tree.forms[i]) for i in range(begin, end)}
    # A break is one piece, the mark of its end; what is outside has none.
    lengths = np.zeros(tree.size, dtype=np.int64)
    lengths[begin:end] = [len(line) or 1 for line in lines.values()]
    before = np.concatenate(([0], np.cumsum(lengths)))
    for core in _cores(tree, before, (begin, end)):
        first, last = _context(before, core, (begin, end))
        if before[last] > before[first]:
            yield _window(tree, pieces, lines, (first, last), core)


def _cores(tree: Tree, before: Ints, extent: Range) -> Iterator[Range]:
    """Yield ranges of tokens of `LENGTH` pieces at most, cut at paragraphs, else at sentences."""
    begin, stop = extent
    paragraphs = [i + 1 for i in range(begin, stop) if tree.is_blank(i) and "\n" in tree.forms[i]]
    sentences = tree.starts
    while begin < stop:
        limit = int(np.searchsorted(before, before[begin] + LENGTH, side="right")) - 1
        end = stop
        if limit < stop:
            end = _last(paragraphs, begin, limit) or _last(sentences, begin, limit) or limit
        yield begin, max(end, begin + 1)
        begin = max(end, begin + 1)


def _last(cuts: list[int], begin: int, limit: int) -> int | None:
    position = int(np.searchsorted(cuts, limit, side="right")) - 1
    return cuts[position] if position >= 0 and cuts[position] > begin else None


def _context(before: Ints, core: Range, extent: Range) -> Range:
    """Return the range of tokens with `CONTEXT` pieces more on either side, at most."""
    begin, end = core
    first = int(np.searchsorted(before, before[begin] - CONTEXT))
    last = int(np.searchsorted(before, before[end] + CONTEXT, side="right")) - 1
    return max(min(first, begin), extent[0]), min(max(last, end), extent[1])


def _window(
    tree: Tree,
    pieces: Pieces,
    lines: dict[int, list[int]],
    extent: Range,
    core: Range,
) -> Window:
    ids, owners = [pieces.start], [-1]
    first: list[int] = []
    words: list[int] = []
    for i in range(*extent):
        if lines[i]:
            first.append(len(ids))
            ids += lines[i]
            owners += [len(words)] * len(lines[i])
            words.append(i)
        elif "\n" in tree.forms[i] and ids[-1] not in (pieces.start, pieces.end):
            ids.append(pieces.end)
            owners.append(-1)
    if ids[-1] != pieces.end:
        ids.append(pieces.end)
        owners.append(-1)
    return Window(
        pieces=np.array(ids, dtype=np.int64),
        piece_words=np.array(owners, dtype=np.int64),
        first=np.array(first, dtype=np.int64),
        words=np.array(words, dtype=np.int64),
        core=core,
    )
