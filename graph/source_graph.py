"""A graph of attributions: documents are added to it and questions asked of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from rdflib import PROV, Dataset, URIRef

from quoth.extractors.records import Document, Extraction
from quoth.graph import execution
from quoth.graph.catalogue import named_query
from quoth.graph.changes import merge_sources, replace_document
from quoth.graph.errors import GraphError, StoreError
from quoth.graph.formats import FORMATS, parse_file, serialize
from quoth.graph.homonyms import with_homonyms
from quoth.graph.imports import document_graphs, into_graphs
from quoth.graph.iris import DocumentIris
from quoth.graph.lookup import documents_called
from quoth.graph.mapping import quads
from quoth.graph.provenance import provenance_of
from quoth.graph.sources import global_source_quads
from quoth.graph.statistics import DocumentEntry, Statistics, document_entries, statistics
from quoth.graph.vocabulary import PROVENANCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    import networkx as nx
    from rdflib.term import Node

    from quoth.graph.alias_table import AliasTable
    from quoth.graph.backends import Backend
    from quoth.graph.drawing import Drawing
    from quoth.graph.links import LinkCounts
    from quoth.graph.results import Result
    from quoth.graph.terms import Quad
    from quoth.graph.validation import Report

OnError = Callable[[Document, Exception], None]


class Extracts(Protocol):
    """Whatever turns documents into extractions."""

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[Extraction]:
        """Yield one extraction a document; one that fails goes to `on_error`, else raises."""


class SourceGraph:
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
    ) -> int:
        """Add documents or extractions and return how many documents are new or changed.

        A document that is there already, with the same findings, is left as it is; with other
        findings its graph is replaced, and links across documents are dropped (`relink`).
        Documents are read by the graph's extractor. One that fails is handed to `on_error` and
        costs only itself; without `on_error` the exception is raised, and what was added before
        stays. A graph kept in a file is written anew at the end of each call.

        Raises StoreError when the graph is read-only, has no extractor to read documents with,
        or holds another extractor's reading of the document; RecordError when an extraction
        contradicts itself.
        """
        self._require_writable()
        if isinstance(items, Document | Extraction):
            items = [items]
        written = 0
        try:
            for extraction in self._extractions(items, on_error):
                try:
                    new = quads(extraction)
                    iris = DocumentIris(extraction.document.key)
                    written += self._put(iris.document, iris.graph(extraction.extractor), new)
                except GraphError as error:
                    if on_error is None:
                        raise
                    on_error(extraction.document, error)
        finally:
            self.save()
        return written

    def _extractions(
        self, items: Iterable[Document | Extraction], on_error: OnError | None
    ) -> Iterator[Extraction]:
        for kind, group in groupby(items, key=type):
            if kind is Extraction:
                yield from (item for item in group if isinstance(item, Extraction))
            elif kind is not Document:
                raise StoreError(
                    f"only documents and extractions can be added, not {kind.__name__}; "
                    "quoth.read() and quoth.Document(text=...) make documents"
                )
            elif self._extractor is None:
                raise StoreError(
                    "this graph was opened without an extractor, so it takes extractions only; "
                    "open it with open_graph(..., extractor=...) to add documents"
                )
            else:
                documents = (item for item in group if isinstance(item, Document))
                yield from self._extractor.extract(documents, on_error=on_error)

    def _put(self, document: Node, graph: URIRef, new: Iterable[Quad]) -> bool:
        """Make `graph` hold what `new` does; return whether anything changed."""
        derived = self._backend.match(None, PROV.wasDerivedFrom, document, PROVENANCE_GRAPH)
        for other, *_ in derived:
            if other != graph:
                raise StoreError(
                    f"{self._backend.where}: holds {document} as another extractor read it "
                    f"({other}); remove the document first, or use a graph of its own"
                )
        new = with_homonyms(self._backend.match, document, graph, new)
        change = replace_document(self._backend.match, graph, new)
        if not (change.delete or change.insert):
            return False
        self._backend.change(*change)
        return True

    def remove(self, document: str) -> int:
        """Take out the documents with this key, id or URL; return how many there were.

        Sources that no other document mentions go with them, and all links across documents:
        `relink` infers these anew.
        """
        self._require_writable()
        graphs = self._document_graphs(document)
        for graph in graphs:
            self._backend.change(*replace_document(self._backend.match, graph, []))
        self.save()
        return len(graphs)

    def _document_graphs(self, document: str) -> list[URIRef]:
        match = self._backend.match
        return [
            URIRef(str(graph))
            for iri in documents_called(match, document)
            for graph, *_ in list(match(None, PROV.wasDerivedFrom, iri, PROVENANCE_GRAPH))
        ]

    def import_(self, path: Path | str) -> int:
        """Add the quads of a TriG, N-Quads, Turtle or JSON-LD file.

        Documents are added or replaced as `add` does, and everything else is added to what is
        there. Returns how many documents are new or changed. Raises StoreError when the file
        cannot be read.
        """
        self._require_writable()
        found = into_graphs(parse_file(Path(path)))
        by_graph: defaultdict[URIRef | None, list[Quad]] = defaultdict(list)
        for quad in found:
            by_graph[quad[3]].append(quad)
        provenance = by_graph.pop(PROVENANCE_GRAPH, [])
        written = 0
        for document, graph in document_graphs(provenance).items():
            quads_ = by_graph.pop(graph, [])
            own = provenance_of(provenance, graph)
            written += self._put(document, graph, [*quads_, *global_source_quads(quads_), *own])
        self._backend.change(*merge_sources(self._backend.match, by_graph.pop(SOURCES_GRAPH, [])))
        self._backend.change([], [quad for rest in by_graph.values() for quad in rest])
        self.save()
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
        self.save()
        return counts

    def documents(self) -> tuple[DocumentEntry, ...]:
        """Return what documents the graph holds, by title, date and key."""
        return document_entries(self.dataset)

    def query(self, sparql: str, /, **parameters: object) -> Result:
        """Run a SPARQL query; its prefixes are bound, and `parameters` give variables values.

        A parameter is a Python value or an `rdflib.URIRef`, and its variable stands in SELECT.
        Raises QueryError, with the line, when the query is wrong or would change the data.
        """
        bindings = {name: execution.term(value) for name, value in parameters.items()}
        return execution.run(self.dataset, sparql, bindings)

    def ask(self, name: str, /, **parameters: object) -> Result:
        """Answer a named question (`quoth.graph.list_queries`).

        Raises QueryError when there is none of that name or a parameter is wrong or missing.
        """
        query = named_query(name)
        bindings = query.bindings(parameters)
        return execution.run(self.dataset, query.text, bindings, hide=frozenset(bindings))

    def validate(self) -> Report:
        """Check the graph against the shapes of quoth's vocabulary (SHACL)."""
        from quoth.graph.validation import validate

        return validate(self.dataset)

    def export(self, format: str) -> str:
        """Return the whole graph as text: turtle, trig, nquads, jsonld, or csv (attributions).

        The same content gives the same text. Turtle holds the union of the named graphs. Raises
        StoreError when the format is unknown.
        """
        self._require_open()
        if format == "csv":
            return self.ask("attributions").to_csv()
        if format not in FORMATS:
            names = ", ".join([*FORMATS, "csv"])
            raise StoreError(f"no export format called {format!r}; there are {names}")
        return serialize(self._backend.match(), format).decode()

    def stats(self) -> Statistics:
        """Count what the graph holds."""
        return statistics(self.dataset)

    def network(self) -> nx.MultiDiGraph[str]:
        """Return who said what of whom, as a graph for networkx."""
        from quoth.graph.network import network

        return network(self.dataset)

    def draw(self) -> Drawing:
        """Return the network as a picture that shows itself in a notebook."""
        from quoth.graph.drawing import draw

        return draw(self.dataset)

    def save(self) -> None:
        """Make sure that what was added outlives the process."""
        self._require_open()
        if not self._read_only:
            self._backend.save()

    def close(self) -> None:
        """Save, and let go of the file or folder. Closing twice does nothing."""
        if self._closed:
            return
        try:
            self.save()
        finally:
            self._closed = True
            self._backend.close()

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self._backend.where}: the graph is closed; open it again")

    def _require_writable(self) -> None:
        self._require_open()
        if self._read_only:
            raise StoreError(f"{self._backend.where}: was opened read-only; nothing was changed")
