"""How sources and edges look in the drawing: shapes, outlines, arrows, dashes and sizes.

Colours are the style sheet's (``templates/page.css``), so that they follow light and dark; every
difference that a colour makes is made by a shape, an arrow or a dash as well.
"""

import math
from textwrap import wrap
from typing import NamedTuple

from quoth.extractors.values import Anonymity, SourceType
from quoth.graph.network import EdgeKind

SHAPES = {
    SourceType.PERSON: "dot",
    SourceType.ORGANISATION: "square",
    SourceType.COLLECTIVE: "triangle",
    SourceType.DOCUMENT: "diamond",
    SourceType.UNSPECIFIED: "hexagon",
}
"""vis-network's shape for each kind of source."""

OUTLINES: dict[str, bool | list[int]] = {
    Anonymity.NAMED: False,
    Anonymity.UNNAMED: [5, 3],
    Anonymity.UNSPECIFIED: [1, 3],
}
"""The dashes of its outline, in pixels on and off; False for a line."""

ARROWS = {
    kind: {"enabled": True, "type": shape, "scaleFactor": size}
    for kind, shape, size in (
        (EdgeKind.TOLD, "arrow", 0.7),
        (EdgeKind.TALKS_ABOUT, "circle", 0.45),
        (EdgeKind.RELAYS, "vee", 0.8),
        (EdgeKind.DENIES, "bar", 0.7),
        (EdgeKind.DISPUTES, "bar", 0.7),
        (EdgeKind.CONFIRMS, "diamond", 0.6),
    )
}
"""The head of each kind of edge."""

DASHES: dict[str, bool | list[int]] = {EdgeKind.DENIES: [8, 5], EdgeKind.DISPUTES: [3, 4]}
"""The dashes of each kind of edge that has them, in pixels on and off."""

LOOKS = {"shapes": SHAPES, "outlines": OUTLINES, "arrows": ARROWS, "dashes": DASHES}
"""All of these, for whoever draws them."""

LINE_LENGTH, LABEL_LINES = 20, 3
"""Characters of a line, lines of a label in the picture; the list and the panel have it whole."""

SMALLEST, LARGEST = 8, 36
"""Pixels from the middle to the edge of a source with no attribution, and of the most quoted."""

SMALLEST_FONT, LARGEST_FONT = 13, 38
"""Pixels of their labels: the names of the most quoted can be read when everything is in view."""

ENOUGH_FOR_LARGEST = 10
"""Attributions that the most quoted source must have to be drawn at that size."""


class Look(NamedTuple):
    """How a source is drawn: pixels from its middle to its edge, its label below and their box."""

    size: float
    label: str
    font: int
    box: tuple[float, float]


def look_of(label: str, attributions: int, *, most: int) -> Look:
    """Return the look of a source with so many attributions, where the most quoted has `most`.

    The area of its shape grows with their number.
    """
    share = math.sqrt(attributions / max(most, ENOUGH_FOR_LARGEST))
    size = round(SMALLEST + share * (LARGEST - SMALLEST), 1)
    font = round(SMALLEST_FONT + share * (LARGEST_FONT - SMALLEST_FONT))
    lines = wrap(label, LINE_LENGTH) or [label]
    if len(lines) > LABEL_LINES:
        lines = [*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1][: LINE_LENGTH - 1] + "…"]
    width = max(2 * size, max(map(len, lines)) * font * 0.56)
    height = 2 * size + len(lines) * font * 1.25
    return Look(size, "\n".join(lines), font, (round(width + 14), round(height + 14)))
