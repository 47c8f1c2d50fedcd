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

_LENGTH = 8


def pack(extraction: Extraction) -> bytes:
    """Return the N-Quads of what was found in a document, in all three graphs.

    The length of those in the document's own graph comes first, in eight bytes, so that nobody
    need look at each of them to tell. Raises RecordError as `quoth.graph.mapping.quads`.
    """
    new = mapped(extraction)
    own = _written(new.own)
    shared = _written(list(map(to_ox, (*new.sources, *new.provenance))))
    return len(own).to_bytes(_LENGTH, "big") + own + shared


def unpack(document: Document, extractor: Extractor, packed: bytes) -> Mapped:
    """Return what `pack` made of `document` as `extractor` reads it, ready to be added."""
    end = _LENGTH + int.from_bytes(packed[:_LENGTH], "big")
    own = list(ox.parse(packed[_LENGTH:end], format=ox.RdfFormat.N_QUADS))
    shared = list(from_ox(ox.parse(packed[end:], format=ox.RdfFormat.N_QUADS)))
    return Mapped(
        document,
        DocumentIris(document.key).graph(extractor),
        own,
        [quad for quad in shared if quad[3] == SOURCES_GRAPH],
        [quad for quad in shared if quad[3] == PROVENANCE_GRAPH],
    )


def _written(quads: list[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
