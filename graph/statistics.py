"""How much of what a graph holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import Dataset

from quoth.graph.execution import run


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A document in a graph; `key`, `id`, `url` … as in the record, counts of what was found."""

    key: str
    id: str
    url: str | None
    title: str | None
    date: date | None
    publisher: str | None
    attributions: int
    own_claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts over a graph.

    `sources` are those that something is attributed to, counted by type and by anonymity;
    `unnamed` is the number of attributions none of whose sources is named, `unnamed_share` its
    part of all (0 to 1). `speech_acts` and `depths` count attributions. The documents' own
    claims are counted in `own_claims` alone.
    """

    documents: int
    attributions: int
    own_claims: int
    sources: int
    sources_by_type: Mapping[str, int]
    sources_by_anonymity: Mapping[str, int]
    unnamed: int
    unnamed_share: float
    speech_acts: Mapping[str, int]
    depths: Mapping[int, int]


_SOURCES = """
SELECT ?type ?anonymity (COUNT(DISTINCT ?s) AS ?n) WHERE {
  ?a a said:Attribution ; said:source ?s .
  ?s a ?class ; said:anonymity ?value .
  BIND(STRAFTER(STR(?class), "#") AS ?type)
  BIND(STRAFTER(STR(?value), "#") AS ?anonymity)
} GROUP BY ?type ?anonymity ORDER BY ?type ?anonymity"""

_UNNAMED = """
SELECT (COUNT(?a) AS ?attributions) (SUM(?unnamed) AS ?n) WHERE {
  { SELECT ?a (MIN(?isUnnamed) AS ?unnamed) WHERE {
    ?a a said:Attribution ; said:source ?s .
    ?s said:anonymity ?anonymity .
    BIND(IF(?anonymity = val:named, 0, 1) AS ?isUnnamed)
  } GROUP BY ?a }
}"""

_ACTS = """
SELECT ?act (COUNT(DISTINCT ?a) AS ?n) WHERE {
  ?a a said:Attribution ; said:speechAct ?value .
  BIND(STRAFTER(STR(?value), "#") AS ?act)
} GROUP BY ?act ORDER BY DESC(?n) ?act"""

_DEPTHS = """
SELECT ?depth (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a said:Attribution ; said:depth ?depth }
GROUP BY ?depth ORDER BY ?depth"""

_DOCUMENTS = """
SELECT ?doc ?identifier ?version ?address ?title ?date ?publisher WHERE {
  ?doc a said:Document .
  OPTIONAL { ?doc dcterms:identifier ?identifier }
  OPTIONAL { ?doc dcterms:isVersionOf ?version }
  OPTIONAL { ?doc schema:url ?address }
  OPTIONAL { ?doc dcterms:title ?title }
  OPTIONAL { ?doc dcterms:issued ?date }
  OPTIONAL { ?doc dc:publisher ?publisher }
} ORDER BY ?doc"""

_COUNTS = """
SELECT ?doc ?class (COUNT(?a) AS ?n) WHERE {
  ?a a ?class ; said:speechAct ?act ; said:inDocument ?doc
} GROUP BY ?doc ?class"""


def statistics(dataset: Dataset) -> Statistics:
    """Count what `dataset` holds."""
    sources = run(dataset, _SOURCES).records()
    by_type: dict[str, int] = {}
    by_anonymity: dict[str, int] = {}
    for row in sources:
        count = _number(row["n"])
        by_type[str(row["type"])] = by_type.get(str(row["type"]), 0) + count
        by_anonymity[str(row["anonymity"])] = by_anonymity.get(str(row["anonymity"]), 0) + count
    ((attributions, unnamed),) = run(dataset, _UNNAMED)
    total, without_name = _number(attributions), _number(unnamed)
    entries = document_entries(dataset)
    return Statistics(
        documents=len(entries),
        attributions=total,
        own_claims=sum(entry.own_claims for entry in entries),
        sources=sum(by_type.values()),
        sources_by_type=by_type,
        sources_by_anonymity=by_anonymity,
        unnamed=without_name,
        unnamed_share=without_name / total if total else 0.0,
        speech_acts={str(act): _number(n) for act, n in run(dataset, _ACTS)},
        depths={_number(depth): _number(n) for depth, n in run(dataset, _DEPTHS)},
    )


def document_entries(dataset: Dataset) -> tuple[DocumentEntry, ...]:
    """Return the documents of `dataset`, by title, date and key."""
    counts = {
        (doc, str(class_).rpartition("#")[2]): _number(n)
        for doc, class_, n in run(dataset, _COUNTS)
    }
    entries = [
        DocumentEntry(
            key=str(doc).rpartition("doc-")[2],
            id=str(identifier or ""),
            url=_text(address) or _text(version),
            title=_text(title),
            date=issued if isinstance(issued, date) else None,
            publisher=_text(publisher),
            attributions=counts.get((doc, "Attribution"), 0),
            own_claims=counts.get((doc, "OwnVoice"), 0),
        )
        for doc, identifier, version, address, title, issued, publisher in run(dataset, _DOCUMENTS)
    ]
    return tuple(sorted(entries, key=lambda e: (e.title or "", e.date or date.min, e.id, e.key)))


def _number(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
