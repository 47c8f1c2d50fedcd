"""Who reads the documents of a command: this process, or others that it starts."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar, cast

from quoth.running.around import Around
from quoth.running.plan import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quoth.extractors.records import Document, Extraction
    from quoth.graph.packing import Packed
    from quoth.graph.readings import Extracts, OnError
    from quoth.running.plan import Form

T = TypeVar("T")


@contextmanager
def reader(
    extractor: str,
    min_confidence: float,
    form: Form[T],
    *,
    workers: int = 1,
    time_limit: float | None = None,
    limit: int | None = None,
    is_stopped: Callable[[], bool] | None = None,
) -> Iterator[Extracts]:
    """Yield the extractor called `extractor`: in this process, or a pool of `workers`.

    One worker is this process itself, but where there is a time limit: a process cannot be
    stopped by itself. The pool finds what `form` says, this process extractions; neither reads
    more than `limit` documents, if there is one. Workers end what they are at, and begin nothing
    that they were given before, once `is_stopped` is true; the documents should end then, too.
    """
    if workers == 1 and time_limit is None:
        from quoth.api import shared_extractor
        from quoth.running.memory import Forgetful

        yield _limited(Forgetful(shared_extractor(extractor, min_confidence)), limit)
        return
    from quoth.running.pool import WorkerPool

    loading = partial(named, extractor, min_confidence=min_confidence)
    with WorkerPool(
        loading, form, workers=workers, time_limit=time_limit, is_stopped=is_stopped
    ) as pool:
        yield _limited(cast("Extracts", pool), limit)


def _limited(extractor: Extracts, limit: int | None) -> Extracts:
    return extractor if limit is None else Limited(extractor, limit)


class Limited(Around):
    """An extractor that reads so many documents and then takes no more."""

    def __init__(self, extractor: Extracts, limit: int) -> None:
        super().__init__(extractor)
        self._left = limit

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[Extraction | Packed]:
        """Yield what is found in the first documents."""
        return super().extract(self._taken(documents), on_error=on_error)

    def _taken(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in islice(documents, self._left):
            self._left -= 1
            yield document
