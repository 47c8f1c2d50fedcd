"""The conditional random field against the sum and the best of all paths, counted out."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.extractors.neural.chain import Chain
from quoth.extractors.neural.inputs import CONTENT, CUE, ROLES, SOURCE

seeds = st.integers(0, 2**32 - 1)
lengths = st.integers(1, 5)


def chain_of(seed: int, words: int, anchors: int = 1) -> Chain:
    chance = np.random.default_rng(seed)
    roles = chance.normal(size=(anchors, words, ROLES)).astype(np.float32)
    edges = chance.normal(size=(anchors, words, 2 * (ROLES - 1))).astype(np.float32)
    return Chain.of(roles, edges)


def score(chain: Chain, path: tuple[int, ...]) -> float:
    total = 0.0
    for t, role in enumerate(path):
        total += chain.roles[0, t, role]
        if t == 0 or path[t - 1] != role:
            total += chain.begin[0, t, role]
        if t == len(path) - 1 or path[t + 1] != role:
            total += chain.end[0, t, role]
    return float(total)


def all_paths(words: int) -> list[tuple[int, ...]]:
    return list(product(range(ROLES), repeat=words))


@given(seeds, lengths)
@settings(max_examples=30)
def test_the_partition_is_the_sum_over_all_paths(seed: int, words: int) -> None:
    chain = chain_of(seed, words)
    expected = np.log(sum(np.exp(score(chain, path)) for path in all_paths(words)))
    assert chain.log_partition()[0] == pytest.approx(expected, abs=1e-3)


@given(seeds, lengths, st.data())
@settings(max_examples=30)
def test_scores_are_sums_of_words_and_edges(seed: int, words: int, data: st.DataObject) -> None:
    chain = chain_of(seed, words)
    path = data.draw(st.sampled_from(all_paths(words)))
    assert chain.scores(np.array([path]))[0] == pytest.approx(score(chain, path), abs=1e-4)


@given(seeds, st.integers(2, 5), st.data())
@settings(max_examples=30)
def test_the_best_path_has_a_content_and_its_anchor_in_the_cue(
    seed: int, words: int, data: st.DataObject
) -> None:
    chain = chain_of(seed, words)
    anchor = data.draw(st.integers(0, words - 1))
    paths = [p for p in all_paths(words) if p[anchor] == CUE and CONTENT in p]
    best = max(paths, key=lambda p: score(chain, p))
    assert tuple(chain.best(np.array([anchor]))[0].tolist()) == best


def test_a_role_that_is_forbidden_does_not_occur() -> None:
    paths = chain_of(3, 40, 5).without(SOURCE).best(np.array([1, 5, 9, 20, 39]))
    assert not (paths == SOURCE).any()
    assert (paths == CONTENT).any(1).all()


def test_anchors_do_not_see_each_other() -> None:
    together = chain_of(7, 30, 4)
    anchors = np.array([2, 4, 8, 16])
    alone = [together.only(np.array([n])).best(anchors[[n]])[0] for n in range(4)]
    assert (together.best(anchors) == np.stack(alone)).all()
