"""A shard's quads in memory, to be read by whole patterns as a graph's are."""

from __future__ import annotations

import gzip
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from quoth.graph.formats import sorted_lines
from quoth.graph.sources import global_source_quads
from quoth.graph.terms import from_ox, to_ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import URIRef
    from rdflib.term import Node

    from quoth.graph.terms import Quad
    from quoth.spark.files import Folder
    from quoth.spark.layout import Shard


class ShardQuads:
    """The quads of one shard's documents, and what these say of the shared sources."""

    def __init__(self, own: Iterable[Quad]) -> None:
        self.own = list(own)
        self.sources = global_source_quads(self.own)
        self._by_predicate: defaultdict[Node, list[Quad]] = defaultdict(list)
        for quad in (*self.own, *self.sources):
            self._by_predicate[quad[1]].append(quad)

    @classmethod
    def read(cls, folder: Folder, shard: Shard) -> ShardQuads:
        """Read the quads of a finished shard."""
        written = shard.files[0]
        content = folder.get(written.name)
        if written.name.endswith(".gz"):
            content = gzip.decompress(content)
        return cls(from_ox(ox.parse(content, format=ox.RdfFormat.N_QUADS)))

    def match(
        self,
        subject: Node | None,
        predicate: Node | None,
        object: Node | None,
        graph: URIRef | None,
    ) -> Iterator[Quad]:
        """Yield the quads with `predicate` that match; None matches all, but for predicates."""
        assert predicate is not None
        for quad in self._by_predicate.get(predicate, ()):
            s, _, o, g = quad
            if subject in (None, s) and object in (None, o) and graph in (None, g):
                yield quad


def lines(quads: Iterable[Quad]) -> list[bytes]:
    """Return rdflib's quads as sorted lines of N-Quads."""
    return sorted_lines(map(to_ox, quads))
