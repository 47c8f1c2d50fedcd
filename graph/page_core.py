"""The core of a page: all that can be listed, filtered and drawn, as columns of codes and numbers.

Rows are numbered as in `quoth.graph.page_index`. The words of claims and the evidence stand in
blocks of their own, so that a page shows something before they are read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rdflib import DC, DCTERMS, SKOS

from quoth.extractors.values import (
    Anonymity,
    Certainty,
    Medium,
    Polarity,
    QuotationType,
    SourceType,
    SpeechAct,
    Stance,
    Temporality,
)
from quoth.graph.contests import contested_claims
from quoth.graph.network import EdgeKind
from quoth.graph.vocabulary import ID, SAID, SCHEMA
from quoth.graph.web_address import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from enum import StrEnum

    from quoth.graph.facts import Facts
    from quoth.graph.page_index import PageIndex

_DAY = len("2031-05-03")


class Codes:
    """The values of a closed vocabulary as numbers; the last one, an empty text, is any other."""

    def __init__(self, values: type[StrEnum]) -> None:
        self.values = [*(value.value for value in values), ""]
        self._codes = {value: number for number, value in enumerate(self.values)}

    def of(self, iris: Iterable[str]) -> int:
        """Return the code of the first of these values, or of the concepts with these IRIs."""
        name = next(iter(iris), "").rpartition("#")[2]
        return self._codes.get(name, len(self.values) - 1)


TYPES, ANONYMITIES, KINDS = Codes(SourceType), Codes(Anonymity), Codes(EdgeKind)
_OF_ACTS = {
    "act": (SAID.speechAct, Codes(SpeechAct)),
    "stance": (SAID.stance, Codes(Stance)),
    "quotation": (SAID.quotationType, Codes(QuotationType)),
    "medium": (SAID.medium, Codes(Medium)),
}
_OF_CLAIMS = {
    "certainty": (SAID.certainty, Codes(Certainty)),
    "polarity": (SAID.polarity, Codes(Polarity)),
    "temporality": (SAID.temporality, Codes(Temporality)),
}
_LISTS = {
    "types": TYPES,
    "anonymities": ANONYMITIES,
    "kinds": KINDS,
    "acts": _OF_ACTS["act"][1],
    "stances": _OF_ACTS["stance"][1],
    "quotations": _OF_ACTS["quotation"][1],
    "media": _OF_ACTS["medium"][1],
    "certainties": _OF_CLAIMS["certainty"][1],
    "polarities": _OF_CLAIMS["polarity"][1],
    "temporalities": _OF_CLAIMS["temporality"][1],
}


def core_columns(index: PageIndex) -> dict[str, Any]:
    """Return ``lists``, ``totals``, ``sources``, ``documents``, ``attributions``, ``edges``.

    ``extractors`` are those that have read the graph.
    """
    return {
        "extractors": extractors(index.facts),
        "totals": totals(index.facts),
        "lists": {name: codes.values for name, codes in _LISTS.items()},
        "sources": _sources(index),
        "documents": _documents(index),
        "attributions": _attributions(index),
        "edges": _edges(index),
    }


def totals(facts: Facts) -> dict[str, int]:
    """Return counts of the whole graph, whatever is chosen of it."""
    whole = facts.whole
    anonymity = {who: whole.anonymity(who) for acts in whole.sources.values() for who in acts}
    of_sources = Counter(anonymity.values())
    # Said by several, an attribution is as open as the most open of them.
    openness = {value.value: number for number, value in enumerate(Anonymity)}
    of_attributions = Counter(
        max((anonymity[who] for who in acts), key=openness.__getitem__)
        for acts in whole.sources.values()
    )
    return {
        "attributions": len(whole.sources),
        "sources": len(anonymity),
        "documents": len(whole.documents),
        "own_claims": len(whole.columns.instances(SAID.OwnVoice)),
        "unnamed_sources": of_sources[Anonymity.UNNAMED],
        "unspecified_sources": of_sources[Anonymity.UNSPECIFIED],
        "unnamed_attributions": of_attributions[Anonymity.UNNAMED],
        "unspecified_attributions": of_attributions[Anonymity.UNSPECIFIED],
    }


def extractors(facts: Facts) -> list[str]:
    """Return by name and version what has read the documents of the graph."""
    columns = facts.whole.columns
    names, versions = columns[str(SKOS.prefLabel)], columns[str(SCHEMA.softwareVersion)]
    return sorted(
        " ".join((*names.get(iri, ()), *versions.get(iri, ())))
        for iri in columns.instances(SAID.Extractor)
    )


def _sources(index: PageIndex) -> dict[str, list[Any]]:
    whole = index.facts.whole
    described = [whole.describe(iri) for iri in index.sources]
    others = whole.columns[str(SKOS.altLabel)]
    affiliations = whole.merged(SAID.affiliation)
    merged = _merged(index)
    return {
        "id": list(index.sources),
        "label": [one["label"] for one in described],
        "type": [TYPES.of([one["type"]]) for one in described],
        "anonymity": [ANONYMITIES.of([one["anonymity"]]) for one in described],
        "aliases": [
            [name for name in others.get(iri, ()) if name != one["label"]] or 0
            for iri, one in zip(index.sources, described, strict=True)
        ],
        "affiliations": [
            [whole.label(other) for other in affiliations.get(iri, ())] or 0
            for iri in index.sources
        ],
        "merged": [merged.get(iri, 0) for iri in index.sources],
    }


def _merged(index: PageIndex) -> dict[str, list[dict[str, object]]]:
    """Return what was merged into each source, and what for."""
    columns = index.facts.whole.columns
    links = {source: link for link, (source, *_) in columns[SAID.identityOf].items()}
    confidences = columns.of(SAID.IdentityLink, SAID.confidence)
    found: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for source, (canonical, *_) in sorted(columns[SAID.canonical].items()):
        link = links.get(source, "")
        found[canonical].append(
            {
                "id": source,
                "label": index.facts.whole.label(source),
                "rule": columns[SAID.rule].get(link, ("",))[0],
                "reason": columns[SAID.reason].get(link, ("",))[0],
                "confidence": percent(confidences.get(link, ())),
            }
        )
    return found


def _documents(index: PageIndex) -> dict[str, list[Any]]:
    columns = index.facts.whole.columns
    chunks = {number: chunk for chunk, held in enumerate(index.chunks) for number in held}

    def first(*predicates: str) -> list[str]:
        return [
            next((columns[str(p)][iri][0] for p in predicates if iri in columns[str(p)]), "")
            for iri in index.documents
        ]

    outlets = index.facts.whole.outlets
    return {
        "id": list(index.documents),
        "key": [iri.removeprefix(str(ID["doc-"])) for iri in index.documents],
        "title": first(DCTERMS.title, DCTERMS.identifier),
        "publisher": [
            outlets.get(iri, written)
            for iri, written in zip(index.documents, first(DC.publisher), strict=True)
        ],
        "author": first(DC.creator),
        "date": [text[:_DAY] for text in first(DCTERMS.issued)],
        "url": [_address(columns, iri) for iri in index.documents],
        "chunk": [chunks[number] for number in range(len(index.documents))],
    }


def _address(columns: Any, document: str) -> str:
    written = (
        address
        for predicate in (SCHEMA.url, DCTERMS.isVersionOf)
        for address in columns[str(predicate)].get(document, ())
    )
    return next(filter(None, map(web_address, written)), "")


def _attributions(index: PageIndex) -> dict[str, Any]:
    whole = index.facts.whole
    numbers, sources = index.attribution_numbers, index.source_numbers
    speakers = [[sources[who] for who in whole.sources[iri]] for iri in index.attributions]
    claims = [whole.claims.get(iri, ("",))[0] for iri in index.attributions]
    columns: dict[str, Any] = {
        "document": index.attribution_documents,
        "source": [said_by[0] if said_by else -1 for said_by in speakers],
        "more": {
            str(number): said_by[1:] for number, said_by in enumerate(speakers) if len(said_by) > 1
        },
    }
    for name, (predicate, codes) in _OF_ACTS.items():
        of = whole.columns[predicate]
        columns[name] = [codes.of(of.get(iri, ())) for iri in index.attributions]
    for name, (predicate, codes) in _OF_CLAIMS.items():
        of = whole.columns[predicate]
        columns[name] = [codes.of(of.get(claim, ())) for claim in claims]
    confidences = whole.columns.of(SAID.Attribution, SAID.confidence)
    times, nested = whole.columns[SAID.saidOn], whole.columns[SAID.nestedIn]
    contested = {
        iri
        for case in contested_claims(index.facts).values()
        if case.is_contested
        for iri in case.made_by
    }
    return {
        **columns,
        "confidence": [percent(confidences.get(iri, ())) for iri in index.attributions],
        "time": [times.get(iri, ("",))[0] for iri in index.attributions],
        "parent": [numbers.get(nested.get(iri, ("",))[0], -1) for iri in index.attributions],
        "contested": [int(iri in contested) for iri in index.attributions],
        "cluster": _clusters(whole.columns[SAID.inCluster], claims),
    }


def percent(confidences: Sequence[str]) -> int:
    """Return a confidence in 0..100, -1 where it is not known."""
    return round(100 * float(confidences[0])) if confidences else -1


def _clusters(of: Mapping[str, tuple[str, ...]], claims: Iterable[str]) -> list[int]:
    """Return which cluster each claim is in, numbered as they come; -1 is none."""
    numbers: dict[str, int] = {}
    return [
        numbers.setdefault(of[claim][0], len(numbers)) if claim in of else -1 for claim in claims
    ]


def _edges(index: PageIndex) -> dict[str, list[int]]:
    sources = index.source_numbers
    return {
        "kind": [KINDS.of([kind.value]) for kind, *_ in index.edges],
        "from": [sources[origin] for _, origin, _, _ in index.edges],
        "to": [sources[target] for _, _, target, _ in index.edges],
        "by": [number for *_, number in index.edges],
    }
