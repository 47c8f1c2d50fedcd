"""What a page says of its article: in JSON-LD, in its meta elements, else as trafilatura finds it.

Pages say when they were published in data meant for machines (schema.org's ``datePublished``,
``article:published_time``); these come first, since a page also shows when it was updated, and
when other articles were published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from quoth.extractors.readers.dates import day_of
from quoth.extractors.readers.linked_data import linked_data
from quoth.extractors.readers.page_sight import marked_title, seen, without_outlet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lxml.html import HtmlElement

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

_HOST = re.compile(r"\S+\.\S+")


def page_metadata(tree: HtmlElement) -> dict[str, Any]:
    """Return what the page `tree` says of its article: title, date, publisher, author, url.

    What it does not say is missing.
    """
    found: dict[str, Any] = {}
    for source in (linked_data, _of_meta, _as_trafilatura_finds, seen, _of_address):
        try:
            said = source(tree)
        except (ValueError, TypeError, AttributeError, LookupError):
            # Whatever stands in its head, the page has an article.
            continue
        if said.get("author") in (said.get("publisher"), found.get("publisher")):
            # The outlet stands where no name of a person was entered.
            said.pop("author", None)
        for name, value in said.items():
            if value and name not in found:
                found[name] = value
        if len(found) == len(_NAMES) + 1:
            break
    if "title" in found:
        found["title"] = without_outlet(found["title"], tree)
    return found


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
    found["title"] = found["title"] or marked_title(tree)
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
    # Where it finds no outlet it gives the host, or takes the title for one.
    outlet = found.sitename or ""
    is_guess = _HOST.fullmatch(outlet) or outlet.casefold() == (found.title or "").casefold()
    return {
        "title": found.title,
        "date": day_of(found.date),
        "publisher": None if is_guess else outlet,
        "author": found.author and found.author.replace("; ", ", "),
        "url": found.url,
    }


def _of_address(tree: HtmlElement) -> dict[str, Any]:
    """Return the host of the page as its outlet."""
    from trafilatura.metadata import extract_url

    host = urlsplit(extract_url(tree) or "").hostname
    return {"publisher": host and host.removeprefix("www.")}
