"""Quads in a SPARQL 1.1 endpoint: any triple store with queries and updates over HTTP.

The endpoint's default graph must be the union of its named graphs, as the questions take it. A
change to a document is one update request, which servers apply whole or not at all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.term import Node

from quoth.graph.backends import new_dataset, unseen
from quoth.graph.endpoint_address import Endpoint
from quoth.graph.endpoint_client import EndpointClient
from quoth.graph.endpoint_store import EndpointStore
from quoth.graph.errors import StoreError
from quoth.graph.packing import ox_quads_of
from quoth.graph.sparql_data import insertion, replacement
from quoth.graph.terms import Quad, from_ox, to_ox_pattern

if TYPE_CHECKING:
    from pathlib import Path

_IS_UNION = """
SELECT ?named ?union WHERE {
  { SELECT (1 AS ?named) WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1 }
  OPTIONAL { SELECT (1 AS ?union) WHERE { ?s ?p ?o } LIMIT 1 }
}"""


class EndpointBackend:
    """Quads in a SPARQL endpoint; raises StoreError when it cannot be asked."""

    is_shared = True
    loads_aside = False
    spare: "Path | None" = None

    def __init__(self, endpoint: Endpoint, *, read_only: bool) -> None:
        self.where = endpoint.name
        self.read_only = read_only
        self._client = EndpointClient(endpoint)
        store = EndpointStore(self._client)
        self._quads = store.quads
        self._is_union = False
        try:
            self._require_union()
        except BaseException:
            self._client.close()
            raise
        self.dataset = new_dataset(store)

    def _require_union(self) -> None:
        """Raise StoreError where the default graph is seen not to be the union of all."""
        for named, union in self._quads.rows(_IS_UNION):
            self._is_union = union is not None
            if named is not None and union is None:
                raise StoreError(
                    f"{self.where}: its default graph does not show the named graphs, which quoth "
                    "writes; set the server so (oxigraph serve --union-default-graph, Fuseki "
                    "tdb2:unionDefaultGraph true)"
                )

    def match(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches all."""
        pattern = to_ox_pattern(subject, predicate, object, graph)
        yield from from_ox(self._quads.quads_for_pattern(*pattern))

    def change(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Delete and insert by one update request."""
        if delete or insert:
            self._update(replacement(delete, insert))

    def load(self, content: bytes, graphs: Iterable[URIRef]) -> None:
        """Insert many quads, N-Quads that stand in `graphs`, by one update request."""
        if quads := [*ox_quads_of(content)]:
            self._update(insertion(quads))

    def _update(self, sparql: str) -> None:
        self._client.update(sparql)
        if not self._is_union:
            # An empty store could not tell before.
            self._require_union()

    def save(self, *, wait: bool = True) -> None:
        """Do nothing: the server keeps what it has taken."""

    def close(self, on_step: Callable[[], object] = unseen) -> None:
        """Close the connections."""
        self.dataset.close()
