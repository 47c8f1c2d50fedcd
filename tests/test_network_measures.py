"""Measures on networks: by hand, against networkx and igraph, and what always holds."""

import igraph  # type: ignore[import-untyped]  # ships no types
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.graph.chains import chain_depths
from quoth.graph.network_measures import backbone, betweenness, communities, modularity


class TestBetweenness:
    def test_a_relay_between_two(self) -> None:
        chain = nx.DiGraph([("wire", "aide"), ("aide", "minister")])
        assert betweenness(chain) == {"aide": 0.5, "minister": 0, "wire": 0}

    def test_of_nothing_and_of_two(self) -> None:
        assert betweenness(nx.DiGraph()) == {}
        assert betweenness(nx.DiGraph([("a", "b")])) == {"a": 0, "b": 0}

    @given(
        st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"))),
        st.booleans(),
    )
    def test_is_networkxs(self, edges: list[tuple[str, str]], directed: bool) -> None:
        network = (nx.DiGraph if directed else nx.Graph)(edges)
        assert betweenness(network) == pytest.approx(nx.betweenness_centrality(network))

    def test_parallel_edges_count_once(self) -> None:
        network = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("a", "d"), ("d", "c")])
        assert betweenness(network)["b"] == betweenness(network)["d"]


class TestCommunities:
    clubs = nx.Graph([*nx.complete_graph("abcd").edges, *nx.complete_graph("xyz").edges])

    def test_two_clubs(self) -> None:
        network = self.clubs.copy()
        network.add_edge("a", "x")
        network.add_node("alone")
        assert communities(network) == [("a", "b", "c", "d"), ("x", "y", "z"), ("alone",)]

    def test_weights_decide(self) -> None:
        network: nx.DiGraph[str] = nx.DiGraph()
        for a, b, weight in (("a", "b", 9), ("c", "d", 9), ("b", "c", 1), ("d", "a", 1)):
            network.add_edge(a, b, weight=weight)
        assert communities(network) == [("a", "b"), ("c", "d")]

    def test_both_directions_are_summed(self) -> None:
        network: nx.DiGraph[str] = nx.DiGraph()
        for a, b, weight in (
            ("a", "b", 3),
            ("b", "a", 3),
            ("b", "c", 4),
            ("c", "d", 3),
            ("d", "c", 3),
        ):
            network.add_edge(a, b, weight=weight)
        assert communities(network) == [("a", "b"), ("c", "d")]

    def test_without_edges(self) -> None:
        network: nx.Graph[str] = nx.Graph()
        network.add_nodes_from("ba")
        assert communities(network) == [("a",), ("b",)]
        assert modularity(network, [("a",), ("b",)]) == 0

    def test_modularity_by_hand(self) -> None:
        # Nine edges, six and three within; ends 12 and 6 of 18.
        groups = [("a", "b", "c", "d"), ("x", "y", "z")]
        assert modularity(self.clubs, groups) == pytest.approx(1 - (12 / 18) ** 2 - (6 / 18) ** 2)

    @given(
        st.lists(
            st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.integers(1, 9)),
            min_size=1,
        ),
        st.lists(st.integers(0, 2), min_size=6, max_size=6),
    )
    def test_modularity_is_igraphs(
        self, edges: list[tuple[str, str, int]], sides: list[int]
    ) -> None:
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_weighted_edges_from(edges)
        names = sorted(network)
        of = dict(zip("abcdef", sides, strict=True))
        groups = [{n for n in names if of[n] == side} for side in range(3)]
        graph = igraph.Graph([(names.index(a), names.index(b)) for a, b, _ in edges])
        expected = graph.modularity([of[n] for n in names], weights=[w for *_, w in edges])
        assert modularity(network, filter(None, groups)) == pytest.approx(expected, abs=1e-9)

    @given(st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij"))))
    def test_everybody_is_in_one_and_the_division_is_no_worse_than_none(
        self, edges: list[tuple[str, str]]
    ) -> None:
        network = nx.Graph(edges)
        groups = communities(network)
        assert sorted(node for group in groups for node in group) == sorted(network)
        assert groups == communities(network)
        assert modularity(network, groups) >= modularity(network, [list(network)]) - 1e-9


class TestBackbone:
    star = nx.Graph()
    star.add_weighted_edges_from([("hub", "a", 8), ("hub", "b", 1), ("hub", "c", 1)])

    def test_by_hand(self) -> None:
        # Seen from the hub: (1 - 0.8)^2 = 0.04 and (1 - 0.1)^2 = 0.81.
        assert set(backbone(self.star).edges) == {("hub", "a")}
        assert set(backbone(self.star, significance=0.039).edges) == set()
        assert set(backbone(self.star, significance=0.82).edges) == set(self.star.edges)

    @pytest.mark.parametrize("weights", [(8, 1, 1), (5, 4), (30, 3, 2, 1), (2, 2, 2, 2, 40)])
    def test_is_the_integral_of_the_paper(self, weights: tuple[int, ...]) -> None:
        from scipy.integrate import quad

        # Serrano et al., equation 2: 1 - (k - 1) * integral of (1 - x)^(k - 2) from 0 to w/s.
        star = nx.Graph()
        star.add_weighted_edges_from(("hub", n, weight) for n, weight in enumerate(weights))
        k, total = len(weights), sum(weights)
        for n, weight in enumerate(weights):
            area, _ = quad(lambda x: (1 - x) ** (k - 2), 0, weight / total)
            chance = 1 - (k - 1) * area
            assert backbone(star, significance=chance + 1e-6).has_edge("hub", n)
            assert not backbone(star, significance=chance - 1e-6).has_edge("hub", n)

    def test_nodes_and_attributes_stay_and_the_network_is_not_changed(self) -> None:
        assert set(backbone(self.star)) == set(self.star)
        assert backbone(self.star).edges["hub", "a"] == {"weight": 8}
        assert self.star.size() == 3

    def test_what_leaves_and_what_reaches_are_told_apart(self) -> None:
        network: nx.DiGraph[str] = nx.DiGraph()
        network.add_weighted_edges_from(
            [("a", "x", 8), ("b", "x", 1), ("c", "x", 1), ("x", "a", 1)]
        )
        assert set(backbone(network).edges) == {("a", "x")}

    def test_edges_of_a_multigraph(self) -> None:
        network = nx.MultiDiGraph()
        network.add_edge("a", "b", key="told", weight=98)
        network.add_edge("a", "b", key="denies", weight=2)
        assert list(backbone(network).edges(keys=True)) == [("a", "b", "told")]

    @given(
        st.lists(
            st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.integers(1, 99))
        )
    )
    def test_a_stricter_backbone_is_part_of_a_laxer_one(
        self, edges: list[tuple[str, str, int]]
    ) -> None:
        network: nx.DiGraph[str] = nx.DiGraph()
        network.add_weighted_edges_from(edges)
        strict, lax = (set(backbone(network, significance=s).edges) for s in (0.01, 0.3))
        assert strict <= lax <= set(network.edges)


