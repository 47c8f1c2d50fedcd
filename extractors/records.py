"""The records that extractors write and graphs read: frozen, ordered, comparable, plain.

Offsets count Unicode code points of ``Document.text`` (Python string indices), end exclusive.
Every record about language carries a `Span` whose ``text`` is exactly ``document.text[begin:end]``.
Documents and claims stand in modules of their own, and are to be had here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quoth.extractors.claim import ELLIPSIS, Claim, Mention, Proposition, Source
from quoth.extractors.document import Document, Span, digest
from quoth.extractors.printable import shortened
from quoth.extractors.values import (
    Certainty,
    LinkType,
    Medium,
    Polarity,
    QuotationType,
    SpeechAct,
    Stance,
    Temporality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

__all__ = [
    "ELLIPSIS",
    "Attribution",
    "Channel",
    "Claim",
    "ClaimLink",
    "Document",
    "Extraction",
    "Extractor",
    "Mention",
    "Proposition",
    "Source",
    "Span",
    "Triple",
    "Utterance",
    "digest",
]


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
