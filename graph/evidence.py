"""Attributions as a reader checks them: each in its sentence, with what it hangs on.

What comes out is plain JSON. Words stand in *runs*, pieces of text with the role they play, so
that nobody who shows them has to count characters: offsets in the graph count code points,
JavaScript's strings UTF-16 units.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NotRequired, TypedDict
from urllib.parse import urlsplit

from rdflib import DC, DCTERMS, SKOS, Dataset, URIRef

from quoth.extractors.values import LinkType
from quoth.graph.vocabulary import NIF, SAID, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Run = tuple[str, str]
"""A stretch of text and its role: ``source``, ``cue``, ``content`` or nothing."""


_ON_TRUTH = frozenset({LinkType.DENIES, LinkType.DISPUTES, LinkType.CONFIRMS})
"""Links that say something of a claim even where it was not found; the others only repeat the
speech act then."""


class Speaker(TypedDict):
    """A source by its IRI and its label."""

    id: str
    label: str


class Link(TypedDict):
    """That an attribution answers a claim (or is answered).

    `kind` is a `LinkType`; `text` the claim meant, empty where it was not found; `by` says the
    claim (or answers it).
    """

    kind: str
    text: str
    by: list[Speaker]


class Step(TypedDict):
    """A link of a chain of hearsay: who says it, and the cue's words."""

    by: list[Speaker]
    cue: str


class Place(TypedDict):
    """The document: what it is called, who published it when, and its address on the web."""

    title: str
    publisher: str
    date: str
    url: str


class Evidence(TypedDict):
    """One attribution.

    `passages` are stretches of the text in order, apart from each other; `begin` and `end` the
    offsets of the sentence in code points, where the graph has it. `chain` leads from the
    outermost attribution to the one around this; `reports` are those nested in this. Empty
    strings and lists stand for what the text does not say.
    """

    id: str
    by: list[Speaker]
    act: str
    stance: str
    quotation: str
    medium: str
    time: str
    to: list[Speaker]
    passages: list[list[Run]]
    begin: NotRequired[int]
    end: NotRequired[int]
    chain: list[Step]
    reports: list[Step]
    links: list[Link]
    answers: list[Link]
    document: str


def evidence(
    dataset: Dataset, attributions: Iterable[str]
) -> tuple[list[Evidence], dict[str, Place]]:
    """Return these attributions of `dataset` and, by IRI, the documents in which they stand.

    The default graph of `dataset` is the union. The attributions come latest document first and
    in text order within it, whatever the order of the IRIs given.
    """
    reader = _Reader(dataset)
    found = [reader.attribution(URIRef(iri)) for iri in sorted(set(attributions))]
    documents = {iri: reader.place(URIRef(iri)) for iri in sorted({e["document"] for e in found})}
    found.sort(key=lambda e: (e["document"], e.get("begin", 0), e["id"]))
    found.sort(key=lambda e: documents[e["document"]]["date"], reverse=True)
    return found, documents


