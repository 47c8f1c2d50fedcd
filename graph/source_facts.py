"""What the documents tell of each named source: names, affiliations, roles and where it speaks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rdflib import DCTERMS, SKOS, Literal
from rdflib.term import Node

from quoth.graph.name_words import name_words
from quoth.graph.sources import Match, is_global
from quoth.graph.vocabulary import ID, SAID, SOURCES_GRAPH

_DOCUMENT_KEY = re.compile(r"-([0-9a-f]{20})(?![0-9a-f])")
_PERSON = str(ID["person-"])


@dataclass(slots=True)
class SourceFacts:
    """A named source that documents share.

    `name` is its prefLabel, `aliases` its other names, `affiliations` IRIs of organisations,
    `roles` descriptions in lower case («kremlin spokesman»), `documents` IRIs of the documents
    that describe it, `settings` the publishers of these with the month of each.
    """

    iri: str
    name: str = ""
    aliases: set[str] = field(default_factory=set)
    affiliations: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    settings: set[tuple[str, int]] = field(default_factory=set)

    @property
    def documented(self) -> set[str]:
        """All names."""
        return {self.name, *self.aliases}

    @property
    def is_person(self) -> bool:
        """Whether it is a person; else it is an organisation."""
        return self.iri.startswith(_PERSON)


def read_sources(match: Match) -> dict[str, SourceFacts]:
    """Return the named sources of a graph by IRI, in the order of their IRIs.

    Reads by whole patterns, one a property, so that it costs a store few requests.
    """
    found: dict[str, SourceFacts] = {}
    for iri, _, name, _ in match(None, SKOS.prefLabel, None, SOURCES_GRAPH):
        found[str(iri)] = SourceFacts(str(iri), str(name))
    for iri, _, name, _ in match(None, SKOS.altLabel, None, SOURCES_GRAPH):
        if source := found.get(str(iri)):
            source.aliases.add(str(name))
    for iri, _, organisation, _ in match(None, SAID.affiliation, None, SOURCES_GRAPH):
        if source := found.get(str(iri)):
            source.affiliations.add(str(organisation))
    for described, role in _roles(match):
        if source := found.get(described):
            source.roles.add(role)
    _add_documents(match, found)
    return dict(sorted(found.items()))


def _add_documents(match: Match, found: Mapping[str, SourceFacts]) -> None:
    settings = _settings(match)
    for description, _, iri, _ in match(None, SAID.describes, None, None):
        document = document_of(description)
        if document and (source := found.get(str(iri))):
            source.documents.add(document)
            if document in settings:
                source.settings.add(settings[document])


def document_of(iri: object) -> str | None:
    """Return the IRI of the document whose key stands in `iri` (a claim's, a description's …)."""
    key = _DOCUMENT_KEY.search(str(iri))
    return str(ID[f"doc-{key[1]}"]) if key else None


def _roles(match: Match) -> Iterator[tuple[str, str]]:
    """Yield the IRIs of global sources with what they are called at some mention.

    «Mr.» is left out: it is no role, and many share it.
    """
    empty = name_words().honorifics
    described = {str(m): str(role) for m, _, role, _ in match(None, SAID.describedAs, None, None)}
    if described:
        for mention, _, iri, _ in match(None, SAID.refersTo, None, None):
            role = described.get(str(mention), "").lower()
            if is_global(iri) and role and role.strip(" .") not in empty:
                yield str(iri), role


def _settings(match: Match) -> dict[str, tuple[str, int]]:
    """Return publisher and month (counted from year 0) of the documents that have both."""
    publishers = {str(d): str(p) for d, _, p, _ in match(None, DCTERMS.publisher, None, None)}
    return {
        str(document): (publishers[str(document)], issued.year * 12 + issued.month)
        for document, _, day, _ in match(None, DCTERMS.issued, None, None)
        if str(document) in publishers and (issued := _date(day)) is not None
    }


def _date(term: Node) -> date | None:
    try:
        return date.fromisoformat(str(term)) if isinstance(term, Literal) else None
    except ValueError:
        return None
