"""How deep attributions are nested: who says that somebody says that …."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def chain_depths(outer: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return how many attributions each of those in `outer` stands within.

    `outer` maps an attribution to the next outer ones; one that is no key has the depth 0 and is
    no key of the answer either. Of several ways out the longest counts. Attributions that stand
    within each other, as no text can have them, count as one.

    >>> chain_depths({"c": ["b"], "b": ["a"]})
    {'b': 1, 'c': 2}
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(outer)
    graph.add_edges_from((inner, out) for inner, outs in outer.items() for out in outs)
    parts = nx.condensation(graph)
    depths: dict[int, int] = {}
    for part in reversed(list(nx.topological_sort(parts))):
        depths[part] = max((depths[out] + 1 for out in parts.successors(part)), default=0)
    part_of: Mapping[str, int] = parts.graph["mapping"]
    return {attribution: depths[part_of[attribution]] for attribution in sorted(outer)}
