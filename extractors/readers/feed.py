"""Saved RSS and Atom feeds: a document an entry; the extra ``feeds``.

feedparser reads what is no well-formed XML too, and knows no entities but HTML's; a feed that
declares its own is refused.
"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from quoth.extractors.readers.interface import (
    Entry,
    File,
    Format,
    ReadingError,
    ReadingOptions,
    missing_extra,
    read_whole,
)
from quoth.extractors.readers.markup_text import text_of_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)
_HEAD = 1 << 14
_DECLARED = re.compile(r"<!\s*ENTITY", re.IGNORECASE)


def read(file: File, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the entries of a feed, each with its full text where the feed has it."""
    try:
        import feedparser
    except ImportError as error:
        raise missing_extra(file.path, "feedparser", "feeds") from error
    raw = read_whole(file, options)
    # In any encoding: letters of ASCII are themselves in nearly all, with NULs between in UTF-16.
    plain = raw.replace(b"\x00", b"").decode("latin-1")
    if not _ROOT.search(plain[:_HEAD]):
        raise ReadingError(file.path, "neither RSS nor Atom")
    if _DECLARED.search(plain):
        raise ReadingError(file.path, "it declares entities, which no feed needs: not read")
    # Given bytes alone it would take short ones for the name of a file.
    headers = {"content-type": f"application/xml; charset={file.charset}"} if file.charset else {}
    feed = feedparser.parse(
        io.BytesIO(raw), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries:
        raise ReadingError(file.path, "empty: a feed without entries")
    for number, item in enumerate(feed.entries, 1):
        yield _entry(item, number, _plain(feed.feed.get("title")), file)


def _entry(item: Any, number: int, publisher: str | None, file: File) -> Entry | ReadingError:
    path = f"{file.path}: entry {number}"
    bodies = [content.get("value", "") for content in item.get("content", ())]
    text = text_of_markup(max([*bodies, item.get("summary", "")], key=len))
    if not text:
        return ReadingError(path, "no text in this entry")
    source = item.get("source") or {}
    return Entry(
        text=text,
        id=item.get("id") or f"{file.id}#{number}",
        path=path,
        title=_plain(item.get("title")),
        date=_day(item),
        publisher=_plain(source.get("title")) or publisher,
        author=_plain(item.get("author")),
        url=item.get("link") or None,
    )


def _plain(markup: str | None) -> str | None:
    return " ".join(text_of_markup(markup).split()) or None if markup else None


def _day(item: Any) -> date | None:
    # As written first: in UTC, the evening's news of New York is tomorrow's.
    from quoth.extractors.readers.dates import day_of

    day = day_of(item.get("published"))
    moment = item.get("published_parsed")
    return day or (date(*moment[:3]) if moment else None)


FORMAT = Format(
    name="feed",
    suffixes=(".rss", ".atom", ".xml"),
    read=read,
    media_types=("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
    begins=(b"<rss", b"<feed", b"<rdf:RDF", b"<?xml"),
    holds_many=True,
)
