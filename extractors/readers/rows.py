"""Rows of tables, whatever they are kept in -> entries."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

from quoth.extractors.readers.dates import day_of
from quoth.extractors.readers.interface import (
    Entry,
    File,
    NoTextFieldError,
    ReadingError,
    ReadingOptions,
    too_large,
)

_log = logging.getLogger(__name__)

ROWS_TRIED = 100
"""How many rows may lack the field of the text before the table counts as having none."""

_FEW = 12
"""Names of fields that a message lists."""

_SHORT = 40
"""Characters of a name that it shows."""


class Row(NamedTuple):
    """A row: what messages call it («row 7», «line 7»), and its fields by name."""

    where: str
    fields: Mapping[str, Any]


class NoRowError(ReadingError):
    """What stands in the place of a row has no fields."""


def entries(
    file: File, rows: Iterable[Row | ReadingError], options: ReadingOptions
) -> Iterator[Entry | ReadingError]:
    """Yield the entries that `rows` of `file` are, each with the id of the file and its place.

    The place is the number of the row, or what the usual field for ids holds; a field for ids that
    the user names gives the id as it is. A row without text is an error. Raises `ReadingError`
    where there are no rows, and `NoTextFieldError` where none of the first `ROWS_TRIED` has a field
    of the text.
    """
    rows = iter(rows)
    first = list(_until_text(rows, options))
    if not first:
        raise ReadingError(file.path, "empty: there is no document in it")
    tables = [item for item in first if isinstance(item, Row)]
    if all(isinstance(item, NoRowError) for item in first):
        raise NoTextFieldError(file.path, 'no objects: write [{"text": …}, …], or one in each line')
    if tables and not any(_has_text(row, options) for row in tables):
        raise NoTextFieldError(file.path, _no_text(tables, options))
    reader = _RowReader(file, options)
    for item in chain(first, rows):
        yield item if isinstance(item, ReadingError) else reader.read(item)


def _until_text(
    rows: Iterator[Row | ReadingError], options: ReadingOptions
) -> Iterator[Row | ReadingError]:
    """Yield the first rows, up to one with a field of the text."""
    for tried, item in enumerate(rows, 1):
        yield item
        if tried == ROWS_TRIED or (isinstance(item, Row) and _has_text(item, options)):
            return


def _has_text(row: Row, options: ReadingOptions) -> bool:
    return _name_of("text", row.fields, options.fields.text) is not None


def _no_text(rows: Sequence[Row], options: ReadingOptions) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row.fields))
    there = ", ".join(repr(name[:_SHORT]) for name in names[:_FEW]) + (
        " …" if len(names) > _FEW else ""
    )
    wanted = options.fields.text
    missing = f"no field {wanted!r}" if wanted else "no field with a usual name for the text"
    return f"{missing}; there are {there or 'none'}: name one with --text-field"


class _RowReader:
    """Makes entries of the rows of one file; tells of a missing field or unread date once."""

    def __init__(self, file: File, options: ReadingOptions) -> None:
        self._file, self._options = file, options
        self._given = {name: value for name, value in asdict(options.fields).items() if value}
        self._told: set[str] = set()

    def read(self, row: Row) -> Entry | ReadingError:
        path = f"{self._file.path}: {row.where}"
        text = self._text(row)
        if text is None or text.isspace() or not text:
            return ReadingError(path, "no text in this row")
        if len(text) > self._options.max_bytes:
            return too_large(path, self._options)
        if "\x00" in text:
            return ReadingError(path, "binary, not text: it holds NUL characters")
        return Entry(
            text=text,
            id=self._id(row),
            path=path,
            title=_words(self._value("title", row)),
            date=self._date(row, path),
            publisher=_words(self._value("publisher", row)),
            author=_words(self._value("author", row)),
            url=_words(self._value("url", row)),
        )

    def _value(self, field: str, row: Row) -> Any:
        given = self._given.get(field)
        name = _name_of(field, row.fields, given)
        if name is None and given:
            self._tell(field, f"{row.where} has no field {given!r}; nor may others")
        return None if name is None else _get(row.fields, name)

    def _text(self, row: Row) -> str | None:
        value = self._value("text", row)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return "\n\n".join(value)
        return value if isinstance(value, str) else None

    def _id(self, row: Row) -> str:
        words = _words(self._value("id", row))
        if words and "id" in self._given:
            return words
        return f"{self._file.id}#{words or row.where.rpartition(' ')[2]}"

    def _date(self, row: Row, path: str) -> Any:
        value = self._value("date", row)
        day = day_of(value)
        if day is None and value not in (None, ""):
            self._tell(
                "unread date",
                f"{row.where}: {str(value)[:40]!r} is no date that is understood (write "
                "YYYY-MM-DD); such documents are read without",
            )
        return day

    def _tell(self, what: str, message: str) -> None:
        if what not in self._told:
            self._told.add(what)
            _log.warning("%s: %s", self._file.path, message)


@cache
def _usual_names() -> dict[str, tuple[str, ...]]:
    text = files("quoth.extractors").joinpath("readers", "field_names.json").read_text("utf-8")
    return {field: tuple(names) for field, names in json.loads(text).items()}


def _name_of(field: str, row: Mapping[str, Any], given: str | None) -> str | None:
    """Return what `field` is called in `row`, the first of its usual names unless `given`."""
    if given:
        return given if given in row or _get(row, given) is not None else None
    plain: dict[str, str] = {}
    for name in row:
        plain.setdefault(re.sub(r"[\W_]", "", name).casefold(), name)
    return next((plain[usual] for usual in _usual_names()[field] if usual in plain), None)


def columns_read(names: Sequence[str], options: ReadingOptions) -> list[str]:
    """Return which columns, of those called `names`, documents are made from."""
    row = dict.fromkeys(names)
    found = []
    for field, given in asdict(options.fields).items():
        name = _name_of(field, row, given if given in row or not given else given.split(".")[0])
        if name is not None:
            found.append(name)
    return list(dict.fromkeys(found))


def _get(row: Mapping[str, Any], name: str) -> Any:
    if name in row:
        return row[name]
    value: Any = row
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def _words(value: Any) -> str | None:
    """Return a name or address that a field holds: of lists all, of objects their name."""
    match value:
        case str():
            return value.strip() or None
        case bool() | float():
            return None
        case int():
            return str(value)
        case list() | tuple():
            return ", ".join(filter(None, map(_words, value))) or None
        case Mapping():
            return _words(value.get("name"))
        case _:
            return None
