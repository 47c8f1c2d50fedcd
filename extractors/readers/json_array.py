"""JSON: a list of documents, one by one; one document; or an object with a list of them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from quoth.extractors.decoding import decode
from quoth.extractors.readers import json_lines
from quoth.extractors.readers.interface import (
    Entry,
    File,
    Format,
    NoTextFieldError,
    ReadingError,
    ReadingOptions,
    read_whole,
    too_large,
)
from quoth.extractors.readers.rows import NoRowError, Row, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEEKED = 1 << 12
_DEEPEST = 200
"""Levels of lists and objects, one within the other."""
_BEGINS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})


def read(file: File, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the documents of `file`. Of a list one document is held at a time."""
    start = file.start(_PEEKED)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        rows: Iterator[Row | ReadingError] = _listed(file, options)
    else:
        rows = _whole(file, options)
    yield from entries(file, rows, options)


def _listed(file: File, options: ReadingOptions) -> Iterator[Row | ReadingError]:
    import ijson

    # Recoding and control of size are the stream's; ijson reads it as it goes.
    stream = _Bounded(file, options)
    number = 0
    try:
        for item in _items(ijson.basic_parse(stream, use_float=True), file):
            number += 1
            stream.begin_item()
            yield _row(f"document {number}", item, file)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, ReadingError):
            raise
        told = " ".join(str(error).split())[:120]
        reason = f"not JSON after document {number}: {told}"
        raise ReadingError(file.path, reason) from error


def _items(events: Iterator[tuple[str, Any]], file: File) -> Iterator[Any]:
    """Yield the items of the list that `events` tell of.

    ijson's own way to them takes time with the square of their depth.
    """
    from ijson.common import ObjectBuilder

    builder, depth = ObjectBuilder(), 0
    for event, value in events:
        # 1 between the items, and where the list itself begins and ends, 0.
        depth -= event in _ENDS
        if depth > 0:
            builder.event(event, value)
            if depth == 1 and event not in _BEGINS:
                yield builder.value
                builder = ObjectBuilder()
        depth += event in _BEGINS
        if depth > _DEEPEST:
            raise ReadingError(file.path, f"not read: nested more than {_DEEPEST} deep")


def _row(where: str, fields: Any, file: File) -> Row | ReadingError:
    if isinstance(fields, dict):
        return Row(where, fields)
    return NoRowError(f"{file.path}: {where}", 'no object: write [{"text": …}, …]')


def _whole(file: File, options: ReadingOptions) -> Iterator[Row | ReadingError]:
    text = decode(read_whole(file, options), file.path, charset=file.charset)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            reason = f"not JSON: {error.msg} at line {error.lineno}, character {error.colno}"
            raise ReadingError(file.path, reason) from error
        # Many call a file of JSON Lines .json.
        yield from json_lines.rows(_again(file, text), options)
        return
    except (RecursionError, ValueError) as error:
        raise ReadingError(file.path, f"not JSON that can be read: {error}") from error
    if not isinstance(found, dict):
        if isinstance(found, list):
            yield from (_row(f"document {n}", item, file) for n, item in enumerate(found, 1))
            return
        raise NoTextFieldError(file.path, 'no documents: write [{"text": …}, …]')
    lists = [value for value in found.values() if _is_list_of_objects(value)]
    if len(lists) == 1:
        # The usual answer of an interface on the web: {"status": …, "articles": […]}.
        yield from (Row(f"document {number}", item) for number, item in enumerate(lists[0], 1))
    else:
        yield Row("document 1", found)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _again(file: File, text: str) -> File:
    stream = io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass")))
    return File(path=file.path, id=file.id, name=file.name, stream=stream)


class _Bounded:
    """A stream for ijson that ends where one item of the list is larger than a document may be."""

    def __init__(self, file: File, options: ReadingOptions) -> None:
        self._file, self._options = file, options
        self._stream: BinaryIO = file.stream
        self._since = 0

    def begin_item(self) -> None:
        self._since = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._since += len(data)
        if self._since > self._options.max_bytes + size:
            raise too_large(self._file.path, self._options)
        return data


FORMAT = Format(
    name="json",
    suffixes=(".json",),
    read=read,
    media_types=("application/json",),
    holds_many=True,
)
