"""Word documents (DOCX): their paragraphs; the extra ``docx``."""

from __future__ import annotations

import io
import zipfile
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


def read(file: File, options: ReadingOptions) -> Iterator[Entry]:
    """Yield the text of the document, a blank line between its paragraphs.

    Tables, notes, and headers and footers of pages are left out. Title and author are those of its
    properties.
    """
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError
    except ImportError as error:
        raise missing_extra(file.path, "python-docx", "docx") from error
    raw = read_whole(file, options)
    try:
        _refuse_bombs(raw, file, options)
        document = docx.Document(io.BytesIO(raw))
        known = document.core_properties
        text = "\n\n".join(filter(None, (part.text.strip() for part in document.paragraphs)))
    except ReadingError:
        raise
    except (zipfile.BadZipFile, OpcError, LxmlError, KeyError, ValueError, NotImplementedError,
            RuntimeError, AttributeError) as error:  # fmt: skip
        raise ReadingError(file.path, "damaged, or no Word document") from error
    if not text:
        raise ReadingError(file.path, "empty: there is no text in it")
    yield Entry(
        text=text,
        id=file.id,
        path=file.path,
        title=known.title or None,
        author=known.author or None,
        url=file.url,
    )


def _refuse_bombs(raw: bytes, file: File, options: ReadingOptions) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(part.file_size for part in archive.infolist()) > options.max_bytes:
            raise too_large(file.path, options)


FORMAT = Format(
    name="docx",
    suffixes=(".docx",),
    read=read,
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
)
