"""A document's quads as bytes, from the process that reads to the store that keeps them.

They are N-Quads: pyoxigraph reads and writes them ten times as fast as Python pickles its quads,
and a store takes them in without a Python object for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from quoth.graph.iris import DocumentIris
from quoth.graph.mapping import mapped
from quoth.graph.terms import from_ox, to_ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import URIRef

    from quoth.extractors.records import Document, Extraction, Extractor
    from quoth.graph.terms import Quad

_LENGTH = 8


class Packed(NamedTuple):
    """A document's extraction as N-Quads, by where they stand, ready to be stored.

    `own` are those of the document's graph `graph`, `sources` what it contributes to the shared
    sources, `provenance` which run made it.
    """

    document: Document
    graph: URIRef
    own: bytes
    sources: bytes
    provenance: bytes

    def quads(self) -> list[Quad]:
        """Return all of them, as rdflib takes them."""
        return list(quads_of(self.own + self.sources + self.provenance))


def packed(extraction: Extraction) -> Packed:
    """Return the N-Quads of what was found in a document; raises RecordError as `mapped` does."""
    new = mapped(extraction)
    parts = (new.own, map(to_ox, new.sources), map(to_ox, new.provenance))
    return Packed(new.document, new.graph, *map(nquads, parts))


def pack(extraction: Extraction) -> bytes:
    """Return what `packed` gives of a document as one string of bytes.

    Before each part but the last stands its length, in eight bytes, so that nobody need look at
    its lines to tell. Raises RecordError as `packed`.
    """
    new = packed(extraction)
    lengths = (len(part).to_bytes(_LENGTH, "big") for part in (new.own, new.sources))
    return b"".join((*lengths, new.own, new.sources, new.provenance))


def unpack(document: Document, extractor: Extractor, content: bytes) -> Packed:
    """Return what `pack` made of `document` as `extractor` reads it, ready to be added."""
    lengths = (content[:_LENGTH], content[_LENGTH : 2 * _LENGTH])
    own, sources = (int.from_bytes(length, "big") for length in lengths)
    begin = 2 * _LENGTH
    return Packed(
        document,
        DocumentIris(document.key).graph(extractor),
        content[begin : begin + own],
        content[begin + own : begin + own + sources],
        content[begin + own + sources :],
    )


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as N-Quads, in their order."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def ox_quads_of(content: bytes) -> Iterator[ox.Quad]:
    """Yield the quads in what `nquads` has written."""
    # What was written from quads need not be looked through for what could not be one.
    return ox.parse(content, format=ox.RdfFormat.N_QUADS, lenient=True)


def quads_of(content: bytes) -> Iterator[Quad]:
    """Yield the quads in what `nquads` has written, as rdflib takes them."""
    return from_ox(ox_quads_of(content))
