"""Measures on counts and networks: by hand, against scipy and networkx, and what always holds."""

import math
from itertools import product

import igraph  # type: ignore[import-untyped]  # ships no types
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import binomtest
from scipy.stats import entropy as scipy_entropy

from quoth.graph.chains import chain_depths
from quoth.graph.measures import (
    effective_number,
    entropy,
    evenness,
    gini,
    hhi,
    shares,
    top_share,
    wilson,
    wilson_clustered,
)
from quoth.graph.network_measures import backbone, betweenness, communities, modularity

COUNTS = st.lists(st.integers(0, 1000), min_size=1, max_size=30)
SOME = COUNTS.filter(any)


class TestSpread:
    def test_by_hand(self) -> None:
        counts = [4, 2, 1, 1]
        assert shares(dict(zip("dcba", counts, strict=True))) == {
            "d": 0.5,
            "c": 0.25,
            "a": 0.125,
            "b": 0.125,
        }
        assert entropy(counts) == 0.5 * 1 + 0.25 * 2 + 2 * 0.125 * 3
        assert evenness(counts) == 1.75 / 2
        assert effective_number(counts) == pytest.approx(2**1.75)
        assert hhi(counts) == 0.25 + 0.0625 + 2 * 0.015625
        assert gini(counts) == pytest.approx(2 * (1 + 2 + 6 + 16) / (4 * 8) - 5 / 4)
        assert top_share(counts, 2) == 0.75

    def test_one_source(self) -> None:
        assert (entropy([7]), effective_number([7]), hhi([7]), gini([7])) == (0, 1, 1, 0)
        assert math.copysign(1, entropy([7])) == 1
        assert math.isnan(evenness([7]))

    @pytest.mark.parametrize("counts", [[], [0, 0]])
    def test_nothing(self, counts: list[int]) -> None:
        for measure in (entropy, evenness, effective_number, hhi, gini):
            assert math.isnan(measure(counts))
        assert math.isnan(top_share(counts, 1))

    def test_wrong(self) -> None:
        for measure in (entropy, hhi, gini):
            with pytest.raises(ValueError, match="counts must be numbers of 0 or more"):
                measure([3, -1])
        with pytest.raises(ValueError, match="give 1 or more"):
            top_share([1], 0)

    @given(SOME)
    def test_entropy_is_scipys(self, counts: list[int]) -> None:
        assert entropy(counts) == pytest.approx(scipy_entropy(counts, base=2), abs=1e-9)

    @given(SOME.filter(lambda counts: sum(map(bool, counts)) > 1))
    def test_evenness_and_the_effective_number_are_scipys(self, counts: list[int]) -> None:
        sources = sum(1 for count in counts if count)
        assert evenness(counts) == pytest.approx(scipy_entropy(counts, base=sources), abs=1e-9)
        assert effective_number(counts) == pytest.approx(math.exp(scipy_entropy(counts)))

    @given(SOME)
    def test_hhi_is_the_chance_of_the_same_source_twice(self, counts: list[int]) -> None:
        parts = [count / sum(counts) for count in counts]
        pairs = sum(p * q for (i, p), (j, q) in product(enumerate(parts), repeat=2) if i == j)
        assert hhi(counts) == pytest.approx(pairs)

    @given(SOME)
    def test_gini_is_the_mean_difference(self, counts: list[int]) -> None:
        size, mean = len(counts), sum(counts) / len(counts)
        difference = sum(abs(a - b) for a, b in product(counts, counts)) / size**2
        assert gini(counts) == pytest.approx(difference / (2 * mean), abs=1e-9)

    @given(SOME, st.integers(1, 40))
    def test_bounds(self, counts: list[int], k: int) -> None:
        sources = sum(1 for count in counts if count)
        assert -1e-9 <= entropy(counts) <= math.log2(sources) + 1e-9
        assert 1 / sources - 1e-9 <= hhi(counts) <= 1 + 1e-9
        assert -1e-9 <= gini(counts) <= 1 - 1 / len(counts) + 1e-9
        assert min(k / sources, 1) - 1e-9 <= top_share(counts, k) <= 1 + 1e-9
        assert sum(shares(dict(enumerate(counts))).values()) == pytest.approx(1)  # type: ignore[arg-type]

    @given(SOME, st.integers(2, 9))
    def test_only_proportions_count(self, counts: list[int], times: int) -> None:
        more = [count * times for count in counts]
        for measure in (entropy, hhi, gini):
            assert measure(more) == pytest.approx(measure(counts), abs=1e-9)


