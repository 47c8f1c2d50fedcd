"""Plots: what is drawn, and that nothing is shown by itself."""

import sys
from collections.abc import Iterator

import matplotlib as mpl
import networkx as nx
import pytest
from matplotlib import pyplot as plt
from newsroom import Newsroom, newsroom

from quoth.graph.errors import GraphError
from quoth.graph.networks import NetworkKind, network_of
from quoth.graph.plots import plot_network, plot_sources, plot_timeline, plot_unnamed
from quoth.graph.source_measures import Measures

MEASURES = Measures(newsroom().facts)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw without a screen, and close what was drawn; showing is an error."""
    mpl.use("agg")
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("shown"))
    yield
    plt.close("all")


def legend(axes: plt.Axes) -> list[str]:
    return [text.get_text() for text in axes.get_legend().get_texts()]


def test_sources() -> None:
    axes = plot_sources(MEASURES.shares(), top=4)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Ada", "Bo", "Cy", "a man"]
    assert [bar.get_width() for bar in axes.patches] == [5, 2, 2, 1]
    assert [bool(bar.get_hatch()) for bar in axes.patches] == [False, False, False, True]
    assert legend(axes) == ["named", "not named"]
    assert axes.yaxis_inverted()


def test_unnamed() -> None:
    table = MEASURES.unnamed()
    axes = plot_unnamed(table)
    line = axes.lines[0]
    assert list(line.get_xdata()) == list(table["share"])
    (bars,) = axes.collections
    spans = [(segment[0][0], segment[1][0]) for segment in bars.get_segments()]
    assert spans == [pytest.approx(pair) for pair in zip(table["low"], table["high"], strict=True)]
    assert axes.get_yticklabels()[0].get_text() == "Gazette (n = 4)"


def test_timeline() -> None:
    table = MEASURES.timeline(every="week")
    axes = plot_timeline(table)
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == [5, 1, 1, 1]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([6.3] * 4)
    assert legend(axes) == ["named", "not named"]


def test_timeline_of_one_period() -> None:
    table = Measures(newsroom().facts.where(until="2031-09-01")).timeline(every="month")
    assert [bar.get_height() for bar in plot_timeline(table).patches] == [3, 1]


@pytest.mark.parametrize("kind", list(NetworkKind))
def test_network(kind: NetworkKind) -> None:
    network = network_of(newsroom().facts, kind)
    axes = plot_network(network, labels=2)
    assert sum(len(markers.get_offsets()) for markers in axes.collections) == len(network)
    assert {text.get_text() for text in axes.texts} - {""} == {
        network.nodes[name]["label"]
        for name in sorted(
            network, key=lambda n: (-network.nodes[n]["weight"], network.nodes[n]["label"], n)
        )[:2]
    }
    assert {edge["kind"] for *_, edge in network.edges(data=True)} <= {
        *legend(axes),
    }
    axes.figure.canvas.draw()


def test_the_same_network_gives_the_same_picture() -> None:
    network = network_of(newsroom().facts)
    one, other = (
        [markers.get_offsets().tolist() for markers in plot_network(network).collections]
        for _ in range(2)
    )
    assert one == other


def test_into_given_axes() -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert plot_sources(MEASURES.shares(), ax=left) is left
    assert plot_network(nx.path_graph(["a", "b"]), ax=right) is right


def test_a_name_is_no_formula() -> None:
    room = Newsroom()
    room.document("row", "Cash$ ${\\nothing}$")
    room.source("$\\frac{$")
    room.says("a", "row", "$\\frac{$", about=["$\\frac{$"])
    measures = Measures(room.facts)
    for axes in (
        plot_sources(measures.shares()),
        plot_unnamed(measures.unnamed()),
        plot_network(network_of(room.facts)),
    ):
        axes.figure.canvas.draw()


def test_nothing_to_draw() -> None:
    measures = Measures(Newsroom().facts)
    for axes in (
        plot_sources(measures.shares()),
        plot_unnamed(measures.unnamed()),
        plot_timeline(measures.timeline()),
        plot_network(nx.Graph()),
    ):
        axes.figure.canvas.draw()


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(GraphError, match=r"not installed: pip install 'quoth\[plot\]'"):
        plot_sources(MEASURES.shares())
