"""An extractor around another one, which reads for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quoth.extractors.records import Document, Extraction, Extractor
    from quoth.graph.packing import Packed
    from quoth.graph.readings import Extracts, OnError


class Around:
    """To whoever asks what it is, the extractor that is inside; subclasses change `extract`."""

    def __init__(self, inside: Extracts) -> None:
        self._inside = inside

    @property
    def record(self) -> Extractor | None:
        """What the extractor is. Loads it, or starts its workers."""
        return getattr(self._inside, "record", None)

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[Extraction | Packed]:
        """Yield what is found in each document."""
        return self._inside.extract(documents, on_error=on_error)
