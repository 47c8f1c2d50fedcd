"""Compressed files and archives -> the files in them, within limits that stop bombs.

A file of a few kilobytes can unpack to terabytes. What is unpacked is streamed, counted against
the bytes it was packed in, and an archive in an archive in an archive is not opened.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from quoth.extractors.readers.interface import (
    File,
    ReadingError,
    ReadingOptions,
    bomb,
    missing_extra,
    swells,
)
from quoth.extractors.readers.registry import by_suffix
from quoth.extractors.readers.spool import seekable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipFile, ZipInfo

DEEPEST = 2
"""Packings one within the other: ``pages.zip`` of ``page.html.gz``."""


class Packing(NamedTuple):
    """A way to pack files: endings of names, first bytes, and what unpacks it."""

    suffix: str
    begin: bytes
    unpack: Callable[[File, ReadingOptions], Iterator[File | ReadingError]]


def packing_of(file: File) -> Packing | None:
    """Return how `file` is packed, by its name, or by its first bytes where that tells nothing."""
    small = file.name.lower()
    for packing in PACKINGS:
        if small.endswith(packing.suffix):
            return packing
    if by_suffix(file.name):
        return None
    start = file.start(8)
    return next((packing for packing in PACKINGS if start.startswith(packing.begin)), None)


def unpacked_name(name: str) -> tuple[str, bool]:
    """Return (`name` without the endings of packings, whether one of them holds many files)."""
    many = False
    for _ in range(DEEPEST):
        found = next((p for p in PACKINGS if name.lower().endswith(p.suffix)), None)
        if found is None:
            break
        many |= found.suffix == ".zip"
        name = name[: -len(found.suffix)]
    return name, many


class _Counted(io.RawIOBase):
    """An unpacked stream that ends in an error where it is a bomb, or damaged.

    `taken` says how many packed bytes it was made from so far.
    """

    def __init__(
        self, stream: Any, file: File, options: ReadingOptions, taken: Callable[[], int]
    ) -> None:
        self._stream, self._path, self._options = stream, file.path, options
        self._taken = taken
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read1(len(buffer))
        except ReadingError:
            raise
        except Exception as error:
            # The errors of five decompressors have no class in common.
            told = " ".join(str(error).split())[:100] or type(error).__name__
            raise ReadingError(self._path, f"damaged, or not compressed so: {told}") from error
        self._given += len(data)
        if swells(self._given, self._taken(), self._options):
            raise bomb(self._path, self._options)
        buffer[: len(data)] = data
        return len(data)


class _Taken(io.RawIOBase):
    """A stream that counts what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)


def _single(
    suffix: str, opener: Callable[[BinaryIO, File], Any]
) -> Callable[[File, ReadingOptions], Iterator[File | ReadingError]]:
    """Return what unpacks a packing of one file, whose stream `opener` decompresses."""

    def unpack(file: File, options: ReadingOptions) -> Iterator[File | ReadingError]:
        packed = _Taken(file.stream)
        stream = opener(io.BufferedReader(packed), file)
        counted = _Counted(stream, file, options, lambda: packed.count)
        yield replace(
            file,
            id=_without(suffix, file.id),
            name=_without(suffix, file.name),
            stream=io.BufferedReader(counted, 1 << 16),
            media_type=None,
        )

    return unpack


def _without(suffix: str, name: str) -> str:
    return name[: -len(suffix)] if name.lower().endswith(suffix) else name


def _gzip(stream: BinaryIO, file: File) -> Any:
    import gzip

    return gzip.GzipFile(fileobj=stream)


def _bzip2(stream: BinaryIO, file: File) -> Any:
    import bz2

    return bz2.BZ2File(stream)


def _xz(stream: BinaryIO, file: File) -> Any:
    import lzma

    return lzma.LZMAFile(stream)


def _zstandard(stream: BinaryIO, file: File) -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise missing_extra(file.path, "zstandard", "archives") from error
    decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 28)
    return decompressor.stream_reader(stream, read_across_frames=True)


def _unzip(file: File, options: ReadingOptions) -> Iterator[File | ReadingError]:
    from zipfile import BadZipFile, ZipFile

    with seekable(file) as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        try:
            archive = ZipFile(stream)
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            told = " ".join(str(error).split())[:100]
            raise ReadingError(file.path, f"damaged, or no ZIP archive: {told}") from error
        with archive:
            yield from _members(archive, size, file, options)


def _members(
    archive: ZipFile, size: int, file: File, options: ReadingOptions
) -> Iterator[File | ReadingError]:
    given = 0
    found = False
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        if member.is_dir() or not _is_wanted(member.filename):
            continue
        found = True
        path = f"{file.path}/{member.filename}"
        if swells(member.file_size, member.compress_size, options):
            yield bomb(path, options)
            continue
        given += member.file_size
        # Members may lie one upon the other, each of them small enough by itself.
        if swells(given, size, options):
            raise bomb(f"{path} and what follows", options)
        inner = _member(archive, member, size, replace(file, path=path), options)
        if isinstance(inner, ReadingError):
            yield inner
            continue
        with inner as stream:
            yield File(
                path=path,
                id=f"{file.id}/{member.filename}",
                name=member.filename,
                stream=io.BufferedReader(stream, 1 << 16),
            )
    if not found:
        raise ReadingError(file.path, "no files of a known kind in this archive")


def _member(
    archive: ZipFile, member: ZipInfo, size: int, file: File, options: ReadingOptions
) -> _Counted | ReadingError:
    if member.flag_bits & 1:
        return ReadingError(file.path, "encrypted: unpack it yourself")
    try:
        stream = archive.open(member)
    except (RuntimeError, NotImplementedError, OSError, ValueError, zlib.error) as error:
        told = " ".join(str(error).split())[:100]
        return ReadingError(file.path, f"damaged: {told}")
    except Exception as error:
        # zipfile.BadZipFile is derived from Exception alone.
        return ReadingError(file.path, f"damaged: {error}")
    return _Counted(stream, file, options, lambda: min(member.compress_size, size))


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if any(part.startswith((".", "__MACOSX")) for part in parts):
        return False
    plain, many = unpacked_name(name)
    return many or plain != name or by_suffix(plain) is not None


PACKINGS = (
    Packing(".gz", b"\x1f\x8b", _single(".gz", _gzip)),
    Packing(".bz2", b"BZh", _single(".bz2", _bzip2)),
    Packing(".xz", b"\xfd7zXZ\x00", _single(".xz", _xz)),
    Packing(".zst", b"\x28\xb5\x2f\xfd", _single(".zst", _zstandard)),
    Packing(".zip", b"PK\x03\x04", _unzip),
)
"""What can be unpacked."""
