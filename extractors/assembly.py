"""From the drafts on a `Doc` to records with offsets into the document's text."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.extractors.dates.expressions import read_date
from quoth.extractors.drafts import (
    Draft,
    Entity,
    Range,
    drafts_of,
    entities_of,
    own_claims_of,
)
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.records import (
    ELLIPSIS,
    Attribution,
    Channel,
    Claim,
    ClaimLink,
    Document,
    Mention,
    Proposition,
    Source,
    Span,
    Utterance,
)
from quoth.extractors.tree import tree_of
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
from quoth.extractors.wording import described, without_marks

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE_DIGITS = 3

SourceIndex = dict[tuple[str, str], Source]


def voice_of(document: Document) -> Source:
    """Return the source of the document's own claims: its author, else publisher, else itself."""
    if document.publisher:
        return _voice(document.publisher, SourceType.ORGANISATION, Anonymity.NAMED)
    if document.author:
        return _voice(document.author, SourceType.PERSON, Anonymity.NAMED)
    return _voice(str(document), SourceType.DOCUMENT, Anonymity.UNSPECIFIED)


def _voice(label: str, kind: SourceType, anonymity: Anonymity) -> Source:
    return Source(key="voice", label=label, type=kind, anonymity=anonymity)


@dataclass
class Assembler:
    """Turns the `Doc`s of one document's parts into records.

    A part is a `Doc` over ``document.text[offset:offset + len(doc.text)]``. `named` holds the named
    sources of the parts before, so that one name is one source throughout.
    """

    document: Document
    voice: Source
    named: SourceIndex

    def assemble(self, doc: Doc, offset: int) -> tuple[list[Attribution], list[Attribution]]:
        """Return the attributions and the own claims of one part, in text order."""
        part = _Part(self, doc, offset)
        found: dict[str, Attribution] = {}
        for number, draft in sorted(
            enumerate(drafts_of(doc)), key=lambda item: (-item[1]["log_odds"], item[0])
        ):
            attribution = part.attribution(number, draft)
            found.setdefault(attribution.key, attribution)
        own = [part.own_claim(draft) for draft in own_claims_of(doc)]
        return sorted(found.values(), key=_position), own


def _position(attribution: Attribution) -> tuple[int, int, int]:
    first = min(span.begin for span in (attribution.cue, *attribution.content) if span is not None)
    return (first, attribution.depth, attribution.cue.begin if attribution.cue else first)


