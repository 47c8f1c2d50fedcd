"""The who-said-what network: which source tells, mentions, relays, denies or confirms which other.

`quoth.graph.networks` has the other kinds, each of one edge alone.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from quoth.extractors.values import LinkType
from quoth.graph.facts import Facts, read_facts
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib import Dataset

    from quoth.graph.whole import Whole


class EdgeKind(StrEnum):
    """How an edge leads from a source to another."""

    TOLD = "told"
    TALKS_ABOUT = "talks about"
    RELAYS = "relays"
    DENIES = "denies"
    DISPUTES = "disputes"
    CONFIRMS = "confirms"


ANSWERS = {
    EdgeKind.DENIES: LinkType.DENIES,
    EdgeKind.DISPUTES: LinkType.DISPUTES,
    EdgeKind.CONFIRMS: LinkType.CONFIRMS,
}
"""The edges that answer a claim."""


class _Edge(NamedTuple):
    origin: str
    target: str
    kind: EdgeKind


def network(dataset: Dataset) -> nx.MultiDiGraph[str]:
    """Return the network of the sources in `dataset`, whose default graph is the union.

    Sentences in the document's own voice are left out. Every source that something is attributed
    to, that is told something or that a claim mentions is a node; its id is its IRI, as a plain
    string. An edge's key is its `EdgeKind`, so two sources have at most one edge of a kind in each
    direction:

    ========== ===============================================================================
    told       the source said it to the other
    talks about a claim of the source mentions the other
    relays     the source reports what the other says (the other's attribution is nested in it)
    denies     the source denies, disputes or confirms a claim of the other
    disputes
    confirms
    ========== ===============================================================================

    Sources merged across documents (``said:canonical``) are one node.

    Nodes and edges carry the same account of the attributions behind them, those *by* the node
    or by the edge's origin: ``weight`` (how many), ``attributions`` (their IRIs, a sorted tuple)
    and one count for each `Stance` (``committed``, ``rejecting``, ``uncommitted``, ``unknown``;
    they sum to the weight). A node has besides ``label`` (its IRI where the graph has none),
    ``type`` (a `SourceType`), ``anonymity`` (an `Anonymity`) and ``documents`` (the IRIs of the
    documents it speaks in, a sorted tuple); an edge has besides ``kind``. The graph itself has
    ``attributions`` and ``documents``: how many there are in all.

    Nodes stand in the order of their IRIs, edges in that of their ends and kinds, so the same
    content gives the same order.
    """
    return source_network(read_facts(dataset))


def source_network(facts: Facts) -> nx.MultiDiGraph[str]:
    """Return the network of some attributions, as `network` describes it."""
    edges: defaultdict[_Edge, set[str]] = defaultdict(set)
    for kind in EdgeKind:
        for origin, target, attribution in links(facts, kind):
            edges[_Edge(origin, target, kind)].add(attribution)
    ends = {end for edge in edges for end in (edge.origin, edge.target)}

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        attributions=len(facts.sources),
        documents=len(facts.whole.places(facts.sources)),
    )
    add_sources(graph, facts, ends, silent=True)
    for edge in sorted(edges):
        graph.add_edge(
            edge.origin,
            edge.target,
            key=edge.kind.value,
            kind=edge.kind.value,
            **facts.whole.account(edges[edge]),
        )
    return graph


def add_sources(
    graph: nx.Graph[str], facts: Facts, sources: Iterable[str], *, silent: bool = False
) -> None:
    """Add `sources` to `graph` with the attributes that `network` describes, sorted by IRI.

    With `silent` those are added, too, that speak and have no edge.
    """
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for attribution, speakers in facts.sources.items():
        for source in speakers:
            spoken[source].add(attribution)
    for node in sorted({*sources, *(spoken if silent else ())}):
        own = spoken.get(node, set())
        graph.add_node(
            node,
            **facts.whole.describe(node),
            **facts.whole.account(own),
            documents=facts.whole.places(own),
        )


def links(facts: Facts, kind: EdgeKind) -> Iterator[tuple[str, str, str]]:
    """Yield origin and target of an edge of this kind with an attribution that it rests on.

    Each comes once for every such attribution.
    """
    reached = _reached(facts.whole, kind)
    for attribution, origins in facts.sources.items():
        for other in reached(attribution):
            for origin in origins:
                yield origin, other, attribution


def _reached(whole: Whole, kind: EdgeKind) -> Callable[[str], Iterable[str]]:
    """Return what tells whom an attribution reaches by an edge of this kind."""
    if kind is EdgeKind.TOLD:
        addressees = whole.merged(SAID.addressee)
        return lambda attribution: addressees.get(attribution, ())
    if kind is EdgeKind.RELAYS:
        return lambda attribution: whole.relayed.get(attribution, ())
    onward: Mapping[str, Iterable[str]] = whole.speakers
    through = whole.claims
    if kind is EdgeKind.TALKS_ABOUT:
        onward = whole.merged(SAID.about)
    else:
        through = whole.columns[SAID[ANSWERS[kind].value]]
    return lambda attribution: {
        source for claim in through.get(attribution, ()) for source in onward.get(claim, ())
    }


def by_attributions(item: tuple[str, Mapping[str, Any]]) -> tuple[int, str, str]:
    """Return what to sort an (IRI, attributes) pair of a node by: most attributions first."""
    iri, node = item
    return -node["weight"], node["label"], iri


def most_quoted(network: nx.MultiDiGraph[str], *, nodes: int, edges: int) -> nx.MultiDiGraph[str]:
    """Return the part of `network` with the most attributions, in the same order.

    It has at most `nodes` nodes and, of the edges between these, at most `edges`.
    """
    kept = {iri for iri, _ in sorted(network.nodes.items(), key=by_attributions)[:nodes]}
    between = [
        (origin, target, edge)
        for origin, target, edge in network.edges(data=True)
        if origin in kept and target in kept
    ]
    between.sort(key=lambda edge: -edge[2]["weight"])
    heaviest = {(origin, target, edge["kind"]) for origin, target, edge in between[:edges]}
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network.graph)
    part.add_nodes_from((iri, node) for iri, node in network.nodes.items() if iri in kept)
    for origin, target, kind in sorted(heaviest):
        part.add_edge(origin, target, key=kind, **network.edges[origin, target, kind])
    return part
