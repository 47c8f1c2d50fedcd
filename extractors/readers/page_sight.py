"""What a reader of a page sees of its article: the heading, and what stands by itself below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quoth.extractors.bylines import byline
from quoth.extractors.readers.dates import day_shown

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEAR = 200
"""Elements below the title among which the date is looked for."""
_LONGEST = 100
"""Characters of what stands by itself."""
_AFTER_TITLE = re.compile(r"\s?(?:[|:•·–—-]|::)\s(?:.{1,40}\s[|•·–—-]\s)?([^|:•·–—]{2,60})")
_BEFORE_TITLE = re.compile(r"([^|:•·–—]{2,60})\s?(?:[|:•·–—-]|::)\s")
_HEADINGS = (
    './/*[@itemprop="headline"]',
    './/*[contains(concat(" ", @class, " "), " entry-title ")]',
    ".//h1",
)


def marked_title(tree: HtmlElement) -> str | None:
    """Return the title in the element that is marked as its place."""
    marked = [element for path in _HEADINGS[:-1] for element in tree.xpath(path)]
    return _words(marked[0]) or None if marked else None


def seen(tree: HtmlElement) -> dict[str, Any]:
    """Return what a reader of the page would see below its title, or in a page without one.

    That are the first date and byline that stand by themselves. What says when the page was updated
    begins with another word; lists of other articles, with their dates, come after the article. And
    the outlet that is named after the title in the window's.
    """
    heading = _heading(tree)
    below = heading.xpath("following::*") if heading is not None else tree.xpath(".//body//*")
    found: dict[str, Any] = {"publisher": _outlet_in_title(tree)}
    for element in below[:_NEAR]:
        words = _words(element) if _is_short(element) else ""
        for name, value in (("date", day_shown(words)), ("author", byline(words))):
            if value:
                found.setdefault(name, value)
    return found


def _is_short(element: HtmlElement) -> bool:
    size = 0
    for piece in element.itertext():
        size += len(piece)
        if size > _LONGEST:
            return False
    return size > 0


def _heading(tree: HtmlElement) -> HtmlElement | None:
    """Return the element with the article's title: marked as such, else the first of its kind."""
    for path in _HEADINGS:
        candidates: list[HtmlElement] = tree.xpath(path)
        for found in candidates:
            if _words(found):
                return found
    return None


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _outlet_in_title(tree: HtmlElement) -> str | None:
    """Return what the title of the window has beside that of the article: «… | The Post»."""
    heading, window = _heading(tree), tree.find(".//head/title")
    if heading is None or window is None:
        return None
    title, whole = _words(heading), _words(window)
    found = _AFTER_TITLE.fullmatch(whole.removeprefix(title)) if whole.startswith(title) else None
    if found is None and whole.endswith(title):
        found = _BEFORE_TITLE.fullmatch(whole.removesuffix(title))
    return found[1] if found else None


def without_outlet(title: str, tree: HtmlElement) -> str:
    """Return `title` as the article has it, where it is that with the outlet's name after it."""
    heading = _heading(tree)
    shown = _words(heading) if heading is not None else ""
    is_longer = bool(shown) and title.startswith(shown)
    return shown if is_longer and _AFTER_TITLE.fullmatch(title.removeprefix(shown)) else title
