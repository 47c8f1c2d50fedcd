"""An interrupted run ends with what it has begun; interrupted again it ends at once."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Whether and by which signal a run was asked to end."""

    def __init__(self) -> None:
        self.signal: int | None = None

    @property
    def status(self) -> int:
        """The exit status of a program that was ended so, as shells report it."""
        return 128 + (self.signal or 0)

    def is_asked(self) -> bool:
        """Whether the run was asked to end."""
        return self.signal is not None

    def until(self, items: Iterable[T], tell: Callable[[str], None]) -> Iterator[T]:
        """Yield `items` until the run is asked to end, and `tell` that it was."""
        for item in items:
            if self.is_asked():
                # Not told by the handler: it may have come in the middle of another message.
                tell("stopping: what has been begun is finished; once more stops at once")
                return
            yield item

    def ask(self, number: int, _frame: Any) -> None:
        """Take note of a signal; raises KeyboardInterrupt if it is not the first."""
        if self.signal is not None:
            raise KeyboardInterrupt
        self.signal = number


@contextmanager
def interruptible(interruption: Interruption | None = None) -> Iterator[Interruption]:
    """Yield what tells of an interrupt (Ctrl-C) or a termination; the second one is raised.

    That is `interruption`, where others look at it who were there before. What the process ignores,
    as one in the background ignores interrupts, stays ignored.
    """
    interruption = interruption or Interruption()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, interruption.ask)
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
