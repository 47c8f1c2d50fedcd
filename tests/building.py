"""``quoth build`` within this process."""

from pathlib import Path
from typing import Any

import typer

from quoth.build_command import build as build_command
from quoth.graph import open_graph


def write(path: Path, what: str, day: str = "") -> None:
    # The obedient extractor finds its own sentence.
    head = f"date {day}\n\n" if day else ""
    path.write_text(f"Edda Thorvane said that rain would come.\n\n{head}{what}\n")


def build(*paths: Path, graph: Path, status: int = 0, **options: Any) -> None:
    """Run the command in this process; require its status."""
    given = [str(path) for path in paths] or None
    try:
        build_command(paths=given, graph=str(graph), no_links=True, **options)
        ended = 0
    except typer.Exit as end:
        ended = end.exit_code
    assert ended == status


def exported(graph: Path) -> str:
    with open_graph(graph, read_only=True) as opened:
        return opened.export("nquads")
