"""Extractions to quads: a pure function of the record, in the vocabulary of ``ontology.ttl``.

What comes out holds the evidence whole — every span with its offsets and its exact words — but
not the document's text, of which only the hash is kept. `quoth.graph.reconstruction` is the way
back.
"""

from datetime import datetime
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import URIRef

from quoth.extractors.records import Document, Extraction, Extractor
from quoth.graph.document_writer import DocumentWriter
from quoth.graph.oxterms import dc, dcterms, said
from quoth.graph.provenance import provenance_quads
from quoth.graph.sources import global_source_quads
from quoth.graph.terms import Quad, from_ox


class Mapped(NamedTuple):
    """A document's extraction as quads, by where they stand.

    `own` are those of the document's graph `graph`, as Oxigraph takes them; `sources` what it
    contributes to the shared sources; `provenance` which run made it.
    """

    document: Document
    graph: URIRef
    own: list[ox.Quad]
    sources: list[Quad]
    provenance: list[Quad]

    def quads(self) -> list[Quad]:
        """Return all of them, as rdflib takes them."""
        return [*from_ox(self.own), *self.sources, *self.provenance]


def mapped(extraction: Extraction, *, ended: datetime | None = None) -> Mapped:
    """Return everything that one extractor found in one document, as `quads` does, by graph."""
    writer = DocumentWriter(extraction)
    own, described = writer.write()
    shared = (quad for quad in own[:described] if quad.predicate in _SHARED)
    return Mapped(
        extraction.document,
        URIRef(writer.graph.value),
        own,
        global_source_quads(from_ox(shared)),
        provenance_quads(extraction, ended),
    )


_SHARED = frozenset(
    (
        said.describes,
        said.label,
        said.alias,
        said.describedAffiliation,
        said.affiliationName,
        dcterms.publisher,
        dcterms.creator,
        dc.publisher,
        dc.creator,
    )
)
"""The predicates that `global_source_quads` reads."""


def described(document: Document, extractor: Extractor) -> set[Quad]:
    """Return what the graph that `extractor` makes of `document` says of it, but for its voice."""
    writer = DocumentWriter(Extraction(document=document, extractor=extractor))
    own, _ = writer.write()
    return set(from_ox(own))


def quads(extraction: Extraction, *, ended: datetime | None = None) -> list[Quad]:
    """Return everything that one extractor found in one document, as quads.

    They stand in three graphs: the document's (``id:graph-<docid>-<extractor>``), the shared
    sources' (``id:graph-sources``) and the provenance (``id:graph-provenance``). The same
    extraction gives the same list. `ended`, when the run ended, is left out unless given, because
    it would make every run's provenance another.

    Lone surrogates become U+FFFD in literals. A mention that stands in several records (as the
    source of an inner attribution, say, and as what the outer claim is about) is written once,
    with the form and description of the first and what any of them refers to. Two sources of one
    document that share an IRI (both named «Maria Vance») are one source in the graph.

    Raises RecordError where the extraction contradicts itself: a key that is no key of the
    document, or two attributions under one key.
    """
    return mapped(extraction, ended=ended).quads()
