"""Files, folders, pages on the web and standard input -> `Document`.

A text is kept exactly as it stands in its file, or as the reader of its format took it from there
(`quoth.extractors.readers`): offsets count its code points. Of plain text only a byte order mark is
left out, being the encoding's signature and no part of the text. Titles, bylines and datelines stay
in the text; `Document.begin` points past them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from quoth.extractors.header import find_header
from quoth.extractors.language import ENGLISH, language_of
from quoth.extractors.readers.finding import Input, OnError, file_id, find_inputs, report
from quoth.extractors.readers.interface import (
    Entry,
    Fields,
    NoTextFieldError,
    ReadingError,
    ReadingOptions,
)
from quoth.extractors.readers.opening import STANDARD_INPUT, entries
from quoth.extractors.records import Document

__all__ = [
    "STANDARD_INPUT",
    "Fields",
    "Input",
    "LeftOut",
    "OnError",
    "OnLeftOut",
    "ReadingError",
    "ReadingOptions",
    "Sieve",
    "documents_of",
    "find_inputs",
    "read",
    "read_all",
]

_DEFAULT = ReadingOptions()


class LeftOut(NamedTuple):
    """A document that was read and is not wanted, and why.

    It came before, with the same id (or URL) and text, or its `language`, an ISO 639 code, is not
    English.
    """

    document: Document
    why: Literal["repeat", "language"]
    language: str = ENGLISH


OnLeftOut = Callable[[LeftOut], None]


def read(
    path: str | os.PathLike[str],
    *,
    id: str | None = None,
    url: str | None = None,
    title: str | None = None,
    date: date | str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    options: ReadingOptions = _DEFAULT,
) -> Document:
    """Read the document in the file `path`, at an http(s) address, or in standard input for ``-``.

    What the file says of the document, and the text's own header (see
    `quoth.extractors.header.find_header`), is known of it; a keyword overrides it. `id` is the
    file's name unless given, ``stdin`` for standard input. `date` is a day, or ``YYYY-MM-DD``.

    Text is UTF-8, or UTF-16 and UTF-32 with a byte order mark; of anything else the encoding is
    guessed, Windows-1252 where it fits (see `quoth.extractors.decoding`), and the guess logged as
    a warning.

    Raises `ReadingError` for what is missing, unreadable, a folder or device, binary, empty,
    damaged, or several documents, and ValueError for a `date` that is none.
    """
    path = os.fspath(path)
    given = _given(date, publisher=publisher, author=author, url=url, title=title, id=id)
    found = entries(path, file_id(path), options)
    document = _document(_required(next(found)), given)
    if next(found, None) is not None:
        raise ReadingError(path, "it holds several documents: quoth.read_all() reads them")
    return document


def read_all(
    paths: Iterable[str | os.PathLike[str] | Input],
    *,
    date: date | str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    on_error: OnError | None = None,
    options: ReadingOptions = _DEFAULT,
    english_only: bool = False,
    on_left_out: OnLeftOut | None = None,
) -> Iterator[Document]:
    """Read every document of `paths`, one by one, in the order of `find_inputs`.

    Paths are files, folders, patterns, http(s) addresses and ``-``. The keywords hold for every
    document, as in `read`. A document that comes twice, with the same id (or URL) and text, is
    yielded once; with `english_only` one in another language is left out. What is left out is
    handed to `on_left_out`.

    What cannot be read is handed to `on_error` and the rest goes on; without `on_error` the
    `ReadingError` is raised. Tables found in folders that have no field of the text are left out
    (see `documents_of`), but where nothing else is found they are what cannot be read.
    """
    strays: list[ReadingError] = []
    sieve = Sieve(english_only=english_only)

    def stray(error: ReadingError) -> None:
        if sieve.is_unused:
            strays.append(error)

    known = {"date": date, "publisher": publisher, "author": author}
    for item in find_inputs(paths, on_error=on_error):
        found = documents_of(item, on_error=on_error, on_stray=stray, options=options, **known)
        for document in found:
            left_out = sieve.left_out(document)
            if left_out is None:
                yield document
            elif on_left_out is not None:
                on_left_out(left_out)
    if sieve.is_unused:
        for error in strays:
            report(error, on_error)


def documents_of(
    item: Input,
    *,
    on_error: OnError | None = None,
    on_stray: OnError | None = None,
    options: ReadingOptions = _DEFAULT,
    **known: Any,
) -> Iterator[Document]:
    """Read the documents of one input, one by one; `known`, keywords of `read`, holds of each.

    What cannot be read is handed to `on_error` and the rest goes on; without `on_error` the
    `ReadingError` is raised. A table that has no field of the text, and that nobody named, but was
    found in a folder or in a ZIP archive, goes to `on_stray` in its place, if there is one: folders
    hold data of other kinds, too.
    """
    given = _given(known.pop("date", None), **known)
    for found in entries(item.path, item.id, options):
        try:
            document = _document(_required(found), given)
        except ReadingError as error:
            is_stray = isinstance(error, NoTextFieldError) and _is_found(item, error)
            report(error, on_stray if is_stray and on_stray is not None else on_error)
        else:
            yield document


def _is_found(item: Input, error: ReadingError) -> bool:
    """Whether nobody named the file, a member of an archive maybe, that the error is of."""
    return item.found or error.path.startswith(f"{item.path}/")


class Sieve:
    """Tells which documents, of all that it is shown, are not wanted."""

    def __init__(self, *, english_only: bool = False) -> None:
        self._english_only = english_only
        # As numbers: the keys of millions of documents take a third of what they take as text.
        self._seen: set[int] = set()

    @property
    def is_unused(self) -> bool:
        """Whether it was shown none."""
        return not self._seen

    def left_out(self, document: Document) -> LeftOut | None:
        """Return why `document` is not wanted, None where it is."""
        key = int(document.key, 16)
        if key in self._seen:
            return LeftOut(document, "repeat")
        self._seen.add(key)
        if not self._english_only:
            return None
        language = language_of(document.text[document.begin :])
        return None if language == ENGLISH else LeftOut(document, "language", language)


def _given(day: date | str | None, **names: str | None) -> dict[str, Any]:
    """Return what keywords say of a document; of names an empty one is none, but for the id."""
    named = {name: value for name, value in names.items() if value or (name, value) == ("id", "")}
    parsed = _day(day)
    return {"date": parsed, **named} if parsed else named


def _required(found: Entry | ReadingError) -> Entry:
    if isinstance(found, ReadingError):
        raise found
    if not found.text or found.text.isspace():
        raise ReadingError(found.path, "empty: there is no text in it")
    return found


def _document(entry: Entry, given: dict[str, Any]) -> Document:
    header = find_header(entry.text)
    fields: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url or header.url,
        "title": entry.title or header.title,
        "date": entry.date or header.date,
        "publisher": entry.publisher or header.publisher,
        "author": entry.author or header.author,
    }
    return Document(text=entry.text, begin=header.begin, **{**fields, **given})


def _day(value: date | str | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError(f"{value!r} is no date: write YYYY-MM-DD") from error
