"""Memory that a long run holds on to without needing it."""

from __future__ import annotations

import ctypes
import sys
from contextlib import nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING

from quoth.running.around import Around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from quoth.extractors.records import Document, Extraction
    from quoth.graph.packing import Packed
    from quoth.graph.readings import Extracts, OnError

OFTEN = 500
"""Documents between two times that memory is given back, and new words are forgotten."""


def give_back() -> None:
    """Give what is free back to the system, where the C library is glibc.

    It keeps what the store frees after each batch: after 5,000 small documents 25 of 114 MB.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def forgetting(extractor: Extracts) -> AbstractContextManager[None]:
    """Return the context in which `extractor` reads so many documents, if it forgets any words.

    See `quoth.extractors.pipeline.AttributionExtractor.forgetting`.
    """
    forget = getattr(extractor, "forgetting", nullcontext)
    context: AbstractContextManager[None] = forget()
    return context


class Forgetful(Around):
    """An extractor that forgets after `OFTEN` documents which words were new in them."""

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[Extraction | Packed]:
        """Yield what is found in each document."""
        documents = iter(documents)
        for first in documents:
            some = chain((first,), islice(documents, OFTEN - 1))
            with forgetting(self._inside):
                yield from super().extract(some, on_error=on_error)
