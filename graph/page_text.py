"""The text of a document, as far as a graph holds it: put together from the spans in it.

Offsets count code points of the document; JavaScript's strings count UTF-16 units. Words therefore
stand in *runs* as well, pieces of text with the role they play, so that nobody who shows them has
to count.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Place = tuple[int, int]
"""Begin and end of a stretch, half-open, in code points of the document."""

Run = tuple[str, str]
"""A stretch of text and its role: ``source``, ``cue``, ``content`` or nothing."""

UNREAD = 4
"""Code points from which a stretch that no span covers is told as a gap: less is white space
between paragraphs."""


class HeldText(NamedTuple):
    """A text that begins at the code point `offset` of its document, and the gaps in it.

    `gaps` are the longer stretches of which the graph has no words; in the text, as everywhere
    where the graph does not know what stands, white space of the same length is there.
    """

    text: str
    offset: int
    gaps: list[Place]

    def words(self, place: Place | None) -> str:
        """Return the words of a stretch, an empty text for none."""
        if place is None:
            return ""
        begin, end = place
        return self.text[max(0, begin - self.offset) : max(0, end - self.offset)]


def held_text(spans: Iterable[tuple[int, str]]) -> HeldText:
    r"""Return the text of which `spans`, their begins and their words, are pieces.

    >>> held_text([(2, "He left."), (15, "I saw."), (5, "left")])
    HeldText(text='He left.\n    I saw.', offset=2, gaps=[(10, 15)])
    """
    ordered = sorted(spans, key=lambda span: (span[0], -len(span[1])))
    if not ordered:
        return HeldText("", 0, [])
    pieces: list[str] = []
    gaps: list[Place] = []
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


def passages(
    held: HeldText, sentence: Place | None, marked: Sequence[tuple[str, Place]]
) -> list[list[Run]]:
    """Return the text around an attribution, in runs.

    `marked` holds roles and the stretches that have them; where they overlap the later one wins.
    Stretches that do not touch become passages of their own.

    >>> held = held_text([(0, "Then he said. No.")])
    >>> marked = [("source", (5, 7)), ("cue", (8, 12)), ("content", (14, 17))]
    >>> passages(held, (0, 13), marked)
    [[('Then ', ''), ('he', 'source'), (' ', ''), ('said', 'cue'), ('.', '')], [('No.', 'content')]]
    """
    layers = [("", sentence)] if sentence else []
    layers += marked
    bounds = sorted({bound for _, place in layers for bound in place})
    found: list[list[tuple[Place, str]]] = []
    reached = -1
    for begin, end in pairwise(bounds):
        role = next((r for r, (b, e) in reversed(layers) if b <= begin and end <= e), None)
        if role is None:
            continue
        if begin != reached:
            found.append([])
        joins = found[-1] and found[-1][-1][1] == role
        first = found[-1].pop()[0][0] if joins else begin
        found[-1].append(((first, end), role))
        reached = end
    return [[(held.words(place), role) for place, role in passage] for passage in found]
