"""A stream that can only be read forwards -> one in which readers can jump."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from quoth.extractors.readers.interface import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.readers.interface import File

_IN_MEMORY = 8 * MEGABYTE


@contextmanager
def seekable(file: File) -> Iterator[BinaryIO]:
    """Give the stream of `file` itself where one can jump in it, else a copy on disk."""
    if file.stream.seekable():
        yield file.stream
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(file.stream, copy)
        copy.seek(0)
        yield cast("BinaryIO", copy)
