"""JSON Lines: a document a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quoth.extractors.readers.interface import Entry, File, Format, ReadingError, ReadingOptions
from quoth.extractors.readers.lines import lines
from quoth.extractors.readers.rows import NoRowError, Row, entries

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(file: File, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the documents of `file`, of which one line is held at a time."""
    yield from entries(file, rows(file, options), options)


def rows(file: File, options: ReadingOptions) -> Iterator[Row | ReadingError]:
    """Yield the rows of `file`, called after their lines."""
    for number, line in enumerate(lines(file, options), 1):
        if isinstance(line, ReadingError):
            yield line
        elif not line.isspace():
            yield _row(f"line {number}", line, file)


def _row(where: str, line: str, file: File) -> Row | ReadingError:
    path = f"{file.path}: {where}"
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        return ReadingError(path, f"not JSON: {error.msg} at character {error.pos}")
    except (RecursionError, ValueError) as error:
        # ValueError: a number of thousands of digits.
        return ReadingError(path, f"not JSON that can be read: {error}")
    if not isinstance(fields, dict):
        return NoRowError(path, 'no object: write {"text": …} in each line')
    return Row(where, fields)


FORMAT = Format(
    name="jsonl",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    read=read,
    media_types=("application/jsonl", "application/x-ndjson", "application/x-jsonlines"),
    holds_many=True,
)
