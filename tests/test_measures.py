"""Measures on counts: by hand, against scipy, and what always holds."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        from scipy.stats import entropy as scipy_entropy

        assert entropy(counts) == pytest.approx(scipy_entropy(counts, base=2), abs=1e-9)

    @given(SOME.filter(lambda counts: sum(map(bool, counts)) > 1))
    def test_evenness_and_the_effective_number_are_scipys(self, counts: list[int]) -> None:
        from scipy.stats import entropy as scipy_entropy

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
        from scipy.stats import binomtest

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
