"""The text of a document, as far as a graph holds it: put together from the spans in it.

Offsets count code points of the document. Between spans, where the graph does not know what
stands, there is white space of the same length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

UNREAD = 4
"""Code points from which a stretch that no span covers is told as a gap: less is white space
between paragraphs."""


class HeldText(NamedTuple):
    """A text that begins at the code point `offset` of its document, and the gaps in it.

    `gaps` hold begin and end of the longer stretches of which the graph has no words.
    """

    text: str
    offset: int
    gaps: list[tuple[int, int]]


def held_text(spans: Iterable[tuple[int, str]]) -> HeldText:
    r"""Return the text of which `spans`, their begins and their words, are pieces.

    >>> held_text([(2, "He left."), (15, "I saw."), (5, "left")])
    HeldText(text='He left.\n    I saw.', offset=2, gaps=[(10, 15)])
    """
    ordered = sorted(spans, key=lambda span: (span[0], -len(span[1])))
    if not ordered:
        return HeldText("", 0, [])
    pieces: list[str] = []
    gaps: list[tuple[int, int]] = []
    offset = reached = ordered[0][0]
    for begin, words in ordered:
        if begin > reached:
            missing = begin - reached
            # Sentences of a paragraph are one space apart; where more is missing a line ends.
            pieces.append(" " if missing == 1 else "\n" + " " * (missing - 1))
            if missing >= UNREAD:
                gaps.append((reached, begin))
            reached = begin
        if begin + len(words) > reached:
            pieces.append(words[reached - begin :])
            reached = begin + len(words)
    return HeldText("".join(pieces), offset, gaps)
