"""A query's rows as a table for a terminal."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from quoth.extractors.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from quoth.graph.results import Result

_NARROW, _LONG, _GAP = 14, 256, 2


def drawn(result: Result, width: int) -> Iterator[RenderableType]:
    """Yield `result` as one table of at most `width` characters.

    One with more columns than fit comes record by record, a line for every column. Cells stand in
    one paragraph each, without control characters: text from articles cannot move the cursor,
    change the colours or turn the direction.
    """
    rows = [[printable(cell) for cell in row] for row in result.rows]
    widths = [max(map(len, column)) for column in zip(result.columns, *rows, strict=True)]
    if sum(min(needed, _NARROW) + _GAP for needed in widths) - _GAP <= width:
        yield _table(result, rows, widths, expand=sum(widths) > width)
    else:
        for row in rows:
            yield _record(result.columns, row)


def _table(result: Result, rows: list[list[str]], widths: list[int], *, expand: bool) -> Table:
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
    record = Table.grid(padding=(0, _GAP, 0, 0))
    for name, cell in zip(columns, row, strict=True):
        record.add_row(Text(name, style="bold"), Text(cell))
    record.add_row()
    return record
