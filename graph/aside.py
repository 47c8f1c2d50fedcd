"""One step at a time, in a thread of its own if that is of use, while the next one is prepared."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from quoth.graph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    Told = Callable[[GraphError | None], None]
    """Is called with what a step raised, or None, in the thread that waits for it."""


class Aside:
    """Steps that leave Python alone, as Oxigraph's loader does; there is never more than one."""

    def __init__(self) -> None:
        self._step: tuple[Future[None], Told] | None = None

    def begin(self, step: Callable[[], None], told: Told) -> None:
        """Settle the step before, and begin `step`; `told` is called when that is settled."""
        self.settle()
        executor = ThreadPoolExecutor(1)
        self._step = executor.submit(step), told
        executor.shutdown(wait=False)

    def run(self, step: Callable[[], None], told: Told) -> None:
        """Settle the step before, and take `step` at once, in this thread."""
        self.settle()
        try:
            step()
        except GraphError as error:
            told(error)
        else:
            told(None)

    def poll(self) -> None:
        """Settle the step that was begun if it is done by now."""
        if self._step is not None and self._step[0].done():
            self.settle()

    def settle(self) -> None:
        """Wait until the step that was begun is done, if one was, and say what became of it.

        Raises what it raised where that is no GraphError.
        """
        if self._step is None:
            return
        step, told = self._step
        error = step.exception()
        self._step = None
        if error is not None and not isinstance(error, GraphError):
            raise error
        told(error)
