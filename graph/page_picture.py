"""The picture of a page: which sources it shows, where they stand, and how large.

Of many sources the most quoted are drawn each by itself, and the others as groups of one kind and
one anonymity, so that nobody opens a page on thousands of dots.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from quoth.graph.appearance import Look, look_of
from quoth.graph.layout import positions
from quoth.graph.page_core import ANONYMITIES, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quoth.graph.network import EdgeKind
    from quoth.graph.page_index import PageIndex

MOST_SOURCES = 300
"""How many sources a picture shows one by one, unless told otherwise."""

MOST_EDGES = 1000
"""How many edges between them it shows: those with the most attributions."""

_GROUP_LABEL = "0,000 others"
"""What a group's label is about as long as."""


@dataclass(frozen=True)
class Shown:
    """A source or a group in the picture: its look and the middle of its shape, in pixels."""

    look: Look
    x: int
    y: int


class Picture:
    """The `most` quoted sources of `index`, placed, and the others in groups.

    The source `focus`, where there is one, is among those placed.
    """

    def __init__(
        self, index: PageIndex, most: int = MOST_SOURCES, *, focus: str | None = None
    ) -> None:
        self.index = index
        first = () if focus is None else (focus,)
        self.sources = tuple(dict.fromkeys((*first, *index.sources)))[:most]
        self.edges = self._heaviest()
        self.groups = self._others()
        self._shown = dict(self._placed())

    def of(self, source: str) -> Shown:
        """Return how a source of `sources` is shown."""
        return self._shown[source]

    def columns(self) -> dict[str, list[Any]]:
        """Return what the picture adds to the columns of the sources.

        ``x``, ``y``, ``size``, ``font`` and ``shown`` (the label in lines) are None for those in
        groups, ``group`` is -1 for the others.
        """
        groups = {kind: number for number, kind in enumerate(self.groups)}
        shown = [self._shown.get(iri) for iri in self.index.sources]
        return {
            "x": [one and one.x for one in shown],
            "y": [one and one.y for one in shown],
            "size": [one and one.look.size for one in shown],
            "font": [one and one.look.font for one in shown],
            "shown": [one and one.look.label for one in shown],
            "group": [
                -1 if one else groups[self._kind(iri)]
                for iri, one in zip(self.index.sources, shown, strict=True)
            ],
        }

    def group_columns(self) -> dict[str, list[Any]]:
        """Return the columns of the groups; ``sources`` and ``attributions`` are counts."""
        shown = [self._shown[_group_name(kind)] for kind in self.groups]
        return {
            "type": [TYPES.of([type_]) for type_, _ in self.groups],
            "anonymity": [ANONYMITIES.of([anonymity]) for _, anonymity in self.groups],
            "sources": [sources for sources, _ in self.groups.values()],
            "attributions": [attributions for _, attributions in self.groups.values()],
            "x": [one.x for one in shown],
            "y": [one.y for one in shown],
            "size": [one.look.size for one in shown],
            "font": [one.look.font for one in shown],
        }

    def _kind(self, source: str) -> tuple[str, str]:
        described = self.index.facts.whole.describe(source)
        return described["type"], described["anonymity"]

    def _others(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Return, for each kind of source not drawn, how many there are and what they say."""
        sources: Counter[tuple[str, str]] = Counter()
        attributions: Counter[tuple[str, str]] = Counter()
        drawn = frozenset(self.sources)
        for iri in (source for source in self.index.sources if source not in drawn):
            kind = self._kind(iri)
            sources[kind] += 1
            attributions[kind] += self.index.weights[iri]
        largest = sorted(sources, key=lambda kind: (-attributions[kind], -sources[kind], kind))
        return {kind: (sources[kind], attributions[kind]) for kind in largest}

    def _heaviest(self) -> list[tuple[str, str, EdgeKind, list[int]]]:
        """Return the edges drawn, by ends and kind: origin, target, kind, attributions."""
        drawn = frozenset(self.sources)
        behind: dict[tuple[str, str, EdgeKind], list[int]] = {}
        for kind, origin, target, number in self.index.edges:
            if origin in drawn and target in drawn:
                behind.setdefault((origin, target, kind), []).append(number)
        heaviest = sorted(behind, key=lambda edge: (-len(behind[edge]), edge))[:MOST_EDGES]
        return [(*edge, behind[edge]) for edge in sorted(heaviest)]

    def _placed(self) -> Iterator[tuple[str, Shown]]:
        looks = self._looks()
        boxes = {name: look.box for name, look in looks.items()}
        for name, (x, y) in positions(self._network(), boxes).items():
            look = looks[name]
            yield name, Shown(look, x, round(y - look.box[1] / 2 + look.size))

    def _looks(self) -> dict[str, Look]:
        index = self.index
        most = max(index.weights.values(), default=0)
        looks = {
            iri: look_of(index.facts.whole.label(iri), index.weights[iri], most=most)
            for iri in self.sources
        }
        for kind, (_, attributions) in self.groups.items():
            looks[_group_name(kind)] = look_of(_GROUP_LABEL, min(attributions, most), most=most)
        return looks

    def _network(self) -> nx.Graph[str]:
        """Return what positions are computed from; groups stand by themselves."""
        places = _documents_of(self.index, frozenset(self.sources))
        network: nx.Graph[str] = nx.Graph()
        for iri in self.sources:
            network.add_node(iri, documents=places.get(iri, ()))
        network.add_edges_from((origin, target) for origin, target, _, _ in self.edges)
        network.add_nodes_from(map(_group_name, self.groups), documents=())
        return network


def _documents_of(index: PageIndex, sources: frozenset[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the numbers of the documents in which each source speaks."""
    found: dict[str, set[int]] = {}
    said_by = index.facts.sources
    for number, attribution in zip(index.attribution_documents, index.attributions, strict=True):
        for who in said_by[attribution]:
            if who in sources:
                found.setdefault(who, set()).add(number)
    return {who: tuple(sorted(numbers - {-1})) for who, numbers in found.items()}


def _group_name(kind: tuple[str, str]) -> str:
    return " ".join(kind)
