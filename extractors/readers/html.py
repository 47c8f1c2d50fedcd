"""Saved web pages: the article's text without what stands around it, and what the page says of it.

trafilatura (Barbaresi 2021) finds the text and metadata; it is given the page, never its address,
and fetches nothing.
"""

from __future__ import annotations

import codecs
import logging
import re
from typing import TYPE_CHECKING, Any

from quoth.extractors.decoding import decode
from quoth.extractors.readers.dates import is_day_alone
from quoth.extractors.readers.interface import (
    Entry,
    File,
    Format,
    ReadingError,
    ReadingOptions,
    read_whole,
)
from quoth.extractors.readers.page_furniture import take_out_furniture
from quoth.extractors.readers.page_metadata import page_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 2000
"""The parser's time grows with the square of the attributes of an element."""
_HEAD = 4096
"""Bytes in which a page says what it is encoded in: four times what HTML lets it have."""


def read(file: File, options: ReadingOptions) -> Iterator[Entry]:
    """Yield the article of a page."""
    yield article(read_whole(file, options), file)


def article(raw: bytes, file: File) -> Entry:
    """Return the article in the page `raw`, which `file` holds or is.

    Raises `ReadingError` where there is none.
    """
    page = decode(raw, file.path, charset=file.charset or stated_charset(raw))
    if not page or page.isspace():
        raise ReadingError(file.path, "empty: there is no text in it")
    for tag in _LONG_TAG.findall(page):
        if len(_QUOTED.sub("", tag).split()) > _MOST_ATTRIBUTES:
            raise ReadingError(file.path, "no page that can be read: thousands of attributes")
    try:
        text, known = _extracted(page)
    except (ValueError, TypeError, RecursionError, AssertionError, AttributeError) as error:
        reason = f"no page that can be read: {type(error).__name__}"
        raise ReadingError(file.path, reason) from error
    if not text:
        raise ReadingError(file.path, "no article in this page: there is no running text in it")
    return Entry(
        text=text,
        id=file.id,
        path=file.path,
        **{**known, "url": known.get("url") or file.url},
    )


def stated_charset(raw: bytes) -> str | None:
    """Return the encoding that the head of a page states, where it is one of text."""
    found = _META_CHARSET.search(raw[:_HEAD])
    if not found:
        return None
    name = found[1].decode("ascii", "replace")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _extracted(page: str) -> tuple[str, dict[str, Any]]:
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    # What it logs of pages without text is told as an error.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = load_html(page)
    if tree is None:
        return "", {}
    known = page_metadata(tree)
    take_out_furniture(tree)
    found = bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    # None, where there is no text; a dict only if it is asked for.
    text = getattr(found, "text", None) or ""
    return _without_heading(text, known.get("title")), known


def _without_heading(text: str, title: str | None) -> str:
    """Return `text` without lines that say nothing, and without title and date before it."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if any(map(str.isalnum, line))]
    # The title that the head of a page states may go on with the name of the outlet.
    while lines and ((title or "").startswith(lines[0]) or is_day_alone(lines[0])):
        del lines[0]
    return "\n".join(lines)


FORMAT = Format(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    read=read,
    media_types=("text/html", "application/xhtml+xml"),
    begins=(b"<!doctype html", b"<html"),
)
