"""Quads back to the extraction they came from: the inverse of `quoth.graph.mapping.quads`."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from rdflib import DC, DCTERMS, PROV, RDF, SKOS, URIRef
from rdflib.term import Node

from quoth.extractors.records import (
    Attribution,
    Channel,
    Claim,
    ClaimLink,
    Document,
    Extraction,
    Extractor,
    Mention,
    Proposition,
    Source,
    Span,
    Utterance,
)
from quoth.extractors.values import (
    Anonymity,
    Certainty,
    LinkType,
    Medium,
    MentionForm,
    Polarity,
    QuotationType,
    SourceType,
    SpeechAct,
    Stance,
    Temporality,
)
from quoth.graph.errors import RecordError
from quoth.graph.iris import VOICE, position
from quoth.graph.terms import Quad, clean
from quoth.graph.vocabulary import NIF, SAID, SCHEMA
from quoth.graph.vocabulary import term as term_of

Value = TypeVar("Value", bound=StrEnum)


def extraction(quads: Iterable[Quad], text: str) -> Extraction:
    """Return the extraction that `quads` hold, given the document's exact text.

    `quads` are one document's, with the shared sources and the provenance, as
    `quoth.graph.mapping.quads` gives them. What an RDF graph does not keep comes back in a fixed
    order: the sources of an attribution and what a mention refers to by their first mention,
    aliases and links sorted. Confidences come back with four digits, lone surrogates outside
    the text as U+FFFD.

    Raises RecordError when the quads do not hold exactly one document's graph, when `text` is not
    the text they are about, or when a value is missing.
    """
    try:
        return _Reader(quads, text).extraction()
    except (KeyError, ValueError) as error:
        raise RecordError(f"the quads hold no whole extraction: {error}") from error


class _Reader:
    """The quads of one document by subject and predicate."""

    def __init__(self, quads: Iterable[Quad], text: str) -> None:
        self.facts: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.instances: defaultdict[Node, list[Node]] = defaultdict(list)
        for subject, predicate, object_, _ in quads:
            self.facts[subject][predicate].append(object_)
            if predicate == RDF.type:
                self.instances[object_].append(subject)
        graphs = self.instances[SAID.DocumentGraph]
        if len(graphs) != 1:
            raise RecordError(
                f"the quads hold {len(graphs)} document graphs; give those of one, "
                "with their provenance"
            )
        self.graph = graphs[0]
        self.iri = self._one(self.graph, PROV.wasDerivedFrom)
        self.document = self._document(text)
        self.spans: dict[Node, Span] = {}
        self.sources: dict[Node, Source] = {}
        found = [
            self._source(description) for description in self.instances[SAID.SourceDescription]
        ]
        for iri, source in sorted(found, key=lambda pair: position(pair[1].key)):
            self.sources.setdefault(iri, source)
        self.keys = {act: self._act_key(act) for kind in _ACTS for act in self.instances[kind]}
        self.links: defaultdict[Node, list[ClaimLink]] = defaultdict(list)
        for link in self.instances[SAID.ClaimLink]:
            self.links[self._one(link, SAID.linkFrom)].append(self._link(link))

    def extraction(self) -> Extraction:
        attributions, own_claims = (
            tuple(
                self._attribution(act)
                for act in sorted(self.instances[kind], key=lambda act: position(self.keys[act]))
            )
            for kind in _ACTS
        )
        return Extraction(
            document=self.document,
            extractor=self._extractor(),
            attributions=attributions,
            own_claims=own_claims,
            sources=tuple(self.sources.values()),
        )

    def _all(self, subject: Node, predicate: URIRef) -> list[Node]:
        return self.facts[subject].get(predicate, [])

    def _maybe(self, subject: Node, predicate: URIRef) -> Node | None:
        found = self._all(subject, predicate)
        if len(found) > 1:
            raise RecordError(f"{subject}: has {len(found)} values for {predicate}, at most 1 fits")
        return found[0] if found else None

    def _one(self, subject: Node, predicate: URIRef) -> Node:
        found = self._maybe(subject, predicate)
        if found is None:
            raise RecordError(f"{subject}: has no {predicate}")
        return found

    def _text(self, subject: Node, predicate: URIRef) -> str | None:
        found = self._maybe(subject, predicate)
        return None if found is None else str(found)

    def _day(self, subject: Node, predicate: URIRef) -> date | None:
        found = self._maybe(subject, predicate)
        return None if found is None else date.fromisoformat(str(found))

    def _number(self, subject: Node, predicate: URIRef) -> float:
        return float(str(self._one(subject, predicate)))

    def _value(self, subject: Node, predicate: URIRef, values: type[Value]) -> Value:
        found = self._one(subject, predicate)
        for value in values:
            if term_of(value) == found:
                return value
        raise RecordError(f"{subject}: {found} is no value of {predicate}")

    def _document(self, text: str) -> Document:
        iri = self.iri
        url = self._text(iri, SCHEMA.url)
        document = Document(
            text=text,
            id=self._text(iri, DCTERMS.identifier) or "",
            url=self._text(iri, DCTERMS.isVersionOf) if url is None else url,
            title=self._text(iri, DCTERMS.title),
            date=self._day(iri, DCTERMS.issued),
            publisher=self._text(iri, DC.publisher),
            author=self._text(iri, DC.creator),
            language=str(self._one(iri, DCTERMS.language)),
            begin=int(self._number(iri, SAID.proseBegin)),
        )
        if document.text_hash != self._text(iri, SAID.textHash):
            raise RecordError(f"{document}: the text given is not the one that was read")
        return document

    def _extractor(self) -> Extractor:
        run = self._one(self.graph, PROV.wasGeneratedBy)
        software = self._one(run, PROV.wasAssociatedWith)
        return Extractor(
            name=str(self._one(software, SKOS.prefLabel)),
            version=str(self._one(software, SCHEMA.softwareVersion)),
            model=str(self._one(run, SAID.model)),
            config=str(self._one(run, SAID.config)),
        )

    def _span(self, iri: Node) -> Span:
        if iri not in self.spans:
            begin = int(self._number(iri, NIF.beginIndex))
            span = self.document.span(begin, int(self._number(iri, NIF.endIndex)))
            if clean(span.text) != self._text(iri, NIF.anchorOf):
                raise RecordError(f"{iri}: its words are not those of the text at this place")
            self.spans[iri] = span
        return self.spans[iri]

    def _maybe_span(self, subject: Node, predicate: URIRef) -> Span | None:
        found = self._maybe(subject, predicate)
        return None if found is None else self._span(found)

    def _source(self, description: Node) -> tuple[Node, Source]:
        iri = self._one(description, SAID.describes)
        first = self._maybe_span(description, SAID.firstMention)
        return iri, Source(
            key=VOICE if first is None else first.key,
            label=str(self._one(description, SAID.label)),
            type=self._value(iri, RDF.type, SourceType),
            anonymity=self._value(iri, SAID.anonymity, Anonymity),
            aliases=tuple(sorted(str(name) for name in self._all(description, SAID.alias))),
            affiliation=self._text(description, SAID.affiliationName),
            count=None
            if self._maybe(description, SAID.count) is None
            else int(self._number(description, SAID.count)),
        )

    def _sources(self, subject: Node, predicate: URIRef) -> tuple[Source, ...]:
        found = [self.sources[iri] for iri in self._all(subject, predicate)]
        return tuple(sorted(found, key=lambda source: position(source.key)))

    def _mention(self, iri: Node) -> Mention:
        return Mention(
            span=self._span(iri),
            form=self._value(iri, SAID.mentionForm, MentionForm),
            refers_to=tuple(source.key for source in self._sources(iri, SAID.refersTo)),
            described_as=self._text(iri, SAID.describedAs),
            confidence=self._number(iri, SAID.confidence),
        )

    def _maybe_mention(self, subject: Node, predicate: URIRef) -> Mention | None:
        found = self._maybe(subject, predicate)
        return None if found is None else self._mention(found)

    def _act_key(self, act: Node) -> str:
        cue = self._maybe_span(act, SAID.cue)
        return (cue or self._pieces(self._one(act, SAID.claim))[0]).key

    def _attribution(self, iri: Node) -> Attribution:
        claim = self._maybe(iri, SAID.claim)
        nested_in = self._maybe(iri, SAID.nestedIn)
        links = sorted(
            self.links[iri], key=lambda link: (link.evidence, link.type, link.target or "")
        )
        return Attribution(
            sources=self._sources(iri, SAID.source),
            sentence=self._span(self._one(iri, SAID.sentence)),
            cue=self._maybe_span(iri, SAID.cue),
            cue_lemma=self._text(iri, SAID.cueLemma),
            mention=self._maybe_mention(iri, SAID.sourceMention),
            claim=None if claim is None else self._claim(claim),
            quotation=self._value(iri, SAID.quotationType, QuotationType),
            speech_act=self._value(iri, SAID.speechAct, SpeechAct),
            cue_polarity=self._value(iri, SAID.cuePolarity, Polarity),
            cue_certainty=self._value(iri, SAID.cueCertainty, Certainty),
            cue_temporality=self._value(iri, SAID.cueTemporality, Temporality),
            stance=self._value(iri, SAID.stance, Stance),
            addressees=self._sources(iri, SAID.addressee),
            addressee_mention=self._maybe_mention(iri, SAID.addresseeMention),
            channel=self._channel(iri),
            time=self._utterance(iri),
            anonymity_reason=self._maybe_span(iri, SAID.anonymityReason),
            nested_in=None if nested_in is None else self.keys[nested_in],
            depth=int(self._number(iri, SAID.depth)),
            links=tuple(links),
            confidence=self._number(iri, SAID.confidence),
        )

    def _channel(self, iri: Node) -> Channel | None:
        span = self._maybe_span(iri, SAID.mediumSpan)
        if span is None:
            return None
        return Channel(span=span, medium=self._value(iri, SAID.medium, Medium))

    def _utterance(self, iri: Node) -> Utterance | None:
        span = self._maybe_span(iri, SAID.timeSpan)
        if span is None:
            return None
        return Utterance(
            span=span,
            edtf=str(self._one(iri, SAID.saidOn)),
            first=date.fromisoformat(str(self._one(iri, SAID.saidFrom))),
            last=date.fromisoformat(str(self._one(iri, SAID.saidUntil))),
            anchor=self._day(iri, SAID.timeAnchor),
        )

    def _pieces(self, claim: Node) -> tuple[Span, ...]:
        pieces = sorted(self._span(piece) for piece in self._all(claim, SAID.contentSpan))
        if not pieces:
            raise RecordError(f"{claim}: has no {SAID.contentSpan}")
        return tuple(pieces)

    def _claim(self, iri: Node) -> Claim:
        about = [self._mention(mention) for mention in self._all(iri, SAID.aboutMention)]
        propositions = sorted(
            self._all(iri, SAID.proposition), key=lambda p: int(str(p).rpartition("-")[2])
        )
        return Claim(
            spans=self._pieces(iri),
            text=str(self._one(iri, SAID.text)),
            polarity=self._value(iri, SAID.polarity, Polarity),
            certainty=self._value(iri, SAID.certainty, Certainty),
            temporality=self._value(iri, SAID.temporality, Temporality),
            modality=tuple(sorted(self._span(s) for s in self._all(iri, SAID.modalitySpan))),
            propositions=tuple(map(self._proposition, propositions)),
            about=tuple(sorted(about, key=lambda mention: mention.span)),
        )

    def _proposition(self, iri: Node) -> Proposition:
        source = self._maybe(iri, RDF.subject)
        return Proposition(
            subject=self._maybe_span(iri, SAID.subjectSpan),
            predicate=self._span(self._one(iri, SAID.predicateSpan)),
            object=self._maybe_span(iri, SAID.objectSpan),
            lemma=str(self._one(iri, SAID.predicateLemma)),
            subject_source=None if source is None else self.sources[source].key,
            confidence=self._number(iri, SAID.confidence),
        )

    def _link(self, iri: Node) -> ClaimLink:
        target = self._maybe(iri, SAID.linkToAttribution)
        return ClaimLink(
            type=self._value(iri, SAID.linkType, LinkType),
            evidence=self._span(self._one(iri, SAID.linkEvidence)),
            target=None if target is None else self.keys[target],
            confidence=self._number(iri, SAID.confidence),
        )


_ACTS = (SAID.Attribution, SAID.OwnVoice)
