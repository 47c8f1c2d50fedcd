"""Versions of one article: which text came before which, and what to forget with the last.

A document is another version of one that is there when both have the same URL, or neither has a
URL and both have the same id, and their texts differ. The provenance keeps that the new one is
`prov:wasRevisionOf` the old one, and the hash of the old text.
"""

from collections.abc import Collection, Iterable, Iterator

from rdflib import DCTERMS, PROV, URIRef
from rdflib.term import Node

from quoth.extractors.records import Document, Extractor
from quoth.graph.iris import DocumentIris, web_iri
from quoth.graph.sources import Match
from quoth.graph.terms import Quad, plain
from quoth.graph.vocabulary import ID, PROVENANCE_GRAPH, SAID, SCHEMA


def earlier_versions(match: Match, document: Document, besides: Collection[str]) -> list[URIRef]:
    """Return the documents of the graph that `document` is a later version of.

    Those whose keys are in `besides` are other articles of the same name. Where several share an
    id, as files of one name in different folders do, nothing tells whose later version it is, and
    it takes the place of none.
    """
    found = dict.fromkeys(_of_same_name(match, document))
    if not document.url and len(found) > 1:
        return []
    keys = {iri: iri.removeprefix(ID["doc-"]) for iri in found}
    return [iri for iri, key in keys.items() if key != document.key and key not in besides]


def stale_documents(match: Match, extractor: Extractor) -> list[Node]:
    """Return the documents read by another version, or with other settings, of `extractor`.

    Documents that an extractor of another name has read are none of its business.
    """
    found = []
    for graph, _, document, _ in match(None, PROV.wasDerivedFrom, None, PROVENANCE_GRAPH):
        iris = DocumentIris(str(document).removeprefix(ID["doc-"]))
        if graph == iris.graph(extractor):
            run = match(graph, PROV.wasGeneratedBy, iris.run(extractor), PROVENANCE_GRAPH)
            if not any(True for _ in run):
                found.append(document)
    return found


def _of_same_name(match: Match, document: Document) -> Iterator[URIRef]:
    if document.url:
        address = web_iri(document.url)
        named = [match(None, SCHEMA.url, plain(document.url), None)]
        if address is not None and str(address) == document.url:
            named.append(match(None, DCTERMS.isVersionOf, address, None))
        for quads in named:
            for iri, predicate, _, _ in quads:
                spelled = predicate == DCTERMS.isVersionOf and any(
                    match(iri, SCHEMA.url, None, None)
                )
                if not spelled:
                    yield URIRef(str(iri))
    elif document.id:
        for iri, *_ in match(None, DCTERMS.identifier, plain(document.id), None):
            addressed = (DCTERMS.isVersionOf, SCHEMA.url)
            if not any(True for place in addressed for _ in match(iri, place, None, None)):
                yield URIRef(str(iri))


def revision_quads(match: Match, document: Document, earlier: Iterable[Node]) -> list[Quad]:
    """Return that `document` is a revision of the documents `earlier`, and their texts' hashes."""
    new = DocumentIris(document.key).document
    found: list[Quad] = []
    for old in earlier:
        hashes = match(old, SAID.textHash, None, None)
        found.append((new, PROV.wasRevisionOf, old, PROVENANCE_GRAPH))
        found += [(*quad[:3], PROVENANCE_GRAPH) for quad in hashes]
    return found


def hash_of_the_past(match: Match, document: Node) -> list[Quad]:
    """Return what the provenance kept of `document` while it was not there."""
    return list(match(document, SAID.textHash, None, PROVENANCE_GRAPH))


def history(match: Match, document: Node) -> list[Quad]:
    """Return what the provenance holds of the versions before `document`."""
    found: dict[Quad, None] = {}
    ahead, seen = [document], {document}
    while ahead:
        for quad in match(ahead.pop(), PROV.wasRevisionOf, None, PROVENANCE_GRAPH):
            old = quad[2]
            found[quad] = None
            found |= dict.fromkeys(match(old, SAID.textHash, None, PROVENANCE_GRAPH))
            if old not in seen:
                seen.add(old)
                ahead.append(old)
    return list(found)


def is_history(quad: Quad) -> bool:
    """Whether a quad of the provenance tells of earlier versions."""
    return quad[1] in (PROV.wasRevisionOf, SAID.textHash)
