"""Runs the extractor over documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from quoth.extractors.records import Document, Extraction

OnError = Callable[[Document, Exception], None]


class AttributionExtractor:
    """An extractor: documents in, extractions out, the model loaded once."""

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[Extraction]:
        """Yield one extraction a document, in order.

        A document that cannot be processed is handed to `on_error` with the exception and left
        out; without `on_error` the exception is raised.
        """
        raise NotImplementedError


def load(name: str = "rules") -> AttributionExtractor:
    """Load the extractor called `name`; raises ValueError when there is none of that name."""
    raise NotImplementedError