class TestChainDepths:
    def test_by_hand(self) -> None:
        outer = {"c": ["b"], "b": ["a"], "d": ["a", "c"]}
        assert chain_depths(outer) == {"b": 1, "c": 2, "d": 3}

    @given(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda e: e[0] > e[1])))
    def test_is_the_longest_way_of_networkx(self, edges: set[tuple[int, int]]) -> None:
        graph = nx.DiGraph(edges)
        outer: dict[str, list[str]] = {}
        for inner, out in edges:
            outer.setdefault(str(inner), []).append(str(out))
        for inner, depth in chain_depths(outer).items():
            below = nx.descendants(graph, int(inner)) | {int(inner)}
            assert depth == nx.dag_longest_path_length(graph.subgraph(below))

    def test_a_circle_counts_as_one(self) -> None:
        assert chain_depths({"a": ["a"]}) == {"a": 0}
        assert chain_depths({"a": ["b"], "b": ["a", "z"], "c": ["a"]}) == {"a": 1, "b": 1, "c": 2}

    def test_nothing(self) -> None:
        assert chain_depths({}) == {}
        assert chain_depths({"a": []}) == {"a": 0}

    def test_a_very_long_chain(self) -> None:
        outer = {f"{number:05}": [f"{number + 1:05}"] for number in range(20_000)}
        assert chain_depths(outer)["00000"] == 20_000
