"""The who-said-what network as a file for Gephi, Cytoscape, yEd and networkx: GraphML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 cannot hold."""


def graphml(network: nx.MultiDiGraph[str]) -> str:
    """Return a network of `quoth.graph.network.network` as GraphML.

    Nodes and edges keep their attributes, and an edge its kind as its key too; lists of IRIs are
    separated by spaces, and a character that XML cannot hold is U+FFFD. The same network gives the
    same text; `networkx.read_graphml` reads it.
    """
    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network.graph)
    copy.add_nodes_from((iri, _plain(node)) for iri, node in network.nodes.items())
    for origin, target, key, edge in network.edges(keys=True, data=True):
        copy.add_edge(origin, target, key=key, **_plain(edge))
    return "\n".join(nx.generate_graphml(copy)) + "\n"


def _plain(attributes: Mapping[str, Any]) -> dict[str, str | int]:
    return {name: _value(value) for name, value in attributes.items()}


def _value(value: Any) -> str | int:
    if isinstance(value, int):
        return value
    text = " ".join(value) if isinstance(value, tuple) else str(value)
    return _NOT_XML.sub("\ufffd", text)