class _Part:
    def __init__(self, assembler: Assembler, doc: Doc, offset: int) -> None:
        self.assembler = assembler
        self.document = assembler.document
        self.doc = doc
        self.offset = offset
        self.tree = tree_of(doc)
        begins, lengths = doc.to_array(["IDX", "LENGTH"]).T
        self.begins: list[int] = begins.tolist()
        self.ends: list[int] = (begins + lengths).tolist()
        self._spans: dict[Range, Span] = {}
        self.quoted = QuotedTokens(doc, self.tree)
        self.drafts = drafts_of(doc)
        self.keys = [self._key(draft) for draft in self.drafts]
        self.sources = [self._source(entity) for entity in entities_of(doc)]

    def span(self, tokens: Range) -> Span:
        """Return the characters that a token range covers."""
        if tokens not in self._spans:
            begin, end = self.begins[tokens[0]], self.ends[tokens[1] - 1]
            self._spans[tokens] = self.document.span(self.offset + begin, self.offset + end)
        return self._spans[tokens]

    def _key(self, draft: Draft) -> str:
        return self.span(draft["cue"] or draft["content"][0]).key

    def _source(self, entity: Entity) -> Source:
        source = Source(
            key=self.span(entity["first"]).key,
            label=entity["label"],
            type=SourceType(entity["type"]),
            anonymity=Anonymity(entity["anonymity"]),
            aliases=tuple(entity["aliases"]),
            affiliation=entity["affiliation"],
            count=entity["count"],
        )
        if source.anonymity is Anonymity.NAMED:
            return self.assembler.named.setdefault((source.label, source.type), source)
        return source

    def attribution(self, number: int, draft: Draft) -> Attribution:
        sources = self._sources_of(draft.get("who", []))
        whom = self._sources_of(draft.get("whom", []))
        addressee = draft.get("addressee")
        return Attribution(
            sources=sources,
            sentence=self._sentence(draft),
            cue=self.span(draft["cue"]) if draft["cue"] else None,
            cue_lemma=draft["word"].split(":", 1)[1].replace("_", " ") if draft["cue"] else None,
            mention=self._mention(draft["source"], sources, draft.get("who_sureness", 1.0))
            if draft["source"]
            else None,
            claim=self._claim(draft),
            quotation=self._quotation(draft),
            speech_act=SpeechAct(draft.get("speech_act", SpeechAct.SAY)),
            cue_polarity=Polarity.NEGATIVE if draft.get("cue_negated") else Polarity.POSITIVE,
            cue_certainty=Certainty(draft.get("cue_certainty", Certainty.CERTAIN)),
            cue_temporality=_temporality(draft.get("cue_future", False)),
            stance=Stance(draft.get("stance", Stance.COMMITTED)),
            addressees=whom,
            addressee_mention=self._mention(addressee, whom, draft.get("whom_sureness", 1.0))
            if addressee
            else None,
            channel=self._channel(draft),
            time=self._utterance(draft),
            anonymity_reason=self._reason(draft, sources),
            nested_in=self._outer(number),
            depth=draft.get("depth", 0),
            links=tuple(self._links(draft)),
            confidence=_probability(draft["log_odds"]),
        )

    def own_claim(self, draft: Draft) -> Attribution:
        return Attribution(
            sources=(self.assembler.voice,),
            sentence=self._sentence(draft),
            claim=self._claim(draft),
        )

    def _sources_of(self, numbers: list[int]) -> tuple[Source, ...]:
        return tuple(dict.fromkeys(self.sources[n] for n in numbers))

    def _outer(self, number: int) -> str | None:
        """Return the key of the next outer attribution that has another cue."""
        outer = self.drafts[number].get("outer")
        while outer is not None and self.keys[outer] == self.keys[number]:
            outer = self.drafts[outer].get("outer")
        return self.keys[outer] if outer is not None else None

    def _sentence(self, draft: Draft) -> Span:
        tokens = [draft["source"], draft["cue"], *draft["content"]]
        begin = min(r[0] for r in tokens if r)
        end = max(r[1] for r in tokens if r)
        first, last = self.tree.sentence(begin)[0], self.tree.sentence(end - 1)[1]
        return self.span(self.tree.trim(first, last))

    def _mention(self, tokens: Range, sources: tuple[Source, ...], sureness: float) -> Mention:
        span = self.span(tokens)
        tags = self.tree.tags[tokens[0] : tokens[1]]
        if tokens[1] - tokens[0] == 1 and tags[0] in ("PRP", "WP", "WDT", "DT", "PRP$", "WP$"):
            form = MentionForm.PRONOUN
        elif any(tag.startswith("NNP") for tag in tags) and any(
            source.anonymity is Anonymity.NAMED for source in sources
        ):
            form = MentionForm.NAME
        else:
            form = MentionForm.DESCRIPTION
        words = described(span.text, sources) if form is not MentionForm.PRONOUN else None
        return Mention(
            span=span,
            form=form,
            refers_to=tuple(source.key for source in sources),
            described_as=words,
            confidence=round(sureness, CONFIDENCE_DIGITS),
        )

    def _claim(self, draft: Draft) -> Claim | None:
        if not draft["content"]:
            return None
        spans = tuple(self.span(piece) for piece in draft["content"])
        texts = [without_marks(span.text) for span in spans]
        reading = draft.get("claim")
        if reading is None:
            return Claim(spans=spans, text=ELLIPSIS.join(t for t in texts if t))
        propositions = reading["propositions"]
        return Claim(
            spans=spans,
            text=ELLIPSIS.join(t for t in texts if t),
            polarity=Polarity.NEGATIVE if reading["negative"] else Polarity.POSITIVE,
            certainty=Certainty(reading["certainty"]),
            temporality=_temporality(reading["future"]),
            modality=tuple(self.span((i, i + 1)) for i in reading["triggers"]),
            propositions=tuple(
                Proposition(
                    subject=self.span(subject) if subject else None,
                    predicate=self.span(predicate),
                    object=self.span(obj) if obj else None,
                    lemma=lemma,
                    subject_source=self.sources[number].key if number is not None else None,
                    confidence=confidence,
                )
                for (subject, predicate, obj, lemma, confidence), number in zip(
                    propositions, reading.get("subjects") or [None] * len(propositions), strict=True
                )
            ),
            about=tuple(
                self._mention(tokens, (self.sources[number],), sureness)
                for tokens, number, sureness in reading.get("about", ())
            ),
        )

    def _quotation(self, draft: Draft) -> QuotationType:
        words = [i for b, e in draft["content"] for i in range(b, e) if self.tree.is_word(i)]
        if not words:
            return QuotationType.NONE
        inside = sum(1 for i in words if self.quoted.around(i) is not None)
        if inside == len(words):
            return QuotationType.DIRECT
        return QuotationType.MIXED if inside else QuotationType.INDIRECT

    def _channel(self, draft: Draft) -> Channel | None:
        channel = draft.get("channel")
        if channel is None:
            return None
        begin, end, medium = channel
        return Channel(span=self.span((begin, end)), medium=Medium(medium))

    def _reason(self, draft: Draft, sources: tuple[Source, ...]) -> Span | None:
        reason = draft.get("anonymity_reason")
        is_named = all(source.anonymity is Anonymity.NAMED for source in sources)
        return self.span(reason) if reason and not is_named else None

    def _utterance(self, draft: Draft) -> Utterance | None:
        time = draft.get("time")
        if time is None:
            return None
        span = self.span((time[0], time[1]))
        expression = read_date(span.text)
        anchor = self.document.date
        value = expression.value(anchor, time[2]) if expression else None
        if expression is None or value is None:
            return None
        return Utterance(
            span=span,
            edtf=value.edtf,
            first=value.first,
            last=value.last,
            anchor=anchor if expression.is_relative else None,
        )

    def _links(self, draft: Draft) -> list[ClaimLink]:
        return [
            ClaimLink(
                type=LinkType(link["type"]),
                evidence=self.span(link["evidence"]),
                target=self.keys[link["target"]] if link["target"] is not None else None,
                confidence=link["confidence"],
            )
            for link in draft.get("links", [])
        ]


def _temporality(future: bool) -> Temporality:
    return Temporality.FUTURE if future else Temporality.NON_FUTURE


def _probability(log_odds: float) -> float:
    """Return the probability of the given log-odds, rounded: it is no finer than that."""
    return round(1.0 / (1.0 + math.exp(-log_odds)), CONFIDENCE_DIGITS)
