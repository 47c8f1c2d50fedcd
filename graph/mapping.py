"""Extractions to quads: a pure function of the record, in the vocabulary of ``ontology.ttl``.

What comes out holds the evidence whole — every span with its offsets and its exact words — but
not the document's text, of which only the hash is kept. `quoth.graph.reconstruction` is the way
back.
"""

from collections.abc import Iterable
from datetime import datetime

from rdflib import DC, DCTERMS, RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from quoth.extractors.records import (
    Attribution,
    Claim,
    ClaimLink,
    Document,
    Extraction,
    Mention,
    Proposition,
    Source,
    Span,
)
from quoth.graph.errors import RecordError
from quoth.graph.iris import (
    VOICE,
    DocumentIris,
    organisation_iri,
    person_iri,
    position,
    predicate_iri,
    web_iri,
)
from quoth.graph.provenance import provenance_quads
from quoth.graph.sources import global_source_quads, is_global
from quoth.graph.terms import Quad, clean, day, decimal, in_language, integer, plain
from quoth.graph.vocabulary import EDTF, NIF, SAID, SCHEMA, term

Triple = tuple[URIRef, URIRef, Node]


def quads(extraction: Extraction, *, ended: datetime | None = None) -> list[Quad]:
    """Return everything that one extractor found in one document, as quads.

    They stand in three graphs: the document's (``id:graph-<docid>-<extractor>``), the shared
    sources' (``id:graph-sources``) and the provenance (``id:graph-provenance``). The same
    extraction gives the same list. `ended`, when the run ended, is left out unless given, because
    it would make every run's provenance another.

    Lone surrogates become U+FFFD in literals. A mention that stands in several records (as the
    source of an inner attribution, say, and as what the outer claim is about) is written once,
    with the form and description of the first and what any of them refers to. Two sources of one
    document that share an IRI (both named «Maria Vance») are one source in the graph.

    Raises RecordError where the extraction contradicts itself: a key that is no key of the
    document, or two attributions under one key.
    """
    writer = _DocumentWriter(extraction)
    graph = writer.iris.graph(extraction.extractor)
    document = [(*triple, graph) for triple in writer.write()]
    provenance = provenance_quads(extraction, ended)
    return [*document, *global_source_quads(document), *provenance]


