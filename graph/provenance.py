"""Which run of which software made a document's graph (PROV-O)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from rdflib import PROV, RDF, SKOS, XSD, Literal, URIRef

from quoth.extractors.records import Extraction
from quoth.graph.iris import DocumentIris, extractor_iri
from quoth.graph.terms import Quad, plain
from quoth.graph.vocabulary import PROVENANCE_GRAPH, SAID, SCHEMA

if TYPE_CHECKING:
    from rdflib.term import Node


def provenance_quads(extraction: Extraction, ended: datetime | None = None) -> list[Quad]:
    """Return the provenance of the graph that `extraction` becomes.

    `ended`, when the run ended, is left out unless given.
    """
    iris, extractor = DocumentIris(extraction.document.key), extraction.extractor
    graph, run, software = iris.graph(extractor), iris.run(extractor), extractor_iri(extractor)
    triples: list[tuple[URIRef, URIRef, Node]] = [
        (graph, RDF.type, SAID.DocumentGraph),
        (graph, PROV.wasDerivedFrom, iris.document),
        (graph, PROV.wasGeneratedBy, run),
        (run, RDF.type, SAID.ExtractionRun),
        (run, PROV.used, iris.document),
        (run, PROV.wasAssociatedWith, software),
        (run, SAID.model, plain(extractor.model)),
        (run, SAID.config, plain(extractor.config)),
        (run, SAID.configHash, plain(extractor.config_hash)),
        (software, RDF.type, SAID.Extractor),
        (software, SKOS.prefLabel, plain(extractor.name)),
        (software, SCHEMA.softwareVersion, plain(extractor.version)),
    ]
    if ended is not None:
        triples.append((run, PROV.endedAtTime, Literal(ended.isoformat(), datatype=XSD.dateTime)))
    return [(*triple, PROVENANCE_GRAPH) for triple in triples]


def provenance_of(quads: Iterable[Quad], graph: URIRef) -> list[Quad]:
    """Return those of the provenance `quads` that are about `graph`, its run and its software."""
    by_subject: defaultdict[Node, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_subject[quad[0]].append(quad)
    runs = [o for _, p, o, _ in by_subject[graph] if p == PROV.wasGeneratedBy]
    software = [o for run in runs for _, p, o, _ in by_subject[run] if p == PROV.wasAssociatedWith]
    return [quad for subject in (graph, *runs, *software) for quad in by_subject[subject]]
