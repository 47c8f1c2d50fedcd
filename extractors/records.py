"""The records that extractors write and graphs read: frozen, ordered, comparable, plain.

Offsets count Unicode code points of ``Document.text`` (Python string indices), end exclusive.
Every record about language carries a `Span` whose ``text`` is exactly ``document.text[begin:end]``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quoth.extractors.printable import shortened
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

ELLIPSIS = " [...] "
"""What joins the pieces of a discontinuous claim in `Claim.text`."""


def digest(*parts: str) -> str:
    """Return the sha256, in hex, of `parts` joined by U+001F.

    Lone surrogates, which UTF-8 cannot hold, are hashed as their three-byte forms.
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: the evidence.

    `begin` and `end` are code-point offsets, end exclusive; `text` is the words between them.
    """

    begin: int
    end: int
    text: str = field(compare=False)

    @property
    def key(self) -> str:
        """``begin-end``, unique among the spans of one document."""
        return f"{self.begin}-{self.end}"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Document:
    """One exact text, as read, and what is known about it.

    `text` is kept as it came. `begin` is the offset at which the prose starts: what stands before
    it (a date line, a title, a dateline) is kept and never read for attributions. `id` is the
    user's name for the document; `url` its address on the web. Raises ValueError when `begin` lies
    outside the text, TypeError when a field is of another type than stated.
    """

    text: str
    id: str = ""
    url: str | None = None
    title: str | None = None
    date: date | None = None
    publisher: str | None = None
    author: str | None = None
    language: str = "en"
    begin: int = 0

    def __post_init__(self) -> None:
        self._require_types()
        if not 0 <= self.begin <= len(self.text):
            raise ValueError(
                f"document {self.id!r}: begin={self.begin} lies outside its text of "
                f"{len(self.text)} characters"
            )

    def _require_types(self) -> None:
        """Raise TypeError where a field would make a damaged graph of this document later."""
        for name in ("text", "id", "url", "title", "publisher", "author", "language"):
            value = getattr(self, name)
            optional = name not in ("text", "id", "language")
            if not (isinstance(value, str) or (optional and value is None)):
                raise TypeError(f"document {self.id!r}: {name} is no text but {value!r:.60}")
        # A datetime is a date to Python, and no xsd:date.
        if self.date is not None and type(self.date) is not date:
            raise TypeError(
                f"document {self.id!r}: date is no datetime.date but {self.date!r:.60}; "
                "date.fromisoformat('2031-05-03') makes one"
            )

    @cached_property
    def key(self) -> str:
        """The document's identifier: 20 hex digits, a function of its URL (or id) and text."""
        return digest(self.url or self.id, self.text)[:20]

    @cached_property
    def text_hash(self) -> str:
        """The sha256 of the exact text, in hex."""
        return digest(self.text)

    def span(self, begin: int, end: int) -> Span:
        """Return the span ``[begin, end)`` of this document.

        Raises ValueError when the offsets do not lie within the text in this order.
        """
        if not 0 <= begin < end <= len(self.text):
            raise ValueError(
                f"document {self.id!r}: [{begin}, {end}) is no stretch of its text of "
                f"{len(self.text)} characters"
            )
        return Span(begin, end, self.text[begin:end])

    def __str__(self) -> str:
        return self.title or self.id or self.url or f"document {self.key}"

    def __repr__(self) -> str:
        day = f", {self.date}" if self.date else ""
        return f"<Document {shortened(str(self))!r}{day}, {len(self.text):,} characters>"

    def _repr_html_(self) -> str:
        from quoth.extractors.markup import document_html

        return document_html(self)

    def __rich__(self) -> Text:
        from quoth.extractors.terminal import document_text

        return document_text(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that refer to a source.

    `refers_to` holds the keys of the sources meant (`Source.key`), several for «Smith and Jones».
    `described_as` is the role, title or description used here («Kremlin spokesman»); `confidence`
    how sure it is that the words mean these sources.
    """

    span: Span
    form: MentionForm
    refers_to: tuple[str, ...] = ()
    described_as: str | None = None
    confidence: float = 1.0

    def __str__(self) -> str:
        return self.span.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whoever or whatever a claim is attributed or addressed to, once per document.

    `key` is unique within the document: ``begin-end`` of its first mention, or ``voice`` for the
    outlet (or author) whose words the document itself is. `count` is how many the words say they
    are («four sources»), None where they give no number.
    """

    key: str
    label: str
    type: SourceType
    anonymity: Anonymity
    aliases: tuple[str, ...] = ()
    affiliation: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A subject – predicate – object reading of a claim: described, never asserted.

    `lemma` is the dictionary form of the predicate's verb; `subject_source` the key of the source
    that the subject refers to, where it is one.
    """

    subject: Span | None
    predicate: Span
    object: Span | None
    lemma: str
    subject_source: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is said, in the document's words.

    `spans` are its pieces in order, quotation marks included; `text` is the same without the
    marks, pieces joined by ``" [...] "``. `modality` are the words («may», «not», «will») that
    polarity, certainty and temporality rest on, in order. `about` are mentions, inside it, of known
    sources.
    """

    spans: tuple[Span, ...]
    text: str
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    temporality: Temporality = Temporality.NON_FUTURE
    modality: tuple[Span, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    about: tuple[Mention, ...] = ()

    @property
    def key(self) -> str:
        """First begin and last end of the content, ``begin-end``."""
        return f"{self.spans[0].begin}-{self.spans[-1].end}"

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Claim {self.key} {shortened(self.text)!r}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """When something was said: `span` are the words, `edtf` their value (ISO 8601-2 level 1).

    `first` and `last` are the first and last possible day, `anchor` the date that a relative
    expression was resolved against.
    """

    span: Span
    edtf: str
    first: date
    last: date
    anchor: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Through which medium something was said, and the words that say so."""

    span: Span
    medium: Medium


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLink:
    """That an attribution denies, disputes, confirms … what somebody claims.

    `target` is the key of the attribution whose claim is meant, None where it was not found;
    `evidence` the words that carry the link.
    """

    type: LinkType
    evidence: Span
    target: str | None = None
    confidence: float = 1.0


class Triple(NamedTuple):
    """The shortest view of an attribution."""

    subject: str
    claim: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """One act, as told by one document, in which a source says (thinks, asks, denies …) something.

    `cue` and `mention` are None where the text has none (a quotation that just goes on); `sources`
    are who is meant and never empty. The cue's certainty and temporality tell whether it was said
    at all: «may say» is possible, «will announce» future. `anonymity_reason` are the words that
    explain why a source is not named. `claim` is None for «declined to comment». `nested_in` is
    the key of the next outer attribution, and `depth` 0 when the document itself reports it.
    `sentence` is the text that a reader needs to check all this.
    """

    sources: tuple[Source, ...]
    sentence: Span
    cue: Span | None = None
    cue_lemma: str | None = None
    mention: Mention | None = None
    claim: Claim | None = None
    quotation: QuotationType = QuotationType.NONE
    speech_act: SpeechAct = SpeechAct.SAY
    cue_polarity: Polarity = Polarity.POSITIVE
    cue_certainty: Certainty = Certainty.CERTAIN
    cue_temporality: Temporality = Temporality.NON_FUTURE
    stance: Stance = Stance.COMMITTED
    addressees: tuple[Source, ...] = ()
    addressee_mention: Mention | None = None
    channel: Channel | None = None
    time: Utterance | None = None
    anonymity_reason: Span | None = None
    nested_in: str | None = None
    depth: int = 0
    links: tuple[ClaimLink, ...] = ()
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError(f"attribution at {self.sentence.key}: no source")
        if self.cue is None and self.claim is None:
            raise ValueError(f"attribution at {self.sentence.key}: neither cue nor claim")

    @property
    def key(self) -> str:
        """``begin-end`` of the cue or, without one, of the first piece of the content."""
        if self.cue is not None:
            return self.cue.key
        assert self.claim is not None
        return self.claim.spans[0].key

    @property
    def source(self) -> Source:
        """Who is meant; the first of several."""
        return self.sources[0]

    @property
    def content(self) -> tuple[Span, ...]:
        """The pieces of the claim, empty where there is none."""
        return self.claim.spans if self.claim else ()

    @property
    def triple(self) -> Triple:
        """The attribution as (subject, claim, source)."""
        propositions = self.claim.propositions if self.claim else ()
        subject = propositions[0].subject if propositions else None
        return Triple(
            subject.text if subject else "",
            self.claim.text if self.claim else "",
            " and ".join(source.label for source in self.sources),
        )

    def __str__(self) -> str:
        _, claim, source = self.triple
        return f"{source}: {claim}" if claim else f"{source} {self.cue or ''}".rstrip()

    def __repr__(self) -> str:
        return f"<Attribution {self.key} {shortened(str(self))!r}>"

    def _repr_html_(self) -> str:
        from quoth.extractors.markup import attribution_html

        return attribution_html(self)

    def __rich__(self) -> Text:
        from quoth.extractors.terminal import attribution_text

        return attribution_text(self)


@dataclass(frozen=True, kw_only=True)
class Extractor:
    """The software that found something: name, version, language model and settings."""

    name: str
    version: str
    model: str
    config: str = ""

    @cached_property
    def config_hash(self) -> str:
        """The sha256 of the effective settings, in hex."""
        return digest(self.config)


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """Everything that one extractor found in one document.

    `attributions` and `own_claims` (sentences that attribute nothing: the document's own voice)
    are in text order, `sources` in the order of their keys' first appearance. Iterating yields
    the attributions.
    """

    document: Document
    extractor: Extractor
    attributions: tuple[Attribution, ...] = ()
    own_claims: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()

    def __iter__(self) -> Iterator[Attribution]:
        return iter(self.attributions)

    def __len__(self) -> int:
        return len(self.attributions)

    def __repr__(self) -> str:
        title, reader = shortened(str(self.document)), shortened(self.extractor.name)
        found = f"{len(self)} attributions, {len(self.sources)} sources"
        return f"<Extraction of {title!r} by {reader!r}: {found}>"

    def __rich__(self) -> Text:
        from quoth.extractors.terminal import extraction_text

        return extraction_text(self)

    def _repr_html_(self) -> str:
        from quoth.extractors.markup import extraction_html

        return extraction_html(self)