class _DocumentWriter:
    """Writes the triples of one document's graph, each once, in text order."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.document = extraction.document
        self.iris = DocumentIris(self.document.key)
        self.triples: dict[Triple, None] = {}
        self.mentions: dict[Span, URIRef] = {}
        self.claims: dict[tuple[Span, ...], Claim] = {}
        self.claim_iris: dict[str, URIRef] = {}
        acts = [*extraction.attributions, *extraction.own_claims]
        self.acts = {act.key: act for act in acts}
        if len(self.acts) < len(acts):
            keys = [act.key for act in acts]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise self._error(f"two attributions under the key {twice}; keys must differ")
        self.own_keys = {act.key for act in extraction.own_claims}
        self.sources: dict[str, Source] = {}
        named = (s for act in acts for s in (*act.sources, *act.addressees))
        for source in (*extraction.sources, *named):
            self.sources.setdefault(source.key, source)

    def write(self) -> Iterable[Triple]:
        self._document(self.document)
        for source in self.sources.values():
            self._source(source)
        for key in sorted(self.acts, key=position):
            self._claim_of(self.acts[key])
        for key, act in self.acts.items():
            self._attribution(act, self._act_iri(key))
        return self.triples

    def _add(self, subject: URIRef, predicate: URIRef, object_: Node) -> None:
        self.triples[subject, predicate, object_] = None

    def _error(self, problem: str) -> RecordError:
        return RecordError(f"{self.document}: {problem}")

    def _in_language(self, text: str) -> Literal:
        return in_language(text, self.document.language)

    def _document(self, document: Document) -> None:
        iri = self.iris.document
        self._add(iri, RDF.type, SAID.Document)
        self._add(iri, SAID.textHash, plain(document.text_hash))
        self._add(iri, SAID.proseBegin, integer(document.begin))
        self._add(iri, DCTERMS.language, plain(document.language))
        if document.id:
            self._add(iri, DCTERMS.identifier, plain(document.id))
        if document.title is not None:
            self._add(iri, DCTERMS.title, self._in_language(document.title))
        if document.date is not None:
            self._add(iri, DCTERMS.issued, day(document.date))
        if document.publisher is not None:
            self._add(iri, DCTERMS.publisher, organisation_iri(document.publisher))
            self._add(iri, DC.publisher, self._in_language(document.publisher))
        if document.author is not None:
            self._add(iri, DCTERMS.creator, person_iri(document.author))
            self._add(iri, DC.creator, self._in_language(document.author))
        if document.url is not None:
            address = web_iri(document.url)
            if address is not None:
                self._add(iri, DCTERMS.isVersionOf, address)
            if address is None or str(address) != document.url:
                self._add(iri, SCHEMA.url, plain(document.url))

    def _span(self, span: Span, type: URIRef = SAID.Span) -> URIRef:
        iri = self.iris.span(span)
        if type == SAID.Span and (iri, RDF.type, SAID.Mention) in self.triples:
            return iri
        self.triples.pop((iri, RDF.type, SAID.Span), None)
        self._add(iri, RDF.type, type)
        self._add(iri, SAID.inDocument, self.iris.document)
        self._add(iri, NIF.beginIndex, integer(span.begin))
        self._add(iri, NIF.endIndex, integer(span.end))
        self._add(iri, NIF.anchorOf, plain(span.text))
        return iri

    def _source_iri(self, key: str) -> URIRef:
        try:
            return self.iris.source(self.sources[key])
        except KeyError:
            raise self._error(f"{key!r} is the key of none of its sources") from None

    def _source(self, source: Source) -> None:
        iri = self.iris.source(source)
        description = self.iris.description(source.key)
        self._add(description, RDF.type, SAID.SourceDescription)
        self._add(description, SAID.inDocument, self.iris.document)
        self._add(description, SAID.describes, iri)
        self._add(description, SAID.label, self._in_language(source.label))
        for alias in source.aliases:
            self._add(description, SAID.alias, self._in_language(alias))
        if source.affiliation is not None:
            organisation = organisation_iri(source.affiliation)
            self._add(description, SAID.affiliationName, self._in_language(source.affiliation))
            self._add(description, SAID.describedAffiliation, organisation)
        if source.count is not None:
            self._add(description, SAID.count, integer(source.count))
        if source.key == VOICE:
            self._add(self.iris.document, SAID.voice, iri)
        else:
            self._add(description, SAID.firstMention, self._span(self._first_mention(source)))
        if not is_global(iri):
            self._add(iri, RDF.type, term(source.type))
            self._add(iri, SAID.anonymity, term(source.anonymity))
            self._add(iri, SKOS.prefLabel, self._in_language(source.label))
            for alias in source.aliases:
                if clean(alias) != clean(source.label):
                    self._add(iri, SKOS.altLabel, self._in_language(alias))
            if source.affiliation is not None:
                self._add(iri, SAID.affiliation, organisation_iri(source.affiliation))

    def _first_mention(self, source: Source) -> Span:
        try:
            begin, end = map(int, source.key.split("-"))
            return self.document.span(begin, end)
        except ValueError:
            problem = (
                f"the source {source.label!r} has the key {source.key!r}, which is neither "
                f"{VOICE!r} nor begin-end of its first mention in the text"
            )
            raise self._error(problem) from None

    def _mention(self, mention: Mention) -> URIRef:
        iri = self._span(mention.span, SAID.Mention)
        if mention.span not in self.mentions:
            self.mentions[mention.span] = iri
            self._add(iri, SAID.mentionForm, term(mention.form))
            if mention.described_as is not None:
                self._add(iri, SAID.describedAs, self._in_language(mention.described_as))
            self._add(iri, SAID.confidence, decimal(mention.confidence))
        for key in mention.refers_to:
            self._add(iri, SAID.refersTo, self._source_iri(key))
        return iri

    def _act_iri(self, key: str) -> URIRef:
        if key not in self.acts:
            raise self._error(f"{key!r} is the key of none of its attributions")
        return self.iris.own_voice(key) if key in self.own_keys else self.iris.attribution(key)

    def _attribution(self, act: Attribution, iri: URIRef) -> None:
        self._add(iri, RDF.type, SAID.OwnVoice if act.key in self.own_keys else SAID.Attribution)
        self._add(iri, SAID.inDocument, self.iris.document)
        self._participants(act, iri)
        if act.cue is not None:
            self._add(iri, SAID.cue, self._span(act.cue))
        if act.cue_lemma is not None:
            self._add(iri, SAID.cueLemma, plain(act.cue_lemma))
        self._add(iri, SAID.speechAct, term(act.speech_act))
        self._add(iri, SAID.cuePolarity, term(act.cue_polarity))
        self._add(iri, SAID.cueCertainty, term(act.cue_certainty))
        self._add(iri, SAID.cueTemporality, term(act.cue_temporality))
        self._add(iri, SAID.stance, term(act.stance))
        self._add(iri, SAID.quotationType, term(act.quotation))
        if act.claim is not None:
            claim = self.claim_iris[act.key]
            self._add(iri, SAID.claim, claim)
            self._claim(act.claim, claim)
        self._setting(act, iri)
        if act.nested_in is not None:
            self._add(iri, SAID.nestedIn, self._act_iri(act.nested_in))
        self._add(iri, SAID.depth, integer(act.depth))
        self._add(iri, SAID.sentence, self._span(act.sentence))
        self._add(iri, SAID.confidence, decimal(act.confidence))
        for link in act.links:
            self._link(link, iri)

    def _participants(self, act: Attribution, iri: URIRef) -> None:
        for source in act.sources:
            self._add(iri, SAID.source, self._source_iri(source.key))
        if act.mention is not None:
            self._add(iri, SAID.sourceMention, self._mention(act.mention))
        for addressee in act.addressees:
            self._add(iri, SAID.addressee, self._source_iri(addressee.key))
        if act.addressee_mention is not None:
            self._add(iri, SAID.addresseeMention, self._mention(act.addressee_mention))

    def _setting(self, act: Attribution, iri: URIRef) -> None:
        if act.anonymity_reason is not None:
            self._add(iri, SAID.anonymityReason, self._span(act.anonymity_reason))
        if act.channel is not None:
            self._add(iri, SAID.medium, term(act.channel.medium))
            self._add(iri, SAID.mediumSpan, self._span(act.channel.span))
        if act.time is None:
            return
        self._add(iri, SAID.saidOn, Literal(clean(act.time.edtf), datatype=EDTF))
        self._add(iri, SAID.saidFrom, day(act.time.first))
        self._add(iri, SAID.saidUntil, day(act.time.last))
        self._add(iri, SAID.timeSpan, self._span(act.time.span))
        if act.time.anchor is not None:
            self._add(iri, SAID.timeAnchor, day(act.time.anchor))

    def _claim_of(self, act: Attribution) -> None:
        """Settle the IRI of the claim of `act`: shared where its content is read the same."""
        if act.claim is None:
            return
        pieces = act.claim.spans
        shared = self.claims.setdefault(pieces, act.claim) == act.claim
        self.claim_iris[act.key] = self.iris.claim(pieces, None if shared else act.key)

    def _claim(self, claim: Claim, iri: URIRef) -> None:
        self._add(iri, RDF.type, SAID.Claim)
        self._add(iri, SAID.inDocument, self.iris.document)
        self._add(iri, SAID.text, self._in_language(claim.text))
        for piece in claim.spans:
            self._add(iri, SAID.contentSpan, self._span(piece))
        self._add(iri, SAID.polarity, term(claim.polarity))
        self._add(iri, SAID.certainty, term(claim.certainty))
        for words in claim.modality:
            self._add(iri, SAID.modalitySpan, self._span(words))
        self._add(iri, SAID.temporality, term(claim.temporality))
        for mention in claim.about:
            self._add(iri, SAID.aboutMention, self._mention(mention))
            for key in mention.refers_to:
                self._add(iri, SAID.about, self._source_iri(key))
        for number, proposition in enumerate(claim.propositions, 1):
            proposition_iri = self.iris.proposition(iri, number)
            self._add(iri, SAID.proposition, proposition_iri)
            self._proposition(proposition, proposition_iri)

    def _proposition(self, proposition: Proposition, iri: URIRef) -> None:
        self._add(iri, RDF.type, SAID.Proposition)
        if proposition.subject is not None:
            self._add(iri, SAID.subjectSpan, self._span(proposition.subject))
            self._add(iri, SAID.subjectText, plain(proposition.subject.text))
        if proposition.subject_source is not None:
            self._add(iri, RDF.subject, self._source_iri(proposition.subject_source))
        self._add(iri, RDF.predicate, predicate_iri(proposition.lemma))
        self._add(iri, SAID.predicateLemma, plain(proposition.lemma))
        self._add(iri, SAID.predicateSpan, self._span(proposition.predicate))
        self._add(iri, SAID.predicateText, plain(proposition.predicate.text))
        if proposition.object is not None:
            self._add(iri, SAID.objectSpan, self._span(proposition.object))
            self._add(iri, SAID.objectText, plain(proposition.object.text))
        self._add(iri, SAID.confidence, decimal(proposition.confidence))

    def _link(self, link: ClaimLink, attribution: URIRef) -> None:
        relation = term(link.type)
        target = None if link.target is None else self._act_iri(link.target)
        claim = None if link.target is None else self.claim_iris.get(link.target)
        evidence = self._span(link.evidence)
        iri = self.iris.link(attribution, relation, target or "", evidence)
        self._add(iri, RDF.type, SAID.ClaimLink)
        self._add(iri, SAID.linkFrom, attribution)
        self._add(iri, SAID.linkType, relation)
        if target is not None:
            self._add(iri, SAID.linkToAttribution, target)
        if claim is not None:
            self._add(iri, SAID.linkTo, claim)
            self._add(attribution, relation, claim)
        self._add(iri, SAID.linkEvidence, evidence)
        self._add(iri, SAID.confidence, decimal(link.confidence))
