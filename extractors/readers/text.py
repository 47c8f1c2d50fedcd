"""Plain text and Markdown: the file is the text, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.decoding import decode
from quoth.extractors.readers.interface import Entry, File, Format, ReadingOptions, read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(file: File, options: ReadingOptions) -> Iterator[Entry]:
    """Yield the one text of `file`, as it stands there."""
    text = decode(read_whole(file, options), file.path, charset=file.charset)
    yield Entry(text=text, id=file.id, path=file.path, url=file.url)


FORMAT = Format(
    name="text",
    suffixes=(".txt", ".text", ".md", ".markdown"),
    read=read,
    media_types=("text/plain", "text/markdown"),
)
