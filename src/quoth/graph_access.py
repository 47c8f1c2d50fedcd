"""What the commands on graphs share: opening one, reading what is asked, writing the answer."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quoth.output import has_stream, is_terminal, tell, write_result, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quoth.graph.results import Result
    from quoth.graph.source_graph import SourceGraph

MOST_SHOWN = 1_000
"""Rows that a terminal is shown of an answer; a table of a hundred thousand takes minutes."""


def open_existing(graph: str, *, read_only: bool = True) -> "SourceGraph":
    """Open a graph that must be there. Raises StoreError as `quoth.graph.store.open_graph`."""
    from quoth.graph.store import open_graph

    return open_graph(graph, read_only=read_only, create=False)


def write_answer(result: "Result", format: str | None, output: str) -> None:
    """Write rows in `format`, or else as a table on a terminal and as CSV elsewhere.

    A terminal is shown the first rows unless it asks for a table. What there is to note about the
    rows goes to standard error.
    """
    is_shown = format is None and is_terminal(output)
    rows = result.rows[:MOST_SHOWN] if is_shown else result.rows
    write_result(replace(result, rows=rows), _chosen(format, output), output)
    if len(rows) < len(result.rows):
        tell(f"the first {len(rows):,} of {len(result.rows):,} rows; -o FILE or -f table for all")
    if result.note:
        tell(result.note)


def answer_named(
    graph: "SourceGraph",
    name: str,
    parameters: "Mapping[str, object]",
    format: str | None,
    output: str,
) -> None:
    """Write the answer to a named question as `write_answer` does.

    As data it is written while it is read, so that a long one needs no room in memory.
    """
    chosen = _chosen(format, output)
    if chosen == "table":
        write_answer(graph.ask(name, **parameters), format, output)
        return
    with graph.ask_row_by_row(name, **parameters) as answer:
        write_rows(answer, chosen, output)
    if answer.note:
        tell(answer.note)


def _chosen(format: str | None, output: str) -> str:
    return format or ("table" if is_terminal(output) else "csv")


def read_text(path: str) -> str:
    """Return the text of a file, or of standard input where `path` is ``-``. Raises OSError."""
    if path != "-":
        return Path(path).read_text(encoding="utf-8-sig", errors="surrogateescape")
    if not has_stream(sys.stdin):
        raise OSError("standard input is closed")
    return sys.stdin.read()


def named_values(given: "Iterable[str]") -> dict[str, str]:
    """Return what ``NAME=VALUE`` arguments say. Raises typer.BadParameter for anything else."""
    values: dict[str, str] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name.isidentifier():
            raise typer.BadParameter(f"{item!r} is not NAME=VALUE", param_hint="'-p'")
        if name in values:
            raise typer.BadParameter(f"{name} is given twice", param_hint="'-p'")
        values[name] = value
    return values
