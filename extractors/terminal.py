"""Records for rich: what ``rich.print`` shows of them in a terminal.

Colours are never alone: signs stand around the parts of an attribution, as `quoth extract
--explain` sets them. What could drive the terminal is taken out of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quoth.extractors.marks import (
    MOST_ATTRIBUTIONS,
    counted,
    facts_of,
    known_of,
    pieces,
    sources_of,
)
from quoth.extractors.printable import printable

if TYPE_CHECKING:
    from quoth.extractors.records import Attribution, Document, Extraction

SIGNS = {"content": ("[", "]"), "source": ("{", "}"), "cue": ("<", ">")}
STYLES = {"content": "", "source": "bold cyan", "cue": "bold magenta"}


def document_text(document: Document) -> Text:
    """Return the document's title, what is known of it, and its text."""
    lines = [printable(line) for line in document.text.splitlines()]
    return Text("\n").join([*_heading(document), Text("\n".join(lines))])


def attribution_text(attribution: Attribution) -> Text:
    """Return who says it, and the sentence with source, cue and content in signs of their own."""
    text = Text.assemble(
        (printable(sources_of(attribution)), "bold"),
        (f"  {printable(facts_of(attribution))}\n", "dim"),
    )
    within: list[str] = []
    for piece, parts in [*pieces(attribution), ("", [])]:
        for part in reversed([part for part in within if part not in parts]):
            text.append(SIGNS[part][1], "dim")
        # The outer part begins first: content around source around cue.
        for part in reversed([part for part in parts if part not in within]):
            text.append(SIGNS[part][0], "dim")
        text.append(printable(piece, edges=True), STYLES[parts[0]] if parts else "")
        within = parts[::-1]
    return text


def extraction_text(extraction: Extraction) -> Text:
    """Return the document's title and its attributions, at most `MOST_ATTRIBUTIONS`."""
    shown = extraction.attributions[:MOST_ATTRIBUTIONS]
    rest = len(extraction.attributions) - len(shown)
    lines = [*_heading(extraction.document, counted(extraction)), *map(attribution_text, shown)]
    if rest:
        lines.append(Text(f"and {rest} more"))
    return Text("\n").join(lines)


def _heading(document: Document, *more: str) -> list[Text]:
    known = printable(known_of(document, *more))
    return [Text(printable(document), "bold"), *([Text(known, "dim")] if known else [])]
