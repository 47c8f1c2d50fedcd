"""Projections of networks of two sorts of nodes, by hand and by the matrix."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from named_edges import ADA, BO, ROOM, edges
from networkx.algorithms import bipartite

from quoth.graph.errors import QueryError
from quoth.graph.networks import network_of
from quoth.graph.projections import projection


class TestProjection:
    documents = network_of(ROOM.facts.where(copies=False), "documents")

    def test_shared_documents_are_the_co_citations(self) -> None:
        projected = projection(self.documents)
        cited = network_of(ROOM.facts.where(copies=False), "co-citation")
        assert edges(projected) == edges(cited)
        assert projected.nodes[ADA] == self.documents.nodes[ADA]

    def test_newman_divides_by_those_who_share(self) -> None:
        # fire has three sources, denial two: 1/2 + 1/1.
        weight = projection(self.documents, weighting="newman").edges[ADA, BO]["weight"]
        assert weight == pytest.approx(1.5)

    def test_jaccard(self) -> None:
        # Ada is in fire, denial and undated, Bo in the first two.
        weight = projection(self.documents, weighting="jaccard").edges[ADA, BO]["weight"]
        assert weight == pytest.approx(2 / 3)

    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1))
    def test_weights_are_those_of_the_matrix(self, pairs: list[tuple[int, int]]) -> None:
        network: nx.Graph[str] = nx.Graph()
        for one, other in pairs:
            network.add_node(f"s{one}", node="source")
            network.add_node(f"d{other}", node="document")
            network.add_edge(f"s{one}", f"d{other}")
        rows = sorted(n for n in network if n[0] == "s")
        columns = sorted(n for n in network if n[0] == "d")
        matrix = bipartite.biadjacency_matrix(network, rows, columns).toarray()
        shared = matrix @ matrix.T
        each = matrix.sum(axis=0)
        newman = matrix @ np.diag([1 / (n - 1) if n > 1 else 0 for n in each]) @ matrix.T
        degrees = matrix.sum(axis=1)
        jaccard = shared / (degrees[:, None] + degrees[None, :] - shared)
        for weighting, expected in (("shared", shared), ("newman", newman), ("jaccard", jaccard)):
            projected = projection(network, weighting=weighting)
            for (i, one), (j, other) in combinations(enumerate(rows), 2):
                found = projected.get_edge_data(one, other, {"weight": 0})["weight"]
                assert found == pytest.approx(expected[i, j])

    def test_onto_the_other_side(self) -> None:
        projected = projection(self.documents, "document")
        assert edges(projected) == {
            ("denial", "fire"): 2,
            ("denial", "undated"): 1,
            ("fire", "undated"): 1,
        }

    def test_wrong(self) -> None:
        with pytest.raises(QueryError, match=r"project onto 'claim'.* document, source"):
            projection(self.documents, "claim")
        with pytest.raises(QueryError, match="onto 'source'"):
            projection(network_of(ROOM.facts, "about"))
        with pytest.raises(QueryError, match="called 'cosine'; there are shared, newman, jaccard"):
            projection(self.documents, weighting="cosine")

    def test_of_nothing(self) -> None:
        assert len(projection(network_of(ROOM.facts.where(until="1000-01-01"), "documents"))) == 0
