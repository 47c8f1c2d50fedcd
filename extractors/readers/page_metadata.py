"""What a page says of its article: in JSON-LD, in its meta elements, else as trafilatura finds it.

Pages say when they were published in data meant for machines (schema.org's ``datePublished``,
``article:published_time``); these come first, since a page also shows when it was updated, and
when other articles were published.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from quoth.extractors.readers.dates import day_of, day_shown

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
_LAST_DAY = "2999-12-31"
"""Without one, htmldate would take today for it, and read a page otherwise tomorrow."""
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "parsely-pub-date",
    "sailthru.date",
    "cXenseParse:recs:publishtime",
    "pubdate",
    "publish-date",
    "publication_date",
    "DC.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_NAMES = {
    "title": ("og:title", "twitter:title", "headline", "dc.title"),
    "author": (
        "author",
        "parsely-author",
        "byl",
        "sailthru.author",
        "article:author",
        "dc.creator",
    ),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "url": ("og:url",),
}
_NEAR = 200
"""Elements below the title among which the date is looked for."""
_LONGEST_DATE = 60
_DEEPEST = 12
"""Levels of JSON-LD that are looked into."""


def page_metadata(tree: HtmlElement) -> dict[str, Any]:
    """Return what the page `tree` says of its article: title, date, publisher, author, url.

    What it does not say is missing.
    """
    found: dict[str, Any] = {}
    for source in (_of_json, _of_meta, _as_trafilatura_finds, _of_sight):
        said = source(tree)
        if said.get("author") in (said.get("publisher"), found.get("publisher")):
            # The outlet stands where no name of a person was entered.
            said.pop("author", None)
        for name, value in said.items():
            if value and name not in found:
                found[name] = value
        if len(found) == len(_NAMES) + 1:
            break
    return found


def _of_json(tree: HtmlElement) -> dict[str, Any]:
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


def _of_meta(tree: HtmlElement) -> dict[str, Any]:
    said: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            said.setdefault(name.lower(), " ".join(content.split()))
    found: dict[str, Any] = {
        field: next(_said(said, names), None) for field, names in _NAMES.items()
    }
    if found["author"] and "://" in found["author"]:
        found["author"] = None
    canonical = tree.find('.//link[@rel="canonical"]')
    address = canonical.get("href", "") if canonical is not None else ""
    if address.startswith("http"):
        found["url"] = address
    days = (day_of(words) for words in _said(said, _DATES))
    found["date"] = next(filter(None, days), None) or _shown_date(tree)
    return found


def _said(said: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    return (said[name.lower()] for name in names if name.lower() in said)


def _shown_date(tree: HtmlElement) -> date | None:
    """Return the day of the element that is marked as the date of publication."""
    marked = tree.xpath(
        './/*[@itemprop="datePublished"] | .//time[@pubdate]'
        ' | .//time[contains(concat(" ", @class, " "), " published ")]'
        ' | .//abbr[contains(concat(" ", @class, " "), " published ")]'
    )
    for element in marked:
        words = element.get("datetime") or element.get("content") or element.get("title")
        day = day_of(words or element.text_content().strip())
        if day:
            return day
    return None


def _as_trafilatura_finds(tree: HtmlElement) -> dict[str, Any]:
    from trafilatura.metadata import extract_metadata

    # The quick search alone: the other guesses from any number, and by today's date.
    search = {"original_date": True, "extensive_search": False, "max_date": _LAST_DAY}
    found = extract_metadata(tree, date_config=search)
    return {
        "title": found.title,
        "date": day_of(found.date),
        "publisher": found.sitename,
        "author": found.author and found.author.replace("; ", ", "),
        "url": found.url,
    }


def _of_sight(tree: HtmlElement) -> dict[str, Any]:
    """Return the first date that stands by itself below the title, or in a page without one.

    What says when the page was updated begins with another word; lists of other articles, with
    their dates, come after the article.
    """
    headings = tree.xpath(".//h1")
    below = headings[0].xpath("following::*") if headings else tree.xpath(".//body//*")
    for element in below[:_NEAR]:
        words = element.text or ""
        if len(words) <= _LONGEST_DATE and (day := day_shown(words)):
            return {"date": day}
    return {}
