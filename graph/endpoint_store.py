"""A SPARQL endpoint for rdflib: what oxrdflib asks of Oxigraph, the endpoint is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Graph, Variable
from rdflib.query import Result
from rdflib.term import Identifier

from quoth.graph.sparql_data import data, insertion
from quoth.graph.substitution import with_values
from quoth.graph.terms import from_ox_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quoth.graph.endpoint_client import EndpointClient

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class EndpointQuads:
    """The quads of an endpoint, with those methods of `pyoxigraph.Store` that oxrdflib calls."""

    def __init__(self, client: EndpointClient) -> None:
        self._client = client

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        object: Term | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that match; None matches all."""
        terms = {"s": subject, "p": predicate, "o": object}
        if isinstance(graph_name, ox.NamedNode) and not any(terms.values()):
            found = self._client.graph(graph_name)
            if found is not None:
                for quad in found:
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, graph_name)
                return
        triple = " ".join(f"?{name}" if term is None else str(term) for name, term in terms.items())
        default = f"{triple} FILTER NOT EXISTS {{ GRAPH ?other {{ {triple} }} }}"
        if isinstance(graph_name, ox.DefaultGraph):
            where = default
        elif graph_name is not None:
            where = f"GRAPH {graph_name} {{ {triple} }}"
        else:
            where = f"{{ GRAPH ?g {{ {triple} }} }} UNION {{ {default} }}"
        for row in self.rows(f"SELECT ?s ?p ?o ?g WHERE {{ {where} }}"):
            s, p, o, g = row
            yield ox.Quad(
                subject or s,  # type: ignore[arg-type]
                predicate or p,  # type: ignore[arg-type]
                object or o,  # type: ignore[arg-type]
                graph_name or g or ox.DefaultGraph(),  # type: ignore[arg-type]
            )

    def rows(self, sparql: str) -> Iterator[Sequence[Term | None]]:
        """Yield the rows of a SELECT query."""
        for row in self._client.select(sparql):  # type: ignore[union-attr]
            yield list(row)

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """Yield the names of the graphs that hold something."""
        for (name,) in self.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"):
            assert isinstance(name, ox.NamedNode)
            yield name

    def add(self, quad: ox.Quad) -> None:
        """Insert a quad."""
        self.extend([quad])

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Insert quads by one update."""
        if found := list(quads):
            self._client.update(insertion(found))

    def remove(self, quad: ox.Quad) -> None:
        """Delete a quad."""
        self._client.update(f"DELETE DATA {{ {data([quad])} }}")

    def remove_graph(self, name: ox.NamedNode | ox.DefaultGraph) -> None:
        """Delete a graph."""
        which = "DEFAULT" if isinstance(name, ox.DefaultGraph) else f"GRAPH {name}"
        self._client.update(f"DROP SILENT {which}")

    def add_graph(self, name: ox.NamedNode) -> None:
        """Do nothing: a graph is there when it holds something."""

    def update(self, sparql: str, prefixes: Mapping[str, str] | None = None) -> None:
        """Run an update."""
        self._client.update(_declare(prefixes or {}) + sparql)


class EndpointStore(OxigraphStore):
    """The store of an endpoint for rdflib: queries run there, and nothing is kept here."""

    def __init__(self, client: EndpointClient) -> None:
        super().__init__()
        self._client = client
        self.quads = EndpointQuads(client)

    @property
    def _inner(self) -> Any:
        return self.quads

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Close the connections."""
        self._client.close()

    def __len__(self, context: Graph | None = None) -> int:
        where = "?s ?p ?o" if context is None else f"GRAPH <{context.identifier}> {{ ?s ?p ?o }}"
        ((count,),) = self.quads.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}")
        assert isinstance(count, ox.Literal)
        return int(count.value)

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's name
        initBindings: Mapping[str, Identifier],  # noqa: N803 - rdflib's name
        queryGraph: str,  # noqa: N803 - rdflib's name
        **kwargs: object,
    ) -> Result:
        """Answer a query, a text, over the endpoint's default graph."""
        if not isinstance(query, str) or kwargs:
            raise NotImplementedError("an endpoint takes the text of a query alone")
        prefixes = {name: str(iri) for name, iri in dict(self.namespaces(), **initNs).items()}
        # Asked of no data, Oxigraph tells which form of query it is.
        form = ox.Store().query(query, prefixes=prefixes)
        text = _declare(prefixes) + with_values(query, initBindings)
        if isinstance(form, ox.QueryTriples):
            answer = Result("CONSTRUCT")
            answer.graph = Graph()
            for triple in self._client.construct(text):
                s, p, o = map(from_ox_term, (triple.subject, triple.predicate, triple.object))
                answer.graph.add((s, p, o))
            return answer
        found = self._client.select(text)
        if isinstance(found, ox.QueryBoolean):
            answer = Result("ASK")
            answer.askAnswer = bool(found)
            return answer
        answer = Result("SELECT")
        answer.vars = [Variable(variable.value) for variable in found.variables]
        answer.bindings = [
            {
                variable: value
                for variable, term in zip(answer.vars, row, strict=True)
                if term is not None and isinstance(value := from_ox_term(term), Identifier)
            }
            for row in found
        ]
        return answer


def _declare(prefixes: Mapping[str, str]) -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
