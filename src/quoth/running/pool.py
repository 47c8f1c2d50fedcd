"""Documents extracted by several processes, in order, whatever happens to one of them."""

from __future__ import annotations

import logging
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING, Generic, Self, TypeVar
from weakref import finalize

from quoth.running.plan import ExtractionError, Found, GivenUp, Plan
from quoth.running.schedule import Schedule
from quoth.running.workers import Nursery, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quoth.extractors.records import Document, Extractor
    from quoth.graph.readings import Extracts, OnError
    from quoth.running.plan import Form
    from quoth.running.schedule import Task

T = TypeVar("T")

LEAST = 60.0
"""Seconds that any document may take unless a time limit is given."""
PER_SECOND = 1_000
"""Code points for which a document may take another second: a tenth of the model's usual speed."""
_LISTEN = 0.5
"""Seconds between two looks at the clock."""

_log = logging.getLogger(__name__)


class WorkerPool(Generic[T]):
    """Extracts with so many processes; a context manager that ends them.

    `load` returns the extractor and is pickled by name; `form` is what comes out. It stands
    wherever an extractor does: ``open_graph(extractor=pool)`` adds what a pool of the form
    `quoth.running.plan.quads` finds. A document that takes more than `time_limit` seconds, or
    during which the process ends, is tried once more, by itself, and has failed if that happens
    again. By default a document may take a minute, and a second more for each thousand code
    points.

    Once `is_stopped` is true, as after Ctrl-C, what workers are at is ended, and what they have
    not begun yet is given up: it is neither yielded nor has it failed. The documents that are
    given should end by themselves then.
    """

    def __init__(
        self,
        load: Callable[[], Extracts],
        form: Form[T],
        *,
        workers: int,
        time_limit: float | None = None,
        is_stopped: Callable[[], bool] | None = None,
    ) -> None:
        self._nursery = Nursery(Plan(load, form.pack))
        # Where nobody closes it, since it serves one task after the other; at the end of this
        # process others end by themselves.
        finalize(self, self._nursery.close).atexit = False
        self._unpack = form.unpack
        self._wanted = workers
        self._time_limit = time_limit
        self._is_stopped = is_stopped or _never
        self._workers: list[Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def record(self) -> Extractor:
        """What the extractor is: name, version, model and settings.

        Starts the workers. Raises WorkerError when they cannot be started.
        """
        self._complete()
        record = self._workers[0].record
        assert record is not None
        return record

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[T]:
        """Yield what is found in each document, in order, as `Extracts.extract` does.

        Documents are taken as there is room for them, ahead of those that are yielded. Raises
        WorkerError when workers cannot be started, and ExtractionError for a document that failed
        unless `on_error` takes it.
        """
        schedule = Schedule(documents)
        if schedule.peek() is None:
            return
        self._complete()
        record = self._workers[0].record
        try:
            while not schedule.is_over:
                self._give(schedule)
                for document, answer in schedule.handed_on():
                    if isinstance(answer, GivenUp):
                        continue
                    if isinstance(answer, Found):
                        yield self._unpack(document, record, answer.packed)
                        self._give(schedule)
                        continue
                    error = ExtractionError(answer.kind, answer.reason)
                    if on_error is None:
                        raise error
                    on_error(document, error)
                self._listen(schedule)
        finally:
            self._drop_unfinished()

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        self._nursery.close()

    def _complete(self) -> None:
        while len(self._workers) < self._wanted:
            self._workers.append(self._nursery.worker())

    def _give(self, schedule: Schedule) -> None:
        """Give out what there is room for, to the least busy first."""
        if self._is_stopped():
            self._give_up(schedule)
            return
        while (task := schedule.peek()) is not None:
            worker = self._free_for(task)
            if worker is None:
                return
            schedule.take()
            try:
                worker.give(task)
            except OSError:
                # It had ended before, and this document is none of the reasons.
                del worker.work[task.number]
                schedule.put_back(task)
                self._lose(worker, schedule, "WorkerKilled", _KILLED)

    def _give_up(self, schedule: Schedule) -> None:
        """Leave to each worker the document that it is at, and nobody any other."""
        for worker in list(self._workers):
            try:
                while worker.work and worker.connection.poll():
                    schedule.answered(worker.hear())
            except (EOFError, OSError):
                self._lose(worker, schedule, "WorkerKilled", _KILLED)
                continue
            # Workers do one after the other.
            for number in list(worker.work)[1:]:
                del worker.work[number]
                schedule.answered(GivenUp(number))
        while schedule.peek() is not None:
            schedule.answered(GivenUp(schedule.take().number))

    def _free_for(self, task: Task) -> Worker | None:
        free = [
            worker
            for worker in self._workers
            if not worker.is_at_one_alone
            and (not worker.work if task.alone else worker.has_room(task.size))
        ]
        return min(free, key=lambda worker: len(worker.work), default=None)

    def _listen(self, schedule: Schedule) -> None:
        """Wait for answers, for a while, and take what is there; replace workers that are lost."""
        busy = {worker.connection: worker for worker in self._workers if worker.work}
        if not busy:
            return
        ready = wait(list(busy), timeout=_LISTEN)
        for connection, worker in busy.items():
            if connection in ready:
                try:
                    schedule.answered(worker.hear())
                except (EOFError, OSError):
                    self._lose(worker, schedule, "WorkerKilled", _KILLED)
            elif (limit := self._limit(worker)) < monotonic() - worker.heard:
                reason = f"took longer than {limit:g} s, twice; --time-limit allows more"
                self._lose(worker, schedule, "TimeLimit", reason)

    def _limit(self, worker: Worker) -> float:
        if self._time_limit is not None:
            return self._time_limit
        first = next(iter(worker.work.values()))
        return LEAST + first.size // PER_SECOND

    def _lose(self, worker: Worker, schedule: Schedule, kind: str, reason: str) -> None:
        worker.kill()
        self._workers.remove(worker)
        schedule.lost(worker.work.values(), kind, reason)
        count = sum(not task.alone for task in worker.work.values())
        if count:
            what = "took too long" if kind == "TimeLimit" else "was killed"
            _log.warning("a worker %s; documents that are read again, one by one: %d", what, count)
        if not self._is_stopped():
            self._complete()

    def _drop_unfinished(self) -> None:
        """Let nobody take a later run for the one that was given up."""
        if self._is_stopped():
            self.close()
        for worker in [worker for worker in self._workers if worker.work]:
            worker.kill()
            self._workers.remove(worker)


def _never() -> bool:
    return False


_KILLED = "the process that read it was killed, twice; most likely it needs more memory"
