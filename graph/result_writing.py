"""Rows as CSV and JSON, written one by one: a long answer is not in memory a second time."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FORMULA = frozenset(FORMULA_STARTS)


def write_csv(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    stream: TextIO,
    delimiter: str = ",",
) -> None:
    """Write a header line and `rows` as `quoth.graph.results.Result.to_csv` returns them."""
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        [f"'{c}" if isinstance(c, str) and c[:1] in _FORMULA else c for c in row] for row in rows
    )


def write_json(columns: Sequence[str], rows: Iterable[Sequence[object]], stream: TextIO) -> None:
    """Write `rows` as `quoth.graph.results.Result.to_json` returns them."""
    # With an indent Python's encoder would be asked cell by cell, and not the one in C.
    separators = (",\n  ", ": ")
    encode = json.JSONEncoder(ensure_ascii=False, separators=separators, default=str).encode
    before = "["
    start, end = ("{\n  ", "\n }") if columns else ("{", "}")
    for row in rows:
        cells = encode(dict(zip(columns, row, strict=True)))
        stream.write(f"{before}\n {start}{cells[1:-1]}{end}")
        before = ","
    stream.write("[]\n" if before == "[" else "\n]\n")
