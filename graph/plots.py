"""Plots of measures and networks with matplotlib (``pip install 'quoth[plot]'``).

Each function draws into the Axes that it is given, or into a new figure's, and returns the Axes:
nothing is shown or saved. Colours are those of Okabe & Ito (2008, Color universal design), which
people with colour-blindness tell apart, and every difference that a colour makes is made by a
hatch, a marker or a dash as well.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from quoth.extractors.values import Anonymity, SourceType
from quoth.graph.errors import GraphError
from quoth.graph.layout import positions
from quoth.graph.network import EdgeKind, by_attributions

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    import pandas as pd
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
VERMILION, PURPLE, SKY, GREY = "#D55E00", "#CC79A7", "#56B4E9", "#666666"

_HATCH = "///"
_MARKERS = {
    SourceType.PERSON.value: ("o", BLUE),
    SourceType.ORGANISATION.value: ("s", ORANGE),
    SourceType.COLLECTIVE.value: ("^", GREEN),
    SourceType.DOCUMENT.value: ("D", PURPLE),
    SourceType.UNSPECIFIED.value: ("h", GREY),
    "claim": ("P", SKY),
    "document": ("X", VERMILION),
}
"""matplotlib's marker and the colour of each type of source, and of claims and documents."""
_LINES = {
    EdgeKind.TOLD.value: ("solid", BLUE),
    EdgeKind.TALKS_ABOUT.value: ((0, (1, 2)), GREY),
    EdgeKind.RELAYS.value: ((0, (6, 2)), GREEN),
    EdgeKind.DENIES.value: ((0, (4, 2, 1, 2)), VERMILION),
    EdgeKind.DISPUTES.value: ((0, (2, 2)), ORANGE),
    EdgeKind.CONFIRMS.value: ((0, (8, 1)), PURPLE),
}
"""The dashes and the colour of each kind of edge."""
_BOX = (60.0, 40.0)
"""Width and height that the layout keeps for each node."""
_OTHER_LINE: tuple[Any, str] = ("solid", GREY)


