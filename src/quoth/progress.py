"""Progress on standard error, for people who wait at a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quoth.output import has_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(
    what: str, total: int | None = None, *, hidden: bool = False
) -> Iterator[Callable[[], None]]:
    """Show that `what` goes on, out of `total` steps; yield a function to call after each step.

    Shown on a terminal only, unless `hidden`, and wiped out at the end: pipes and logs get the
    data alone.
    """
    if hidden or not has_stream(sys.stderr) or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns,
        *([MofNCompleteColumn()] if total is not None else []),
        console=Console(stderr=True),
        transient=True,
    ) as display:
        task = display.add_task(what, total=total)
        yield lambda: display.advance(task)