def web_address(url: str) -> str:
    """Return `url` where it is an address of the web (http, https), else an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


class _Reader:
    """Reads one attribution after another out of a dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def attribution(self, iri: URIRef) -> Evidence:
        """Return what the graph says of the attribution `iri`."""
        sentence = self._span(self._first(iri, SAID.sentence))
        entry: Evidence = {
            "id": str(iri),
            "by": self._speakers(self._all(iri, SAID.source)),
            "act": _local_name(self._first(iri, SAID.speechAct)),
            "stance": _local_name(self._first(iri, SAID.stance)),
            "quotation": _local_name(self._first(iri, SAID.quotationType)),
            "medium": _local_name(self._first(iri, SAID.medium)),
            "time": self._first(iri, SAID.saidOn),
            "to": self._speakers(self._all(iri, SAID.addressee)),
            "passages": passages(sentence, self._marked(iri)),
            "chain": self._chain(iri),
            "reports": [self._step(inner) for inner in self._into(iri, SAID.nestedIn)],
            "links": self._links(iri),
            "answers": self._answers(iri),
            "document": self._first(iri, SAID.inDocument),
        }
        if sentence:
            entry["begin"], entry["end"] = sentence[0], sentence[0] + len(sentence[1])
        return entry

    def place(self, iri: URIRef) -> Place:
        """Return what the graph says of the document `iri`."""
        publisher = self._first(iri, DC.publisher) or self._label(
            self._first(iri, DCTERMS.publisher)
        )
        addresses = [*self._all(iri, DCTERMS.isVersionOf), *self._all(iri, SCHEMA.url)]
        return {
            "title": self._first(iri, DCTERMS.title) or self._first(iri, DCTERMS.identifier),
            "publisher": publisher,
            "date": self._first(iri, DCTERMS.issued),
            "url": next(filter(None, map(web_address, addresses)), ""),
        }

    def _all(self, subject: URIRef | str, predicate: URIRef) -> list[str]:
        """Return the objects, sorted and each once."""
        return sorted({str(o) for o in self._dataset.objects(URIRef(subject), predicate)})

    def _first(self, subject: URIRef | str, predicate: URIRef) -> str:
        return next(iter(self._all(subject, predicate)), "") if subject else ""

    def _into(self, object_: URIRef | str, predicate: URIRef) -> list[str]:
        """Return the subjects, sorted and each once."""
        return sorted({str(s) for s in self._dataset.subjects(predicate, URIRef(object_))})

    def _label(self, iri: str) -> str:
        return self._first(iri, SKOS.prefLabel) or iri

    def _speakers(self, iris: Iterable[str]) -> list[Speaker]:
        return [{"id": iri, "label": self._label(iri)} for iri in iris]

    def _span(self, iri: str) -> tuple[int, str] | None:
        """Return where a span begins and its words."""
        begin, words = self._first(iri, NIF.beginIndex), self._first(iri, NIF.anchorOf)
        return (int(begin), words) if begin and words else None

    def _marked(self, iri: URIRef) -> Iterator[tuple[str, int, str]]:
        """Yield role, begin and words of the spans to mark, those that win last."""
        contents = [
            span
            for claim in self._all(iri, SAID.claim)
            for span in self._all(claim, SAID.contentSpan)
        ]
        roles = {
            "content": contents,
            "source": self._all(iri, SAID.sourceMention),
            "cue": self._all(iri, SAID.cue),
        }
        for role, spans in roles.items():
            for span in filter(None, map(self._span, spans)):
                yield role, *span

    def _step(self, iri: str) -> Step:
        cue = self._span(self._first(iri, SAID.cue))
        return {
            "by": self._speakers(self._all(iri, SAID.source)),
            "cue": cue[1] if cue else self._first(iri, SAID.cueLemma),
        }

    def _chain(self, iri: URIRef) -> list[Step]:
        around: list[str] = []
        outer = self._first(iri, SAID.nestedIn)
        while outer and outer not in around:  # a graph from elsewhere may run in a circle
            around.append(outer)
            outer = self._first(outer, SAID.nestedIn)
        return [self._step(step) for step in reversed(around)]

    def _links(self, iri: URIRef) -> list[Link]:
        found = [
            self._link(kind.value, claim)
            for kind in LinkType
            for claim in self._all(iri, SAID[kind.value])
        ]
        for link in self._into(iri, SAID.linkFrom):
            kind = _local_name(self._first(link, SAID.linkType))
            if kind in _ON_TRUTH and not self._all(link, SAID.linkTo):
                meant = self._all(link, SAID.linkToAttribution)
                by = {source for act in meant for source in self._all(act, SAID.source)}
                found.append({"kind": kind, "text": "", "by": self._speakers(sorted(by))})
        return found

    def _link(self, kind: str, claim: str) -> Link:
        speakers = {
            source
            for act in self._into(claim, SAID.claim)
            for source in self._all(act, SAID.source)
        }
        text = self._first(claim, SAID.text) or self._first(claim, NIF.anchorOf)
        return {"kind": kind, "text": text, "by": self._speakers(sorted(speakers))}

    def _answers(self, iri: URIRef) -> list[Link]:
        """Return what responds to the claim of this attribution."""
        return [
            {
                "kind": kind.value,
                "text": next((self._first(c, SAID.text) for c in self._all(act, SAID.claim)), ""),
                "by": self._speakers(self._all(act, SAID.source)),
            }
            for kind in LinkType
            for claim in self._all(iri, SAID.claim)
            for act in self._into(claim, SAID[kind.value])
        ]


def passages(
    sentence: tuple[int, str] | None, marked: Iterable[tuple[str, int, str]]
) -> list[list[Run]]:
    """Return the text around an attribution, in runs.

    `sentence` is where the sentence begins, in code points of the document, and its words;
    `marked` holds role, begin and words of the spans to mark. Where they overlap the later one
    wins. Stretches that do not touch become passages of their own.

    >>> marked = [("source", 5, "he"), ("cue", 8, "said"), ("content", 20, "No.")]
    >>> passages((0, "Then he said."), marked)
    [[('Then ', ''), ('he', 'source'), (' ', ''), ('said', 'cue'), ('.', '')], [('No.', 'content')]]
    """
    letters: dict[int, tuple[str, str]] = {}
    for role, begin, words in [("", *sentence)] if sentence else []:
        letters.update({begin + i: (letter, role) for i, letter in enumerate(words)})
    for role, begin, words in marked:
        letters.update({begin + i: (letter, role) for i, letter in enumerate(words)})
    found: list[list[Run]] = []
    ordered = sorted(letters)
    for _, stretch in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        runs = groupby((letters[offset] for _, offset in stretch), key=lambda letter: letter[1])
        found.append([("".join(letter for letter, _ in run), role) for role, run in runs])
    return found


def _local_name(iri: str) -> str:
    return iri.rpartition("#")[2]
