"""Measures of networks: who stands between others, who belongs together, which edges matter.

Functions of any networkx graph whose nodes can be sorted; the same graph gives the same answer.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import igraph  # type: ignore[import-untyped]  # ships no types
import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEED = 1
"""What the order of `communities` is drawn with, unless told otherwise."""


def betweenness(network: nx.Graph[str]) -> dict[str, float]:
    """Return how much each node stands between others, highest first, then by name.

    It is the part (0 to 1) of the shortest paths between all pairs of other nodes that lead
    through it, along edges' directions where they have any; weights and parallel edges do not
    count. In a network of kind ``chain``: through whose hands what others say comes. The time
    grows with nodes times edges.

    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40,
    35-41; computed after Brandes, U. (2001). A faster algorithm for betweenness centrality.
    Journal of Mathematical Sociology 25, 163-177.
    """
    names, graph = _numbered(network)
    size = len(names)
    pairs = (size - 1) * (size - 2) / (1 if network.is_directed() else 2)
    scores = graph.betweenness() if size else []
    found = {
        name: score / pairs if pairs > 0 else 0.0 for name, score in zip(names, scores, strict=True)
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def communities(
    network: nx.Graph[str], *, resolution: float = 1.0, seed: int = SEED
) -> list[tuple[str, ...]]:
    """Return groups of nodes with more weight between them than chance would give, largest first.

    Every node is in one group, alone if it has no edges; directions are left aside, and edges
    between the same two nodes are summed. A higher `resolution` makes more groups. The method is
    Louvain's greedy search for the highest modularity, which finds a good division and not
    always the best: another `seed` may give another one, so see whether yours is stable.

    Blondel, V. D., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast unfolding of
    communities in large networks. Journal of Statistical Mechanics P10008.
    """
    names, graph = _undirected(network)
    if not graph.size():
        return [(name,) for name in names]
    found = nx.community.louvain_communities(
        graph, weight="weight", resolution=resolution, seed=seed
    )
    groups = (tuple(names[number] for number in sorted(group)) for group in found)
    return sorted(groups, key=lambda group: (-len(group), group))


def modularity(
    network: nx.Graph[str], groups: Iterable[Iterable[str]], *, resolution: float = 1.0
) -> float:
    """Return how much better `groups` part the network than chance would: -0.5 to 1.

    0 for a network without edges. Newman, M. E. J. & Girvan, M. (2004). Finding and evaluating
    community structure in networks. Physical Review E 69, 026113.
    """
    names, graph = _undirected(network)
    numbers = {name: number for number, name in enumerate(names)}
    parts = [{numbers[name] for name in group} for group in groups]
    return (
        float(nx.community.modularity(graph, parts, resolution=resolution)) if graph.size() else 0.0
    )


def _undirected(network: nx.Graph[str]) -> tuple[list[str], nx.Graph[int]]:
    """Return the nodes in order, and between their numbers one edge each with the summed weight.

    Numbers, because the order of names in sets, and with it that of sums, changes from run to run.
    """
    names = sorted(network)
    numbers = {name: number for number, name in enumerate(names)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    for one, other, weight in network.edges.data("weight", default=1):
        ends = numbers[one], numbers[other]
        before = graph.edges[ends]["weight"] if graph.has_edge(*ends) else 0
        graph.add_edge(*ends, weight=before + weight)
    return names, graph


def _numbered(network: nx.Graph[str]) -> tuple[list[str], igraph.Graph]:
    """Return the nodes in order, and the network without parallel edges and loops for igraph."""
    names = sorted(network)
    numbers = {name: number for number, name in enumerate(names)}
    directed = network.is_directed()
    pairs = {(numbers[one], numbers[other]) for one, other in network.edges() if one != other}
    edges = pairs if directed else {(min(pair), max(pair)) for pair in pairs}
    return names, igraph.Graph(n=len(names), edges=sorted(edges), directed=directed)


def backbone(network: nx.Graph[str], *, significance: float = 0.05) -> nx.Graph[str]:
    """Return `network` with the edges alone that are heavier than chance would make them.

    An edge stays where, for one of its ends, the probability of so large a part of that end's
    weight, were the weight spread at random over its edges, is below `significance`; of a directed
    network what leaves one end and what reaches the other count. It is made for dense networks
    such as co-citation: an end's only edge is never significant to it. All nodes stay, with all
    attributes; edges of a multigraph are judged each by itself.

    Serrano, M. Á., Boguñá, M. & Vespignani, A. (2009). Extracting the multiscale backbone of
    complex weighted networks. PNAS 106, 6483-6488.
    """
    leaving: Counter[str] = Counter()
    reaching: Counter[str] = Counter() if network.is_directed() else leaving
    edges_out: Counter[str] = Counter()
    edges_in: Counter[str] = Counter() if network.is_directed() else edges_out
    for origin, target, weight in network.edges.data("weight", default=1):
        leaving[origin] += weight
        reaching[target] += weight
        edges_out[origin] += 1
        edges_in[target] += 1

    def chance(weight: float, total: float, edges: int) -> float:
        return float((1 - weight / total) ** (edges - 1)) if total else 1.0

    kept = network.copy()
    kept.remove_edges_from(
        [
            edge
            for edge, weight in _weighted_edges(network)
            if chance(weight, leaving[edge[0]], edges_out[edge[0]]) >= significance
            and chance(weight, reaching[edge[1]], edges_in[edge[1]]) >= significance
        ]
    )
    return kept


def _weighted_edges(network: nx.Graph[str]) -> Iterator[tuple[Any, float]]:
    """Yield each edge by its ends, and its key in a multigraph, with its weight."""
    if isinstance(network, nx.MultiGraph):
        for origin, target, key, edge in network.edges(keys=True, data=True):
            yield (origin, target, key), edge.get("weight", 1)
    else:
        for origin, target, edge in network.edges(data=True):
            yield (origin, target), edge.get("weight", 1)
