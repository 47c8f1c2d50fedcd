"""A graph of attributions: documents are added to it and questions asked of it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rdflib import PROV, Dataset, URIRef

from quoth.extractors.records import Document, Extraction, Extractor
from quoth.graph import execution
from quoth.graph.additions import Additions, OnAdded, OnReplaced, require_one_reading
from quoth.graph.analysis import Analysis
from quoth.graph.backends import unseen
from quoth.graph.catalogue import named_query
from quoth.graph.changes import merge_sources, replace_documents
from quoth.graph.document_entries import DocumentEntry, document_entries
from quoth.graph.errors import StoreError
from quoth.graph.formats import FORMATS, require_named_graphs, serialize
from quoth.graph.homonyms import with_homonyms
from quoth.graph.imports import document_graphs
from quoth.graph.incoming import read_graphs
from quoth.graph.lookup import documents_called
from quoth.graph.nanopublications import nanopublications
from quoth.graph.provenance import provenance_of
from quoth.graph.questions import answer
from quoth.graph.readings import Extracts, OnError, readings
from quoth.graph.revisions import history, is_history, stale_documents
from quoth.graph.sources import global_source_quads
from quoth.graph.statistics import Statistics, statistics
from quoth.graph.vocabulary import ID, LINKS_GRAPH, PROVENANCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib.term import Node

    from quoth.graph.alias_table import AliasTable
    from quoth.graph.backends import Backend
    from quoth.graph.links import LinkCounts
    from quoth.graph.results import Result
    from quoth.graph.terms import Quad
    from quoth.graph.validation import Report


class SourceGraph(Analysis):
    """Who said what, as RDF: `dataset` is the `rdflib.Dataset`, its default graph the union.

    Opened with `quoth.graph.open_graph`; used as a context manager it saves and closes itself.
    Every change to a document happens whole or not at all.
    """

    def __init__(
        self, backend: Backend, *, extractor: Extracts | None = None, read_only: bool = False
    ) -> None:
        self._backend = backend
        self._extractor = extractor
        self._read_only = read_only
        self._closed = False

    @property
    def dataset(self) -> Dataset:
        """The graph for rdflib. Literals of a folder's graph read ``"x"^^xsd:string``."""
        self._require_open()
        return self._backend.dataset

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<SourceGraph in {self._backend.where}>"

    def add(
        self,
        items: Document | Extraction | Iterable[Document | Extraction],
        *,
        on_error: OnError | None = None,
        on_replaced: OnReplaced | None = None,
        on_added: OnAdded | None = None,
        replace: bool = True,
        again: bool = False,
    ) -> int:
        """Add documents or extractions and return how many documents are new or changed.

        A document that is there already, with the same findings, is left as it is; with other
        findings its graph is replaced, and what was inferred across documents from it is dropped
        (`relink`). A document that the graph's extractor, at its version and
        with its settings, has read before is not read again unless `again` is true.

        A document with the URL of one from an earlier call (or the id, where neither has a URL)
        and another text is a new version of it and takes its place; the provenance keeps which it
        revises. `on_replaced` is told the new document and the old one's key. With `replace`
        false both stay. `on_added` is told what became of each document
        (`quoth.graph.additions.Outcome`), once it is safe from a killed process.

        Documents are read by the graph's extractor. One that fails is handed to `on_error` and
        costs only itself; without `on_error` the exception is raised, and what was added before
        stays. A graph kept in a file is written anew at the end of each call: many documents go
        in by one.

        Raises StoreError when the graph is read-only, has no extractor to read documents with,
        or holds another extractor's reading of the document; RecordError when an extraction
        contradicts itself.
        """
        self._require_writable()
        if isinstance(items, Document | Extraction):
            items = [items]
        additions = Additions(
            self._backend, on_error, on_replaced, on_added=on_added, replace=replace
        )
        try:
            for extraction in readings(
                items, self._extractor, on_error, None if again else additions.is_there
            ):
                additions.add(extraction)
        finally:
            try:
                additions.flush()
            finally:
                self._backend.save(wait=False)
        return additions.written

    def remove(self, document: str) -> int:
        """Take out the documents with this key, id or URL; return how many there were.

        Sources that no other document mentions go with them, and so does what was inferred across
        documents from theirs; `relink` infers all anew.
        """
        self._require_writable()
        match = self._backend.match
        found = self._document_graphs(document)
        for iri, graph in found:
            change = replace_documents(match, {graph: []})
            self._backend.change([*change.delete, *history(match, iri)], change.insert)
        self._backend.save(wait=False)
        return len(found)

    def _document_graphs(self, document: str) -> list[tuple[Node, URIRef]]:
        match = self._backend.match
        return [
            (iri, URIRef(str(graph)))
            for iri in documents_called(match, document)
            for graph, *_ in list(match(None, PROV.wasDerivedFrom, iri, PROVENANCE_GRAPH))
        ]

    def import_(self, path: Path | str) -> int:
        """Add the quads of a TriG, N-Quads, Turtle or JSON-LD file, or of nanopublications.

        Documents are added or replaced as `add` does, and everything else is added to what is
        there. Returns how many documents are new or changed. Raises StoreError when the file
        cannot be read, or is seen to be cut.
        """
        self._require_writable()
        found = read_graphs(Path(path))
        by_graph: defaultdict[URIRef | None, list[Quad]] = defaultdict(list)
        for quad in found:
            by_graph[quad[3]].append(quad)
        provenance = by_graph.pop(PROVENANCE_GRAPH, [])
        written = 0
        for document, graph in document_graphs(provenance).items():
            require_one_reading(self._backend, document, graph)
            quads_ = by_graph.pop(graph, [])
            own = provenance_of(provenance, graph)
            wanted = [*quads_, *global_source_quads(quads_), *own]
            wanted = with_homonyms(self._backend.match, document, graph, wanted)
            change = replace_documents(self._backend.match, {graph: wanted})
            if any(change):
                self._backend.change(*change)
                written += 1
        by_graph[PROVENANCE_GRAPH] = [quad for quad in provenance if is_history(quad)]
        self._backend.change(*merge_sources(self._backend.match, by_graph.pop(SOURCES_GRAPH, [])))
        links = by_graph.get(LINKS_GRAPH) and any(
            self._backend.match(None, None, None, LINKS_GRAPH)
        )
        self._backend.change([], [quad for rest in by_graph.values() for quad in rest])
        if links:
            # Two sets of inferences are none: one source would be merged into two.
            self.relink()
        self._backend.save(wait=False)
        return written

    @property
    def aliases(self) -> AliasTable:
        """The user's decisions on which names mean one source, to read and to edit."""
        from quoth.graph.alias_table import AliasTable

        self._require_open()
        return AliasTable(self._backend, require_writable=self._require_writable)

    def relink(self, *, meaning: bool | None = None) -> LinkCounts:
        """Infer anew what holds across documents, and return how much of it there is.

        It replaces what is there, in one change; `add` does not do this. Claims are compared by
        what they mean, too, if `meaning`: by default where the extra of that name is installed.
        """
        from quoth.graph.links import relink

        self._require_writable()
        counts = relink(self._backend, meaning=meaning)
        self._backend.save(wait=False)
        return counts

    def document_entries(self) -> tuple[DocumentEntry, ...]:
        """Return what documents the graph holds, by title, date and key.

        `documents` gives the same as a table.
        """
        return document_entries(self.dataset)

    def stale(self, extractor: Extractor | None = None) -> tuple[DocumentEntry, ...]:
        """Return the documents that another version of an extractor has read, or other settings.

        Adding them again reads them anew. `extractor` is the graph's own unless given. Raises
        StoreError when the graph was opened without one.
        """
        reader = extractor or getattr(self._extractor, "record", None)
        if reader is None:
            raise StoreError("stale() needs an extractor: give one, or open the graph with one")
        self._require_open()
        stale = {URIRef(str(iri)) for iri in stale_documents(self._backend.match, reader)}
        return tuple(entry for entry in self.document_entries() if ID[f"doc-{entry.key}"] in stale)

    def query(self, sparql: str, /, **parameters: object) -> Result:
        """Run a SPARQL query; its prefixes are bound, and `parameters` give variables values.

        A parameter is a Python value or an `rdflib.URIRef`, and its variable stands in SELECT.
        Raises QueryError, with the line, when the query is wrong or would change the data.
        """
        bindings = {name: execution.term(value) for name, value in parameters.items()}
        return execution.run(self.dataset, sparql, bindings)

    def ask(self, name: str, /, **parameters: object) -> Result:
        """Answer a named question (`quoth.graph.list_queries`).

        The `note` of an empty answer tells of names in it that no source has.
        Raises QueryError when there is none of that name or a parameter is wrong or missing.
        """
        query = named_query(name)
        return answer(self.dataset, query, query.bindings(parameters))

    def validate(self) -> Report:
        """Check the graph against the shapes of quoth's vocabulary (SHACL)."""
        from quoth.graph.validation import validate

        return validate(self.dataset)

    def export(self, format: str, *, kind: str = "sources", syntax: str = "trig") -> str:
        """Return the graph as text: turtle, trig, nquads, jsonld, nanopub, csv, graphml or gexf.

        The same content gives the same text. Turtle holds the union of the named graphs, nanopub a
        nanopublication for each attribution, in the `syntax` trig, nquads or jsonld, csv the
        attributions, graphml and gexf the network of a `kind` (`network`). Raises StoreError when
        the format or syntax is unknown, QueryError when the kind is.
        """
        self._require_open()
        if format == "csv":
            return self.ask("attributions").to_csv()
        if format in ("graphml", "gexf"):
            from quoth.graph import network_files

            write = network_files.graphml if format == "graphml" else network_files.gexf
            return write(self.network(kind))
        if format == "nanopub":
            require_named_graphs(syntax)
            return serialize(nanopublications(self._backend.match()), syntax).decode()
        if format not in FORMATS:
            names = ", ".join([*FORMATS, "nanopub", "csv", "graphml", "gexf"])
            raise StoreError(f"no export format called {format!r}; there are {names}")
        return serialize(self._backend.match(), format).decode()

    def stats(self) -> Statistics:
        """Count what the graph holds."""
        return statistics(self.dataset)

    def save(self) -> None:
        """Make sure that what was added outlives the process."""
        self._require_open()
        self._backend.save()

    def close(self, on_step: Callable[[], object] = unseen) -> None:
        """Save, and let go of the file or folder. Closing twice does nothing.

        A large folder is left ready for questions, if much was written; `on_step` is called after
        each step of that.
        """
        if self._closed:
            return
        try:
            self._backend.save(wait=False)
        finally:
            self._closed = True
            self._backend.close(on_step)

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self._backend.where}: the graph is closed; open it again")

    def _require_writable(self) -> None:
        self._require_open()
        if self._read_only:
            raise StoreError(f"{self._backend.where}: was opened read-only; nothing was changed")
