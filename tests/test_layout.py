"""Where sources stand: apart, near those of their document, and in the same place every time."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.graph.layout import LARGE, positions

Boxes = dict[str, tuple[float, float]]


def network(edges: list[tuple[str, str]], documents: dict[str, list[str]]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for source, ids in documents.items():
        graph.add_node(source, documents=tuple(ids))
    graph.add_edges_from(edges)
    return graph


def covered(
    place: tuple[float, float], box: tuple[float, float], other: tuple[float, float], size: tuple
) -> float:
    """Return the smaller of how far two boxes reach into each other sideways and upright."""
    return min((box[i] + size[i]) / 2 - abs(place[i] - other[i]) for i in (0, 1))


def test_nothing() -> None:
    assert positions(network([], {}), {}) == {}


def test_one_source_stands_in_the_middle() -> None:
    assert positions(network([], {"a": ["d"]}), {"a": (80, 60)}) == {"a": (0, 0)}


def test_the_whole_stands_around_the_middle() -> None:
    graph = network([("a", "b"), ("b", "c")], {name: [] for name in "abcxyz"})
    boxes = dict.fromkeys(graph, (120.0, 80.0))
    found = positions(graph, boxes).values()
    for axis in (0, 1):
        values = [place[axis] for place in found]
        assert min(values) + max(values) == pytest.approx(0, abs=2)


@settings(max_examples=40)
@given(st.data())
def test_no_label_covers_another(data: st.DataObject) -> None:
    names = [f"s{number}" for number in range(data.draw(st.integers(1, 25)))]
    one = st.sampled_from(names)
    graph = network(
        data.draw(st.lists(st.tuples(one, one), max_size=40)),
        {name: data.draw(st.lists(st.sampled_from("def"), max_size=2)) for name in names},
    )
    boxes: Boxes = {
        name: (data.draw(st.integers(20, 200)), data.draw(st.integers(20, 120))) for name in names
    }
    found = positions(graph, boxes)
    assert list(found) == names
    for i, one_name in enumerate(names):
        for other in names[:i]:
            overlap = covered(found[one_name], boxes[one_name], found[other], boxes[other])
            assert overlap < 12, (one_name, other)


def test_sources_of_a_document_stand_together() -> None:
    documents = {f"{d}{n}": [d] for d in "pq" for n in range(6)}
    graph = network([], documents)
    found = positions(graph, dict.fromkeys(graph, (100.0, 60.0)))

    def extent(name: str, axis: int) -> tuple[int, int]:
        values = [place[axis] for source, place in found.items() if source.startswith(name)]
        return min(values), max(values)

    apart = [
        extent("p", axis)[1] < extent("q", axis)[0] or extent("q", axis)[1] < extent("p", axis)[0]
        for axis in (0, 1)
    ]
    assert any(apart)


def test_the_same_every_time() -> None:
    edges = [(f"s{n}", f"s{n * 7 % 31}") for n in range(31)]
    graph = network(edges, {f"s{n}": [f"d{n % 4}"] for n in range(31)})
    boxes = dict.fromkeys(graph, (100.0, 60.0))
    first = positions(graph, boxes)
    assert positions(graph, boxes) == first
    assert len(set(first.values())) == 31


def test_a_large_part_is_spread_too() -> None:
    names = [f"s{n}" for n in range(200)]
    graph = network(list(pairwise(names)), {name: [] for name in names})
    boxes: Boxes = dict.fromkeys(names, (100.0, 60.0))
    found = positions(graph, boxes)
    crowded = [
        (one, other)
        for i, one in enumerate(names)
        for other in names[:i]
        if covered(found[one], boxes[one], found[other], boxes[other]) > 30
    ]
    assert crowded == []


def test_a_large_part_is_the_same_every_time() -> None:
    network = nx.MultiDiGraph((f"source {n}", f"source {n // 3}") for n in range(1, LARGE + 1))
    boxes = dict.fromkeys(network, (20.0, 10.0))
    assert positions(network, boxes) == positions(network, boxes)
