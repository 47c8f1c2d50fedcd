"""Progress on standard error, for people who wait."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from quoth.output import has_stream, tell
from quoth.running.report import duration

if TYPE_CHECKING:
    from collections.abc import Iterator

Step = Callable[..., None]
"""Called with the number of steps done so far, or without it after each."""
EVERY = 60.0
"""Seconds between two lines where standard error is no terminal."""


@contextmanager
def progress(
    what: str,
    total: int | None = None,
    *,
    hidden: bool = False,
    pace: Callable[[], str] = str,
) -> Iterator[Step]:
    """Show that `what` goes on, out of `total` steps; yield the function to call after each.

    On a terminal a bar, with the time left where the total is known, and with what `pace` returns
    (words a second, say); it is wiped out at the end. Elsewhere a line a minute, so that logs of
    what is quicker get the data alone. Neither if `hidden`.
    """
    if hidden or not has_stream(sys.stderr):
        yield lambda _=None: None
    elif sys.stderr.isatty():
        with _bar(what, total, pace) as step:
            yield step
    else:
        yield _Lines(what, total, pace).step


class _Lines:
    """A line every now and then."""

    def __init__(self, what: str, total: int | None, pace: Callable[[], str]) -> None:
        self._what, self._total, self._pace = what, total, pace
        self._begin = self._last = monotonic()
        self._done = 0

    def step(self, done: int | None = None) -> None:
        """Count a step, or that so many are `done`, and tell how many if it is time to."""
        self._done = self._done + 1 if done is None else done
        now = monotonic()
        if now - self._last >= EVERY:
            self._last = now
            tell(", ".join(self._parts(now - self._begin)))

    def _parts(self, seconds: float) -> Iterator[str]:
        of = f" of {self._total:,}" if self._total is not None else ""
        yield f"{self._what}: {self._done:,}{of}"
        if pace := self._pace():
            yield pace
        if self._total is not None and self._done < self._total:
            yield f"about {duration(seconds / self._done * (self._total - self._done))} left"


@contextmanager
def _bar(what: str, total: int | None, pace: Callable[[], str]) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    known = [MofNCompleteColumn(), TimeRemainingColumn()] if total is not None else []
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns,
        *known,
        TextColumn("{task.fields[pace]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    ) as display:
        task = display.add_task(what, total=total, pace="")

        def step(done: int | None = None) -> None:
            advance = 1 if done is None else None
            display.update(task, advance=advance, completed=done, pace=pace())

        yield step
