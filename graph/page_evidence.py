"""The evidence of a page: documents with every attribution marked, and what each hangs on.

What comes out is plain JSON.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rdflib import RDF

from quoth.graph.page_index import offsets
from quoth.graph.page_nodes import Nodes, sentences_in, words_of
from quoth.graph.page_text import held_text, passages
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib import Dataset

    from quoth.extractors.values import LinkType
    from quoth.graph.page_index import PageIndex
    from quoth.graph.page_text import HeldText, Place

# As text, and looked up once: rdflib searches its vocabularies for a term each time.
_CLAIM, _TEXT, _SENTENCE = str(SAID.claim), str(SAID.text), str(SAID.sentence)
_CUE, _LEMMA, _MENTION = str(SAID.cue), str(SAID.cueLemma), str(SAID.sourceMention)
_TO, _TIME, _MEDIUM = str(SAID.addresseeMention), str(SAID.timeSpan), str(SAID.mediumSpan)
_REASON = str(SAID.anonymityReason)
_CONTENT, _PROPOSITION = str(SAID.contentSpan), str(SAID.proposition)
_FORM, _DESCRIBED, _REFERS = str(SAID.mentionForm), str(SAID.describedAs), str(SAID.refersTo)
_CONFIDENCE = str(SAID.confidence)
_PARTS = {
    "subject": str(SAID.subjectText),
    "predicate": str(SAID.predicateText),
    "object": str(SAID.objectText),
}
_ABOUT = str(RDF.subject)

_OF_ACTS = (_CUE, _LEMMA, _MENTION, _TO, _TIME, _MEDIUM, _REASON)
_SPANS_OF_ACTS = tuple(name for name in _OF_ACTS if name != _LEMMA)


def chunk(dataset: Dataset, index: PageIndex, documents: range) -> dict[str, Any]:
    """Return texts and evidence of the documents with these numbers, by number."""
    reader = _Reader(dataset, index, documents)
    return {
        "documents": {str(number): reader.document(number) for number in documents},
        "evidence": {
            str(number): reader.evidence(document, number)
            for document in documents
            for number in index.attributions_in(document)
        },
    }


class _Reader:
    """Reads what stands in some documents, once, and answers from that."""

    def __init__(self, dataset: Dataset, index: PageIndex, documents: range) -> None:
        self._index, self._documents = index, documents
        whole = index.facts.whole
        self._claims = whole.columns[SAID.claim]
        self._sentences = whole.columns[SAID.sentence]
        self._addressees = whole.merged(SAID.addressee)
        self._dataset, self._nodes = dataset, Nodes(dataset)
        acts = [
            index.attributions[number] for d in documents for number in index.attributions_in(d)
        ]
        # Steps of a chain that are outside of what was chosen are told by their cues, too.
        steps = [
            step
            for act in acts
            for step in (*index.links.around(act), *index.links.inner.get(act, ()))
        ]
        self._acts = sorted({*acts, *steps})
        self._read(acts)

    def _read(self, acts: Sequence[str]) -> None:
        nodes = self._nodes
        nodes.read(self._acts, _OF_ACTS)
        claims = {claim for act in acts for claim in self._claims.get(act, ())}
        nodes.read(claims, (_CONTENT, _PROPOSITION))
        nodes.read(nodes.every(acts, _MENTION), (_FORM, _DESCRIBED, _REFERS, _CONFIDENCE))
        nodes.read(nodes.every(claims, _PROPOSITION), (*_PARTS.values(), _ABOUT))
        links = self._index.links
        for act in acts:
            claims.update(claim for _, claim in links.answered(act))
        for claim in list(claims):
            for _, act in links.answers.get(claim, ()):
                claims.update(self._claims.get(act, ()))
        self._texts = Nodes(self._dataset)
        self._texts.read(claims, (_TEXT,))

    @cached_property
    def _held(self) -> Mapping[str, HeldText]:
        """The text of each document, by IRI: its sentences, and spans that are outside of them."""
        pieces: defaultdict[str, dict[Place, str]] = defaultdict(dict)
        names = [self._index.documents[number] for number in self._documents]

        def put(span: str, words: str) -> None:
            if place := offsets(span):
                pieces[span.partition("#")[0]][place] = words

        for span, words in sentences_in(self._dataset, names):
            put(span, words)
        outside = []
        for span in self._spans():
            document, place = span.partition("#")[0], offsets(span)
            if place and not any(b <= place[0] and place[1] <= e for b, e in pieces[document]):
                outside.append(span)
        for span, words in words_of(self._dataset, outside):
            put(span, words)
        return {
            document: held_text((begin, words) for (begin, _), words in found.items())
            for document, found in pieces.items()
        }

    def _spans(self) -> Iterable[str]:
        """Yield the spans of which the words are shown."""
        for name in _SPANS_OF_ACTS:
            yield from self._nodes.every(self._acts, name)
        for act in self._acts:
            yield from self._nodes.every(self._claims.get(act, ()), _CONTENT)

    def _words(self, span: str) -> str:
        held = self._held.get(span.partition("#")[0])
        return held.words(offsets(span)) if held else ""

    def _marks(self, act: str) -> list[tuple[str, list[Place]]]:
        """Return where the roles of an act stand, those last that win where they overlap."""
        nodes = self._nodes
        spans = (
            ("content", nodes.every(self._claims.get(act, ()), _CONTENT)),
            ("source", nodes.all(act, _MENTION)),
            ("cue", nodes.all(act, _CUE)),
        )
        return [(role, sorted(filter(None, map(offsets, found)))) for role, found in spans]

    def document(self, number: int) -> dict[str, Any]:
        """Return the text of a document, with the marks of its attributions in it."""
        held = self._held.get(self._index.documents[number]) or held_text(())
        marks = [
            (begin, -end, act, role, part)
            for act in self._index.attributions_in(number)
            for role, places in self._marks(self._index.attributions[act])
            for part, (begin, end) in enumerate(places)
        ]
        outermost_first = [
            [role, begin, -back, act, part] for begin, back, act, role, part in sorted(marks)
        ]
        return {**held._asdict(), "marks": outermost_first}

    def evidence(self, document: int, number: int) -> dict[str, Any]:
        """Return what an attribution in a document hangs on, both given by their numbers."""
        index, nodes = self._index, self._nodes
        act = index.attributions[number]
        held = self._held.get(index.documents[document]) or held_text(())
        sentence = offsets(next(iter(self._sentences.get(act, ())), ""))
        claims = self._claims.get(act, ())
        marked = [(role, place) for role, places in self._marks(act) for place in places]
        propositions = [self._proposition(one) for one in nodes.every(claims, _PROPOSITION)]
        return {
            "id": act,
            "sentence": list(sentence) if sentence else 0,
            "runs": passages(held, sentence, marked),
            "mention": self._words(nodes.first(act, _MENTION)),
            "canonical": self._canonical(act),
            "act_words": self._words(nodes.first(act, _CUE)),
            "lemma": nodes.first(act, _LEMMA),
            "to": self._sources(self._addressees.get(act, ())),
            "to_words": self._words(nodes.first(act, _TO)),
            "time_words": self._words(nodes.first(act, _TIME)),
            "medium_words": self._words(nodes.first(act, _MEDIUM)),
            "chain": [self._step(outer) for outer in index.links.around(act)],
            "reports": [self._step(inner) for inner in index.links.inner.get(act, ())],
            "links": self._links(act),
            "answers": self._answers(claims),
            "proposition": propositions[0] if propositions else 0,
            "propositions": propositions[1:],
            "reasons": [self._words(span) for span in nodes.all(act, _REASON)],
        }

    def _canonical(self, act: str) -> dict[str, Any] | int:
        """Return how the mention of the source refers, and why to this source.

        `ids`, `label` and `reason` are told where the mention's referent is merged into another.
        """
        nodes, index = self._nodes, self._index
        mention = nodes.first(act, _MENTION)
        if not mention:
            return 0
        own = index.links.speakers.get(act, ())
        merged = [iri for iri in nodes.all(mention, _REFERS) if iri not in own]
        sure = nodes.first(mention, _CONFIDENCE)
        return {
            "form": nodes.first(mention, _FORM).rpartition("#")[2],
            "described": nodes.first(mention, _DESCRIBED),
            "confidence": float(sure) if sure else None,
            "ids": merged,
            "label": ", ".join(map(index.facts.whole.label, merged)),
            "reason": "; ".join(index.reasons[iri] for iri in merged if index.reasons.get(iri)),
        }

    def _proposition(self, iri: str) -> dict[str, str]:
        about = self._nodes.first(iri, _ABOUT)
        return {
            **{name: self._nodes.first(iri, part) for name, part in _PARTS.items()},
            "about": self._index.facts.whole.label(about) if about else "",
        }

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
        cue = self._words(nodes.first(act, _CUE)) or nodes.first(act, _LEMMA)
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
        return [
            self._link(kind, next(iter(self._claims.get(act, ())), ""), [act])
            for claim in claims
            for kind, act in self._index.links.answers.get(claim, ())
        ]

    def _link(self, kind: LinkType, claim: str, acts: Sequence[str]) -> dict[str, Any]:
        return {
            "kind": kind.value,
            "text": self._texts.first(claim, _TEXT),
            "by": self._speakers(acts),
            "attribution": self._act_number(acts),
        }
