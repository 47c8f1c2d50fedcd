"""Where the paragraphs of a plain text end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS = ".!?:;…\"'”’»)]"
"""Characters after which a line end is the end of a paragraph."""
WRAPPED = re.compile(r"[^\W\d_],?[^\S\n]*\n(?=[^\W\d_A-Z])")
"""A line end in the middle of a sentence: a word before it, a lower-case one after."""
WRAPPED_LINES = 2
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
CERTAIN_END = re.compile(rf"(?:(?<=[{re.escape(ENDS)}])[^\S\n]*\n|\n[^\S\n]*\n)\s*")
"""A blank line, or a line end after the end of a sentence."""


def is_hard_wrapped(text: str) -> bool:
    """Whether the lines of `text` are broken to a width, as in e-mail and old wire copy.

    So they are when two line ends or more stand in the middle of a sentence.
    """
    found = WRAPPED.finditer(text)
    return all(next(found, None) is not None for _ in range(WRAPPED_LINES))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, paragraph) for the whole of `text`, line ends included.

    A paragraph is a line, or, where lines are broken to a width, what stands between blank lines.
    """
    if is_hard_wrapped(text):
        begin = 0
        for blank in BLANK_LINE.finditer(text):
            yield begin, text[begin : blank.end()]
            begin = blank.end()
        if begin < len(text):
            yield begin, text[begin:]
        return
    begin = 0
    for line in text.splitlines(keepends=True):
        yield begin, line
        begin += len(line)
