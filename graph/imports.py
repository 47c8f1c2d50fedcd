"""Quads read from a file, sorted into the graphs they belong to."""

import re
from collections.abc import Iterable

from rdflib import PROV, URIRef
from rdflib.term import Node

from quoth.graph.sources import is_global
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import ID, LINKS_GRAPH, PROVENANCE_GRAPH, SAID, SOURCES_GRAPH

_OF_DOCUMENT = re.compile(
    re.escape(str(ID))
    + "(?:doc|att|own|claim|prop|link|local|voice|description)"
    + "-(?P<document>[0-9a-f]{20})(?![0-9a-f])"
)
_PROVENANCE = tuple(ID[kind] for kind in ("graph-", "run-", "extractor-"))


def into_graphs(quads: Iterable[Quad]) -> list[Quad]:
    """Return `quads` with those of the default graph put where the graph policy has them.

    Turtle has no named graphs, but the IRI of a subject tells its document, and the provenance
    tells the document's graph. What is none of quoth's stays in the default graph.
    """
    quads = list(quads)
    graphs = document_graphs(quads)
    return [
        quad if quad[3] is not None else (*quad[:3], _graph_of(quad[0], quad[1], graphs))
        for quad in quads
    ]


def document_graphs(quads: Iterable[Quad]) -> dict[Node, URIRef]:
    """Return, by document, the name of the graph that the provenance among `quads` gives it."""
    return {
        document: graph
        for graph, predicate, document, _ in quads
        if predicate == PROV.wasDerivedFrom and isinstance(graph, URIRef)
    }


def _graph_of(subject: Node, predicate: Node, graphs: dict[Node, URIRef]) -> URIRef | None:
    if predicate == SAID.inCluster:
        return LINKS_GRAPH
    if is_global(subject):
        return SOURCES_GRAPH
    if str(subject).startswith(_PROVENANCE) or predicate == PROV.wasRevisionOf:
        return PROVENANCE_GRAPH
    if match := _OF_DOCUMENT.match(str(subject)):
        if predicate == SAID.textHash and subject not in graphs:
            return PROVENANCE_GRAPH  # of an earlier version
        return graphs.get(ID[f"doc-{match['document']}"])
    return None
