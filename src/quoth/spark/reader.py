"""Who reads the documents of a Python worker: a process beside it, which can be stopped.

Nothing stops a process that hangs in native code, a tokenizer or a network, but another one. So a
worker has a pool of one process, as `quoth.running.pool` has it for ``quoth build --time-limit``. A
document that takes too long, or kills that process, costs itself; Spark's worker, its task and what
the task has read stay. The pool serves one task after the other, and ends with the worker.
"""

from __future__ import annotations

import pickle
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from quoth.running.plan import named, records
from quoth.running.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from quoth.extractors.records import Extraction
    from quoth.graph.readings import Extracts

    Load = Callable[[], Extracts]


def stoppable(
    extractor: str | Load, min_confidence: float, time_limit: float | None
) -> Callable[[], WorkerPool[Extraction]]:
    """Return what gives a worker its pool; `time_limit` is as `WorkerPool` takes it.

    `extractor` is the name of one, or a function that returns one.
    """
    from pyspark import cloudpickle

    load = (
        partial(named, extractor, min_confidence=min_confidence)
        if isinstance(extractor, str)
        else extractor
    )
    # Functions of notebooks have no name by which another process would find them.
    packed: bytes = cloudpickle.dumps(load)  # type: ignore[no-untyped-call]
    return partial(_pool, packed, time_limit)


@lru_cache(maxsize=1)
def _pool(load: bytes, time_limit: float | None) -> WorkerPool[Extraction]:
    """Return the pool of this worker, which a later run may want another one in the place of."""
    return WorkerPool(partial(_loaded, load), records(), workers=1, time_limit=time_limit)


def _loaded(load: bytes) -> Extracts:
    loading: Load = pickle.loads(load)  # from the driver of this run
    return loading()
