"""What a reader of a format is given and what it yields.

A format is a `Format`: its name, the endings of its files, and a function from a `File` to its
`Entry` records. Others add theirs through the entry points ``quoth.readers``::

    [project.entry-points."quoth.readers"]
    nitf = "my_package.nitf:FORMAT"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from datetime import date

MEGABYTE = 1_000_000

UNSUSPECTED = 16 * MEGABYTE
"""What may be unpacked before its ratio to what is packed counts: short texts can be anything."""


class ReadingError(ValueError):
    """An input that holds no readable text: `path` says which, `reason` what is wrong with it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[ReadingError], tuple[str, str]]:
        # Exceptions are pickled by their message alone, and this one takes two.
        return type(self), (self.path, self.reason)


class NoTextFieldError(ReadingError):
    """A table, or JSON, in which nothing has a field of the text: data of another kind, maybe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Where tables have a document's text and what is known of it; None: by the usual names.

    A name with dots leads into nested objects: ``article.body``.
    """

    text: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How files are read.

    `format` is the name of a format (`quoth.extractors.readers.registry.names`) that standard
    input and files whose name does not tell are in; None: it is seen from their first bytes.
    `max_bytes` is the size of the largest document, `max_ratio` how many times its size a
    compressed file may unpack to, `timeout` how many seconds a page on the web may take.
    """

    format: str | None = None
    fields: Fields = field(default_factory=Fields)
    max_bytes: int = 50 * MEGABYTE
    max_ratio: int = 250
    timeout: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to read, wherever it lies.

    `path` is what messages call it, `id` what documents in it are called after, `name` a name that
    ends as its format has it. `stream` stands at its beginning, is buffered (it has ``peek``), and
    may be read once. What a server said of it: `media_type` (``text/html``), `charset`, `url`.
    """

    path: str
    id: str
    name: str
    stream: BinaryIO
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None

    def start(self, count: int) -> bytes:
        """Return the first bytes, `count` at most, which stay to be read."""
        found: bytes = self.stream.peek(count)  # type: ignore[attr-defined]
        return found[:count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A text in a file: exactly the words that offsets will speak of, and what is known of it.

    `path` is what messages call it, `id` the document's id.
    """

    text: str
    id: str
    path: str
    title: str | None = None
    date: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None


Read = Callable[[File, ReadingOptions], Iterator["Entry | ReadingError"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of files.

    `suffixes` are the endings of its files in small letters (``.html``), `media_types` what
    servers call it. `begins` are bytes that its files begin with, white space before them aside.
    `holds_many`: a file of it may hold several documents.

    `read` yields the entries of a file one by one, holding no more of it than it must; an entry
    that cannot be read is yielded as a `ReadingError`, and the next ones go on. What ends the
    reading of the whole file is raised, as `ReadingError` too.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read
    media_types: tuple[str, ...] = ()
    begins: tuple[bytes, ...] = ()
    holds_many: bool = False


def missing_extra(path: str, package: str, extra: str) -> ReadingError:
    """Return the error that says which extra of quoth reads `path`."""
    return ReadingError(path, f"needs {package}: pip install 'quoth[{extra}]'")


def read_whole(file: File, options: ReadingOptions) -> bytes:
    """Return all bytes of a file that is one document.

    Raises `ReadingError` where they are more than `options.max_bytes`.
    """
    raw = file.stream.read(options.max_bytes + 1)
    if len(raw) > options.max_bytes:
        raise too_large(file.path, options)
    return raw


def too_large(path: str, options: ReadingOptions) -> ReadingError:
    """Return the error that says that a document is larger than `options` let it be."""
    size = f"{options.max_bytes / MEGABYTE:g}"
    return ReadingError(path, f"larger than {size} MB; --max-size lets larger documents in")


def swells(unpacked: int, packed: int, options: ReadingOptions) -> bool:
    """Whether bytes `unpacked` from so many that were `packed` are more than `options` allow."""
    return unpacked > UNSUSPECTED and unpacked > options.max_ratio * max(1, packed)


def bomb(path: str, options: ReadingOptions) -> ReadingError:
    """Return the error that says that a file unpacks to more than `options` let it."""
    reason = f"it unpacks to more than {options.max_ratio} times its size, as bombs do"
    return ReadingError(path, f"{reason}: unpack it yourself if you trust it")
