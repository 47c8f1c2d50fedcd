"""A path, an address or standard input -> the entries in it, whatever it is packed in."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from quoth.extractors.readers.interface import Entry, File, ReadingError, ReadingOptions
from quoth.extractors.readers.packing import DEEPEST, packing_of
from quoth.extractors.readers.registry import format_of
from quoth.extractors.readers.web import fetch, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT = "-"
"""The path that stands for standard input."""


def entries(path: str, id: str, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the entries of what lies at `path`, of a file called `id`.

    `path` is a file, ``-``, or the address of a page. What cannot be read is yielded as an error in
    its place, and what stands beside it goes on.
    """
    try:
        file = _open(path, id, options)
    except ReadingError as error:
        yield error
        return
    try:
        yield from _unpacked(file, options, 0)
    finally:
        if path != STANDARD_INPUT:
            file.stream.close()


def _unpacked(file: File, options: ReadingOptions, depth: int) -> Iterator[Entry | ReadingError]:
    try:
        packing = packing_of(file)
        if packing is None:
            yield from format_of(file, options).read(file, options)
            return
        if depth == DEEPEST:
            yield ReadingError(file.path, "an archive in an archive in an archive: unpack it first")
            return
        for inner in packing.unpack(file, options):
            if isinstance(inner, ReadingError):
                yield inner
            else:
                yield from _unpacked(inner, options, depth + 1)
    except ReadingError as error:
        yield error
    except OSError as error:
        yield ReadingError(file.path, explain(error))


def _open(path: str, id: str, options: ReadingOptions) -> File:
    if path == STANDARD_INPUT:
        stream = _standard_input().buffer
        if not hasattr(stream, "peek"):
            stream = io.BufferedReader(cast("io.RawIOBase", stream))
        return File(path=path, id=id, name="", stream=stream)
    if is_address(path):
        return fetch(path, options)
    return File(path=path, id=id, name=Path(path).name, stream=open_file(path))


def open_file(path: str) -> BinaryIO:
    """Open the file `path`; raises `ReadingError` where it is none that can be read."""
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise ReadingError(path, "a folder, not a file")
        if not stat.S_ISREG(mode):
            # Opening a pipe that nobody writes to would wait for ever.
            raise ReadingError(path, "a pipe or device, not a file: send it to standard input, -")
        return Path(path).open("rb")
    except OSError as error:
        raise ReadingError(path, explain(error)) from error
    except ValueError as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(path, f"no name of a file: {error}") from error


def _standard_input() -> TextIO:
    # Python has none when the program was started with it closed.
    stream: TextIO | None = sys.stdin
    if stream is None:
        raise ReadingError(STANDARD_INPUT, "standard input is closed")
    return stream


def explain(error: OSError) -> str:
    """Return what went wrong with a file, in a few words."""
    match error:
        case FileNotFoundError():
            return "no such file or folder"
        case PermissionError():
            return "permission denied"
        case _:
            return (error.strerror or str(error)).lower()
