"""The quads of one document's graph, from the record of what was found in it."""

import pyoxigraph as ox
from rdflib import URIRef

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
from quoth.graph.oxterms import (
    concept,
    confidence,
    day,
    dc,
    dcterms,
    edtf,
    in_language,
    integer,
    nif,
    plain,
    rdf,
    said,
    schema,
    skos,
)
from quoth.graph.sources import is_global
from quoth.graph.terms import clean

node = ox.NamedNode


class DocumentWriter:
    """Writes the quads of one document's graph, each once, in text order."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.document = extraction.document
        self.iris = DocumentIris(self.document.key)
        self.iri = node(self.iris.document)
        self.graph = node(self.iris.graph(extraction.extractor))
        self.quads: dict[ox.Quad, None] = {}
        self.spans: dict[Span, tuple[ox.NamedNode, ox.NamedNode]] = {}
        self.mentions: set[Span] = set()
        self.claims: dict[tuple[Span, ...], Claim] = {}
        self.claim_iris: dict[str, ox.NamedNode] = {}
        acts = [*extraction.attributions, *extraction.own_claims]
        self.acts = {act.key: act for act in acts}
        if len(self.acts) < len(acts):
            keys = [act.key for act in acts]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise self._error(f"two attributions under the key {twice}; keys must differ")
        self.own_keys = {act.key for act in extraction.own_claims}
        self.sources: dict[str, Source] = {}
        self.source_iris: dict[str, ox.NamedNode] = {}
        named = (s for act in acts for s in (*act.sources, *act.addressees))
        for source in (*extraction.sources, *named):
            self.sources.setdefault(source.key, source)

    def write(self) -> tuple[list[ox.Quad], int]:
        """Return the quads, and how many of them describe the document and its sources."""
        self._document(self.document)
        for source in self.sources.values():
            self._source(source)
        described = len(self.quads)
        for key in sorted(self.acts, key=position):
            self._claim_of(self.acts[key])
        for key, act in self.acts.items():
            self._attribution(act, self._act_iri(key))
        return list(self.quads), described

    def _add(
        self, subject: ox.NamedNode, predicate: ox.NamedNode, object_: ox.NamedNode | ox.Literal
    ) -> None:
        self.quads[ox.Quad(subject, predicate, object_, self.graph)] = None

    def _error(self, problem: str) -> RecordError:
        return RecordError(f"{self.document}: {problem}")

    def _tagged(self, text: str) -> ox.Literal:
        return in_language(text, self.document.language)

    def _document(self, document: Document) -> None:
        iri = self.iri
        self._add(iri, rdf.type, said.Document)
        self._add(iri, said.textHash, plain(document.text_hash))
        self._add(iri, said.proseBegin, integer(document.begin))
        self._add(iri, dcterms.language, plain(document.language))
        if document.id:
            self._add(iri, dcterms.identifier, plain(document.id))
        if document.title is not None:
            self._add(iri, dcterms.title, self._tagged(document.title))
        if document.date is not None:
            self._add(iri, dcterms.issued, day(document.date))
        if document.publisher is not None:
            self._add(iri, dcterms.publisher, node(organisation_iri(document.publisher)))
            self._add(iri, dc.publisher, self._tagged(document.publisher))
        if document.author is not None:
            self._add(iri, dcterms.creator, node(person_iri(document.author)))
            self._add(iri, dc.creator, self._tagged(document.author))
        if document.url is not None:
            address = web_iri(document.url)
            if address is not None:
                self._add(iri, dcterms.isVersionOf, node(address))
            if address is None or str(address) != document.url:
                self._add(iri, schema.url, plain(document.url))

    def _span(self, span: Span, type: ox.NamedNode = said.Span) -> ox.NamedNode:
        known = self.spans.get(span)
        iri = node(self.iris.span(span)) if known is None else known[0]
        if known is not None and (type in (said.Span, known[1])):
            return iri
        self.spans[span] = iri, type
        if known is not None:
            del self.quads[ox.Quad(iri, rdf.type, known[1], self.graph)]
            self._add(iri, rdf.type, type)
            return iri
        self._add(iri, rdf.type, type)
        self._add(iri, said.inDocument, self.iri)
        self._add(iri, nif.beginIndex, integer(span.begin))
        self._add(iri, nif.endIndex, integer(span.end))
        self._add(iri, nif.anchorOf, plain(span.text))
        return iri

    def _source_iri(self, key: str) -> ox.NamedNode:
        if key not in self.source_iris:
            if key not in self.sources:
                raise self._error(f"{key!r} is the key of none of its sources")
            self.source_iris[key] = node(self.iris.source(self.sources[key]))
        return self.source_iris[key]

    def _source(self, source: Source) -> None:
        iri = self._source_iri(source.key)
        description = node(self.iris.description(source.key))
        self._add(description, rdf.type, said.SourceDescription)
        self._add(description, said.inDocument, self.iri)
        self._add(description, said.describes, iri)
        self._add(description, said.label, self._tagged(source.label))
        for alias in source.aliases:
            self._add(description, said.alias, self._tagged(alias))
        if source.affiliation is not None:
            organisation = node(organisation_iri(source.affiliation))
            self._add(description, said.affiliationName, self._tagged(source.affiliation))
            self._add(description, said.describedAffiliation, organisation)
        if source.count is not None:
            self._add(description, said.count, integer(source.count))
        if source.key == VOICE:
            self._add(self.iri, said.voice, iri)
        else:
            self._add(description, said.firstMention, self._span(self._first_mention(source)))
        if not is_global(iri.value):
            self._add(iri, rdf.type, concept(source.type))
            self._add(iri, said.anonymity, concept(source.anonymity))
            self._add(iri, skos.prefLabel, self._tagged(source.label))
            for alias in source.aliases:
                if clean(alias) != clean(source.label):
                    self._add(iri, skos.altLabel, self._tagged(alias))
            if source.affiliation is not None:
                self._add(iri, said.affiliation, node(organisation_iri(source.affiliation)))

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

    def _mention(self, mention: Mention) -> ox.NamedNode:
        iri = self._span(mention.span, said.Mention)
        if mention.span not in self.mentions:
            self.mentions.add(mention.span)
            self._add(iri, said.mentionForm, concept(mention.form))
            if mention.described_as is not None:
                self._add(iri, said.describedAs, self._tagged(mention.described_as))
            self._add(iri, said.confidence, confidence(mention.confidence))
        for key in mention.refers_to:
            self._add(iri, said.refersTo, self._source_iri(key))
        return iri

    def _act_iri(self, key: str) -> ox.NamedNode:
        if key not in self.acts:
            raise self._error(f"{key!r} is the key of none of its attributions")
        own = key in self.own_keys
        return node(self.iris.own_voice(key) if own else self.iris.attribution(key))

    def _attribution(self, act: Attribution, iri: ox.NamedNode) -> None:
        self._add(iri, rdf.type, said.OwnVoice if act.key in self.own_keys else said.Attribution)
        self._add(iri, said.inDocument, self.iri)
        self._participants(act, iri)
        if act.cue is not None:
            self._add(iri, said.cue, self._span(act.cue))
        if act.cue_lemma is not None:
            self._add(iri, said.cueLemma, plain(act.cue_lemma))
        self._add(iri, said.speechAct, concept(act.speech_act))
        self._add(iri, said.cuePolarity, concept(act.cue_polarity))
        self._add(iri, said.cueCertainty, concept(act.cue_certainty))
        self._add(iri, said.cueTemporality, concept(act.cue_temporality))
        self._add(iri, said.stance, concept(act.stance))
        self._add(iri, said.quotationType, concept(act.quotation))
        if act.claim is not None:
            claim = self.claim_iris[act.key]
            self._add(iri, said.claim, claim)
            self._claim(act.claim, claim)
        self._setting(act, iri)
        if act.nested_in is not None:
            self._add(iri, said.nestedIn, self._act_iri(act.nested_in))
        self._add(iri, said.depth, integer(act.depth))
        self._add(iri, said.sentence, self._span(act.sentence))
        self._add(iri, said.confidence, confidence(act.confidence))
        for link in act.links:
            self._link(link, iri)

    def _participants(self, act: Attribution, iri: ox.NamedNode) -> None:
        for source in act.sources:
            self._add(iri, said.source, self._source_iri(source.key))
        if act.mention is not None:
            self._add(iri, said.sourceMention, self._mention(act.mention))
        for addressee in act.addressees:
            self._add(iri, said.addressee, self._source_iri(addressee.key))
        if act.addressee_mention is not None:
            self._add(iri, said.addresseeMention, self._mention(act.addressee_mention))

    def _setting(self, act: Attribution, iri: ox.NamedNode) -> None:
        if act.anonymity_reason is not None:
            self._add(iri, said.anonymityReason, self._span(act.anonymity_reason))
        if act.channel is not None:
            self._add(iri, said.medium, concept(act.channel.medium))
            self._add(iri, said.mediumSpan, self._span(act.channel.span))
        if act.time is None:
            return
        self._add(iri, said.saidOn, edtf(act.time.edtf))
        self._add(iri, said.saidFrom, day(act.time.first))
        self._add(iri, said.saidUntil, day(act.time.last))
        self._add(iri, said.timeSpan, self._span(act.time.span))
        if act.time.anchor is not None:
            self._add(iri, said.timeAnchor, day(act.time.anchor))

    def _claim_of(self, act: Attribution) -> None:
        """Settle the IRI of the claim of `act`: shared where its content is read the same."""
        if act.claim is None:
            return
        pieces = act.claim.spans
        shared = self.claims.setdefault(pieces, act.claim) == act.claim
        self.claim_iris[act.key] = node(self.iris.claim(pieces, None if shared else act.key))

    def _claim(self, claim: Claim, iri: ox.NamedNode) -> None:
        self._add(iri, rdf.type, said.Claim)
        self._add(iri, said.inDocument, self.iri)
        self._add(iri, said.text, self._tagged(claim.text))
        for piece in claim.spans:
            self._add(iri, said.contentSpan, self._span(piece))
        self._add(iri, said.polarity, concept(claim.polarity))
        self._add(iri, said.certainty, concept(claim.certainty))
        for words in claim.modality:
            self._add(iri, said.modalitySpan, self._span(words))
        self._add(iri, said.temporality, concept(claim.temporality))
        for mention in claim.about:
            self._add(iri, said.aboutMention, self._mention(mention))
            for key in mention.refers_to:
                self._add(iri, said.about, self._source_iri(key))
        for number, proposition in enumerate(claim.propositions, 1):
            proposition_iri = node(self.iris.proposition(URIRef(iri.value), number))
            self._add(iri, said.proposition, proposition_iri)
            self._proposition(proposition, proposition_iri)

    def _proposition(self, proposition: Proposition, iri: ox.NamedNode) -> None:
        self._add(iri, rdf.type, said.Proposition)
        if proposition.subject is not None:
            self._add(iri, said.subjectSpan, self._span(proposition.subject))
            self._add(iri, said.subjectText, plain(proposition.subject.text))
        if proposition.subject_source is not None:
            self._add(iri, rdf.subject, self._source_iri(proposition.subject_source))
        self._add(iri, rdf.predicate, node(predicate_iri(proposition.lemma)))
        self._add(iri, said.predicateLemma, plain(proposition.lemma))
        self._add(iri, said.predicateSpan, self._span(proposition.predicate))
        self._add(iri, said.predicateText, plain(proposition.predicate.text))
        if proposition.object is not None:
            self._add(iri, said.objectSpan, self._span(proposition.object))
            self._add(iri, said.objectText, plain(proposition.object.text))
        self._add(iri, said.confidence, confidence(proposition.confidence))

    def _link(self, link: ClaimLink, attribution: ox.NamedNode) -> None:
        relation = concept(link.type)
        target = None if link.target is None else self._act_iri(link.target)
        claim = None if link.target is None else self.claim_iris.get(link.target)
        evidence = self._span(link.evidence)
        parts = (attribution.value, relation.value, "" if target is None else target.value)
        iri = node(self.iris.link(*parts, evidence.value))
        self._add(iri, rdf.type, said.ClaimLink)
        self._add(iri, said.linkFrom, attribution)
        self._add(iri, said.linkType, relation)
        if target is not None:
            self._add(iri, said.linkToAttribution, target)
        if claim is not None:
            self._add(iri, said.linkTo, claim)
            self._add(attribution, relation, claim)
        self._add(iri, said.linkEvidence, evidence)
        self._add(iri, said.confidence, confidence(link.confidence))
