"""The picture as pyvis has it: nodes and edges put in, and what somebody has changed of them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from quoth.extractors.values import SourceType
from quoth.graph.appearance import ARROWS, DASHES, OUTLINES, SHAPES

if TYPE_CHECKING:
    from pyvis.network import Network  # type: ignore[import-untyped]  # ships no types

    from quoth.graph.page_picture import Picture

Snapshot = dict[str, dict[str, dict[str, Any]]]
"""Nodes and edges by id, as they were."""


def add_picture(network: Network, picture: Picture) -> None:
    """Add the sources of `picture` and the edges between them to an empty pyvis network."""
    whole = picture.index.facts.whole
    for iri in picture.sources:
        shown, described = picture.of(iri), whole.describe(iri)
        network.add_node(
            iri,
            label=shown.look.label,
            shape=SHAPES[SourceType(described["type"])],
            group=described["type"],
            anonymity=described["anonymity"],
            size=shown.look.size,
            font={"size": shown.look.font},
            x=shown.x,
            y=shown.y,
            shapeProperties={"borderDashes": OUTLINES[described["anonymity"]]},
        )
    between = Counter(frozenset((origin, target)) for origin, target, _, _ in picture.edges)
    before: defaultdict[tuple[str, str], int] = defaultdict(int)
    for origin, target, kind, attributions in picture.edges:
        # Edges between the same two bend apart, those of the other direction to the other side.
        bend = 0.16 * (1 + before[origin, target])
        before[origin, target] += 1
        alone = between[frozenset((origin, target))] == 1
        network.add_edge(
            origin,
            target,
            id=f"{origin} {kind} {target}",
            kind=kind.value,
            weight=len(attributions),
            width=round(2 + math.log2(len(attributions)), 1),
            dashes=DASHES.get(kind, False),
            arrows={"to": ARROWS[kind]},
            smooth=False if alone else {"type": "curvedCW", "roundness": round(bend, 2)},
        )


def snapshot(network: Network) -> Snapshot:
    """Return nodes and edges as they are now."""
    return {"nodes": _by_id(network.nodes), "edges": _by_id(network.edges)}


def changes_since(before: Snapshot, network: Network) -> dict[str, Any]:
    """Return what of a network's nodes and edges is other than in `before`.

    ``added`` holds whole ``nodes`` and ``edges``; ``changed`` those that were there, their id
    (of edges also from, to and kind) and what differs; ``removed`` the ids of those gone.
    """
    now = snapshot(network)
    added: dict[str, list[Any]] = {}
    changed: dict[str, list[Any]] = {}
    removed: dict[str, list[str]] = {}
    for what, known in before.items():
        added[what] = [item for name, item in now[what].items() if name not in known]
        changed[what] = [
            {**{key: item[key] for key in _IDENTITY if key in item}, **difference}
            for name, item in now[what].items()
            if name in known and (difference := _difference(known[name], item))
        ]
        removed[what] = [name for name in known if name not in now[what]]
    return {"added": added, "changed": changed, "removed": removed}


_IDENTITY = ("id", "from", "to", "kind")


def _difference(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in now.items() if key not in before or before[key] != value}


def _by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return a copy of nodes or edges by id; an edge without one is known by its place."""
    return {
        str(item.get("id", f"{number} {item.get('from')} {item.get('to')}")): deepcopy(item)
        for number, item in enumerate(items)
    }
