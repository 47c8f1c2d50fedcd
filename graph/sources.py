"""What every document shares: the types, names and affiliations of the global sources.

The graph ``id:graph-sources`` is a function of the documents' graphs, so it neither depends on
the order in which documents came nor keeps what a removed document alone had said.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from rdflib import DC, DCTERMS, RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from quoth.graph.iris import source_slug
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import ID, SAID, SOURCES_GRAPH, VAL

Match = Callable[[Node | None, Node | None, Node | None, URIRef | None], Iterable[Quad]]
"""Yields the quads that match subject, predicate, object and graph; None matches all."""

_PERSON, _ORGANISATION = ID["person-"], ID["org-"]

# Looked up once: rdflib searches its vocabularies for a term each time, and these are read for
# every document that is added.
_TYPE, _PREF, _ALT, _ANONYMITY = RDF.type, SKOS.prefLabel, SKOS.altLabel, SAID.anonymity
_DESCRIBES, _LABEL, _ALIAS, _AFFILIATION = SAID.describes, SAID.label, SAID.alias, SAID.affiliation
_DESCRIBED_AFFILIATION, _AFFILIATION_NAME = SAID.describedAffiliation, SAID.affiliationName
_NAMED = VAL.named
_NAMES = frozenset((_PREF, _ALT))


def is_global(iri: Node | str) -> bool:
    """Return whether `iri` names a source that documents share."""
    return str(iri).startswith((_PERSON, _ORGANISATION))


def global_source_quads(document_quads: Iterable[Quad]) -> list[Quad]:
    """Return what the graph of one document (or of several) contributes to the shared sources."""
    statements = _statements(document_quads)
    return name_quads([quad for iri in statements for quad in statements[iri]])


def contributions(
    iris: Iterable[Node], match: Match, *, leaving_out: Collection[URIRef]
) -> list[Quad]:
    """Return what all documents but those of graphs `leaving_out` say of the sources `iris`."""
    iris = list(iris)
    found: dict[Quad, None] = {}
    for iri in iris:
        for predicate in (_DESCRIBES, _DESCRIBED_AFFILIATION, *_BYLINES):
            for subject, _, _, graph in match(None, predicate, iri, None):
                if graph not in leaving_out:
                    found |= dict.fromkeys(match(subject, None, None, graph))
    statements = _statements(found)
    return name_quads([quad for iri in iris for quad in statements[iri]])


_BYLINES = {DCTERMS.publisher: DC.publisher, DCTERMS.creator: DC.creator}


def _statements(document_quads: Iterable[Quad]) -> defaultdict[Node, list[Quad]]:
    """Return, per global source, its type, anonymity, affiliations and, as altLabel, all names."""
    described: defaultdict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_, _ in document_quads:
        described[subject][predicate].append(object_)
    statements: defaultdict[Node, list[Quad]] = defaultdict(list)

    def state(iri: Node, names: Iterable[Node], affiliations: Iterable[Node] = ()) -> None:
        if is_global(iri):
            type_ = SAID.Person if str(iri).startswith(_PERSON) else SAID.Organisation
            statements[iri] += [
                (iri, _TYPE, type_, SOURCES_GRAPH),
                (iri, _ANONYMITY, _NAMED, SOURCES_GRAPH),
                *((iri, _ALT, name, SOURCES_GRAPH) for name in names),
                *((iri, _AFFILIATION, other, SOURCES_GRAPH) for other in affiliations),
            ]

    for facts in described.values():
        organisations = facts.get(_DESCRIBED_AFFILIATION, [])
        for iri in facts.get(_DESCRIBES, []):
            names = [*facts[_LABEL], *facts.get(_ALIAS, [])]
            state(iri, names, organisations)
        for iri in organisations:
            state(iri, facts[_AFFILIATION_NAME])
        for byline, name in _BYLINES.items():
            for iri in facts.get(byline, []):
                state(iri, facts[name])
    return statements


def name_quads(statements: Iterable[Quad]) -> list[Quad]:
    """Return `statements` of the sources graph with one name of each source as its prefLabel.

    The other names are altLabels. The prefLabel is a name that the source's IRI is made of; among
    several spellings one in mixed case before all capitals, then the longest, then the first
    in code-point order: a function of the set of names. One name in two languages counts once.
    """
    names: defaultdict[Node, set[Literal]] = defaultdict(set)
    quads: dict[Quad, None] = {}
    for quad in statements:
        subject, predicate, object_, graph = quad
        if predicate in _NAMES and graph == SOURCES_GRAPH:
            assert isinstance(object_, Literal)
            names[subject].add(object_)
        else:
            quads[quad] = None
    for iri, all_names in names.items():
        for predicate, name in _ranked(iri, all_names):
            quads[iri, predicate, name, SOURCES_GRAPH] = None
    return list(quads)


def _ranked(iri: Node, names: Iterable[Literal]) -> Iterator[tuple[URIRef, Literal]]:
    own = str(iri).partition("-")[2]

    def rank(name: Literal) -> tuple[bool, bool, int, str, str]:
        text = str(name)
        return (source_slug(text) != own, text.isupper(), -len(text), text, name.language or "")

    spellings: dict[str, Literal] = {}
    for name in sorted(names, key=rank):
        spellings.setdefault(str(name), name)
    first, *others = spellings.values()
    yield _PREF, first
    for name in others:
        yield _ALT, name
