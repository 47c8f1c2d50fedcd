"""The evidence of a page: documents with every attribution marked, and what each hangs on.

What comes out is plain JSON. Words stand in *runs* (`quoth.graph.evidence`) so that nobody who
shows them has to count characters.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rdflib import RDF

from quoth.graph.citation import citation, query_for
from quoth.graph.evidence import passages
from quoth.graph.page_index import offsets
from quoth.graph.page_nodes import nodes_in, texts_of
from quoth.graph.page_text import held_text
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib import Dataset

    from quoth.extractors.values import LinkType
    from quoth.graph.page_index import PageIndex

Place = tuple[int, int]
"""Begin and end in code points of the document."""

_PROPERTIES = (
    "addressee",
    "addresseeMention",
    "anonymityReason",
    "claim",
    "confidence",
    "contentSpan",
    "cue",
    "cueLemma",
    "describedAs",
    "mediumSpan",
    "mentionForm",
    "objectText",
    "predicateText",
    "proposition",
    "refersTo",
    "sentence",
    "sourceMention",
    "subjectText",
    "timeSpan",
)
# As text, and looked up once: rdflib searches its vocabularies for a term each time.
(
    _ADDRESSEE,
    _ADDRESSEE_MENTION,
    _ANONYMITY_REASON,
    _CLAIM,
    _CONFIDENCE,
    _CONTENT_SPAN,
    _CUE,
    _CUE_LEMMA,
    _DESCRIBED_AS,
    _MEDIUM_SPAN,
    _MENTION_FORM,
    _OBJECT_TEXT,
    _PREDICATE_TEXT,
    _PROPOSITION,
    _REFERS_TO,
    _SENTENCE,
    _SOURCE_MENTION,
    _SUBJECT_TEXT,
    _TIME_SPAN,
) = (str(SAID[name]) for name in _PROPERTIES)
_SUBJECT = str(RDF.subject)


def chunk(
    dataset: Dataset, index: PageIndex, documents: range, described: dict[str, list[Any]]
) -> dict[str, Any]:
    """Return texts and evidence of the documents with these numbers, by number.

    `described` are the columns of the documents (`quoth.graph.page_core`), for citations.
    """
    reader = _Reader(dataset, index, documents, described)
    return {
        "documents": {str(number): reader.document(number) for number in documents},
        "evidence": {
            str(number): reader.evidence(number)
            for document in documents
            for number in index.attributions_in(document)
        },
    }


class _Reader:
    """Reads what stands in some documents, once, and answers from that."""

    def __init__(
        self, dataset: Dataset, index: PageIndex, documents: range, described: dict[str, list[Any]]
    ) -> None:
        self._index = index
        self._documents = described
        self._nodes = nodes_in(dataset, [index.documents[number] for number in documents])
        self._spans: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for span, words in self._nodes.spans():
            if place := offsets(span):
                self._spans[span.partition("#")[0]].append((place[0], words))
        acts = [
            index.attributions[number]
            for document in documents
            for number in index.attributions_in(document)
        ]
        self._texts = texts_of(dataset, self._claims_told(acts))

    def _claims_told(self, acts: Iterable[str]) -> set[str]:
        """Return the claims that these acts make, answer or are answered with."""
        links, claims = self._index.links, self._index.facts.whole.columns[_CLAIM]
        found: set[str] = set()
        for act in acts:
            own = claims.get(act, ())
            found.update(own)
            found.update(claim for _, claim in links.answered(act))
            for claim in own:
                for _, other in links.answers.get(claim, ()):
                    found.update(claims.get(other, ()))
        return found

    def document(self, number: int) -> dict[str, Any]:
        """Return the text of a document, with the marks of its attributions in it."""
        held = held_text(self._spans.get(self._index.documents[number], ()))
        marks = [
            (begin, -end, act, role, part)
            for act in self._index.attributions_in(number)
            for role, spans in self._marked(self._index.attributions[act]).items()
            for part, (begin, end) in enumerate(filter(None, map(offsets, spans)))
        ]
        outermost_first = [
            [role, begin, -back, act, part] for begin, back, act, role, part in sorted(marks)
        ]
        return {**held._asdict(), "marks": outermost_first}

    def _marked(self, act: str) -> dict[str, Sequence[str]]:
        """Return the spans of an act by role, those last that win where they overlap."""
        nodes = self._nodes
        claims = nodes.all(act, _CLAIM)
        contents = [span for claim in claims for span in nodes.all(claim, _CONTENT_SPAN)]
        return {
            "content": sorted(contents, key=lambda span: offsets(span) or (0, 0)),
            "source": nodes.all(act, _SOURCE_MENTION),
            "cue": nodes.all(act, _CUE),
        }

    def evidence(self, number: int) -> dict[str, Any]:
        """Return what an attribution hangs on."""
        index, nodes = self._index, self._nodes
        act = index.attributions[number]
        marked = self._marked(act)
        sentence = nodes.first(act, _SENTENCE)
        place = offsets(sentence)
        claims = nodes.all(act, _CLAIM)
        propositions = [
            self._proposition(one) for claim in claims for one in nodes.all(claim, _PROPOSITION)
        ]
        cue = nodes.words(nodes.first(act, _CUE))
        return {
            "id": act,
            "sentence": list(place) if place else 0,
            "runs": passages(
                (place[0], nodes.words(sentence)) if place else None,
                [
                    (role, begin[0], nodes.words(span))
                    for role, spans in marked.items()
                    for span in spans
                    if (begin := offsets(span))
                ],
            ),
            "mention": nodes.words(nodes.first(act, _SOURCE_MENTION)),
            "canonical": self._canonical(act),
            "act_words": cue,
            "lemma": nodes.first(act, _CUE_LEMMA),
            "to": self._sources(index.facts.whole.merged(_ADDRESSEE).get(act, ())),
            "to_words": nodes.words(nodes.first(act, _ADDRESSEE_MENTION)),
            "time_words": nodes.words(nodes.first(act, _TIME_SPAN)),
            "medium_words": nodes.words(nodes.first(act, _MEDIUM_SPAN)),
            "chain": [self._step(outer) for outer in index.links.around(act)],
            "reports": [self._step(inner) for inner in index.links.inner.get(act, ())],
            "links": self._links(act),
            "answers": self._answers(claims),
            "proposition": propositions[0] if propositions else 0,
            "propositions": propositions[1:],
            "spans": {
                role: [list(p) for p in filter(None, map(offsets, spans))]
                for role, spans in marked.items()
            },
            "confidence": _number(nodes.first(act, _CONFIDENCE)),
            "reasons": [nodes.words(span) for span in nodes.all(act, _ANONYMITY_REASON)],
            "sparql": query_for(act),
            "citation": self._citation(number, cue, claims, place),
        }

    def _canonical(self, act: str) -> dict[str, Any] | int:
        """Return how the mention of the source refers, and what it refers to here.

        Whom that one stands for in all documents, and why, the page says with the sources.
        """
        mention = self._nodes.first(act, _SOURCE_MENTION)
        if not mention:
            return 0
        whole = self._index.facts.whole
        referents = self._nodes.all(mention, _REFERS_TO)
        return {
            "form": self._nodes.first(mention, _MENTION_FORM).rpartition("#")[2],
            "described": self._nodes.first(mention, _DESCRIBED_AS),
            "confidence": _number(self._nodes.first(mention, _CONFIDENCE)),
            "ids": list(referents),
            "label": ", ".join(map(whole.label, referents)),
            "reason": "; ".join(
                reason for iri in referents if (reason := self._index.reasons.get(iri, ""))
            ),
        }

    def _proposition(self, iri: str) -> dict[str, str]:
        parts = {
            "subject": _SUBJECT_TEXT,
            "predicate": _PREDICATE_TEXT,
            "object": _OBJECT_TEXT,
            "about": _SUBJECT,
        }
        found = {name: self._nodes.first(iri, part) for name, part in parts.items()}
        about = found.pop("about")
        return {**found, "about": self._index.facts.whole.label(about) if about else ""}

    def _sources(self, iris: Iterable[str]) -> list[int]:
        numbers = self._index.source_numbers
        return [numbers[iri] for iri in iris if iri in numbers]

    def _speakers(self, acts: Iterable[str]) -> list[int]:
        said_by = self._index.links.speakers
        return self._sources(sorted({who for act in acts for who in said_by.get(act, ())}))

    def _act_number(self, acts: Iterable[str]) -> int:
        numbers = self._index.attribution_numbers
        return next((numbers[act] for act in acts if act in numbers), -1)

    def _step(self, act: str) -> dict[str, Any]:
        nodes = self._nodes
        cue = nodes.words(nodes.first(act, _CUE)) or nodes.first(act, _CUE_LEMMA)
        return {"by": self._speakers([act]), "cue": cue, "attribution": self._act_number([act])}

    def _links(self, act: str) -> list[dict[str, Any]]:
        """Return what an act answers."""
        links = self._index.links
        found = [
            self._link(kind, claim, links.makers.get(claim, ()))
            for kind, claim in links.answered(act)
        ]
        return found + [self._link(kind, "", meant) for kind, meant in links.unfound.get(act, ())]

    def _answers(self, claims: Iterable[str]) -> list[dict[str, Any]]:
        """Return what answers these claims."""
        said = self._index.facts.whole.columns[_CLAIM]
        return [
            self._link(kind, next(iter(said.get(act, ())), ""), [act])
            for claim in claims
            for kind, act in self._index.links.answers.get(claim, ())
        ]

    def _link(self, kind: LinkType, claim: str, acts: Sequence[str]) -> dict[str, Any]:
        return {
            "kind": kind.value,
            "text": self._texts.get(claim, ""),
            "by": self._speakers(acts),
            "attribution": self._act_number(acts),
        }

    def _citation(self, number: int, cue: str, claims: Sequence[str], place: Place | None) -> str:
        index, document = self._index, self._index.attribution_documents[number]
        told = {name: self._documents[name][document] for name in _CITED}
        whole = index.facts.whole
        return citation(
            who=[whole.label(who) for who in whole.sources[index.attributions[number]]],
            cue=cue,
            claim=self._texts.get(claims[0], "") if claims else "",
            place=place,
            **told,
        )


_CITED = ("title", "publisher", "date", "url")


def _number(confidence: str) -> float | None:
    return float(confidence) if confidence else None
