"""Records as HTML for notebooks: a sentence with its source, cue and content marked.

Colours are never alone: each sort of mark has a line of its own beneath it and says what it is when
pointed at. Styles stand in the elements, because notebooks take style sheets out.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.records import Attribution, Extraction, Span

MOST_ATTRIBUTIONS = 50
"""How many attributions of an extraction are shown."""

_STYLES = {
    "cue": "background:#f6dcea;color:#000;border-bottom:2px dashed #a1346f",
    "source": "background:#cfe3f5;color:#000;border-bottom:2px solid #0072b2",
    "content": "background:#fdf3d0;color:#000;border-bottom:2px dotted #8a6d00",
}
"""The look of each part; one inside another has the look that comes first."""

_LEGEND = " ".join(
    f'<span style="{_STYLES[part]}">{part}</span>' for part in ("source", "cue", "content")
)


def attribution_html(attribution: Attribution) -> str:
    """Return who says it, and the sentence with source, cue and content marked."""
    who = " and ".join(source.label for source in attribution.sources)
    facts = [attribution.stance.value, attribution.speech_act.value]
    if attribution.time is not None:
        facts.append(attribution.time.edtf)
    if attribution.addressees:
        facts.append(f"to {' and '.join(source.label for source in attribution.addressees)}")
    if attribution.depth:
        facts.append(f"depth {attribution.depth}")
    return (
        f"<div><strong>{_shown(who)}</strong> <small>{_shown(', '.join(facts))}</small>"
        f'<br><span style="white-space:pre-line">{_marked(attribution)}</span></div>'
    )


def extraction_html(extraction: Extraction) -> str:
    """Return the document's title and its attributions, at most `MOST_ATTRIBUTIONS`."""
    document = extraction.document
    about = [document.publisher, document.date.isoformat() if document.date else None]
    count = len(extraction.attributions)
    about.append(f"{count} attribution{'' if count == 1 else 's'}")
    shown = extraction.attributions[:MOST_ATTRIBUTIONS]
    items = "".join(f"<li>{attribution_html(attribution)}</li>" for attribution in shown)
    rest = count - len(shown)
    return (
        f"<div><strong>{_shown(str(document))}</strong>"
        f"<br><small>{_shown(' · '.join(part for part in about if part))} · {_LEGEND}</small>"
        f"<ol>{items}</ol>{f'<p>and {rest} more</p>' if rest else ''}</div>"
    )


def _shown(text: str) -> str:
    """Return `text` as HTML; a lone surrogate, which no notebook can hold, becomes «?»."""
    return escape(text).encode("utf-8", "replace").decode()


def _marked(attribution: Attribution) -> str:
    return "".join(
        f'<span style="{_STYLES[parts[0]]}" title="{", ".join(parts)}">{_shown(text)}</span>'
        if parts
        else _shown(text)
        for text, parts in _pieces(attribution)
    )


def _pieces(attribution: Attribution) -> Iterator[tuple[str, list[str]]]:
    """Yield the sentence piece by piece, each with the parts of the attribution it belongs to."""
    sentence = attribution.sentence
    spans: list[tuple[str, Span]] = [("content", span) for span in attribution.content]
    if attribution.cue is not None:
        spans.append(("cue", attribution.cue))
    if attribution.mention is not None:
        spans.append(("source", attribution.mention.span))
    ends = {sentence.begin, sentence.end}
    for _, span in spans:
        ends |= {end for end in (span.begin, span.end) if sentence.begin < end < sentence.end}
    places = sorted(ends)
    for begin, end in pairwise(places):
        here = {part for part, span in spans if span.begin <= begin and end <= span.end}
        text = sentence.text[begin - sentence.begin : end - sentence.begin]
        yield text, [part for part in _STYLES if part in here]
