"""Changes, as the one worker that may write makes them, and single graphs, as any reads them.

SPARQL 1.1 Update and the Graph Store Protocol. Every change is one update of the store, which
happens whole or not at all, also when the worker is killed in the middle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from quoth.graph import execution
from quoth.graph.damage import damage_told
from quoth.graph.errors import QueryError
from quoth.graph.server.answers import dump, named_node
from quoth.graph.server.messages import TEXT, Reply, problem
from quoth.graph.server.negotiation import DATASETS, TRIPLES, choose, content_type
from quoth.graph.server.opening import NAMELESS

if TYPE_CHECKING:
    from quoth.graph.server.messages import Request
    from quoth.graph.server.opening import OpenGraph

PARSED = {
    media_type: rdf_format
    for media_type, rdf_format in TRIPLES.items()
    if media_type not in ("application/trig", "application/n-quads")
}
"""The media types in which a graph may be sent."""

_LOAD = re.compile(
    rf"LOAD{execution.GAP}(?:SILENT{execution.GAP})?{execution.IRI}{execution.GAP}(?:INTO|;|\Z)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\[|_:|\bBNODE\b", re.IGNORECASE)


def update(graph: OpenGraph, request: Request) -> Reply:
    """Run the SPARQL Update in the request's body.

    Raises QueryError when it is wrong, calls another machine, or would make blank nodes.
    """
    sparql = request.body.decode()
    execution.check_text(sparql)
    execution.check_reach(sparql)
    if _LOAD.search(sparql):
        raise QueryError("LOAD is not supported: send the file by PUT or POST to /store")
    if _BLANK.search(execution.keywords(sparql)):
        raise QueryError(NAMELESS)
    try:
        graph.update(sparql)
    except SyntaxError as error:
        raise QueryError(f"the update is no SPARQL: {error}") from None
    except RuntimeError as error:
        with damage_told(graph.where):
            raise
        raise QueryError(f"the update failed: {error}") from None
    return Reply(204, TEXT)


def get_graph(graph: OpenGraph, request: Request) -> Reply:
    """Write the graph that `graph` names (an IRI, or None for the default one), or ``whole``.

    404 where there is no such named graph. Raises QueryError for what is no IRI.
    """
    accept = request.options.get("accept")
    if request.options.get("whole"):
        media_type = choose(accept, DATASETS)
        with damage_told(graph.where):
            body = dump(graph.store, DATASETS[media_type])
        return Reply(200, content_type(media_type), body)
    name = _graph_name(request)
    if not _exists(graph, name):
        return problem(404, f"there is no graph <{request.options['graph']}>")
    media_type = choose(accept, PARSED)
    with damage_told(graph.where):
        quads = graph.store.quads_for_pattern(None, None, None, name)
        body = dump((quad.triple for quad in quads), PARSED[media_type])
    return Reply(200, content_type(media_type), body, {"Vary": "Accept"})


def put_graph(graph: OpenGraph, request: Request) -> Reply:
    """Make the graph hold what the body does, in the format `media_type`.

    201 where it is new, else 204. Raises QueryError when the body breaks its format's grammar.
    """
    name = _graph_name(request)
    existed = _exists(graph, name)
    graph.update(f"{_drop(name)};\n{_insert(name, _triples(request))}")
    return Reply(204 if existed else 201, TEXT)


def post_graph(graph: OpenGraph, request: Request) -> Reply:
    """Add what the body holds to the graph; else as `put_graph`."""
    name = _graph_name(request)
    existed = _exists(graph, name)
    graph.update(_insert(name, _triples(request)))
    return Reply(204 if existed else 201, TEXT)


def delete_graph(graph: OpenGraph, request: Request) -> Reply:
    """Take the graph out; 404 where there is none."""
    name = _graph_name(request)
    if not _exists(graph, name):
        return problem(404, f"there is no graph <{request.options['graph']}>")
    graph.update(_drop(name))
    return Reply(204, TEXT)


_Name = ox.NamedNode | ox.DefaultGraph


def _graph_name(request: Request) -> _Name:
    name = request.options["graph"]
    return ox.DefaultGraph() if name is None else named_node(name)


def _exists(graph: OpenGraph, name: _Name) -> bool:
    return isinstance(name, ox.DefaultGraph) or graph.store.contains_named_graph(name)


def _drop(name: _Name) -> str:
    return "DROP DEFAULT" if isinstance(name, ox.DefaultGraph) else f"DROP SILENT GRAPH {name}"


def _insert(name: _Name, triples: list[ox.Triple]) -> str:
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    if isinstance(name, ox.DefaultGraph):
        return f"INSERT DATA {{ {data.decode()} }}"
    # The graph is made even where nothing goes into it.
    return f"CREATE SILENT GRAPH {name};\nINSERT DATA {{ GRAPH {name} {{ {data.decode()} }} }}"


def _triples(request: Request) -> list[ox.Triple]:
    media_type = request.options["media_type"]
    try:
        quads = list(
            ox.parse(
                request.body,
                format=PARSED[media_type],
                base_iri=request.options["graph"],
                without_named_graphs=True,
            )
        )
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the body is no valid {media_type}: {error}") from None
    for quad in quads:
        if any(isinstance(t, ox.BlankNode | ox.Triple) for t in (quad.subject, quad.object)):
            raise QueryError(NAMELESS)
    return [quad.triple for quad in quads]
