"""Networks of one kind each, for networkx: who tells, names, relays or denies whom, and what with.

`NetworkKind` says what there is; `network_of` makes one of the attributions that `Facts` hold.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
from rdflib import DCTERMS

from quoth.graph.errors import QueryError
from quoth.graph.network import EdgeKind, add_sources, links, source_network
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quoth.graph.facts import Facts


class NetworkKind(StrEnum):
    """What a network is made of: its nodes, and what an edge means."""

    SOURCES = "sources"
    """Sources, and every kind of edge between them (`quoth.graph.network.network`)."""
    TOLD = "told"
    """Source to addressee: it said something to the other."""
    ABOUT = "about"
    """Source to source spoken of: a claim of the one mentions the other."""
    CHAIN = "chain"
    """Relay to source relayed: it reports what the other says."""
    DENIAL = "denial"
    """Source to source answered: it denies or disputes a claim of the other."""
    CO_CITATION = "co-citation"
    """Sources quoted in the same document; undirected."""
    CLAIMS = "claims"
    """Sources and the claims they make; bipartite."""
    DOCUMENTS = "documents"
    """Sources and the documents that quote them; bipartite."""


_EDGES = {
    NetworkKind.TOLD: (EdgeKind.TOLD,),
    NetworkKind.ABOUT: (EdgeKind.TALKS_ABOUT,),
    NetworkKind.CHAIN: (EdgeKind.RELAYS,),
    NetworkKind.DENIAL: (EdgeKind.DENIES, EdgeKind.DISPUTES),
}


def network_of(facts: Facts, kind: str = NetworkKind.SOURCES) -> nx.Graph[str]:
    """Return the network of this kind (a `NetworkKind`) of the attributions that `facts` hold.

    ``sources`` is a MultiDiGraph as `quoth.graph.network.network` describes it; ``told``,
    ``about``, ``chain`` and ``denial`` are DiGraphs, the others Graphs. A node's id is an IRI. All
    have the attributes of that network, and these besides:

    - the graph: ``kind``;
    - every node: ``node`` (source, claim or document);
    - edges: ``documents``, those of its attributions (IRIs, a sorted tuple), and ``first`` and
      ``last``, the days (``YYYY-MM-DD``) on which the earliest and the latest of these was
      published, absent where none has a date;
    - ``denial``: edges have ``denies`` and ``disputes``, attributions of each sort; ``kind`` is
      «denies» where there is any denial;
    - ``co-citation``: an edge's ``weight`` is the number of its ``documents``, of which copies
      of one text count as one, its origin. It has no attributions of its own;
    - ``claims`` and ``documents``: ``bipartite`` is 0 for sources, 1 for what they make or are
      quoted in. Claims of one cluster are one node, the cluster, with their IRIs in ``claims``;
      the ``label`` of a claim is its words, of a cluster those of its first claim. A document's
      is its title; it has ``date`` and ``publisher`` where they are known, and ``copy_of``.

    Only nodes with an edge are in a network other than ``sources``. Nodes and edges stand in the
    order of their IRIs. Raises QueryError when there is no such kind.
    """
    try:
        kind = NetworkKind(kind)
    except ValueError:
        known = ", ".join(NetworkKind)
        raise QueryError(f"no kind of network is called {kind!r}; there are {known}") from None
    graph = _made(facts, kind)
    graph.graph["kind"] = kind.value
    for node in graph.nodes.values():
        node.setdefault("node", "source")
    return graph


def _made(facts: Facts, kind: NetworkKind) -> nx.Graph[str]:
    if kind in _EDGES:
        return _directed(facts, _EDGES[kind])
    if kind is NetworkKind.CO_CITATION:
        return _co_citation(facts)
    if kind is NetworkKind.CLAIMS:
        return _with_claims(facts)
    if kind is NetworkKind.DOCUMENTS:
        return _with_documents(facts)
    return source_network(facts)


def _directed(facts: Facts, kinds: tuple[EdgeKind, ...]) -> nx.DiGraph[str]:
    edges: defaultdict[tuple[str, str], dict[EdgeKind, set[str]]] = defaultdict(
        lambda: {kind: set() for kind in kinds}
    )
    for kind in kinds:
        for origin, target, attribution in links(facts, kind):
            edges[origin, target][kind].add(attribution)
    graph: nx.DiGraph[str] = nx.DiGraph()
    add_sources(graph, facts, {end for edge in edges for end in edge})
    for origin, target in sorted(edges):
        by_kind = edges[origin, target]
        counts = {kind.value: len(found) for kind, found in by_kind.items()}
        graph.add_edge(
            origin,
            target,
            kind=next(name for name, count in counts.items() if count),
            **_account(facts, set().union(*by_kind.values())),
            **(counts if len(kinds) > 1 else {}),
        )
    return graph


def _co_citation(facts: Facts) -> nx.Graph[str]:
    quoted: defaultdict[str, set[str]] = defaultdict(set)
    for attribution, sources in facts.sources.items():
        for document in facts.whole.origins(facts.whole.places([attribution])):
            quoted[document].update(sources)
    shared: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for document, together in quoted.items():
        for pair in combinations(sorted(together), 2):
            shared[pair].add(document)
    graph: nx.Graph[str] = nx.Graph()
    add_sources(graph, facts, {end for pair in shared for end in pair})
    for one, other in sorted(shared):
        documents = tuple(sorted(shared[one, other]))
        graph.add_edge(
            one,
            other,
            kind="quoted with",
            weight=len(documents),
            documents=documents,
            **_span(facts, documents),
        )
    return graph


def _with_claims(facts: Facts) -> nx.Graph[str]:
    clusters = facts.whole.columns[SAID.inCluster]
    members: defaultdict[str, set[str]] = defaultdict(set)
    makers: defaultdict[str, set[str]] = defaultdict(set)
    for attribution in facts.sources:
        for claim in facts.whole.claims.get(attribution, ()):
            node = clusters.get(claim, (claim,))[0]
            members[node].add(claim)
            makers[node].add(attribution)
    graph = _bipartite(facts, makers, "makes")
    texts = facts.whole.columns[SAID.text]
    for node, claims in members.items():
        ordered = sorted(claims, key=lambda claim: _first_told(facts, claim))
        graph.nodes[node].update(
            node="claim",
            label=texts.get(ordered[0], ordered)[0],
            claims=tuple(sorted(claims)),
        )
    return graph


def _first_told(facts: Facts, claim: str) -> tuple[str, str]:
    """Return what to sort the claims of a cluster by: the day of the document, then the IRI."""
    documents = facts.whole.columns.of(SAID.Claim, SAID.inDocument).get(claim, ())
    return _span(facts, documents).get("first", "9999-12-31"), claim


def _with_documents(facts: Facts) -> nx.Graph[str]:
    quoting: defaultdict[str, set[str]] = defaultdict(set)
    for attribution in facts.sources:
        for document in facts.whole.places([attribution]):
            quoting[document].add(attribution)
    graph = _bipartite(facts, quoting, "quoted in")
    columns = facts.whole.columns
    titles, names = columns[str(DCTERMS.title)], columns[str(DCTERMS.identifier)]
    for document in quoting:
        known = {
            "date": _span(facts, [document]).get("first"),
            "publisher": facts.whole.outlets.get(document),
            "copy_of": next(iter(columns[SAID.copyOf].get(document, ())), None),
        }
        graph.nodes[document].update(
            node="document",
            label=titles.get(document, names.get(document, (document,)))[0],
            **{name: value for name, value in known.items() if value is not None},
        )
    return graph


def _bipartite(facts: Facts, behind: dict[str, set[str]], kind: str) -> nx.Graph[str]:
    """Return sources and the nodes of `behind`, joined by the attributions behind these."""
    edges: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for node, attributions in behind.items():
        for attribution in attributions:
            for source in facts.sources[attribution]:
                edges[source, node].add(attribution)
    graph: nx.Graph[str] = nx.Graph()
    add_sources(graph, facts, {source for source, _ in edges})
    for attributes in graph.nodes.values():
        attributes["bipartite"] = 0
    for node in sorted(behind):
        account = facts.whole.account(behind[node])
        graph.add_node(node, bipartite=1, **account, documents=facts.whole.places(behind[node]))
    for source, node in sorted(edges):
        graph.add_edge(source, node, kind=kind, **_account(facts, edges[source, node]))
    return graph


def _account(facts: Facts, attributions: Iterable[str]) -> dict[str, object]:
    account = facts.whole.account(attributions)
    documents = facts.whole.places(attributions)
    return {**account, "documents": documents, **_span(facts, documents)}


def _span(facts: Facts, documents: Iterable[str]) -> dict[str, str]:
    """Return the first and the last day on which one of `documents` was published."""
    days = sorted(
        facts.whole.days[document] for document in documents if document in facts.whole.days
    )
    return {"first": days[0].isoformat(), "last": days[-1].isoformat()} if days else {}
