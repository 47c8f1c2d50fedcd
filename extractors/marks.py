"""What is shown of an attribution, wherever it is shown: its sentence piece by piece, its facts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.records import Attribution, Document, Extraction, Span

PARTS = ("cue", "source", "content")
"""The parts of an attribution; one inside another has the look of the one that comes first."""

MOST_ATTRIBUTIONS = 50
"""How many attributions of an extraction are shown."""


def pieces(attribution: Attribution) -> Iterator[tuple[str, list[str]]]:
    """Yield the sentence piece by piece, each with the `PARTS` that it belongs to."""
    sentence = attribution.sentence
    spans: list[tuple[str, Span]] = [("content", span) for span in attribution.content]
    if attribution.cue is not None:
        spans.append(("cue", attribution.cue))
    if attribution.mention is not None:
        spans.append(("source", attribution.mention.span))
    ends = {sentence.begin, sentence.end}
    for _, span in spans:
        ends |= {end for end in (span.begin, span.end) if sentence.begin < end < sentence.end}
    for begin, end in pairwise(sorted(ends)):
        here = {part for part, span in spans if span.begin <= begin and end <= span.end}
        text = sentence.text[begin - sentence.begin : end - sentence.begin]
        yield text, [part for part in PARTS if part in here]


def sources_of(attribution: Attribution) -> str:
    """Return who says it, by name."""
    return " and ".join(source.label for source in attribution.sources)


def facts_of(attribution: Attribution) -> str:
    """Return the stance, the speech act, and the day, the addressees and the depth if any."""
    facts = [attribution.stance.value, attribution.speech_act.value]
    if attribution.time is not None:
        facts.append(attribution.time.edtf)
    if attribution.addressees:
        facts.append(f"to {' and '.join(source.label for source in attribution.addressees)}")
    if attribution.depth:
        facts.append(f"depth {attribution.depth}")
    return ", ".join(facts)


def known_of(document: Document, *more: str | None) -> str:
    """Return what is known of a document besides its title, and `more`, in one line."""
    day = document.date.isoformat() if document.date else None
    return " · ".join(part for part in (document.publisher, document.author, day, *more) if part)


def counted(extraction: Extraction) -> str:
    """Return how many attributions an extraction has, in words."""
    count = len(extraction.attributions)
    return f"{count} attribution{'' if count == 1 else 's'}"
