"""Hypothesis strategies: arbitrary documents and everything that may be found in them.

`extractions` are in the order that a graph gives back (see `quoth.graph.extraction`): sources and
mentions by position, aliases and links sorted, confidences of four digits.
"""

from dataclasses import replace

from hypothesis import strategies as st

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
    MentionForm,
    Polarity,
    QuotationType,
    SourceType,
    SpeechAct,
    Stance,
    Temporality,
)
from quoth.graph.iris import DocumentIris

HOSTILE = [
    "\ud800",
    "\udfff",
    "\0",
    "\x01",
    "\x1f",
    "\x7f",
    "\x85",
    "\r\n",
    "\u2028",
    "\ufffe",
    "a\u0301",
    "\U0001f600",
    '"',
    "\\",
    "\\u0041",
    "“",
    "’",
    "<b>",
    "{}",
    "#",
]
"""Pieces of text that break naive code: controls, surrogates, quotation marks, escapes."""

exact_texts = st.lists(
    st.sampled_from(HOSTILE) | st.characters() | st.text(max_size=5), min_size=1, max_size=20
).map("".join)
"""Texts of documents, lone surrogates included; never empty."""

words = st.text(max_size=12) | st.sampled_from(['x"@en . } ; DROP ALL #', "Łódź", "李", "a\0b"])
"""Names, titles and the like: anything but surrogates."""

