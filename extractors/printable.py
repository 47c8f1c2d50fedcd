"""Text from articles as a terminal may be shown it."""

import re

_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(cell: object, *, edges: bool = False) -> str:
    """Return a cell in one line, without control characters or marks of direction.

    White space at the edges is cut off unless `edges` are to be kept; None is no text.
    """
    if cell is None:
        return ""
    words = _UNPRINTABLE.sub(" ", _DIRECTIONS.sub("", str(cell)))
    return words if edges else words.strip()


def shortened(text: str, length: int = 60) -> str:
    """Return `text` in one printable line of at most `length` characters.

    >>> shortened("No ship may leave", 11)
    'No ship ma…'
    """
    line = printable(text)
    return line if len(line) <= length else f"{line[: length - 1]}…"
