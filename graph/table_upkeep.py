"""Keeps a folder's tables ready while it is written to, so that its next reader need not wait.

Tables that were kept hold on for the documents that a writer leaves alone: for those it touches
their rows are made anew, by the same queries over a small store of their quads. Nothing is done for
small graphs, whose tables are quickly made by whoever wants them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import PROV

from quoth.graph.damage import FolderStore
from quoth.graph.errors import GraphError
from quoth.graph.kept_tables import KeptTables
from quoth.graph.property_upkeep import draft
from quoth.graph.vocabulary import (
    ID,
    LINKS_GRAPH,
    PROVENANCE_GRAPH,
    SAID,
    SOURCES_GRAPH,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd
    from rdflib import Dataset, URIRef

    from quoth.graph.kept_properties import KeptProperties
    from quoth.graph.terms import Quad

WORTH = 250_000
"""Quads from which on the tables of a folder are made by whoever writes so many."""
LARGE = 100_000
"""Bytes of the table of attributions from which on it is kept up: some 3,000 of them."""
MANY = 2_000
"""Touched documents from which on it is quicker to make all rows anew."""

_DOCUMENT_GRAPH = f"{ID}graph-"
_WITHOUT_ROWS = frozenset(map(str, (LINKS_GRAPH, PROVENANCE_GRAPH, SOURCES_GRAPH)))
"""Graphs that no row depends on but by the names of sources."""


class WatchedStore(FolderStore):
    """A folder's store for rdflib that remembers whether it was written to by rdflib.

    Users may do that (`SourceGraph.dataset`), and it goes past whoever takes note of changes.
    """

    is_edited = False

    def add(self, *args: Any, **kwargs: Any) -> None:
        """Add a triple."""
        self.is_edited = True
        super().add(*args, **kwargs)

    def addN(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802 - rdflib's name
        """Add quads."""
        self.is_edited = True
        super().addN(*args, **kwargs)

    def remove(self, *args: Any, **kwargs: Any) -> None:
        """Remove triples."""
        self.is_edited = True
        super().remove(*args, **kwargs)

    def update(self, *args: Any, **kwargs: Any) -> None:
        """Run an update in SPARQL."""
        self.is_edited = True
        super().update(*args, **kwargs)

    def remove_graph(self, *args: Any, **kwargs: Any) -> None:
        """Remove a graph and its triples."""
        self.is_edited = True
        super().remove_graph(*args, **kwargs)


class Upkeep:
    """What a writer does to a folder, and what was kept of it before and is to be after."""

    def __init__(self, before: KeptTables, properties: KeptProperties) -> None:
        self._before = before
        self._properties = properties
        self._written = 0
        self._touched: set[str] = set()
        self._renamed: set[str] = set()

    def inserted(self, graphs: Iterable[URIRef], count: int) -> None:
        """Take note of so many quads in `graphs` that were inserted."""
        self._written += count
        self._touched.update(map(str, graphs))

    def changed(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Take note of quads that were deleted and inserted in one change."""
        self._written += len(insert)
        for quads in (delete, insert):
            self._touched.update(str(quad[3]) for quad in quads)
        self._renamed.update(str(quad[0]) for quad in delete if quad[3] == SOURCES_GRAPH)

    def _is_worth(self) -> bool:
        return self._written >= WORTH or self._before.size("attributions") >= LARGE

    def drafts_properties(self, dataset: Dataset, on_step: Callable[[], object]) -> bool:
        """Make the draft of the property tables, where that is worth it; return whether it did."""
        watched = dataset.store
        assert isinstance(watched, WatchedStore)
        if not self._is_worth():
            return False
        with suppress(GraphError), watched.reading() as store:
            touched = None if watched.is_edited else self._touched
            return draft(store, self._properties, touched, on_step)
        return False

    def tables(
        self, dataset: Dataset, dataset_of: Callable[[ox.Store], Dataset]
    ) -> dict[str, pd.DataFrame]:
        """Return the tables as they are to be kept, none where that is not worth it.

        `dataset` is the writer's, still open; `dataset_of` shows a store of a part to rdflib.
        """
        watched = dataset.store
        assert isinstance(watched, WatchedStore)
        if not self._is_worth() or not KeptTables.can_be_kept():
            return {}
        from quoth.graph import frames

        kept = {name: self._before.read(name) for name in frames.NAMES}
        with suppress(GraphError):  # whoever reads the damaged folder is told
            tables = {name: table for name, table in kept.items() if table is not None}
            documents = None if watched.is_edited else self._documents(tables.get("attributions"))
            if documents is None or len(documents) > MANY or len(tables) < len(kept):
                return self._made(watched, dataset)
            if documents:
                with watched.reading() as store:
                    rows = frames.made(dataset_of(_part(store, documents)))
                for name in ("attributions", "claims", "documents"):
                    tables[name] = frames.replaced(name, tables[name], documents, rows[name])
                tables["sources"] = frames.sources_in(tables["attributions"])
            return tables if frames.fit(dataset, tables) else {}
        return {}

    def _made(self, watched: WatchedStore, dataset: Dataset) -> dict[str, pd.DataFrame]:
        """Return all tables, by the draft of the property tables as far as there is one."""
        from quoth.graph import frames

        watched.properties = self._properties.drafted()
        try:
            return frames.made(dataset)
        finally:
            watched.properties = None

    def _documents(self, attributions: pd.DataFrame | None) -> set[str] | None:
        """Return the keys of the documents whose rows may be others now; None: any may be."""
        found = set()
        for graph in self._touched - _WITHOUT_ROWS:
            if not graph.startswith(_DOCUMENT_GRAPH):
                return None
            found.add(graph.removeprefix(_DOCUMENT_GRAPH).partition("-")[0])
        if self._renamed and attributions is not None:
            of_renamed = attributions["source"].isin(self._renamed)
            found.update(attributions.loc[of_renamed, "document"])
        return found


def keep(tables: dict[str, pd.DataFrame], after: KeptTables) -> None:
    """Keep the tables for the state `after`, in which the writer left the folder."""
    for name, table in tables.items():
        after.keep(name, table)


def _part(store: ox.Store, documents: Iterable[str]) -> ox.Store:
    """Return a store with the quads of some documents, and of the sources that they mention."""
    part = ox.Store()
    provenance, shared = ox.NamedNode(PROVENANCE_GRAPH), ox.NamedNode(SOURCES_GRAPH)
    derived, source = ox.NamedNode(str(PROV.wasDerivedFrom)), ox.NamedNode(str(SAID.source))
    for key in documents:
        document = ox.NamedNode(ID[f"doc-{key}"])
        for quad in store.quads_for_pattern(None, derived, document, provenance):
            graph = ox.NamedNode(_iri(quad.subject))
            part.extend(store.quads_for_pattern(None, None, None, graph))
    for node in {quad.object for quad in part.quads_for_pattern(None, source, None)}:
        part.extend(store.quads_for_pattern(ox.NamedNode(_iri(node)), None, None, shared))
    return part


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""
