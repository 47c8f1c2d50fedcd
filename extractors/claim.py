"""Who speaks and what is said, as `quoth.extractors.records` offers them."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.extractors.document import Span
from quoth.extractors.printable import shortened
from quoth.extractors.values import (
    Anonymity,
    Certainty,
    MentionForm,
    Polarity,
    SourceType,
    Temporality,
)

ELLIPSIS = " [...] "
"""What joins the pieces of a discontinuous claim in `Claim.text`."""


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
