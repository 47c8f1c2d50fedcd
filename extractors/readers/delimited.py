"""CSV and TSV: a document a row, the names of the columns in the first."""

from __future__ import annotations

import csv
import logging
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from quoth.extractors.readers.interface import Entry, File, Format, ReadingError, ReadingOptions
from quoth.extractors.readers.lines import lines
from quoth.extractors.readers.rows import Row, entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_log = logging.getLogger(__name__)

_DELIMITERS = ",;\t|"


def read(file: File, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the documents of `file`, of which one row is held at a time.

    The columns stand apart by whichever of comma, semicolon, tab and bar is the most frequent in
    the first line. A cell may hold line ends; one larger than `options.max_bytes` is an error.
    """
    yield from entries(file, _rows(file, options), options)


def _rows(file: File, options: ReadingOptions) -> Iterator[Row | ReadingError]:
    unreadable: list[ReadingError] = []
    texts = _texts(lines(file, options), unreadable)
    first = next(texts, "")
    if not first.strip():
        yield from unreadable
        raise ReadingError(file.path, "empty: there is no line with the names of columns")
    # The module's limit, one for the whole process, is below long articles.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    delimiter = max(_DELIMITERS, key=first.count)
    # Names of columns may hold line ends, too.
    taken: list[str] = []
    parser = csv.reader(_noted(chain([first], texts), taken), delimiter=delimiter)
    try:
        names = next(parser)
    except csv.Error as error:
        yield from unreadable
        raise ReadingError(file.path, f"no CSV: {error}") from error
    if twice := sorted(name for name, count in Counter(names).items() if count > 1 and name):
        told = ", ".join(map(repr, twice))
        _log.warning("%s: several columns are called %s: the last counts", file.path, told)
    number = 0
    while True:
        number += 1
        taken.clear()
        try:
            cells = next(parser, None)
        except csv.Error as error:
            yield ReadingError(f"{file.path}: row {number}", f"no CSV: {error}")
            continue
        yield from unreadable
        unreadable.clear()
        if cells is None:
            return
        if len(taken) > 1 and not _is_closed(taken, delimiter):
            yield ReadingError(
                f"{file.path}: row {number}",
                f"a quotation mark that is not closed makes one cell of the {len(taken) - 1} lines "
                "after it: close it, or double it where it is part of the text",
            )
        elif cells:
            yield _row(f"row {number}", names, cells, file)


def _row(where: str, names: list[str], cells: list[str], file: File) -> Row | ReadingError:
    if len(cells) != len(names):
        return ReadingError(
            f"{file.path}: {where}", f"{len(cells)} cells where there are {len(names)} columns"
        )
    return Row(where, dict(zip(names, cells, strict=True)))


def _texts(found: Iterator[str | ReadingError], unreadable: list[ReadingError]) -> Iterator[str]:
    for line in found:
        if isinstance(line, str):
            yield line
        else:
            unreadable.append(line)


def _noted(texts: Iterable[str], taken: list[str]) -> Iterator[str]:
    """Yield `texts`, each added to `taken` as it is asked for."""
    for text in texts:
        taken.append(text)
        yield text


def _is_closed(taken: Sequence[str], delimiter: str) -> bool:
    """Whether the cells of a row of several lines end where it ends, not with the file."""
    try:
        list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" not in str(error)
    return True


FORMAT = Format(
    name="csv",
    suffixes=(".csv", ".tsv", ".tab"),
    read=read,
    media_types=("text/csv", "text/tab-separated-values"),
    holds_many=True,
)
