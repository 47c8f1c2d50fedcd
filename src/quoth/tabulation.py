"""Attributions as tables: a few columns to look at, or everything for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from quoth.extractors.comparison import Agreement
from quoth.graph.results import Result

if TYPE_CHECKING:
    from quoth.extractors.comparison import Comparison
    from quoth.extractors.records import Attribution, Document, Extraction, Source, Span

_Column = Callable[["Document", "Attribution"], object]

_TO_LOOK_AT: dict[str, _Column] = {
    "document": lambda d, _: d.id,
    "subject": lambda _, a: a.triple.subject,
    "claim": lambda _, a: a.triple.claim,
    "source": lambda _, a: "» " * a.depth + a.triple.source,
    "cue": lambda _, a: a.cue,
    "stance": lambda _, a: a.stance.value,
    "when": lambda _, a: a.time and a.time.edtf,
    "to": lambda _, a: _labels(a.addressees) or None,
}

_ALWAYS = ("subject", "claim", "source", "cue", "stance")

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
    "anonymity_reason": lambda _, a: a.anonymity_reason,
    "sources_counted": lambda _, a: _counted(a),
    "affiliation": lambda _, a: a.source.affiliation,
    "mention": lambda _, a: a.mention,
    "described_as": lambda _, a: a.mention and a.mention.described_as,
    "cue": lambda _, a: a.cue,
    "cue_lemma": lambda _, a: a.cue_lemma,
    "speech_act": lambda _, a: a.speech_act.value,
    "cue_polarity": lambda _, a: a.cue_polarity.value,
    "cue_certainty": lambda _, a: a.cue_certainty.value,
    "cue_temporality": lambda _, a: a.cue_temporality.value,
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
    """Return the attributions with subject, claim, source, cue, stance, time and addressee.

    A source is marked with a » for every attribution that it is nested in. The document's id
    stands in the first column where there are several documents; columns in which no row has
    anything are left out.
    """
    found = list(extractions)
    result = _tabulate(found, _TO_LOOK_AT)
    kept = [
        number
        for number, name in enumerate(result.columns)
        if (len(found) > 1 if name == "document" else any(row[number] for row in result.rows))
        or name in _ALWAYS
    ]
    return Result(
        tuple(result.columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in result.rows),
    )


def full_table(extractions: Iterable[Extraction]) -> Result:
    """Return the attributions with everything that fits in a cell.

    The columns ``…_at`` are offsets into the document's text, ``begin-end``, joined by spaces.
    """
    return _tabulate(extractions, _EVERYTHING)


def comparison_table(
    compared: Iterable[tuple[Document, list[Comparison]]],
    names: tuple[str, str],
    *,
    everything: bool,
) -> Result:
    """Return what two extractors, called `names`, say of each attribution, a row each.

    Rows on which they agree are left out unless `everything` is wanted. ``at`` is the first
    character of the content in the document's text.
    """
    columns = ("document", "at", "found by", "cue", *(f"source ({n})" for n in names), "claim")
    rows = []
    for document, comparisons in compared:
        for comparison in comparisons:
            if comparison.agreement is Agreement.SAME and not everything:
                continue
            seen = comparison.first or comparison.second
            assert seen is not None
            sources = (_said_by(a) for a in (comparison.first, comparison.second))
            row = (_found_by(comparison, names), seen.cue, *sources, seen.triple.claim)
            rows.append((document.id, comparison.begin, *map(_cell, row)))
    return Result(columns, tuple(rows))


def tally(comparisons: Iterable[Comparison], names: tuple[str, str]) -> str:
    """Return in words how often two extractors agree."""
    counts = Counter(c.agreement for c in comparisons)
    first, second = names
    return (
        f"{counts[Agreement.SAME]} alike, {counts[Agreement.SOURCE]} with another source, "
        f"{counts[Agreement.FIRST]} by {first} only, {counts[Agreement.SECOND]} by {second} only"
    )


def _found_by(comparison: Comparison, names: tuple[str, str]) -> str:
    if comparison.second is None:
        return names[0]
    return names[1] if comparison.first is None else "both"


def _said_by(attribution: Attribution | None) -> str | None:
    if attribution is None:
        return None
    return attribution.mention.span.text if attribution.mention else ""


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


def _counted(attribution: Attribution) -> int | None:
    """Return how many sources the words count («two officials»), None where they do not."""
    counts = [source.count for source in attribution.sources if source.count]
    return sum(counts) if counts else None


def _labels(sources: Iterable[Source]) -> str:
    return " and ".join(source.label for source in sources)


def _offsets(spans: Iterable[Span]) -> str:
    return " ".join(span.key for span in spans)
