"""``quoth extract --explain``: the text whole, every attribution marked and explained."""

import io
import re
from datetime import date

import examples
import pytest
from hypothesis import given
from story import RULES
from strategies import extractions

from quoth.explanation import write_explanations
from quoth.extractors.pipeline import AttributionExtractor
from quoth.extractors.records import Document, Extraction


def explained(*found: Extraction) -> str:
    stream = io.StringIO()
    write_explanations(found, stream)
    return stream.getvalue()


def rows(text: str) -> list[str]:
    """Its lines, white space at the edges and in between made one blank."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_every_part_of_an_attribution_is_told() -> None:
    shown = " ".join(explained(examples.permits()).split())
    for part in (
        "Harbour permits · Daily Example · Jo Writer · 2024-02-06",
        '[1 "No ship may leave without a permit,"] {1 a senior port official} <1 told>',
        "source «a senior port official» means a senior port official (Person, unnamed, of Port "
        "Authority) as «senior port official» (description, 90% sure)",
        "cue «told» (tell): say, so committed",
        "claim negative, certain, non-future",
        "reading No ship | may leave | without a permit",
        "quotation direct",
        "to «the Harbour Gazette» means Harbour Gazette",
        "through «telephone interview»: telephone",
        "when «on Tuesday»: 2024-02-06, from 2024-02-06",
        "answer denies 1, by «the report was false», 55% sure",
        "confidence 97%",
    ):
        assert part in shown


def test_a_chain_goes_back_to_the_outlet() -> None:
    shown = rows(explained(examples.leak()))
    (chain,) = [row for row in shown if row.startswith("chain ")]
    assert chain == "chain two people familiar with the plan ← Northern Wire ← Other Times"


def test_the_outlets_own_hedges_are_told(extractor: AttributionExtractor) -> None:
    document = Document(text="The wall may have fallen. The harbour is old.", date=date(2031, 5, 7))
    shown = rows(explained(*extractor.extract([document])))
    hedges = [row for row in shown if row.startswith("own voice")]
    assert hedges == ["own voice: positive, possible, non-future, by «may»"]


def test_nested_and_shared_spans_are_marked(extractor: AttributionExtractor) -> None:
    text = "The mayor said officials had warned that the wall would fall."
    shown = explained(*extractor.extract([Document(text=text)]))
    assert (
        "{1 The mayor} <1 said> [1 {2 officials} <2 had warned> [2 that the wall would fall]]."
        in shown
    )


def test_what_stands_before_the_prose_is_shown_and_not_marked() -> None:
    document = Document(text="date 2031-05-07 The harbour is old.", begin=16)
    extraction = Extraction(document=document, extractor=RULES)
    assert rows(explained(extraction))[3:5] == ["date 2031-05-07", "The harbour is old."]


@given(extractions())
@pytest.mark.slow
def test_the_words_are_all_there_and_nothing_drives_the_terminal(found: Extraction) -> None:
    shown = explained(found)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    signs = re.compile(r"[\[{<][\d,]+ |[\]}>]|\s|[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
    prose = signs.sub("", found.document.text[found.document.begin :])
    assert set(prose) <= set(signs.sub("", shown))
