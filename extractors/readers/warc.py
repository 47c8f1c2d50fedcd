"""Web archives (WARC): an article an HTML page that a server answered; the extra ``archives``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quoth.extractors.readers.html import article
from quoth.extractors.readers.interface import (
    Entry,
    File,
    Format,
    ReadingError,
    ReadingOptions,
    missing_extra,
    too_large,
)
from quoth.extractors.readers.media_types import parse_media_type

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGES = ("text/html", "application/xhtml+xml")
_FINE = "200"


def read(file: File, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the pages of the archive, one held at a time; other records are passed over.

    A page's id and URL are its address, unless the page states another one.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise missing_extra(file.path, "warcio", "archives") from error
    found = False
    try:
        for record in ArchiveIterator(file.stream):
            if _is_page(record):
                found = True
                yield _page(record, file, options)
    except (ArchiveLoadFailed, EOFError, ValueError, OSError) as error:
        if isinstance(error, ReadingError):
            raise
        told = " ".join(str(error).split())[:120]
        raise ReadingError(file.path, f"damaged, or no WARC: {told}") from error
    if not found:
        raise ReadingError(file.path, "no HTML pages in this archive")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    media_type, _ = parse_media_type(record.http_headers.get_header("Content-Type"))
    return record.http_headers.get_statuscode() == _FINE and media_type in _PAGES


def _page(record: Any, file: File, options: ReadingOptions) -> Entry | ReadingError:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    address = address.strip("<>")
    path = f"{file.path}: {address or 'a page without an address'}"
    _, charset = parse_media_type(record.http_headers.get_header("Content-Type"))
    page = File(
        path=path,
        id=address or file.id,
        name="page.html",
        stream=file.stream,
        charset=charset,
        url=address or None,
    )
    try:
        raw = _content(record, options)
        return too_large(path, options) if raw is None else article(raw, page)
    except ReadingError as error:
        return error
    except Exception as error:
        # What its decoders raise for a damaged body has no class in common.
        return ReadingError(path, f"damaged: {error or type(error).__name__}")


def _content(record: Any, options: ReadingOptions) -> bytes | None:
    stream = record.content_stream()
    pieces, size = [], 0
    while piece := stream.read(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > options.max_bytes:
            return None
    return b"".join(pieces)


FORMAT = Format(
    name="warc",
    suffixes=(".warc",),
    read=read,
    media_types=("application/warc",),
    begins=(b"WARC/",),
    holds_many=True,
)
