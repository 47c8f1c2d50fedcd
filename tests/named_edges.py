"""The newsroom, and the edges of its networks by name."""

from typing import TYPE_CHECKING

from newsroom import EX, iri, newsroom

if TYPE_CHECKING:
    import networkx as nx

ROOM = newsroom()

ADA, BO, POST = iri("Ada"), iri("Bo"), iri("the Post")


def edges(network: "nx.Graph[str]") -> dict[tuple[str, str], int]:
    """Return the edges by the names of their ends, with their weights."""
    names = {node: node.removeprefix(EX).replace("-", " ") for node in network}
    return {(names[a], names[b]): weight for a, b, weight in network.edges.data("weight")}
