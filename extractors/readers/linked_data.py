"""What a page says of its article in JSON-LD, by the terms of schema.org."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from quoth.extractors.readers.dates import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_ARTICLES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "LiveBlogPosting",
    "BlogPosting",
    "Report",
    "SocialMediaPosting",
    "WebPage",
)
"""Types of schema.org, the most telling first."""
_DEEPEST = 12
"""Levels of JSON-LD that are looked into."""


def linked_data(tree: HtmlElement) -> dict[str, Any]:
    """Return title, date, author, publisher and url of the article, as far as they are said.

    What is no JSON is passed over.
    """
    described = list(_described(tree))
    named = _names_by_id(described)
    described = [thing for thing in described if _type_of(thing)]
    described.sort(key=lambda thing: _ARTICLES.index(_type_of(thing) or "WebPage"))
    found: dict[str, Any] = {}
    for thing in described:
        values = {
            "title": thing.get("headline"),
            "date": day_of(thing.get("datePublished")),
            "author": _people(thing.get("author"), named),
            "publisher": _people(thing.get("publisher"), named),
            "url": _address(thing),
        }
        for name, value in values.items():
            if isinstance(value, str | date) and value and name not in found:
                found[name] = value if isinstance(value, date) else " ".join(value.split())
    return found


def _described(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            # Line ends in strings are a common fault.
            described = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _things(described)


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _things(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(name), depth + 1)


def _type_of(thing: dict[str, Any]) -> str | None:
    types = thing.get("@type")
    types = types if isinstance(types, list) else [types]
    known = [name for name in _ARTICLES if name in types]
    return known[0] if known else None


def _names_by_id(things: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the names of what is described in a place of its own and referred to by ``@id``."""
    return {str(thing["@id"]): thing.get("name") for thing in things if "@id" in thing}


def _people(value: Any, named: dict[str, Any]) -> str | None:
    names: list[Any] = []
    for item in value if isinstance(value, list) else [value]:
        name = item
        if isinstance(item, dict):
            name = item.get("name") or named.get(str(item.get("@id")))
        names += name if isinstance(name, list) else [name]
    # Some outlets give the addresses of their profiles for names.
    told = [name for name in names if isinstance(name, str) and "://" not in name]
    return ", ".join(dict.fromkeys(told)) or None


def _address(thing: dict[str, Any]) -> Any:
    page = thing.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id")
    candidates = (thing.get("url"), page)
    return next((c for c in candidates if isinstance(c, str) and c.startswith("http")), None)
