"""Paths, folders, patterns and addresses -> the inputs that they name."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from quoth.extractors.readers.interface import ReadingError
from quoth.extractors.readers.opening import STANDARD_INPUT, explain
from quoth.extractors.readers.packing import unpacked_name
from quoth.extractors.readers.registry import by_suffix, format_called, suffixes
from quoth.extractors.readers.web import is_address

OnError = Callable[[ReadingError], None]
OnPassed = Callable[[str], None]


class Input(NamedTuple):
    """What is to be read: the `path` of a file (``-`` for standard input), and what it is called.

    The `id` is that of its document, or the beginning of those of its documents. `found`: nobody
    named the file, it was found in a folder.
    """

    path: str
    id: str
    found: bool = False


def find_inputs(
    paths: Iterable[str | os.PathLike[str] | Input],
    *,
    on_error: OnError | None = None,
    on_passed: OnPassed | None = None,
) -> Iterator[Input]:
    """Yield the inputs that `paths` name.

    Files, addresses, and what was found before, come as given. A folder yields every file below it
    whose name ends as one of a known format does (`quoth.extractors.readers.registry.suffixes`),
    packed or not, sorted by name, a folder's files before its sub-folders; hidden names (``.git``)
    and folders behind symbolic links are left out. A pattern (``2031/**/*.html``) that is no file
    itself yields what fits it, sorted. The id of a file in a folder is its path from that folder,
    with ``/``; otherwise it is the name of the file.

    What cannot be read, or has nothing to be read in it, is handed to `on_error`; without
    `on_error` the `ReadingError` is raised. Files in folders that are passed over, being of no
    known format, are handed to `on_passed` by their paths.
    """
    for given in paths:
        if isinstance(given, Input):
            yield given
            continue
        path = os.fspath(given)
        if path == STANDARD_INPUT or is_address(path):
            yield Input(path, file_id(path))
        elif _is_folder(path):
            yield from _in_folder(path, on_error, on_passed)
        elif glob.has_magic(path) and not _exists(path):
            yield from _fitting(path, on_error)
        else:
            yield Input(path, file_id(path))


def holds_one(item: Input, format: str | None = None) -> bool:
    """Whether `item` is one document for certain, by its name, or by the `format` of that name."""
    path = urlsplit(item.path).path if is_address(item.path) else item.path
    name, many = unpacked_name(path)
    found = by_suffix(name)
    if found is None and format is not None:
        found = format_called(format)
    return not many and not (found and found.holds_many)


def file_id(path: str) -> str:
    """Return what a document in the file `path` is called unless it is given a name."""
    if path == STANDARD_INPUT:
        return "stdin"
    return path if is_address(path) else Path(path).name


def report(error: ReadingError, on_error: OnError | None) -> None:
    """Hand `error` to `on_error`, or raise it where there is none."""
    if on_error is None:
        raise error
    on_error(error)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:
        # For instance a name that is too long; reading it as a file says what is wrong.
        return False


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return True


def _fitting(pattern: str, on_error: OnError | None) -> Iterator[Input]:
    # Path.glob takes no pattern that begins at the root, nor one with a folder behind a link.
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    if not found:
        # Brackets are in the names of many files.
        is_meant = "*" in pattern or "?" in pattern
        reason = "no file or folder fits this pattern" if is_meant else "no such file or folder"
        report(ReadingError(pattern, reason), on_error)
    for path in found:
        if Path(path).is_dir():
            continue
        yield Input(path, file_id(path))


def _in_folder(path: str, on_error: OnError | None, on_passed: OnPassed | None) -> Iterator[Input]:
    told: list[ReadingError] = []
    empty = True
    for item in _walk(path, told, on_error, on_passed):
        empty = False
        yield item
    if empty and not told:
        endings = ", ".join(suffixes())
        report(ReadingError(path, f"no texts in this folder ({endings})"), on_error)


def _walk(
    folder: str,
    told: list[ReadingError],
    on_error: OnError | None,
    on_passed: OnPassed | None,
) -> Iterator[Input]:
    """Yield the inputs below `folder`; what cannot be read is reported, and added to `told`."""

    def unreadable(error: OSError) -> None:
        told.append(ReadingError(os.fsdecode(error.filename), explain(error)))
        report(told[-1], on_error)

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = Path(parent, name)
            if _is_known(name):
                yield Input(str(path), path.relative_to(folder).as_posix(), found=True)
            elif on_passed is not None:
                on_passed(str(path))


def _is_known(name: str) -> bool:
    plain, many = unpacked_name(name)
    return many or by_suffix(plain) is not None
