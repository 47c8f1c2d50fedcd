"""Attributions as tables: a few columns to look at, or everything for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from quoth.graph.results import Result

if TYPE_CHECKING:
    from quoth.extractors.records import Attribution, Document, Extraction, Source, Span

_Column = Callable[["Document", "Attribution"], object]

_TO_LOOK_AT: dict[str, _Column] = {
    "document": lambda d, _: d.id,
    "subject": lambda _, a: a.triple.subject,
    "claim": lambda _, a: a.triple.claim,
    "source": lambda _, a: "» " * a.depth + a.triple.source,
    "cue": lambda _, a: a.cue,
    "stance": lambda _, a: a.stance.value,
}

_EVERYTHING: dict[str, _Column] = {
    "document": lambda d, _: d.id,
    "url": lambda d, _: d.url,
    "publisher": lambda d, _: d.publisher,
    "date": lambda d, _: d.date,
    "key": lambda _, a: a.key,
    "depth": lambda _, a: a.depth,
    "nested_in": lambda _, a: a.nested_in,
    "subject": lambda _, a: a.triple.subject,
    "claim": lambda _, a: a.triple.claim,
    "source": lambda _, a: a.triple.source,
    "source_type": lambda _, a: a.source.type.value,
    "anonymity": lambda _, a: a.source.anonymity.value,
    "mention": lambda _, a: a.mention,
    "cue": lambda _, a: a.cue,
    "cue_lemma": lambda _, a: a.cue_lemma,
    "speech_act": lambda _, a: a.speech_act.value,
    "stance": lambda _, a: a.stance.value,
    "quotation": lambda _, a: a.quotation.value,
    "polarity": lambda _, a: a.claim and a.claim.polarity.value,
    "certainty": lambda _, a: a.claim and a.claim.certainty.value,
    "temporality": lambda _, a: a.claim and a.claim.temporality.value,
    "addressees": lambda _, a: _labels(a.addressees),
    "medium": lambda _, a: a.channel and a.channel.medium.value,
    "time": lambda _, a: a.time and a.time.edtf,
    "links": lambda _, a: " ".join(link.type.value for link in a.links),
    "sentence": lambda _, a: a.sentence,
    "mention_at": lambda _, a: _offsets([a.mention.span] if a.mention else []),
    "cue_at": lambda _, a: _offsets([a.cue] if a.cue else []),
    "content_at": lambda _, a: _offsets(a.content),
    "sentence_at": lambda _, a: _offsets([a.sentence]),
    "confidence": lambda _, a: a.confidence,
}


def overview(extractions: Iterable[Extraction]) -> Result:
    """Return the attributions with subject, claim, source, cue and stance.

    A source is marked with a » for every attribution that it is nested in. The document's id
    stands in the first column where there are several documents.
    """
    found = list(extractions)
    columns = _TO_LOOK_AT
    if len(found) < 2:
        columns = {name: column for name, column in columns.items() if name != "document"}
    return _tabulate(found, columns)


def full_table(extractions: Iterable[Extraction]) -> Result:
    """Return the attributions with everything that fits in a cell.

    The columns ``…_at`` are offsets into the document's text, ``begin-end``, joined by spaces.
    """
    return _tabulate(extractions, _EVERYTHING)


def _tabulate(extractions: Iterable[Extraction], columns: dict[str, _Column]) -> Result:
    return Result(
        tuple(columns),
        tuple(
            tuple(_cell(column(extraction.document, a)) for column in columns.values())
            for extraction in extractions
            for a in extraction
        ),
    )


def _cell(value: object) -> object:
    return value if value is None or isinstance(value, int | float) else str(value)


def _labels(sources: Iterable[Source]) -> str:
    return " and ".join(source.label for source in sources)


def _offsets(spans: Iterable[Span]) -> str:
    return " ".join(span.key for span in spans)
