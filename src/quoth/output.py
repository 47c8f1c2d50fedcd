"""Where the command line's data goes, and how it looks: a table for people, data for programs."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from math import isqrt
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from quoth.graph.results import Result

STANDARD_OUTPUT = "-"
"""The file name that stands for standard output."""

_PIPE_WIDTH = 120
_NARROW, _LONG, _GAP = 14, 256, 2
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def prepare_streams() -> None:
    """Let no character stop the output, whatever the terminal or locale can show.

    Into a pipe or file goes UTF-8; a terminal keeps its encoding. What cannot be written, such
    as a lone surrogate, is written as an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def is_terminal(target: str) -> bool:
    """Whether `target`, a file name or ``-``, is a terminal that a person looks at."""
    return target == STANDARD_OUTPUT and sys.stdout.isatty()


@contextmanager
def open_output(target: str) -> Iterator[TextIO]:
    """Open `target`, a file name or ``-``, for UTF-8 text with line ends as they are written.

    A file appears whole, under its name, when all is written; an error leaves what was there.
    Raises OSError when it cannot be written.
    """
    if target == STANDARD_OUTPUT:
        yield sys.stdout
        sys.stdout.flush()
        return
    path = Path(target)
    if path.exists() and not path.is_file():
        # A device or a named pipe: nothing could take its place.
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_result(result: Result, format: str, target: str) -> None:
    """Write `result` to `target` as ``table``, ``csv`` or ``json``."""
    with open_output(target) as stream:
        if format == "table":
            write_table(result, stream)
        else:
            stream.write(result.to_csv() if format == "csv" else result.to_json())


def write_table(result: Result, stream: TextIO) -> None:
    """Write `result` as a table as wide as the terminal, or 120 columns where there is none.

    A table with more columns than fit is written record by record, a line for every column.
    Cells are shown in one paragraph each, and without control characters: text from articles
    cannot move the cursor or change the colours.
    """
    from rich.console import Console

    console = Console(
        file=stream, width=None if stream.isatty() else _PIPE_WIDTH, highlight=False, emoji=False
    )
    rows = [[_printable(cell) for cell in row] for row in result.rows]
    widths = [max(map(len, column)) for column in zip(result.columns, *rows, strict=True)]
    if sum(min(width, _NARROW) + _GAP for width in widths) - _GAP <= console.width:
        console.print(_table(result, rows, widths, expand=sum(widths) > console.width))
    else:
        for row in rows:
            console.print(_record(result.columns, row))


def _table(result: Result, rows: list[list[str]], widths: list[int], *, expand: bool) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),
        expand=expand,
    )
    for number, (name, width) in enumerate(zip(result.columns, widths, strict=True)):
        numeric = all(isinstance(row[number], int | float | None) for row in result.rows)
        table.add_column(
            Text(name),
            justify="right" if numeric else "left",
            overflow="fold",
            # Long texts share what the short ones leave, a longer one getting more of it.
            min_width=min(width, _NARROW),
            no_wrap=width <= _NARROW,
            ratio=None if width <= _NARROW else isqrt(min(width, _LONG)),
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _record(columns: tuple[str, ...], row: list[str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    record = Table.grid(padding=(0, _GAP, 0, 0))
    for name, cell in zip(columns, row, strict=True):
        record.add_row(Text(name, style="bold"), Text(cell))
    record.add_row()
    return record


def _printable(cell: object) -> str:
    return "" if cell is None else _UNPRINTABLE.sub(" ", str(cell)).strip()
