"""Extractions built up by quoting the words of invented news.

Offsets are found in the text by its words, so that an example reads as the sentence it is about.
"""

from typing import Any

from quoth.extractors.records import (
    Attribution,
    Claim,
    Document,
    Extraction,
    Extractor,
    Mention,
    Source,
    Span,
)
from quoth.extractors.values import (
    Anonymity,
    MentionForm,
    SourceType,
)

RULES = Extractor(name="rules", version="0.1.0", model="en_core_web_sm-3.8.0", config="{}")

_MARKS = "\"'“”‘’,"


class Story:
    """A document and what is found in it, built up by quoting its own words."""

    def __init__(self, text: str, **fields: Any) -> None:
        self.document = Document(text=text, **fields)
        self.sources: dict[str, Source] = {}
        self.attributions: list[Attribution] = []
        self.own_claims: list[Attribution] = []

    def span(self, words: str, nth: int = 1) -> Span:
        """The `nth` place where `words` stand."""
        begin = -1
        for _ in range(nth):
            begin = self.document.text.index(words, begin + 1)
        return self.document.span(begin, begin + len(words))

    def source(
        self,
        words: str,
        type: SourceType = SourceType.PERSON,
        anonymity: Anonymity = Anonymity.NAMED,
        *,
        label: str | None = None,
        nth: int = 1,
        **fields: Any,
    ) -> Source:
        """A source that `words` mention first; its label is these words unless given."""
        source = Source(
            key=self.span(words, nth).key,
            label=label or words,
            type=type,
            anonymity=anonymity,
            **fields,
        )
        return self.sources.setdefault(source.key, source)

    def voice(self) -> Source:
        """The outlet, or nobody known."""
        publisher = self.document.publisher
        source = Source(
            key="voice",
            label=publisher or "this document",
            type=SourceType.ORGANISATION if publisher else SourceType.UNSPECIFIED,
            anonymity=Anonymity.NAMED if publisher else Anonymity.UNSPECIFIED,
        )
        return self.sources.setdefault("voice", source)

    def mention(
        self,
        words: str,
        *sources: Source,
        form: MentionForm = MentionForm.NAME,
        nth: int = 1,
        described_as: str | None = None,
        confidence: float = 1.0,
    ) -> Mention:
        """`words` as a mention of `sources`."""
        return Mention(
            span=self.span(words, nth),
            form=form,
            refers_to=tuple(source.key for source in sources),
            described_as=described_as,
            confidence=confidence,
        )

    def claim(self, *pieces: str | Span, **fields: Any) -> Claim:
        """A claim made of `pieces`, whose text has no quotation marks at its ends."""
        spans = tuple(self.span(p) if isinstance(p, str) else p for p in pieces)
        text = " [...] ".join(span.text.strip(_MARKS) for span in spans)
        return Claim(spans=spans, text=text, **fields)

    def says(self, *sources: Source, sentence: str, **fields: Any) -> Attribution:
        """An attribution to `sources`; a cue may be given as its words."""
        if isinstance(fields.get("cue"), str):
            fields["cue"] = self.span(fields["cue"])
        attribution = Attribution(sources=sources, sentence=self.span(sentence), **fields)
        self.attributions.append(attribution)
        return attribution

    def own(self, sentence: str, **fields: Any) -> Attribution:
        """A sentence that the document says in its own voice."""
        attribution = Attribution(
            sources=(self.voice(),),
            sentence=self.span(sentence),
            claim=self.claim(sentence, **fields),
        )
        self.own_claims.append(attribution)
        return attribution

    def extraction(self, extractor: Extractor = RULES) -> Extraction:
        """Everything found, in text order."""

        def begin(attribution: Attribution) -> tuple[int, int]:
            span = attribution.cue or attribution.content[0]
            return span.begin, span.end

        def position(source: Source) -> tuple[int, ...]:
            return () if source.key == "voice" else tuple(map(int, source.key.split("-")))

        return Extraction(
            document=self.document,
            extractor=extractor,
            attributions=tuple(sorted(self.attributions, key=begin)),
            own_claims=tuple(sorted(self.own_claims, key=begin)),
            sources=tuple(sorted(self.sources.values(), key=position)),
        )
