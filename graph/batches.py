"""Stores many new documents at once, each of them whole.

A batch of documents is one step of the back end, so that each of them is there whole or not at
all. Large steps are cheap ones: what is stored in small steps is sorted and merged again and again.
So a batch waits for its documents the longer, the longer it has been going on. While one is stored,
in a thread that hardly needs Python, the next one is made. A killed process loses both at most.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING

from quoth.graph.aside import Aside
from quoth.graph.changes import Change, merge_sources
from quoth.graph.errors import GraphError
from quoth.graph.packing import nquads, quads_of
from quoth.graph.terms import to_ox
from quoth.graph.vocabulary import PROVENANCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib import URIRef
    from rdflib.term import Node

    from quoth.extractors.records import Document
    from quoth.graph.backends import Backend
    from quoth.graph.packing import Packed
    from quoth.graph.terms import Quad

BATCH = 12_000_000
"""Bytes of N-Quads, some 60,000 quads, from which on a batch is stored. Larger ones take the store
more time, and more memory: its loader holds some 800 bytes a quad."""
REMEMBERED = 5_000
"""Sources whose names are kept in memory from one batch to the next."""
PATIENCE = 10.0
"""Seconds that a batch waits at most for the documents that it is to take in."""
LEAST_PATIENCE = 0.5
"""Seconds that it waits in any case; between the two, a quarter of the time that has passed."""


class Batches:
    """New documents on their way into a graph.

    `told` is called with each document once it is stored, or with the error that it was not for.
    """

    def __init__(
        self, backend: Backend, told: Callable[[Document, GraphError | None], None]
    ) -> None:
        self._backend = backend
        self._told = told
        self._aside = Aside()
        self._names: dict[Node | None, list[Quad]] = {}
        self._batch: dict[str, Packed] = {}
        self._storing: frozenset[str] = frozenset()
        self._size = 0
        self._begin = monotonic()
        self._waited = 0.0

    def __contains__(self, key: str) -> bool:
        """Whether the document with this key is on its way."""
        return key in self._batch or key in self._storing

    def wait(self, seconds: float) -> None:
        """Take note of so many seconds that went by until the next document came."""
        self._waited += seconds

    def settle(self, key: str) -> None:
        """Wait for the document with this key, if it is being stored."""
        if key in self._storing:
            self._aside.settle()

    def add(self, new: Packed) -> None:
        """Take a document that is not in the graph, and see that it is stored in time."""
        self._aside.poll()
        self._batch[new.document.key] = new
        self._size += len(new.own)
        patience = min(PATIENCE, max(LEAST_PATIENCE, (monotonic() - self._begin) / 4))
        if self._size >= BATCH or self._waited > patience:
            self._begin_storing()

    def flush(self) -> None:
        """Store what waits, and forget what the graph says of sources."""
        try:
            self._begin_storing()
        finally:
            self._aside.settle()
            self._names.clear()

    def _begin_storing(self) -> None:
        """Begin to store what waits, once the batch before it is stored."""
        batch, self._batch, self._size = list(self._batch.values()), {}, 0
        while batch:
            # What it has said of the shared sources is to be read.
            self._aside.settle()
            batch = self._store(batch)
        self._waited = 0.0

    def _store(self, batch: list[Packed]) -> list[Packed]:
        """Begin to store documents in one step; return those that are left for another."""
        left: list[Packed] = []
        try:
            sources = merge_sources(self._remembered, _names(batch))
        except GraphError as error:
            self._stored([new.document for new in batch], Change([], []), error)
            return left
        if sources.delete:
            renamed = {quad[0] for quad in sources.delete}
            left = [new for new in batch if any(quad[0] in renamed for quad in _names([new]))]
        if 0 < len(left) < len(batch):
            # That a source gets another name as its first goes with the documents that say so;
            # it takes an update, and many times as long as the rest of the batch.
            later = {new.document.key for new in left}
            batch = [new for new in batch if new.document.key not in later]
            sources = Change([], [quad for quad in sources.insert if quad[0] not in renamed])
        else:
            left = []
        self._insert(batch, sources)
        return left

    def _insert(self, batch: list[Packed], sources: Change) -> None:
        """Store documents and what they change of the shared sources, in one step."""
        documents = [new.document for new in batch]
        stored = partial(self._stored, documents, sources)
        self._storing = frozenset(document.key for document in documents)
        if sources.delete:
            quads = (quads_of(part) for new in batch for part in (new.own, new.provenance))
            insert = [*chain.from_iterable(quads), *sources.insert]
            self._aside.run(partial(self._backend.change, sources.delete, insert), stored)
            return
        graphs = [*(new.graph for new in batch), SOURCES_GRAPH, PROVENANCE_GRAPH]
        parts = (part for new in batch for part in (new.own, new.provenance))
        content = b"".join((*parts, nquads(map(to_ox, sources.insert))))
        take = self._aside.begin if self._backend.loads_aside else self._aside.run
        take(partial(self._backend.load, content, graphs), stored)

    def _stored(
        self, documents: Iterable[Document], sources: Change, error: GraphError | None
    ) -> None:
        """Take note of what became of a batch."""
        self._storing = frozenset()
        if error is None:
            self._remember(sources)
        for document in documents:
            self._told(document, error)

    def _remember(self, sources: Change) -> None:
        if len(self._names) > REMEMBERED:
            self._names.clear()
        for quad in sources.delete:
            self._names.pop(quad[0], None)
        for quad in sources.insert:
            if quad[0] in self._names:
                self._names[quad[0]].append(quad)

    def _remembered(
        self,
        source: Node | None,
        predicate: Node | None,
        object_: Node | None,
        graph: URIRef | None,
    ) -> Iterable[Quad]:
        """Return what the sources graph says of `source`, read once a call: many come again."""
        if source not in self._names:
            self._names[source] = list(self._backend.match(source, predicate, object_, graph))
        return self._names[source]


def _names(batch: Iterable[Packed]) -> dict[Quad, None]:
    """Return what documents say of the shared sources."""
    return dict.fromkeys(quad for new in batch for quad in quads_of(new.sources))
