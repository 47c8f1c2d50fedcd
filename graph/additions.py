"""Adds extractions to a graph: new documents many at a time, others one by one, each whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING

from rdflib import PROV, URIRef

from quoth.graph.batches import Batches
from quoth.graph.changes import Change, replace_documents
from quoth.graph.errors import GraphError, StoreError
from quoth.graph.homonyms import with_homonyms
from quoth.graph.iris import DocumentIris
from quoth.graph.mapping import described
from quoth.graph.packing import Packed, packed
from quoth.graph.revisions import earlier_versions, hash_of_the_past, revision_quads
from quoth.graph.vocabulary import ALIASES_GRAPH, PROVENANCE_GRAPH, SAID

if TYPE_CHECKING:
    from rdflib.term import Node

    from quoth.extractors.records import Document, Extraction, Extractor
    from quoth.graph.backends import Backend
    from quoth.graph.readings import OnError

OnReplaced = Callable[["Document", str], None]
OnAdded = Callable[["Document", "Outcome"], None]


class Outcome(StrEnum):
    """What became of a document that was to be added."""

    NEW = "new"
    CHANGED = "changed"
    THERE = "there already"


def require_one_reading(backend: Backend, document: Node, graph: URIRef) -> bool:
    """Return whether `document` is there as `graph`.

    Raises StoreError where it is there as another extractor read it.
    """
    there = backend.match(None, PROV.wasDerivedFrom, document, PROVENANCE_GRAPH)
    found = [other for other, *_ in there]
    for other in found:
        if other != graph:
            raise StoreError(
                f"{backend.where}: holds {document} as another extractor read it ({other}); "
                "remove the document first, or use a graph of its own"
            )
    return bool(found)


class Additions:
    """What one call adds to a graph; `written` counts the documents that are new or changed.

    Documents of one call are never versions of each other. `on_error` takes a document that
    cannot be added; without it the exception is raised. `on_replaced` is told of a document that
    takes the place of an earlier version, and the key of that one; `on_added` what became of each,
    once that is written.
    """

    def __init__(
        self,
        backend: Backend,
        on_error: OnError | None = None,
        on_replaced: OnReplaced | None = None,
        *,
        on_added: OnAdded | None = None,
        replace: bool = True,
    ) -> None:
        self._backend = backend
        self._on_error = on_error
        self._on_replaced = on_replaced
        self._on_added = on_added
        self._replace = replace
        self._seen: set[str] = set()
        self._ahead: Counter[str] = Counter()
        history = backend.match(None, PROV.wasRevisionOf, None, PROVENANCE_GRAPH)
        self._has_history = any(True for _ in history)
        splits = backend.match(None, SAID.inDocument, None, ALIASES_GRAPH)
        self._has_splits = backend.is_shared or any(True for _ in splits)
        documents = backend.match(None, PROV.wasDerivedFrom, None, PROVENANCE_GRAPH)
        # Nothing need be looked up in a graph that was empty but for what was added since.
        self._was_empty = not backend.is_shared and not any(True for _ in documents)
        self._batches = Batches(backend, self._stored)
        self._idle_since = monotonic()
        self.written = 0

    def is_there(self, document: Document, extractor: Extractor) -> bool:
        """Whether the graph holds `document` as `extractor` reads it, with all that is known of it.

        A document that is there counts as one of this call. It may be asked of documents while
        earlier ones are still being read. One of the same name as one of these is not taken as
        there, since that one may take its place.
        """
        self._batches.settle(document.key)
        if self._ahead[_name(document)] or not self._is_there(document, extractor):
            self._ahead[_name(document)] += 1
            return False
        self._seen.add(document.key)
        self._added(document, Outcome.THERE)
        return True

    def _is_unknown(self, document: Document) -> bool:
        return self._was_empty and document.key not in self._seen

    def _is_there(self, document: Document, extractor: Extractor) -> bool:
        if self._is_unknown(document):
            return False
        iris, match = DocumentIris(document.key), self._backend.match
        graph = iris.graph(extractor)
        runs = match(graph, PROV.wasGeneratedBy, iris.run(extractor), PROVENANCE_GRAPH)
        if not any(True for _ in runs):
            return False
        known = described(document, extractor)
        about = set(match(iris.document, None, None, graph))
        return not {predicate for _, predicate, *_ in about ^ known} - {SAID.voice}

    def add(self, found: Extraction | Packed) -> None:
        """Add what was found in a document, at once or with the next ones."""
        self._batches.wait(monotonic() - self._idle_since)
        self._arrived(_name(found.document))
        try:
            self._add(found if isinstance(found, Packed) else packed(found))
        except GraphError as error:
            self._failed(found.document, error)
        finally:
            self._idle_since = monotonic()

    def _arrived(self, name: str) -> None:
        if self._ahead[name] > 1:
            self._ahead[name] -= 1
        else:
            self._ahead.pop(name, None)

    def _add(self, new: Packed) -> None:
        if new.document.key in self._batches:
            self._batches.flush()
        document = DocumentIris(new.document.key).document
        is_there = not self._is_unknown(new.document) and require_one_reading(
            self._backend, document, new.graph
        )
        past = hash_of_the_past(self._backend.match, document) if self._has_history else []
        earlier = []
        # Documents of one call are no versions of each other.
        if self._replace and not is_there and not self._was_empty:
            earlier = earlier_versions(self._backend.match, new.document, self._seen)
        self._seen.add(new.document.key)
        is_split = self._has_splits and any(
            self._backend.match(None, SAID.inDocument, document, ALIASES_GRAPH)
        )
        if is_there or past or earlier or is_split:
            self._batches.flush()
            self._change(new, earlier, Change(past, []))
        else:
            self._batches.add(new)

    def _change(self, new: Packed, earlier: list[URIRef], past: Change) -> None:
        """Put `new` in the place of what is there of it, and of its earlier versions."""
        match = self._backend.match
        replaced = [
            URIRef(str(graph))
            for iri in earlier
            for graph, *_ in match(None, PROV.wasDerivedFrom, iri, PROVENANCE_GRAPH)
        ]
        revisions = revision_quads(match, new.document, earlier)
        document = DocumentIris(new.document.key).document
        is_old = bool(earlier) or any(True for _ in match(None, None, None, new.graph))
        own = with_homonyms(match, document, new.graph, new.quads())
        wanted = {new.graph: [*own, *revisions], **dict.fromkeys(replaced, ())}
        change = replace_documents(match, wanted)
        change = Change([*change.delete, *past.delete], change.insert)
        if not any(change):
            self._added(new.document, Outcome.THERE)
            return
        self._backend.change(*change)
        self._has_history |= bool(revisions)
        self._added(new.document, Outcome.CHANGED if is_old else Outcome.NEW)
        if self._on_replaced is not None:
            for iri in earlier:
                self._on_replaced(new.document, str(iri).rpartition("doc-")[2])

    def flush(self) -> None:
        """Write what waits, and wait until it is there."""
        self._batches.flush()

    def _stored(self, document: Document, error: GraphError | None) -> None:
        if error is None:
            self._added(document, Outcome.NEW)
        else:
            self._failed(document, error)

    def _added(self, document: Document, outcome: Outcome) -> None:
        self.written += outcome is not Outcome.THERE
        if self._on_added is not None:
            self._on_added(document, outcome)

    def _failed(self, document: Document, error: GraphError) -> None:
        if self._on_error is None:
            raise error
        self._on_error(document, error)


def _name(document: Document) -> str:
    """Return what versions of `document` have in common."""
    return document.url or document.id
