"""What is given to a graph, documents and extractions, as extractions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from quoth.extractors.records import Document, Extraction, Extractor
from quoth.graph.errors import StoreError

if TYPE_CHECKING:
    from quoth.graph.packing import Packed

OnError = Callable[[Document, Exception], None]
IsThere = Callable[[Document, Extractor], bool]


class Extracts(Protocol):
    """Whatever turns documents into extractions, or at once into the quads of these.

    One with an attribute `record`, the `Extractor` that its extractions name, is not given what it
    has read before.
    """

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[Extraction | Packed]:
        """Yield one extraction a document; one that fails goes to `on_error`, else raises."""


def readings(
    items: Iterable[Document | Extraction],
    extractor: Extracts | None,
    on_error: OnError | None,
    is_there: IsThere | None,
) -> Iterator[Extraction | Packed]:
    """Yield the extractions among `items`, and what `extractor` reads in the documents.

    Documents that `is_there` knows as read by it are left out. Raises StoreError for anything
    else, and where there are documents and no extractor.
    """
    for kind, group in groupby(items, key=type):
        if kind is Extraction:
            yield from (item for item in group if isinstance(item, Extraction))
        elif kind is not Document:
            raise StoreError(
                f"only documents and extractions can be added, not {kind.__name__}; "
                "quoth.read() and quoth.Document(text=...) make documents"
            )
        elif extractor is None:
            raise StoreError(
                "this graph was opened without an extractor, so it takes extractions only; "
                "open it with open_graph(..., extractor=...) to add documents"
            )
        else:
            documents = (item for item in group if isinstance(item, Document))
            unread = _unread(documents, extractor, is_there)
            yield from extractor.extract(unread, on_error=on_error)


def _unread(
    documents: Iterable[Document], extractor: Extracts, is_there: IsThere | None
) -> Iterator[Document]:
    for document in documents:
        # Loads the model, so it is asked when there is a document.
        record: Extractor | None = getattr(extractor, "record", None)
        if is_there is None or record is None or not is_there(document, record):
            yield document
