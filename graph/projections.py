"""One side of a bipartite network: sources joined by the claims or documents that they share."""

from __future__ import annotations

from enum import StrEnum

import networkx as nx
from networkx.algorithms import bipartite

from quoth.graph.errors import QueryError


class Weighting(StrEnum):
    """What the weight of an edge of a projection is."""

    SHARED = "shared"
    """How many neighbours both have in common."""
    NEWMAN = "newman"
    """Each common neighbour counts 1/(n-1), n being how many it joins (Newman 2001)."""
    JACCARD = "jaccard"
    """Common neighbours as a part of all that either has (Jaccard 1901), 0 to 1."""


def projection(
    network: nx.Graph[str], onto: str = "source", *, weighting: str = Weighting.SHARED
) -> nx.Graph[str]:
    """Return the nodes of one sort of a bipartite network, joined where they share a neighbour.

    `network` is one of the kinds ``claims`` and ``documents``, `onto` what its nodes have as
    ``node`` (source, claim or document), `weighting` a `Weighting`. Nodes keep their attributes
    and are all there, joined or not; an edge has its ``weight`` alone. n neighbours of one node
    make n(n-1)/2 edges. Raises QueryError when `network` has no such nodes, or there is no such
    weighting.

    Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64, 016132.
    Jaccard, P. (1901). Bulletin de la Société Vaudoise des Sciences Naturelles 37, 547-579.
    """
    sorts = sorted({str(node.get("node")) for node in network.nodes.values()})
    if len(network) and (onto not in sorts or len(sorts) != 2):
        raise QueryError(
            f"nothing to project onto {onto!r}: the network has nodes of the sort "
            f"{', '.join(sorts)}; the kinds «claims» and «documents» can be projected"
        )
    # Numbers for names, since the order of names in sets, and with it that of sums, changes.
    names = sorted(network)
    numbers = {name: number for number, name in enumerate(names)}
    numbered = nx.Graph([(numbers[a], numbers[b]) for a, b in network.edges()])
    wanted = [numbers[name] for name in names if network.nodes[name].get("node") == onto]
    numbered.add_nodes_from(wanted)
    projected = _weigh(numbered, wanted, weighting) if wanted else numbered
    graph: nx.Graph[str] = nx.Graph(kind=f"{network.graph.get('kind', '')} onto {onto}")
    graph.add_nodes_from((names[number], network.nodes[names[number]]) for number in wanted)
    for one, other in sorted((min(edge), max(edge)) for edge in projected.edges()):
        weight = projected.edges[one, other]["weight"]
        graph.add_edge(names[one], names[other], weight=weight)
    return graph


def _weigh(graph: nx.Graph[int], nodes: list[int], weighting: str) -> nx.Graph[int]:
    if weighting == Weighting.SHARED:
        return bipartite.weighted_projected_graph(graph, nodes)
    if weighting == Weighting.NEWMAN:
        return bipartite.collaboration_weighted_projected_graph(graph, nodes)
    if weighting == Weighting.JACCARD:
        return bipartite.overlap_weighted_projected_graph(graph, nodes)
    known = ", ".join(Weighting)
    raise QueryError(f"no weighting is called {weighting!r}; there are {known}")
