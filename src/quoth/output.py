"""Where the command line's data goes, and how it looks: a table for people, data for programs."""

from __future__ import annotations

import os
import re
import sys
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from os import fspath
from os.path import realpath
from pathlib import Path
from shutil import copymode
from typing import IO, TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from quoth.graph.results import LongAnswer, Result

STANDARD_OUTPUT = "-"
"""The file name that stands for standard output."""

PIPE_WIDTH = 120
"""Columns where no terminal says how many it has."""
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


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
    return target == STANDARD_OUTPUT and _standard_output().isatty()


def tell(message: str) -> None:
    """Print a message of the command line on standard error: one line, whatever names are in it.

    Characters that break the line, drive the terminal or turn the direction are escaped.
    """
    if has_stream(sys.stderr):
        safe = _HARMFUL.sub(lambda found: ascii(found[0])[1:-1], message)
        print(f"quoth: {safe}", file=sys.stderr)  # noqa: T201 - printing is what it is for


def has_stream(stream: TextIO | None) -> bool:
    """Whether `stream` of `sys` is there: it is None if the program was started with it closed."""
    return stream is not None


def _standard_output() -> TextIO:
    if not has_stream(sys.stdout):
        raise OSError("standard output is closed")
    return sys.stdout


def refuse_overwriting(
    target: str,
    *,
    inputs: Iterable[str] = (),
    graph: str | PathLike[str] | None = None,
    option: str = "-o",
) -> None:
    """Raise typer.BadParameter when `target`, a file name or ``-``, is read by the same command.

    That is one of the files `inputs`, the file `graph`, or a place in the folder `graph`. `option`
    is the one that names `target`.
    """
    if target == STANDARD_OUTPUT:
        return
    resolved = _resolve(target)
    if any(name != "-" and _is_same(resolved, _resolve(name)) for name in inputs):
        problem = "it is one of the inputs"
    elif graph is not None and _is_same(resolved, _resolve(graph)):
        problem = "it is the graph itself"
    elif graph is not None and _resolve(graph) in resolved.parents:
        problem = f"it lies in the graph {fspath(graph)!r}"
    else:
        return
    import typer

    raise typer.BadParameter(
        f"{target!r} would be overwritten: {problem}; name another file",
        param_hint=f"'{option}'",
    )


def refuse_unwritable(target: str, option: str) -> None:
    """Raise typer.BadParameter when no file can be made of `target`, which `option` names.

    For what is written at the end of hours of work, whose loss is to be told before they begin.
    """
    path = _resolve(target)
    if target == STANDARD_OUTPUT:
        return
    if path.is_dir():
        problem = "it is a folder; name a file"
    elif not path.parent.is_dir():
        problem = f"there is no folder {fspath(path.parent)!r}; make it first"
    elif not os.access(path if path.exists() else path.parent, os.W_OK):
        problem = "you may not write there; name another place"
    else:
        return
    import typer

    raise typer.BadParameter(f"{target!r} cannot be written: {problem}", param_hint=f"'{option}'")


def _resolve(name: str | PathLike[str]) -> Path:
    # Unlike Path.resolve it lets a link to itself be.
    return Path(realpath(name))


def _is_same(first: Path, second: Path) -> bool:
    try:
        return first == second or first.samefile(second)
    except (OSError, ValueError):
        return False


@contextmanager
def open_output(target: str) -> Iterator[TextIO]:
    """Open `target`, a file name or ``-``, for UTF-8 text with line ends as they are written.

    A file appears whole, under its name, when all is written; an error leaves what was there. It
    keeps the permissions of the file it replaces, and a symbolic link goes on leading to it. A
    name ending in ``.gz`` is compressed, and the same text gives the same bytes: the file names no
    time. Raises OSError when it cannot be written.
    """
    if target == STANDARD_OUTPUT:
        stream = _standard_output()
        yield stream
        stream.flush()
        return
    path = _resolve(target)
    if path.exists() and not path.is_file():
        # A device or a named pipe: nothing could take its place.
        with Path(target).open(
            "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as stream:
            yield stream
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with _opened(part, is_compressed=target.lower().endswith(".gz")) as stream:
            yield stream
        if path.exists():
            copymode(path, part)
        part.replace(path)
    except OSError as error:
        if error.errno is None or error.filename not in (None, str(part)):
            raise
        # The name that was asked for; a full disk gives none at all.
        raise OSError(error.errno, error.strerror, target) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, *, is_compressed: bool) -> Iterator[TextIO]:
    with ExitStack() as stack:
        file: IO[bytes] = stack.enter_context(path.open("wb"))
        if is_compressed:
            import gzip

            packed = gzip.GzipFile("", "wb", fileobj=file, mtime=0)
            file = cast("IO[bytes]", stack.enter_context(packed))
        yield stack.enter_context(
            TextIOWrapper(file, "utf-8", errors="backslashreplace", newline="")
        )


def write_text(text: str, target: str) -> None:
    """Write `text` to `target`, a file name or ``-``, as `open_output` does."""
    with open_output(target) as stream:
        stream.write(text)


def write_result(result: Result, format: str, target: str) -> None:
    """Write `result` to `target` as ``table``, ``csv`` or ``json``."""
    if format != "table":
        write_rows(result, format, target)
        return
    with open_output(target) as stream:
        write_table(result, stream)


def write_rows(answer: Result | LongAnswer, format: str, target: str) -> None:
    """Write `answer` to `target` as ``csv`` or ``json``, row by row."""
    from quoth.graph.result_writing import write_csv, write_json

    write = write_csv if format == "csv" else write_json
    with open_output(target) as stream:
        write(answer.columns, answer.rows, stream)


def write_table(result: Result, stream: TextIO) -> None:
    """Write `result` as a table as wide as the terminal, or 120 columns where there is none.

    A table with more columns than fit is written record by record, a line for every column.
    Cells are shown in one paragraph each, and without control characters: text from articles
    cannot move the cursor, change the colours or turn the direction.
    """
    from rich.console import Console

    from quoth.graph.result_table import drawn

    console = Console(
        file=stream, width=None if stream.isatty() else PIPE_WIDTH, highlight=False, emoji=False
    )
    for part in drawn(result, console.width):
        console.print(part)
