"""Where the sources of a network stand on a page: positions computed once, without chance.

Each connected part of the network is laid out by itself (Kamada and Kawai, "An algorithm for
drawing general undirected graphs", 1989; the force-directed method of Fruchterman and Reingold,
1991, for a large part), its boxes are pushed apart until no label covers another, and the parts
are packed in rows, the largest first.
"""

from __future__ import annotations

import math
import random
from contextlib import contextmanager
from typing import TYPE_CHECKING

import igraph  # type: ignore[import-untyped]  # ships no types
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx
    import numpy.typing as npt

    Points = npt.NDArray[np.float64]
    """One row for each vertex: x and y, or width and height."""

GAP = 50.0
"""Pixels between two parts."""

ASPECT = 1.4
"""Width by height that each large part and the whole aim at."""

AIR = 1.7
"""Area that a part takes before its boxes are pushed apart, in the areas of its boxes."""

LARGE = 150
"""Vertices from which a part is laid out by the faster method."""

PUSHES = 300
"""How often boxes are pushed apart at most."""


def positions(
    network: nx.Graph[str], boxes: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[int, int]]:
    """Return the centre of each node's box in pixels, y downwards, around (0, 0).

    `boxes` are the width and height that each node takes with its label. Besides the edges,
    sources that speak in the same document (node attribute ``documents``) attract each other, so
    that what stands together was said together. The same network, in the same order, gives the
    same positions.
    """
    nodes = list(network)
    if not nodes:
        return {}
    sizes = np.array([boxes[node] for node in nodes], dtype=float)
    graph = _with_documents(network)
    parts: list[tuple[list[int], Points]] = []
    for members in graph.connected_components():
        sources = [vertex for vertex in members if vertex < len(nodes)]
        points = _spread(graph.induced_subgraph(members))[: len(sources)]
        parts.append((sources, _push_apart(_fill(points, sizes[sources]), sizes[sources])))
    parts.sort(key=lambda part: (-len(part[0]), part[0]))
    placed = np.empty((len(nodes), 2))
    outlines = [_outline(points, sizes[members]) for members, points in parts]
    corners = _pack([high - low for low, high in outlines])
    for (members, points), (low, _), corner in zip(parts, outlines, corners, strict=True):
        placed[members] = points - low + corner
    low, high = _outline(placed, sizes)
    placed -= (low + high) / 2
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, placed, strict=True)}


def _with_documents(network: nx.Graph[str]) -> igraph.Graph:
    """Return `network` undirected, and for each document a vertex joined to who speaks there.

    The nodes come first, in their order, then the documents.
    """
    index = {node: i for i, node in enumerate(network)}
    ends = {(index[a], index[b]) for a, b in network.edges() if a != b}
    for node, documents in network.nodes(data="documents"):
        for document in documents or ():
            ends.add((index[node], index.setdefault(document, len(index))))
    return igraph.Graph(n=len(index), edges=sorted(ends)).simplify()


def _spread(part: igraph.Graph) -> Points:
    """Return positions of the vertices of a connected graph, in no particular unit."""
    # Positions to begin with, on a spiral: the first method then draws no random numbers.
    turn = math.pi * (3 - math.sqrt(5))
    start = [
        (math.sqrt(i + 1) * math.cos(i * turn), math.sqrt(i + 1) * math.sin(i * turn))
        for i in range(part.vcount())
    ]
    method = "kamada_kawai" if part.vcount() < LARGE else "fruchterman_reingold"
    with _same_chance():
        points: Points = np.array(part.layout(method, seed=start).coords)
    return points


@contextmanager
def _same_chance() -> Iterator[None]:
    """Let igraph draw the same random numbers each time, and afterwards its usual ones."""
    igraph.set_random_number_generator(random.Random(1))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _fill(points: Points, sizes: Points) -> Points:
    """Return `points`, scaled until their boxes have some air, in about the shape of a page."""
    extent = np.maximum(np.ptp(points, axis=0), 1e-6)
    area = AIR * float(sizes.prod(axis=1).sum())
    wanted = np.array([math.sqrt(area * ASPECT), math.sqrt(area / ASPECT)])
    scale = wanted / extent
    # A part of a few vertices may be a line: bent into the page's shape it would be torn.
    stretch = np.clip(scale / math.sqrt(float(scale.prod())), 0.7, 1.4)
    size = math.sqrt(float(np.clip(scale.prod(), 0, (scale.min() * 2) ** 2)))
    return np.asarray(points * stretch * size)


def _push_apart(points: Points, sizes: Points) -> Points:
    """Return `points`, moved until no two boxes overlap (or nearly so)."""
    points = points.copy()
    room = (sizes[:, None, :] + sizes[None, :, :]) / 2
    later = np.arange(len(points))[:, None] > np.arange(len(points))[None, :]
    for _ in range(PUSHES):
        apart = points[:, None, :] - points[None, :, :]
        overlap = room - np.abs(apart)
        hit = (overlap[..., 0] > 0.5) & (overlap[..., 1] > 0.5)
        np.fill_diagonal(hit, val=False)
        if not hit.any():
            break
        # Along the axis on which less is missing for the size; each of the two goes half the way.
        sideways = overlap[..., 0] / room[..., 0] < overlap[..., 1] / room[..., 1]
        axis = np.stack([sideways, ~sideways], axis=2) & hit[..., None]
        sign = np.where(apart == 0, np.where(later, 1, -1)[..., None], np.sign(apart))
        points += np.where(axis, sign * overlap / 2, 0).sum(axis=1) * 0.6
    return points


def _outline(points: Points, sizes: Points) -> tuple[Points, Points]:
    """Return the top left and the bottom right corner of what the boxes cover."""
    return (points - sizes / 2).min(axis=0), (points + sizes / 2).max(axis=0)


def _pack(sizes: list[Points]) -> list[Points]:
    """Return the top left corner of each box of `sizes`, set in rows about ASPECT wide by high.

    In its row a box stands in the middle.
    """
    area = sum(float((size + GAP).prod()) for size in sizes)
    width = max([math.sqrt(area * ASPECT), *(float(size[0]) for size in sizes)])
    rows: list[list[Points]] = []
    x = math.inf
    for size in sizes:
        if x + size[0] > width:
            rows.append([])
            x = 0.0
        rows[-1].append(size)
        x += float(size[0]) + GAP
    corners = []
    y = 0.0
    for row in rows:
        x, height = 0.0, max(float(size[1]) for size in row)
        for size in row:
            corners.append(np.array([x, y + (height - float(size[1])) / 2]))
            x += float(size[0]) + GAP
        y += height + GAP
    return corners
