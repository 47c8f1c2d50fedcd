"""Which documents a graph holds, and how much was found in each."""

from dataclasses import dataclass
from datetime import date

from rdflib import Dataset

from quoth.graph.execution import by_tables, run


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


def document_entries(dataset: Dataset) -> tuple[DocumentEntry, ...]:
    """Return the documents of `dataset`, by title, date and key."""
    counts = _counts(dataset)
    entries = [
        DocumentEntry(
            key=str(doc).rpartition("doc-")[2],
            id=str(identifier or ""),
            url=_text(address) or _text(version),
            title=_text(title),
            date=issued if isinstance(issued, date) else None,
            publisher=_text(publisher),
            attributions=counts.get((str(doc), "Attribution"), 0),
            own_claims=counts.get((str(doc), "OwnVoice"), 0),
        )
        for doc, identifier, version, address, title, issued, publisher in run(dataset, _DOCUMENTS)
    ]
    return tuple(sorted(entries, key=lambda e: (e.title or "", e.date or date.min, e.id, e.key)))


def _counts(dataset: Dataset) -> dict[tuple[str, str], int]:
    """Return how much was found in each document, by its IRI and the name of the class."""
    known = by_tables(dataset, _COUNTS)
    rows = run(dataset, _COUNTS) if known is None else known.itertuples(index=False)
    return {(str(doc), str(class_).rpartition("#")[2]): int(str(n)) for doc, class_, n in rows}


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
