"""What stands in a page among the paragraphs of its article and is none of it, taken out.

trafilatura leaves most of it out by itself; what desks put between two paragraphs, such as a box to
sign up for a newsletter, it takes for one of them. It is known by the words in its class or id.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 600
"""Characters of a piece of furniture: an element with more is the article, whatever its class."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def take_out_furniture(tree: HtmlElement) -> None:
    """Take furniture out of `tree`, which is changed."""
    for element in tree.xpath(".//body//*[@class or @id]"):
        if not _is_furniture(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        if element.getparent() is not None and _length(element) <= LONGEST:
            element.drop_tree()


def _length(element: HtmlElement) -> int:
    """Return how many characters stand in `element`, counted to `LONGEST` and one piece more."""
    size = 0
    for piece in element.itertext():
        size += len(piece.strip())
        if size > LONGEST:
            break
    return size


@cache
def _names() -> frozenset[str]:
    path = files("quoth.extractors").joinpath("readers", "page_furniture.json")
    return frozenset(json.loads(path.read_text("utf-8")))


def _is_furniture(named: str) -> bool:
    for name in named.split():
        words = [word.lower() for word in _WORD.findall(name)]
        pairs = [f"{first}-{second}" for first, second in pairwise(words)]
        if not _names().isdisjoint((*words, *pairs)):
            return True
    return False
