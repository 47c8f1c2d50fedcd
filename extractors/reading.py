"""Files, folders and standard input -> `Document`.

A text is kept exactly as it stands in its file: line ends stay as they are, and offsets count
its code points. Only a byte order mark is left out, being the encoding's signature and no part
of the text. Titles, bylines and datelines stay in the text; `Document.begin` points past them.
"""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

from quoth.extractors.decoding import detect, is_damaged_utf8
from quoth.extractors.header import find_header
from quoth.extractors.records import Document

_log = logging.getLogger(__name__)

STANDARD_INPUT = "-"
"""The path that stands for standard input."""

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
"""What the name of a text in a folder ends with. A file named by itself may have any name."""

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class ReadingError(ValueError):
    """An input that holds no readable text: `path` says which, `reason` what is wrong with it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


OnError = Callable[[ReadingError], None]


class Input(NamedTuple):
    """A text to be read: the `path` of its file (``-`` for standard input) and its document id."""

    path: str
    id: str


def read(
    path: str | os.PathLike[str],
    *,
    id: str | None = None,
    url: str | None = None,
    title: str | None = None,
    date: date | str | None = None,
    publisher: str | None = None,
    author: str | None = None,
) -> Document:
    """Read the document in the file `path`, or in standard input for ``-``.

    What the text's own header says (see `quoth.extractors.header.find_header`) is known of the
    document; a keyword overrides it. `id` is the file's name unless given, ``stdin`` for standard
    input. `date` is a day, or ``YYYY-MM-DD``.

    Text is UTF-8, or UTF-16 and UTF-32 with a byte order mark; of anything else the encoding is
    guessed, Windows-1252 where it fits (see `quoth.extractors.decoding`), and the guess logged as
    a warning.

    Raises `ReadingError` for what is missing, unreadable, a folder or device, binary, empty, or
    damaged UTF-8, and ValueError for a `date` that is none.
    """
    path = os.fspath(path)
    day = _day(date)
    text = _decode(_read_bytes(path), path)
    if not text or text.isspace():
        raise ReadingError(path, "empty: there is no text in it")
    header = find_header(text)
    return Document(
        text=text,
        id=id if id is not None else _file_id(path),
        url=url or header.url,
        title=title or header.title,
        date=day or header.date,
        publisher=publisher or header.publisher,
        author=author or header.author,
        begin=header.begin,
    )


def read_all(
    paths: Iterable[str | os.PathLike[str] | Input],
    *,
    date: date | str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    on_error: OnError | None = None,
) -> Iterator[Document]:
    """Read every document of `paths`: files, folders and ``-``, in the order of `find_inputs`.

    The keywords hold for every document, as in `read`. A document that comes twice, with the same
    id (or URL) and text, is yielded once. An input that cannot be read is handed to `on_error`
    and the rest goes on; without `on_error` the `ReadingError` is raised.
    """
    seen: set[str] = set()
    for item in find_inputs(paths, on_error=on_error):
        try:
            document = read(item.path, id=item.id, date=date, publisher=publisher, author=author)
        except ReadingError as error:
            _report(error, on_error)
            continue
        if document.key not in seen:
            seen.add(document.key)
            yield document


def find_inputs(
    paths: Iterable[str | os.PathLike[str] | Input], *, on_error: OnError | None = None
) -> Iterator[Input]:
    """Yield the texts that `paths` name.

    Files, and what was found before, come as given. A folder yields every file below it whose
    name ends with one of `SUFFIXES`, sorted by name, a folder's files before its sub-folders;
    hidden names (``.git``) and folders behind symbolic links are left out. The id of a text in a
    folder is its path from that folder, with ``/``; otherwise it is the name of the file.

    A folder that cannot be read, or without texts, is handed to `on_error` as `read_all` does.
    """
    for given in paths:
        if isinstance(given, Input):
            yield given
            continue
        path = os.fspath(given)
        if path == STANDARD_INPUT or not _is_folder(path):
            yield Input(path, _file_id(path))
            continue
        told: list[ReadingError] = []
        empty = True
        for item in _walk(path, told, on_error):
            empty = False
            yield item
        if empty and not told:
            endings = ", ".join(sorted(SUFFIXES))
            _report(ReadingError(path, f"no texts in this folder ({endings})"), on_error)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:
        # For instance a name that is too long; reading it as a file says what is wrong.
        return False


def _walk(folder: str, told: list[ReadingError], on_error: OnError | None) -> Iterator[Input]:
    """Yield the texts below `folder`; what cannot be read is reported, and added to `told`."""

    def unreadable(error: OSError) -> None:
        told.append(ReadingError(os.fsdecode(error.filename), _explain(error)))
        _report(told[-1], on_error)

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                yield Input(str(path), path.relative_to(folder).as_posix())


def _day(value: date | str | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError(f"{value!r} is no date: write YYYY-MM-DD") from error


def _report(error: ReadingError, on_error: OnError | None) -> None:
    if on_error is None:
        raise error
    on_error(error)


def _file_id(path: str) -> str:
    return "stdin" if path == STANDARD_INPUT else Path(path).name


def _read_bytes(path: str) -> bytes:
    try:
        if path == STANDARD_INPUT:
            return _standard_input().buffer.read()
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise ReadingError(path, "a folder, not a file")
        if not stat.S_ISREG(mode):
            # Opening a pipe that nobody writes to would wait for ever.
            raise ReadingError(path, "a pipe or device, not a file: send it to standard input, -")
        return Path(path).read_bytes()
    except OSError as error:
        raise ReadingError(path, _explain(error)) from error
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


def _explain(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "no such file or folder"
        case PermissionError():
            return "permission denied"
        case _:
            return (error.strerror or str(error)).lower()


def _decode(raw: bytes, path: str) -> str:
    """Return the text of `raw`, read from `path`; raises `ReadingError` when it is none."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return _checked(raw.decode(encoding), path)
            except UnicodeDecodeError as error:
                reason = f"damaged {encoding.removesuffix('-sig').upper()} at byte {error.start}"
                raise ReadingError(path, reason) from error
    try:
        return _checked(raw.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        if is_damaged_utf8(raw):
            reason = f"damaged UTF-8 at byte {error.start}: mend it, or save it anew as UTF-8"
            raise ReadingError(path, reason) from error
    return _guess(raw, path)


def _checked(text: str, path: str) -> str:
    if "\x00" in text:
        raise ReadingError(path, "binary, not text: it holds NUL characters")
    return text


def _guess(raw: bytes, path: str) -> str:
    encoding = None if b"\x00" in raw else detect(raw)
    if encoding is None:
        raise ReadingError(path, "binary, or text in an unknown encoding: save it as UTF-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"neither UTF-8 nor, as it seemed, {encoding}: save it as UTF-8"
        raise ReadingError(path, reason) from error
    if _NO_TEXT.search(text):
        raise ReadingError(path, "binary, not text: it holds control characters")
    _log.warning("%s: not UTF-8; guessed encoding %s", path, encoding)
    return text
