"""A piece of HTML that is all article, as feeds have it -> its text, a line a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCK = re.compile(
    "address|article|blockquote|br|d[dlt]|div|figure|figcaption|footer|h[1-6r]|header|li|ol|p|pre"
    "|section|table|t[dhr]|ul"
)
_LEFT_OUT = re.compile("script|style|noscript|template|iframe|figure")


def text_of_markup(markup: str) -> str:
    """Return the words of `markup`, a line for each of its blocks, blank lines between them.

    Scripts, styles and figures are left out; text without any element is returned as it is, but
    for space at its edges.
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml.etree import ParserError
    from lxml.html import fragment_fromstring

    try:
        root = fragment_fromstring(markup, create_parent="div")
    except (ParserError, ValueError, AssertionError):
        return ""
    pieces: list[str] = []
    _collect(root, pieces)
    paragraphs = (" ".join(part.split()) for part in "".join(pieces).split("\n\n"))
    return "\n\n".join(filter(None, paragraphs))


def _collect(root: HtmlElement, pieces: list[str]) -> None:
    from lxml.etree import iterwalk

    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if _BLOCK.fullmatch(tag):
            pieces.append("\n\n")
        if event != "start":
            pieces.append(_flat(element.tail) if element is not root else "")
        elif _LEFT_OUT.fullmatch(tag):
            walk.skip_subtree()
        else:
            pieces.append(_flat(element.text))


def _flat(words: str | None) -> str:
    return re.sub(r"\s+", " ", words or "")
