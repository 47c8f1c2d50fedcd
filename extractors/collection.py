"""A list of documents in JSON, beside their files -> `Document`, with what it says of them."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quoth.extractors.decoding import decode
from quoth.extractors.readers.interface import File, ReadingOptions, read_whole
from quoth.extractors.readers.opening import open_file
from quoth.extractors.reading import OnError, ReadingError, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.records import Document

FIELDS = ("id", "url", "title", "date", "publisher", "author")
"""What a list may say of a document beside its ``file``, as the keywords of `read`."""


def read_collection(
    path: str | os.PathLike[str], *, on_error: OnError | None = None
) -> Iterator[Document]:
    """Read the documents that the JSON file `path` lists, in its order.

    The file holds a list of objects. ``file`` names a text, from the list's own folder on; each of
    `FIELDS` is a string, may be left out, and overrides what the text's own header says. The id is
    the ``file`` as listed unless given.

    A document that cannot be read is handed to `on_error` and the rest goes on; without `on_error`
    the `ReadingError` is raised. A `path` that holds no such list always raises it, before the
    first document is read.
    """
    path = os.fspath(path)
    entries = [_checked(entry, number, path) for number, entry in enumerate(_listed(path), 1)]
    folder = Path(path).parent
    return _documents(folder, entries, on_error)


def _documents(
    folder: Path, entries: list[dict[str, str]], on_error: OnError | None
) -> Iterator[Document]:
    for entry in entries:
        known = {"id": entry["file"], **entry}
        try:
            yield read(folder / known.pop("file"), **known)  # type: ignore[arg-type]
        except ReadingError as error:
            if on_error is None:
                raise
            on_error(error)


def _listed(path: str) -> list[Any]:
    try:
        listed = json.loads(_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ReadingError(path, f"not JSON: {error}") from error
    if not isinstance(listed, list):
        raise ReadingError(path, 'no list of documents: write [{"file": "a.txt", …}, …]')
    return listed


def _text(path: str) -> str:
    # Whatever its name ends with, the list is read as it stands.
    options = ReadingOptions()
    with open_file(path) as stream:
        file = File(path=path, id=path, name="", stream=stream)
        return decode(read_whole(file, options), path)


def _checked(entry: Any, number: int, path: str) -> dict[str, str]:
    """Return `entry`, number `number` of the list in `path`; raises `ReadingError` if amiss."""
    where = f"document {number}"
    if not isinstance(entry, dict) or not entry.get("file"):
        raise ReadingError(path, f'{where} has no file: write {{"file": "a.txt", …}}')
    for field, value in entry.items():
        if field not in ("file", *FIELDS):
            known = ", ".join(FIELDS)
            raise ReadingError(path, f"{where}: no such field, {field!r}; known are file, {known}")
        if not isinstance(value, str):
            raise ReadingError(path, f"{where}: its {field} is no text; write it in quotes")
    _check_date(entry.get("date"), where, path)
    return entry


def _check_date(value: str | None, where: str, path: str) -> None:
    if value is None:
        return
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise ReadingError(path, f"{where}: {value!r} is no date: write YYYY-MM-DD") from error
