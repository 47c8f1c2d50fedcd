"""Quads read from a file, sorted into the graphs they belong to."""

import re
from collections.abc import Iterable

from rdflib import PROV, SKOS, URIRef
from rdflib.term import Node

from quoth.graph.sources import is_global
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import (
    ALIASES_GRAPH,
    ID,
    LINKS_GRAPH,
    PROVENANCE_GRAPH,
    SAID,
    SOURCES_GRAPH,
)

_OF_DOCUMENT = re.compile(
    re.escape(str(ID))
    + "(?:doc|att|own|claim|prop|link|local|voice|description)"
    + "-(?P<document>[0-9a-f]{20})(?![0-9a-f])"
)
_OF_LINKS = frozenset((SAID.inCluster, SAID.canonical, SAID.copyOf))
_OF_ALIASES = frozenset((SAID.mergedWith, SAID.keptApartFrom, SAID.alsoCalled, SKOS.exactMatch))
_LINKS = tuple(ID[kind] for kind in ("cluster-", "same-", "link-across-"))
_RESPONSES = frozenset((SAID.denies, SAID.disputes, SAID.confirms, SAID.couldNotVerify))
_PROVENANCE = tuple(ID[kind] for kind in ("graph-", "run-", "extractor-"))


def into_graphs(quads: Iterable[Quad]) -> list[Quad]:
    """Return `quads` with those of the default graph put where the graph policy has them.

    Turtle has no named graphs, but the IRI of a subject tells its document, and the provenance
    tells the document's graph. What is none of quoth's stays in the default graph.
    """
    quads = list(quads)
    graphs = document_graphs(quads)
    named = {(quad[0], quad[2]) for quad in quads if quad[1] == SAID.alsoCalled}
    return [
        quad if quad[3] is not None else (*quad[:3], _graph_of(quad, graphs, named))
        for quad in quads
    ]


def document_graphs(quads: Iterable[Quad]) -> dict[Node, URIRef]:
    """Return, by document, the name of the graph that the provenance among `quads` gives it."""
    return {
        document: graph
        for graph, predicate, document, _ in quads
        if predicate == PROV.wasDerivedFrom and isinstance(graph, URIRef)
    }


def _graph_of(
    quad: Quad, graphs: dict[Node, URIRef], named: set[tuple[Node, Node]]
) -> URIRef | None:
    """Return the graph of a triple; `named` are sources with the names that users give them."""
    subject, predicate, object_, _ = quad
    if predicate in _OF_ALIASES or str(subject).startswith(ID["homonym-"]):
        return ALIASES_GRAPH
    document = _document_of_part(subject)
    is_across = predicate in _RESPONSES and _document_of_part(object_) != document
    is_given = predicate == SKOS.altLabel and (subject, object_) in named
    if predicate in _OF_LINKS or str(subject).startswith(_LINKS) or is_across or is_given:
        return LINKS_GRAPH
    if is_global(subject):
        return SOURCES_GRAPH
    if str(subject).startswith(_PROVENANCE) or predicate == PROV.wasRevisionOf:
        return PROVENANCE_GRAPH
    if predicate == SAID.textHash and subject not in graphs:
        return PROVENANCE_GRAPH  # of an earlier version
    return None if document is None else graphs.get(document)


def _document_of_part(iri: Node) -> URIRef | None:
    """Return the document that `iri` is, or that it is a part of."""
    match = _OF_DOCUMENT.match(str(iri))
    return ID[f"doc-{match['document']}"] if match else None
