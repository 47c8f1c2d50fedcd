"""What `import quoth` offers beyond the records: extracting, and opening graphs that extract."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, overload

from quoth.extractors.records import Document, Extraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

    from quoth.extractors.pipeline import AttributionExtractor
    from quoth.graph.source_graph import SourceGraph

    OnError = Callable[[Document, Exception], None]


@cache
def default_extractor() -> AttributionExtractor:
    """Return the extractor that `extract` and `open_graph` share: one language model a process."""
    from quoth.extractors.pipeline import load

    return load()


@overload
def extract(documents: Document, *, on_error: None = None) -> Extraction: ...


@overload
def extract(
    documents: Iterable[Document], *, on_error: OnError | None = None
) -> Iterator[Extraction]: ...


def extract(
    documents: Document | Iterable[Document], *, on_error: OnError | None = None
) -> Extraction | Iterator[Extraction]:
    """Return who says what in a document, or an iterator over extractions of several.

    Iterating over an extraction yields its attributions. A document that cannot be processed is
    handed to `on_error` with the exception and left out; without `on_error` the exception is
    raised. Raises TypeError when it is given a text instead of a document.
    """
    if isinstance(documents, str | bytes):
        raise TypeError("extract() takes documents, not text: quoth.Document(text=...) makes one")
    if not isinstance(documents, Document):
        return default_extractor().extract(documents, on_error=on_error)
    (extraction,) = default_extractor().extract([documents])
    return extraction


def open_graph(where: str | PathLike[str] | None = None, *, read_only: bool = False) -> SourceGraph:
    """Open the graph at `where`, ready to add documents to, as `quoth.graph.store.open_graph`.

    ``quoth.open`` is this function. None is a graph in memory, a name ending in ``.trig`` or
    ``.nq`` a file, any other name a folder. The language model is loaded when the first document
    is added. Raises `quoth.graph.errors.StoreError` when `where` cannot be opened.
    """
    from quoth.graph import store

    return store.open_graph(where, extractor=default_extractor(), read_only=read_only)
