"""The user's decisions on sources, as records and as the quads of ``id:graph-aliases``."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rdflib import RDF, SKOS, URIRef
from rdflib.term import Node

from quoth.extractors.records import digest
from quoth.graph.errors import AliasError
from quoth.graph.iris import organisation_iri, person_iri, source_slug
from quoth.graph.sources import Match
from quoth.graph.terms import Quad, plain
from quoth.graph.unification import Groups
from quoth.graph.vocabulary import ALIASES_GRAPH, ID, SAID


class Kind(StrEnum):
    """What is decided: in a table the first column."""

    MERGE = "merge"
    SPLIT = "split"
    HOMONYM = "homonym"
    ALIAS = "alias"
    MATCH = "match"


_BETWEEN = {
    Kind.MERGE: SAID.mergedWith,
    Kind.SPLIT: SAID.keptApartFrom,
    Kind.MATCH: SKOS.exactMatch,
}


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One line of the alias table.

    `source` is the IRI of a source. `other` is the IRI of the source that it is merged with or kept
    apart from, the name that it also has or that tells the homonym apart («John Smith (FBI)»), or
    the IRI of its match elsewhere. `document` is the IRI of the document where the name means the
    homonym, else empty.
    """

    kind: Kind
    source: str
    other: str
    document: str = ""

    @property
    def into(self) -> URIRef:
        """The IRI of the homonym that `other` names."""
        make = person_iri if self.source.startswith(ID["person-"]) else organisation_iri
        return make(self.other)


def normal(decision: Decision) -> Decision:
    """Return a decision on two sources with the first IRI first: it holds both ways."""
    if decision.kind in {Kind.MERGE, Kind.SPLIT} and decision.other < decision.source:
        return Decision(decision.kind, decision.other, decision.source)
    return decision


def decision_quads(decisions: Iterable[Decision]) -> list[Quad]:
    """Return `decisions` as quads of ``id:graph-aliases``."""
    found: dict[Quad, None] = {}
    for decision in sorted(map(normal, decisions)):
        source, graph = URIRef(decision.source), ALIASES_GRAPH
        if decision.kind is Kind.ALIAS:
            found[source, SAID.alsoCalled, plain(decision.other), graph] = None
        elif decision.kind is Kind.HOMONYM:
            split = ID[f"homonym-{digest(decision.document, decision.source)[:20]}"]
            found[split, RDF.type, SAID.HomonymSplit, graph] = None
            found[split, SAID.inDocument, URIRef(decision.document), graph] = None
            found[split, SAID.splitFrom, source, graph] = None
            found[split, SAID.splitInto, decision.into, graph] = None
            found[split, SAID.splitAs, plain(decision.other), graph] = None
        else:
            found[source, _BETWEEN[decision.kind], URIRef(decision.other), graph] = None
    return list(found)


def read_decisions(match: Match) -> list[Decision]:
    """Return the decisions that stand in ``id:graph-aliases``, sorted."""
    found: list[Decision] = []
    for kind, predicate in (*_BETWEEN.items(), (Kind.ALIAS, SAID.alsoCalled)):
        for source, _, other, _ in match(None, predicate, None, ALIASES_GRAPH):
            found.append(normal(Decision(kind, str(source), str(other))))
    origins = _objects(match, SAID.splitFrom)
    names, documents = _objects(match, SAID.splitAs), _objects(match, SAID.inDocument)
    for split, origin in origins.items():
        if split in names and split in documents:
            found.append(Decision(Kind.HOMONYM, origin, names[split], documents[split]))
    return sorted(set(found))


def _objects(match: Match, predicate: Node) -> dict[Node, str]:
    return {s: str(o) for s, _, o, _ in match(None, predicate, None, ALIASES_GRAPH)}


def check(decisions: Iterable[Decision]) -> None:
    """Raise AliasError where `decisions` contradict each other."""
    decisions = list(decisions)
    apart = [(d.source, d.other) for d in decisions if d.kind is Kind.SPLIT]
    groups = Groups(apart)
    for decision in decisions:
        if decision.kind is Kind.MERGE and not groups.join(decision.source, decision.other):
            raise AliasError(
                f"{_short(decision.source)} and {_short(decision.other)} cannot be merged: the "
                "table keeps them, or sources merged with them, apart; take one of the two "
                "decisions back first (`quoth sources forget`)"
            )
    places: dict[tuple[str, str], str] = {}
    homonyms = {str(d.into) for d in decisions if d.kind is Kind.HOMONYM}
    for decision in decisions:
        if decision.kind is Kind.HOMONYM:
            place = decision.document, decision.source
            if places.setdefault(place, decision.other) != decision.other:
                raise AliasError(
                    f"{_short(decision.source)} is both {places[place]} and {decision.other} in "
                    f"{_short(decision.document)}; one document can tell it as one source only"
                )
            if source_slug(decision.other) == _short(decision.source).partition("-")[2]:
                raise AliasError(
                    f"{decision.other!r} is no other source than {_short(decision.source)}; "
                    'give it a name that tells it apart, like "John Smith (FBI)"'
                )
            if decision.source in homonyms:
                raise AliasError(
                    f"{_short(decision.source)} is told apart from another source already; take "
                    "that back (`quoth sources forget`) and tell it apart anew"
                )


def _short(iri: str) -> str:
    return iri.removeprefix(str(ID))
