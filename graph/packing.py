"""A document's quads as bytes, on their way from the process that reads to the one that writes.

They are N-Quads: pyoxigraph reads and writes them ten times as fast as Python pickles its quads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from quoth.graph.iris import DocumentIris
from quoth.graph.mapping import Mapped, mapped
from quoth.graph.terms import from_ox, to_ox
from quoth.graph.vocabulary import PROVENANCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from quoth.extractors.records import Document, Extraction, Extractor


def pack(extraction: Extraction) -> bytes:
    """Return the N-Quads of what was found in a document, in all three graphs.

    Raises RecordError as `quoth.graph.mapping.quads`.
    """
    new = mapped(extraction)
    quads = [*new.own, *map(to_ox, (*new.sources, *new.provenance))]
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def unpack(document: Document, extractor: Extractor, packed: bytes) -> Mapped:
    """Return what `pack` made of `document` as `extractor` reads it, ready to be added."""
    graph = DocumentIris(document.key).graph(extractor)
    own: list[ox.Quad] = []
    shared: dict[str, list[ox.Quad]] = {str(SOURCES_GRAPH): [], str(PROVENANCE_GRAPH): []}
    for quad in ox.parse(packed, format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad.graph_name, ox.NamedNode)
        shared.get(quad.graph_name.value, own).append(quad)
    sources, provenance = (list(from_ox(quads)) for quads in shared.values())
    return Mapped(document, graph, own, sources, provenance)
