"""A stream of bytes as lines of text, however long the file and whatever its encoding."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, cast

from quoth.extractors.decoding import BYTE_ORDER_MARKS, checked, decode
from quoth.extractors.readers.interface import ReadingError, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.readers.interface import File, ReadingOptions

_PIECE = 1 << 16


def lines(file: File, options: ReadingOptions) -> Iterator[str | ReadingError]:
    """Yield the lines of `file` with their ends, an error in the place of one that is no text.

    Each line is UTF-8, else in the encoding guessed for it: files that were put together from
    several have several. A line longer than `options.max_bytes` is passed over, never held.
    """
    stream = _as_utf8(file)
    guessed = False
    number = 0
    while line := stream.readline(options.max_bytes + 1):
        number += 1
        where = f"{file.path}: line {number}"
        if len(line) > options.max_bytes:
            _pass_over(stream, line)
            yield too_large(where, options)
            continue
        try:
            yield checked(line.decode("utf-8"), where)
        except ReadingError as error:
            yield error
        except UnicodeDecodeError:
            try:
                # One message a file is enough; thousands would hide the others.
                text = decode(line, where, charset=file.charset, quiet=guessed)
            except ReadingError as error:
                yield error
            else:
                guessed = True
                yield text


def _pass_over(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_PIECE)


def _as_utf8(file: File) -> BinaryIO:
    """Return the stream of `file` without its byte order mark, recoded from UTF-16 or UTF-32."""
    start = file.start(4)
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            if encoding == "utf-8-sig":
                file.stream.read(len(mark))
                return file.stream
            return io.BufferedReader(cast("io.RawIOBase", _Recoded(file, encoding)))
    return file.stream


class _Recoded(io.RawIOBase):
    """The text of a file in another encoding as UTF-8."""

    def __init__(self, file: File, encoding: str) -> None:
        self._path, self._encoding = file.path, encoding
        self._text = io.TextIOWrapper(file.stream, encoding, newline="")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._rest:
            try:
                self._rest = self._text.read(_PIECE).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError as error:
                raise ReadingError(self._path, f"damaged {self._encoding.upper()}") from error
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)