class TestWilson:
    @given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_is_scipys(self, numbers: tuple[int, int]) -> None:
        hits, trials = numbers
        found = wilson(hits, trials)
        expected = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
        assert 0 <= found.low <= found.share <= found.high <= 1

    def test_the_example_of_the_literature(self) -> None:
        # Newcombe, R. G. (1998). Statistics in Medicine 17, 857-872, table I, method 3.
        assert wilson(81, 263)[1:] == pytest.approx((0.2553, 0.3662), abs=5e-5)
        assert wilson(15, 148)[1:] == pytest.approx((0.0624, 0.1605), abs=5e-5)
        assert wilson(0, 20)[1:] == pytest.approx((0, 0.1611), abs=5e-5)

    def test_nothing(self) -> None:
        assert wilson(0, 0)[1:] == (0, 1)
        assert math.isnan(wilson(0, 0).share)

    @pytest.mark.parametrize(("hits", "trials"), [(-1, 3), (4, 3), (1, 0)])
    def test_wrong(self, hits: int, trials: int) -> None:
        with pytest.raises(ValueError, match=f"{hits} of {trials}: hits must be between"):
            wilson(hits, trials)

    def test_wrong_confidence(self) -> None:
        with pytest.raises(ValueError, match=r"a confidence of 95: give one between 0 and 1"):
            wilson(1, 2, confidence=95)


class TestWilsonClustered:
    def test_documents_that_are_all_of_one_kind(self) -> None:
        # Four documents of ten, two all unnamed: between-documents variance
        # 4/3 * 4 * 25 / 1600 = 1/12, that of 40 independent ones 1/160.
        found = wilson_clustered([(10, 10), (10, 10), (0, 10), (0, 10)])
        assert found.design_effect == pytest.approx(160 / 12)
        # As if three: 1.96 * sqrt(0.25/3 + 3.8415/36) / (1 + 3.8415/3) = 0.37467 on both sides.
        assert found[:3] == pytest.approx((0.5, 0.12533, 0.87467), abs=5e-6)

    def test_documents_that_are_all_alike_make_it_no_narrower(self) -> None:
        found = wilson_clustered([(5, 10)] * 4)
        assert found.design_effect == 0
        assert found[:3] == wilson(20, 40)

    @pytest.mark.parametrize("clusters", [[], [(3, 9)], [(0, 4), (0, 5)], [(4, 4), (5, 5)]])
    def test_what_cannot_be_estimated_is_plain(self, clusters: list[tuple[int, int]]) -> None:
        found = wilson_clustered(clusters)
        plain = wilson(sum(h for h, _ in clusters), sum(n for _, n in clusters))
        assert found[:3] == pytest.approx(plain, nan_ok=True)
        assert math.isnan(found.design_effect)

    @given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=12))
    def test_never_narrower_than_plain(self, pairs: list[tuple[int, int]]) -> None:
        clusters = [(hits, hits + misses) for hits, misses in pairs]
        found = wilson_clustered(clusters)
        plain = wilson(sum(h for h, _ in clusters), sum(n for _, n in clusters))
        assert found.low <= plain.low + 1e-12
        assert found.high >= plain.high - 1e-12

    def test_wrong(self) -> None:
        with pytest.raises(ValueError, match="5 of 3"):
            wilson_clustered([(1, 5), (5, 3)])


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
