"""Records as HTML for notebooks: a sentence with its source, cue and content marked.

Colours are never alone: each sort of mark has a line of its own beneath it and says what it is when
pointed at. Styles stand in the elements, because notebooks take style sheets out, and so they reach
nothing else on the page.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from quoth.extractors.marks import (
    MOST_ATTRIBUTIONS,
    counted,
    facts_of,
    known_of,
    pieces,
    sources_of,
)

if TYPE_CHECKING:
    from quoth.extractors.records import Attribution, Document, Extraction

_STYLES = {
    "cue": "background:#f6dcea;color:#000;border-bottom:2px dashed #a1346f",
    "source": "background:#cfe3f5;color:#000;border-bottom:2px solid #0072b2",
    "content": "background:#fdf3d0;color:#000;border-bottom:2px dotted #8a6d00",
}

_LEGEND = " ".join(
    f'<span style="{_STYLES[part]}">{part}</span>' for part in ("source", "cue", "content")
)


def document_html(document: Document) -> str:
    """Return the document's title, what is known of it, and its text."""
    text, begin = document.text, document.begin
    # What is never read, such as a date line, is there and pale.
    head = f'<span style="opacity:0.6">{_shown(text[:begin])}</span>' if begin else ""
    return (
        f"{_headed(document)}"
        f'<div style="white-space:pre-line">{head}{_shown(text[begin:])}</div></div>'
    )


def attribution_html(attribution: Attribution) -> str:
    """Return who says it, and the sentence with source, cue and content marked."""
    return (
        f"<div><strong>{_shown(sources_of(attribution))}</strong> "
        f"<small>{_shown(facts_of(attribution))}</small>"
        f'<br><span style="white-space:pre-line">{_marked(attribution)}</span></div>'
    )


def extraction_html(extraction: Extraction) -> str:
    """Return the document's title and its attributions, at most `MOST_ATTRIBUTIONS`."""
    shown = extraction.attributions[:MOST_ATTRIBUTIONS]
    items = "".join(f"<li>{attribution_html(attribution)}</li>" for attribution in shown)
    rest = len(extraction.attributions) - len(shown)
    return (
        f"{_headed(extraction.document, counted(extraction), legend=f' · {_LEGEND}')}"
        f"<ol>{items}</ol>{f'<p>and {rest} more</p>' if rest else ''}</div>"
    )


def _headed(document: Document, *more: str, legend: str = "") -> str:
    """Return the head of what is shown of a document, whose element is left open."""
    return (
        f"<div><strong>{_shown(str(document))}</strong>"
        f"<br><small>{_shown(known_of(document, *more))}{legend}</small>"
    )


def _shown(text: str) -> str:
    """Return `text` as HTML; a lone surrogate, which no notebook can hold, becomes «?»."""
    return escape(text).encode("utf-8", "replace").decode()


def _marked(attribution: Attribution) -> str:
    return "".join(
        f'<span style="{_STYLES[parts[0]]}" title="{", ".join(parts)}">{_shown(text)}</span>'
        if parts
        else _shown(text)
        for text, parts in pieces(attribution)
    )
