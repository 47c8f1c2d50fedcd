"""What has to change in a graph for documents' graphs to become others, or nothing.

The shared sources and the provenance change with it, so that a graph is a function of the
documents it holds and not of its history.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rdflib import PROV, SKOS, URIRef
from rdflib.term import Node

from quoth.graph.sources import Match, contributions, global_source_quads, name_quads
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import LINKS_GRAPH, PROVENANCE_GRAPH, SAID, SOURCES_GRAPH


class Change(NamedTuple):
    """Quads to delete and quads to insert; both empty where all is as it should be."""

    delete: list[Quad]
    insert: list[Quad]


def replace_documents(match: Match, new: Mapping[URIRef, Iterable[Quad]]) -> Change:
    """Return what turns each document graph that `new` names into what it holds of it.

    Its quads are what `quoth.graph.mapping.quads` gives, none to take the document out; `match`
    reads the graph as it is. What was inferred across documents from a graph that changes goes.
    """
    wanted = {graph: list(quads) for graph, quads in new.items()}
    old = {graph: list(match(None, None, None, graph)) for graph in wanted}
    documents = [
        difference(old[graph], [quad for quad in quads if quad[3] == graph])
        for graph, quads in wanted.items()
    ]
    provenance = _replace_provenance(
        match, wanted, [q for quads in wanted.values() for q in quads if q[3] == PROVENANCE_GRAPH]
    )
    sources = _replace_sources(
        match,
        frozenset(wanted),
        global_source_quads(quad for quads in old.values() for quad in quads),
        [quad for quads in wanted.values() for quad in quads if quad[3] == SOURCES_GRAPH],
    )
    changed = [old[graph] for graph, change in zip(wanted, documents, strict=True) if any(change)]
    links = _links_of(match, (quad[0] for quads in changed for quad in quads), sources)
    return _together([*documents, sources, provenance, Change(links, [])])


def _together(changes: Iterable[Change]) -> Change:
    """Return `changes` as one: what one deletes and another inserts stays."""
    changes = list(changes)
    insert = dict.fromkeys(quad for change in changes for quad in change.insert)
    delete = dict.fromkeys(quad for change in changes for quad in change.delete)
    return Change([q for q in delete if q not in insert], list(insert))


def _links_of(match: Match, nodes: Iterable[Node], sources: Change) -> list[Quad]:
    """Return the inferences across documents that `nodes` of changed documents take part in.

    Those about shared sources of which the change `sources` leaves nothing are among them.
    """
    if not any(True for _ in match(None, None, None, LINKS_GRAPH)):
        return []
    deleted = set(sources.delete)
    gone = {quad[0] for quad in deleted} - {quad[0] for quad in sources.insert}
    lost = [iri for iri in gone if deleted.issuperset(match(iri, None, None, SOURCES_GRAPH))]
    found: dict[Quad, None] = {}
    for node in dict.fromkeys([*nodes, *lost]):
        found |= dict.fromkeys(match(node, None, None, LINKS_GRAPH))
        for quad in match(None, None, node, LINKS_GRAPH):
            found[quad] = None
            if quad[1] in _LINK_ENDS:
                found |= dict.fromkeys(match(quad[0], None, None, LINKS_GRAPH))
    return list(found)


_LINK_ENDS = frozenset(
    (
        SAID.linkFrom,
        SAID.linkTo,
        SAID.linkToAttribution,
        SAID.linkEvidence,
        SAID.identityOf,
        SAID.identityWith,
    )
)
"""What ties a link to what it joins; without one of them it is none."""


def merge_sources(match: Match, statements: Iterable[Quad]) -> Change:
    """Return what adds `statements`, quads of the sources graph, to the names that are there."""
    statements = list(statements)
    current = _sources(match, {quad[0] for quad in statements})
    return difference(current, name_quads([*current, *statements]))


def difference(old: Iterable[Quad], new: Iterable[Quad]) -> Change:
    """Return what makes `new` of `old`."""
    old, new = dict.fromkeys(old), dict.fromkeys(new)
    return Change([q for q in old if q not in new], [q for q in new if q not in old])


def _replace_provenance(match: Match, graphs: Iterable[URIRef], new: Iterable[Quad]) -> Change:
    old = [quad for graph in graphs for quad in match(graph, None, None, PROVENANCE_GRAPH)]
    shared: list[Quad] = []
    runs = dict.fromkeys(o for _, p, o, _ in old if p == PROV.wasGeneratedBy)
    of_runs = [quad for run in runs for quad in match(run, None, None, PROVENANCE_GRAPH)]
    for software in dict.fromkeys(o for _, p, o, _ in of_runs if p == PROV.wasAssociatedWith):
        about = list(match(software, None, None, PROVENANCE_GRAPH))
        users = match(None, PROV.wasAssociatedWith, software, PROVENANCE_GRAPH)
        old += about
        shared += about if any(user not in runs for user, *_ in users) else []
    return difference([*old, *of_runs], [*shared, *new])


def _replace_sources(
    match: Match, graphs: frozenset[URIRef], old: Iterable[Quad], new: Iterable[Quad]
) -> Change:
    old, new = _all_alternative(old), _all_alternative(new)
    current = _sources(match, {quad[0] for quad in (*old, *new)})
    wanted = _all_alternative(current)
    if lost := [quad for quad in old if quad not in new]:
        others = contributions(dict.fromkeys(quad[0] for quad in lost), match, leaving_out=graphs)
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