confidences = st.integers(0, 10_000).map(lambda n: n / 10_000)
urls = words | st.sampled_from(
    ['https://example.org/a b?c="d"', "https://example.org/ü", "not a url"]
)
languages = st.sampled_from(["en", "de-AT", "", "no language", "zz-"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of any text and any description."""
    text = draw(exact_texts.filter(bool))
    return Document(
        text=text,
        id=draw(words),
        url=draw(st.none() | urls),
        title=draw(st.none() | words),
        date=draw(st.none() | st.dates()),
        publisher=draw(st.none() | words),
        author=draw(st.none() | words),
        language=draw(languages),
        begin=draw(st.integers(0, len(text))),
    )


extractors = st.builds(Extractor, name=words, version=words, model=words, config=words)


class _Findings:
    """Draws what may be found in one document."""

    def __init__(self, draw: st.DrawFn, document: Document) -> None:
        self.draw = draw
        self.document = document
        self.sources = self._sources()
        self.mentions: dict[Span, Mention] = {}

    def span(self) -> Span:
        begin = self.draw(st.integers(0, len(self.document.text) - 1))
        return self.document.span(begin, self.draw(st.integers(begin + 1, len(self.document.text))))

    def maybe_span(self) -> Span | None:
        return self.span() if self.draw(st.booleans()) else None

    def _sources(self) -> list[Source]:
        iris = DocumentIris(self.document.key)
        keys = {self.span().key for _ in range(self.draw(st.integers(1, 4)))}
        found: dict[str, Source] = {}
        for key in ["voice", *sorted(keys, key=_position)]:
            source = Source(
                key=key,
                label=self.draw(words),
                type=self.draw(st.sampled_from(SourceType)),
                anonymity=self.draw(st.sampled_from(Anonymity)),
                aliases=tuple(sorted(self.draw(st.sets(words, max_size=2)))),
                affiliation=self.draw(st.none() | words),
                count=self.draw(st.none() | st.integers(1, 10**9)),
            )
            found.setdefault(iris.source(source), source)
        return list(found.values())

    def some_sources(self, least: int) -> tuple[Source, ...]:
        chosen = self.draw(
            st.sets(st.integers(0, len(self.sources) - 1), min_size=least, max_size=2)
        )
        return tuple(self.sources[i] for i in sorted(chosen))

    def mention(self) -> Mention:
        span = self.span()
        if span not in self.mentions:
            self.mentions[span] = Mention(
                span=span,
                form=self.draw(st.sampled_from(MentionForm)),
                refers_to=tuple(source.key for source in self.some_sources(0)),
                described_as=self.draw(st.none() | words),
                confidence=self.draw(confidences),
            )
        return self.mentions[span]

    def maybe_mention(self) -> Mention | None:
        return self.mention() if self.draw(st.booleans()) else None

    def claim(self) -> Claim:
        spans = {self.span() for _ in range(self.draw(st.integers(1, 3)))}
        about = {mention.span: mention for mention in [self.maybe_mention()] if mention}
        return Claim(
            spans=tuple(sorted(spans)),
            text=self.draw(words),
            polarity=self.draw(st.sampled_from(Polarity)),
            certainty=self.draw(st.sampled_from(Certainty)),
            temporality=self.draw(st.sampled_from(Temporality)),
            modality=tuple(sorted({self.span() for _ in range(self.draw(st.integers(0, 2)))})),
            propositions=tuple(
                Proposition(
                    subject=self.maybe_span(),
                    predicate=self.span(),
                    object=self.maybe_span(),
                    lemma=self.draw(words),
                    subject_source=next((s.key for s in self.some_sources(0)), None),
                    confidence=self.draw(confidences),
                )
                for _ in range(self.draw(st.integers(0, 2)))
            ),
            about=tuple(about[span] for span in sorted(about)),
        )

    def utterance(self) -> Utterance:
        first, last = sorted((self.draw(st.dates()), self.draw(st.dates())))
        return Utterance(
            span=self.span(),
            edtf=self.draw(words),
            first=first,
            last=last,
            anchor=self.draw(st.none() | st.dates()),
        )

    def attribution(self, outer: list[str]) -> Attribution:
        cue = self.maybe_span()
        nested_in = self.draw(st.sampled_from([None, *outer]))
        return Attribution(
            sources=self.some_sources(1),
            sentence=self.span(),
            cue=cue,
            cue_lemma=self.draw(st.none() | words),
            mention=self.maybe_mention(),
            claim=self.claim() if cue is None or self.draw(st.booleans()) else None,
            quotation=self.draw(st.sampled_from(QuotationType)),
            speech_act=self.draw(st.sampled_from(SpeechAct)),
            cue_polarity=self.draw(st.sampled_from(Polarity)),
            cue_certainty=self.draw(st.sampled_from(Certainty)),
            cue_temporality=self.draw(st.sampled_from(Temporality)),
            stance=self.draw(st.sampled_from(Stance)),
            addressees=self.some_sources(0),
            addressee_mention=self.maybe_mention(),
            channel=self.draw(
                st.none() | st.builds(Channel, span=st.just(self.span()), medium=...)
            ),
            time=self.utterance() if self.draw(st.booleans()) else None,
            anonymity_reason=self.maybe_span(),
            nested_in=nested_in,
            depth=0 if nested_in is None else self.draw(st.integers(1, 3)),
            confidence=self.draw(confidences),
        )

    def own_claim(self) -> Attribution:
        voice = next(source for source in self.sources if source.key == "voice")
        return Attribution(sources=(voice,), sentence=self.span(), claim=self.claim())

    def links(self, targets: list[str]) -> tuple[ClaimLink, ...]:
        drawn = [
            ClaimLink(
                type=self.draw(st.sampled_from(LinkType)),
                evidence=self.span(),
                target=self.draw(st.sampled_from([None, *targets])),
                confidence=self.draw(confidences),
            )
            for _ in range(self.draw(st.integers(0, 2)))
        ]
        found = {(link.evidence, link.type, link.target or ""): link for link in drawn}
        return tuple(found[key] for key in sorted(found))


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Extractions of any document that keep the promises of the records."""
    findings = _Findings(draw, draw(documents()))
    acts: dict[str, Attribution] = {}
    for _ in range(draw(st.integers(0, 3))):
        attribution = findings.attribution(list(acts))
        acts.setdefault(attribution.key, attribution)
    own: dict[str, Attribution] = {}
    for _ in range(draw(st.integers(0, 2))):
        claim = findings.own_claim()
        if claim.key not in acts:
            own.setdefault(claim.key, claim)
    linked = [replace(act, links=findings.links([*acts, *own])) for act in acts.values()]
    return Extraction(
        document=findings.document,
        extractor=draw(extractors),
        attributions=tuple(sorted(linked, key=lambda act: _position(act.key))),
        own_claims=tuple(sorted(own.values(), key=lambda act: _position(act.key))),
        sources=tuple(findings.sources),
    )


def _position(key: str) -> tuple[int, ...]:
    return tuple(map(int, key.split("-")))
