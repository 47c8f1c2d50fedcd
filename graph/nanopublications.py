"""Nanopublications: each attribution as a small publication of its own, and back.

After http://www.nanopub.org/nschema#: four named graphs, a head that names the other three, the
assertion, its provenance and the information on the publication. They are not signed, and their
IRIs are functions of the attribution's: ``id:np-<docid>-<begin>-<end>``. One more for each
document, ``id:np-<docid>``, holds what the document's graph says beside its attributions.

The assertions of a document hold all of its graph, and their provenance names the graph, the run
and the software, so that `into_quads` gives the document's graph and its provenance back. What is
said across documents (``id:graph-links`` and other graphs of the user's) is not published.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import PROV, RDF, Namespace, URIRef
from rdflib.term import Node

from quoth.graph.imports import document_graphs
from quoth.graph.provenance import provenance_of
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import ID, PROVENANCE_GRAPH, SAID

NP = Namespace("http://www.nanopub.org/nschema#")

Triple = tuple[Node, Node, Node]

_PARTS = {
    NP.hasAssertion: "assertion",
    NP.hasProvenance: "provenance",
    NP.hasPublicationInfo: "pubinfo",
}
_ACTS = (SAID.Attribution, SAID.OwnVoice)
_POINTING = (SAID.linkFrom, SAID.describes)
"""Properties that lead from a node to the attribution or source that it belongs to."""


def nanopublications(quads: Iterable[Quad]) -> list[Quad]:
    """Return the attributions and documents among `quads` as nanopublications."""
    by_graph: defaultdict[URIRef | None, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad[3]].append(quad)
    provenance = by_graph[PROVENANCE_GRAPH]
    published: list[Quad] = []
    for document, graph in sorted(document_graphs(provenance).items()):
        made = [quad[:3] for quad in provenance_of(provenance, graph)]
        content = _Content(quad[:3] for quad in by_graph[graph])
        for act in content.acts:
            name = str(act).removeprefix(str(ID)).partition("-")
            published += _publish(ID[f"np-{name[2]}"], content.about(act), document, made)
        key = str(document).removeprefix(str(ID["doc-"]))
        published += _publish(ID[f"np-{key}"], content.rest(), document, made)
    return published


def is_nanopublications(quads: Iterable[Quad]) -> bool:
    """Whether there is a nanopublication among `quads`."""
    return any(p == RDF.type and o == NP.Nanopublication for _, p, o, _ in quads)


def into_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return what nanopublications of quoth's assert, in the documents' graphs, with provenance.

    An assertion whose provenance names no document graph, because another program published it,
    stays as it is, in a graph of its own.
    """
    by_graph: defaultdict[Node | None, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad[3]].append(quad)
    parts = {
        (publication, part): graph
        for publication, part, graph, _ in (quad for found in by_graph.values() for quad in found)
        if part in _PARTS
    }
    taken: dict[Quad, None] = {}
    for (publication, part), graph in parts.items():
        if part != NP.hasAssertion:
            continue
        made = by_graph[parts.get((publication, NP.hasProvenance))]
        named = document_graphs(quad for quad in made if quad[0] != graph)
        target = next(iter(named.values()), URIRef(str(graph)))
        taken |= dict.fromkeys((*quad[:3], target) for quad in by_graph[graph])
        taken |= dict.fromkeys(
            (*quad[:3], PROVENANCE_GRAPH) for quad in made if named and quad[0] != graph
        )
    return list(taken)


def _publish(
    iri: URIRef, assertion: Iterable[Triple], document: Node, made: Iterable[Triple]
) -> Iterator[Quad]:
    graphs = {name: URIRef(f"{iri}#{name}") for name in ("head", *_PARTS.values())}
    yield iri, RDF.type, NP.Nanopublication, graphs["head"]
    for part, name in _PARTS.items():
        yield iri, part, graphs[name], graphs["head"]
    for triple in assertion:
        yield (*triple, graphs["assertion"])
    yield graphs["assertion"], PROV.wasDerivedFrom, document, graphs["provenance"]
    for subject, predicate, object_ in made:
        yield subject, predicate, object_, graphs["provenance"]
        if predicate == PROV.wasGeneratedBy:
            yield graphs["assertion"], predicate, object_, graphs["provenance"]
        if predicate == PROV.wasAssociatedWith:
            yield iri, PROV.wasAttributedTo, object_, graphs["pubinfo"]


class _Content:
    """The triples of one document's graph, taken apart by the attribution they belong to."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = dict.fromkeys(triples)
        self._by_subject: defaultdict[Node, list[Triple]] = defaultdict(list)
        self._pointing: defaultdict[Node, list[Node]] = defaultdict(list)
        for triple in self.triples:
            subject, predicate, object_ = triple
            self._by_subject[subject].append(triple)
            if predicate in _POINTING:
                self._pointing[object_].append(subject)
        kinds = [(s, o) for s, p, o in self.triples if p == RDF.type]
        self.acts = sorted((node for node, kind in kinds if kind in _ACTS), key=str)
        self._ends = {*self.acts, *(node for node, kind in kinds if kind == SAID.Document)}
        self._told: set[Triple] = set()

    def about(self, act: Node) -> list[Triple]:
        """Return what is reached from `act`, up to other attributions and the document."""
        found: list[Triple] = []
        waiting, seen = [act], {act, *self._ends}
        while waiting:
            node = waiting.pop()
            triples = self._by_subject.get(node, [])
            found += triples
            for near in (*(o for _, _, o in triples), *self._pointing.get(node, ())):
                if near not in seen and near in self._by_subject:
                    seen.add(near)
                    waiting.append(near)
        self._told.update(found)
        return found

    def rest(self) -> list[Triple]:
        """Return what is reached from no attribution: the document's own description, above all."""
        return [triple for triple in self.triples if triple not in self._told]
