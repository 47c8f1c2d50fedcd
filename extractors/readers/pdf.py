"""PDF: the text of its pages; the extra ``pdf``. Pictures of text, as scanners make, have none."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from quoth.extractors.readers.interface import (
    Entry,
    File,
    Format,
    ReadingError,
    ReadingOptions,
    missing_extra,
    read_whole,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[.!?:][\"'”’»)]*\Z")
_SHORT = 0.85
"""A line below this share of the longest that ends a sentence is the last of its paragraph."""


def read(file: File, options: ReadingOptions) -> Iterator[Entry]:
    """Yield the text of the document, its lines joined to paragraphs, a blank line between them.

    Title and author are those of its properties.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise missing_extra(file.path, "pypdf", "pdf") from error
    raw = read_whole(file, options)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    try:
        document = PdfReader(io.BytesIO(raw))
        known = document.metadata
        title = str(known.title or "") if known else ""
        author = str(known.author or "") if known else ""
        for page in document.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > options.max_bytes:
                raise too_large(file.path, options)
    except DependencyError as error:
        raise ReadingError(file.path, "encrypted: save it without a password") from error
    except ReadingError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        told = " ".join(str(error).split())[:120] or type(error).__name__
        raise ReadingError(file.path, f"damaged, or no PDF: {told}") from error
    text = "\n\n".join(filter(None, map(_paragraphs, pages)))
    if not text:
        raise ReadingError(file.path, "no text in this PDF: a scan must be recognised (OCR) first")
    yield Entry(
        text=text,
        id=file.id,
        path=file.path,
        title=title.strip() or None,
        author=author.strip() or None,
        url=file.url,
    )


def _paragraphs(page: str) -> str:
    lines = [line.strip() for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    joined: list[str] = []
    for line in lines:
        joined.append(line)
        is_last = bool(_SENTENCE_END.search(line)) and len(line) < _SHORT * longest
        joined.append("\n\n" if is_last or not line else " ")
    return "\n\n".join(filter(None, (part.strip() for part in "".join(joined).split("\n\n"))))


FORMAT = Format(
    name="pdf",
    suffixes=(".pdf",),
    read=read,
    media_types=("application/pdf",),
    begins=(b"%PDF-",),
)
