"""What `import quoth` offers beyond the records: extracting, and opening graphs that extract."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, overload

from quoth.extractors.records import Document, Extraction

DEFAULT = "model"
"""The extractor that reads where none is named."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

    from quoth.extractors.pipeline import AttributionExtractor
    from quoth.graph.source_graph import SourceGraph

    OnError = Callable[[Document, Exception], None]


@cache
def shared_extractor(name: str, min_confidence: float) -> AttributionExtractor:
    """Return the extractor that `extract` and `open_graph` share: one language model a process.

    Raises ValueError as `quoth.extractors.pipeline.load`.
    """
    from quoth.extractors.pipeline import load

    return load(name, min_confidence=min_confidence)


@overload
def extract(
    documents: Document,
    *,
    on_error: None = None,
    extractor: str = DEFAULT,
    min_confidence: float = 0.0,
) -> Extraction: ...


@overload
def extract(
    documents: Iterable[Document],
    *,
    on_error: OnError | None = None,
    extractor: str = DEFAULT,
    min_confidence: float = 0.0,
) -> Iterator[Extraction]: ...


def extract(
    documents: Document | Iterable[Document],
    *,
    on_error: OnError | None = None,
    extractor: str = DEFAULT,
    min_confidence: float = 0.0,
) -> Extraction | Iterator[Extraction]:
    """Return who says what in a document, or an iterator over extractions of several.

    `extractor` is "model" (the trained one) or "rules" (quicker, less accurate); attributions of a
    confidence (0 to 1) below `min_confidence` are left out.

    Iterating over an extraction yields its attributions. A document that cannot be processed is
    handed to `on_error` with the exception and left out; without `on_error` the exception is
    raised. Raises TypeError when it is given a text instead of a document, ValueError for an
    extractor that there is not or a confidence out of range.
    """
    if isinstance(documents, str | bytes):
        raise TypeError("extract() takes documents, not text: quoth.Document(text=...) makes one")
    chosen = shared_extractor(extractor, min_confidence)
    if not isinstance(documents, Document):
        return chosen.extract(documents, on_error=on_error)
    (extraction,) = chosen.extract([documents])
    return extraction


def open_graph(
    where: str | PathLike[str] | None = None,
    *,
    read_only: bool = False,
    extractor: str = DEFAULT,
    min_confidence: float = 0.0,
) -> SourceGraph:
    """Open the graph at `where`, ready to add documents to, as `quoth.graph.store.open_graph`.

    ``quoth.open`` is this function. None is a graph in memory, a name ending in ``.trig`` or
    ``.nq`` a file, any other name a folder. The language model is loaded when the first document
    is added; `extractor` and `min_confidence` are as in `extract`. Raises
    `quoth.graph.errors.StoreError` when `where` cannot be opened, ValueError as `extract` does.
    """
    from quoth.graph import store

    return store.open_graph(
        where, extractor=shared_extractor(extractor, min_confidence), read_only=read_only
    )