def plot_sources(shares: pd.DataFrame, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Draw who says most, as bars: the `top` first rows of `Measures.shares`.

    Sources that are not named are hatched.
    """
    axes = _axes(ax)
    shown = shares.head(top)
    for place, row in enumerate(shown.to_dict("records")):
        is_named = row["anonymity"] == Anonymity.NAMED
        axes.barh(
            place,
            row["attributions"],
            color=BLUE if is_named else ORANGE,
            hatch="" if is_named else _HATCH,
            edgecolor="white",
            label="named" if is_named else "not named",
        )
    _names(axes, [str(name) for name in shown["who"]])
    axes.set_xlabel("attributions")
    _legend(axes)
    return axes


def plot_unnamed(unnamed: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw each outlet's share of unnamed sources with its interval: `Measures.unnamed`."""
    axes = _axes(ax)
    places = range(len(unnamed))
    share = unnamed["share"].astype(float)
    axes.errorbar(
        share,
        list(places),
        xerr=[share - unnamed["low"].astype(float), unnamed["high"].astype(float) - share],
        fmt="o",
        color=BLUE,
        ecolor=GREY,
        capsize=4,
    )
    rows = zip(unnamed["outlet"], unnamed["attributions"], strict=True)
    _names(axes, [f"{outlet} (n = {n})" for outlet, n in rows])
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.set_xlabel("attributions without a named source, with 95 % interval")
    return axes


def plot_timeline(timeline: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how much was attributed in each period, as stacked bars: `Measures.timeline`.

    The part whose sources are not named is on top, hatched.
    """
    axes = _axes(ax)
    begins = timeline["begins"]
    days = (begins.shift(-1) - begins).dt.days.fillna(1.0) if len(timeline) else begins
    # The last period is as long as the one before.
    width = [0.9 * float(n) for n in [*days[:-1], *(days[-2:-1] if len(days) > 1 else days)]]
    named = timeline["attributions"] - timeline["unnamed"]
    axes.bar(begins, named, width, align="edge", color=BLUE, edgecolor="white", label="named")
    axes.bar(
        begins,
        timeline["unnamed"],
        width,
        bottom=named,
        align="edge",
        color=ORANGE,
        hatch=_HATCH,
        edgecolor="white",
        label="not named",
    )
    axes.set_ylabel("attributions")
    axes.tick_params(axis="x", rotation=30)
    _legend(axes)
    return axes


def plot_network(network: nx.Graph[str], *, labels: int = 12, ax: Axes | None = None) -> Axes:
    """Draw a network of any kind: markers by what a node is, lines by what an edge means.

    A marker's area grows with the node's attributions and a line's width with the edge's weight;
    the `labels` most quoted nodes have their names. Nodes stand where `quoth.graph.layout` puts
    them, so the same network gives the same picture.
    """
    axes = _axes(ax)
    from matplotlib.patheffects import withStroke

    places = positions(network, dict.fromkeys(network, _BOX))
    _draw_edges(axes, network, places)
    by_look: dict[str, list[str]] = {}
    for name, node in network.nodes.items():
        sort = str(node.get("node", "source"))
        look = str(node.get("type", "")) if sort == "source" else sort
        by_look.setdefault(look if look in _MARKERS else "UnspecifiedSource", []).append(name)
    for look in sorted(by_look):
        marker, colour = _MARKERS[look]
        axes.scatter(
            [places[name][0] for name in by_look[look]],
            [places[name][1] for name in by_look[look]],
            [30 + 12 * network.nodes[name].get("weight", 1) for name in by_look[look]],
            marker=marker,
            color=colour,
            edgecolors="white",
            zorder=2,
        )
        axes.plot([], [], marker=marker, color=colour, linestyle="none", label=look)
    halo = [withStroke(linewidth=2, foreground="white")]
    named = [(name, {"weight": 0, "label": name, **node}) for name, node in network.nodes.items()]
    for name, node in sorted(named, key=by_attributions)[:labels]:
        axes.annotate(
            node["label"],
            places[name],
            xytext=(4, 4),
            textcoords="offset points",
            fontsize="small",
            parse_math=False,
            path_effects=halo,
        )
    axes.invert_yaxis()
    axes.set_axis_off()
    _legend(axes)
    return axes


def _draw_edges(axes: Axes, network: nx.Graph[str], places: Mapping[str, tuple[int, int]]) -> None:
    arrow = "-|>" if network.is_directed() else "-"
    labelled: set[str] = set()
    for number, (origin, target, edge) in enumerate(network.edges(data=True)):
        kind = str(edge.get("kind", "edge"))
        dashes, colour = _LINES.get(kind, _OTHER_LINE)
        style = {"color": colour, "linestyle": dashes}
        if origin != target:
            # Parallel edges bend apart.
            bend = 0.08 + 0.06 * (number % 3) if network.is_multigraph() else 0.08
            axes.annotate(
                "",
                places[target],
                xytext=places[origin],
                arrowprops={
                    "arrowstyle": arrow,
                    "connectionstyle": f"arc3,rad={bend}",
                    "linewidth": 0.6 + 0.4 * math.log2(1 + edge.get("weight", 1)),
                    "shrinkA": 5,
                    "shrinkB": 5,
                    "alpha": 0.7,
                    **style,
                },
                zorder=1,
            )
        if kind not in labelled:
            labelled.add(kind)
            axes.plot([], [], label=kind, **style)


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot as plt
    except ImportError:
        raise GraphError(
            "plots are drawn by matplotlib, which is not installed: pip install 'quoth[plot]'"
        ) from None
    _, axes = plt.subplots(layout="constrained")
    return axes


def _names(axes: Axes, names: list[str]) -> None:
    """Write `names` beside the rows, the first on top; a «$» in one is no formula."""
    axes.set_yticks(range(len(names)), names, parse_math=False)
    axes.invert_yaxis()


def _legend(axes: Axes) -> None:
    """Explain each look once."""
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(reversed(labels), reversed(handles), strict=True))
    if len(once) > 1:
        ordered = sorted(once, key=labels.index)
        axes.legend([once[label] for label in ordered], ordered, frameon=False, fontsize="small")
