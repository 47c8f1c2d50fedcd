"""What has to change in a graph for one document's graph to become another, or nothing.

The shared sources and the provenance change with it, so that a graph is a function of the
documents it holds and not of its history.
"""

from collections.abc import Iterable
from typing import NamedTuple

from rdflib import PROV, SKOS, URIRef
from rdflib.term import Node

from quoth.graph.sources import Match, contributions, global_source_quads, name_quads
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import LINKS_GRAPH, PROVENANCE_GRAPH, SOURCES_GRAPH


class Change(NamedTuple):
    """Quads to delete and quads to insert; both empty where all is as it should be."""

    delete: list[Quad]
    insert: list[Quad]


def replace_document(match: Match, graph: URIRef, new: Iterable[Quad]) -> Change:
    """Return what turns the document graph called `graph` into what `new` holds of it.

    `new` is what `quoth.graph.mapping.quads` gives, empty to take the document out; `match` reads
    the graph as it is. Links across documents go with a document that was there before, since
    they may speak of it.
    """
    new = list(new)
    old_document = list(match(None, None, None, graph))
    new_document = [quad for quad in new if quad[3] == graph]
    provenance = _replace_provenance(
        match, graph, [quad for quad in new if quad[3] == PROVENANCE_GRAPH]
    )
    document = difference(old_document, new_document)
    sources = _replace_sources(
        match,
        graph,
        global_source_quads(old_document),
        [quad for quad in new if quad[3] == SOURCES_GRAPH],
    )
    changes = [document, sources, provenance]
    if document.delete:
        changes.append(Change(list(match(None, None, None, LINKS_GRAPH)), []))
    return Change([q for c in changes for q in c.delete], [q for c in changes for q in c.insert])


def merge_sources(match: Match, statements: Iterable[Quad]) -> Change:
    """Return what adds `statements`, quads of the sources graph, to the names that are there."""
    statements = list(statements)
    current = _sources(match, {quad[0] for quad in statements})
    return difference(current, name_quads([*current, *statements]))


def difference(old: Iterable[Quad], new: Iterable[Quad]) -> Change:
    """Return what makes `new` of `old`."""
    old, new = dict.fromkeys(old), dict.fromkeys(new)
    return Change([q for q in old if q not in new], [q for q in new if q not in old])


def _replace_provenance(match: Match, graph: URIRef, new: Iterable[Quad]) -> Change:
    old = list(match(graph, None, None, PROVENANCE_GRAPH))
    shared: list[Quad] = []
    for run in [o for _, p, o, _ in old if p == PROV.wasGeneratedBy]:
        old += match(run, None, None, PROVENANCE_GRAPH)
        for _, _, software, _ in match(run, PROV.wasAssociatedWith, None, PROVENANCE_GRAPH):
            about = list(match(software, None, None, PROVENANCE_GRAPH))
            users = match(None, PROV.wasAssociatedWith, software, PROVENANCE_GRAPH)
            old += about
            shared += about if any(user != run for user, *_ in users) else []
    return difference(old, [*shared, *new])


def _replace_sources(
    match: Match, graph: URIRef, old: Iterable[Quad], new: Iterable[Quad]
) -> Change:
    old, new = _all_alternative(old), _all_alternative(new)
    current = _sources(match, {quad[0] for quad in (*old, *new)})
    wanted = _all_alternative(current)
    if lost := [quad for quad in old if quad not in new]:
        others = contributions(dict.fromkeys(quad[0] for quad in lost), match, leaving_out=graph)
        for quad in lost:
            wanted.pop(quad, None)
        wanted |= _all_alternative(others)
    return difference(current, name_quads(wanted | new))


def _sources(match: Match, iris: Iterable[Node]) -> list[Quad]:
    return [quad for iri in iris for quad in match(iri, None, None, SOURCES_GRAPH)]


def _all_alternative(statements: Iterable[Quad]) -> dict[Quad, None]:
    """Return `statements` with every prefLabel as altLabel: which name leads is decided anew."""
    return {
        (s, SKOS.altLabel if p == SKOS.prefLabel else p, o, g): None for s, p, o, g in statements
    }
