"""Extractions as JSON: the scorer's format, everything beside it, and back without loss."""

import dataclasses
import io
import json
import re

import examples
import pytest
from hypothesis import HealthCheck, given, settings
from strategies import extractions

from quoth.extractors.jsonlines import dumps, from_json, loads, pieces, to_json
from quoth.extractors.records import Document, Extraction, Extractor

SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@given(extractions())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_round_trip_loses_nothing(extraction):
    record = to_json(extraction)
    assert from_json(record) == extraction
    assert record == to_json(from_json(record))
    # Equality of spans is that of their offsets; their words count too.
    assert repr(from_json(record)) == repr(extraction)


@given(extractions())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_line_is_utf_8_and_comes_back(extraction):
    text = json.dumps(to_json(extraction), ensure_ascii=False)
    if SPLIT_PAIR.search(text):
        with pytest.raises(ValueError, match="surrogate pair as two characters"):
            dumps(extraction)
        return
    line = dumps(extraction)
    assert line.splitlines() == [line]
    assert loads(line.encode().decode()) == extraction
    assert json.loads(line) == to_json(extraction)
    assert list(json.loads(line)) == list(to_json(extraction))


def test_a_long_line_comes_in_pieces_that_are_small(extraction):
    many = dataclasses.replace(extraction, own_claims=extraction.own_claims * 50)
    assert max(map(len, pieces(many))) < len(dumps(many)) / 20


def test_nothing_is_written_of_a_text_that_json_would_change(extraction):
    text = "\ud83d\ude00 they said."
    split = Extraction(
        document=Document(text=text, id="emoji"),
        extractor=extraction.extractor,
        attributions=(),
        own_claims=(),
        sources=(),
    )
    with pytest.raises(ValueError, match="document 'emoji'"):
        next(pieces(split))


@pytest.fixture(scope="module")
def extraction():
    return examples.permits()


def test_spans_are_lists_as_the_scorer_reads_them(extraction):
    record = to_json(extraction)
    text = record["text"]
    assert record["id"] == extraction.document.id
    for item, attribution in zip(record["attributions"], extraction, strict=True):
        words = {role: [text[b:e] for b, e in item[role]] for role in ("source", "cue", "content")}
        assert words == {
            "source": [attribution.mention.span.text] if attribution.mention else [],
            "cue": [attribution.cue.text] if attribution.cue else [],
            "content": [span.text for span in attribution.content],
        }


def test_everything_else_stands_beside_the_spans(extraction):
    record = to_json(extraction)
    item = record["attributions"][0]
    attribution = extraction.attributions[0]
    assert item["sources"][0]["label"] == attribution.source.label
    assert item["sources"][0]["type"] == attribution.source.type.value
    assert item["sources"][0]["anonymity"] == attribution.source.anonymity.value
    assert item["claim"]["text"] == attribution.claim.text
    assert item["triple"] == attribution.triple._asdict()
    assert len(record["own_claims"]) == len(extraction.own_claims) > 0
    assert [source["key"] for source in record["sources"]] == [s.key for s in extraction.sources]


def test_the_order_of_the_fields_does_not_vary(extraction):
    record = to_json(extraction)
    assert list(record) == [
        *("id", "url", "title", "date", "publisher", "author", "language", "begin", "text"),
        *("extractor", "attributions", "own_claims", "sources"),
    ]
    first, *rest = [list(a) for a in [*record["attributions"], *record["own_claims"]]]
    assert first[:5] == ["key", "source", "cue", "content", "triple"]
    assert all(fields == first for fields in rest)


def test_characters_that_break_lines_or_utf_8_are_escaped():
    document = Document(text="a\ud800 \udc00b\u2028\u2029\x85\n€", id="x")
    line = dumps(
        Extraction(document=document, extractor=Extractor(name="n", version="v", model="m"))
    )
    assert r'"a\ud800 \udc00b\u2028\u2029\u0085\n€"' in line
    io.TextIOWrapper(io.BytesIO(), encoding="utf-8").write(line)
    assert loads(line).document == document


BROKEN = [
    pytest.param(lambda r: r.pop("text"), r"document 'permits': no field 'text'", id="no text"),
    pytest.param(
        lambda r: r["attributions"][0].pop("stance"),
        r"attributions\[0\].no field 'stance'",
        id="no stance",
    ),
    pytest.param(
        lambda r: r["attributions"][0].update(stance="angry"),
        r"attributions\[0\].stance: 'angry' is not a valid Stance",
        id="another stance",
    ),
    pytest.param(
        lambda r: r["attributions"][0].update(sentence=[5, 99999]),
        r"attributions\[0\].sentence: \[5, 99999\] is no \[begin, end\] in the text",
        id="outside the text",
    ),
    pytest.param(
        lambda r: r["attributions"][0].update(cue=[7]),
        r"attributions\[0\].cue: 7 is no \[begin, end\]",
        id="half a span",
    ),
    pytest.param(
        lambda r: r["attributions"][0].update(cue=7),
        r"attributions\[0\].cue: list was expected, not 7",
        id="no list",
    ),
    pytest.param(
        lambda r: r["attributions"][0].update(sources=[]),
        r"attributions\[0\].attribution at .*: no source",
        id="no source",
    ),
    pytest.param(
        lambda r: r["attributions"][0].update(depth="1"),
        r"attributions\[0\].depth: int was expected, not '1'",
        id="text for a number",
    ),
    pytest.param(
        lambda r: r.update(date="yesterday"), r"date: Invalid isoformat string", id="no date"
    ),
    pytest.param(lambda r: r.update(begin=10**9), "begin=1000000000 lies outside", id="begin"),
    pytest.param(
        lambda r: r.update(extractor=None), r"extractor: dict was expected, not None", id="null"
    ),
]


@pytest.mark.parametrize(("damage", "message"), BROKEN)
def test_what_is_wrong_is_told_with_its_place(extraction, damage, message):
    record = json.loads(json.dumps(to_json(extraction)))
    damage(record)
    with pytest.raises(ValueError, match=message) as caught:
        from_json(record)
    assert str(caught.value).startswith(f"document {extraction.document.id!r}: ")


@pytest.mark.parametrize("line", ["", "[]", "{", "3", "{}"])
def test_a_line_that_is_no_extraction_is_refused(line):
    with pytest.raises(ValueError, match=r"expected|Expecting|no field"):
        loads(line)


def test_a_whole_number_is_a_confidence_too(extraction):
    record = to_json(extraction)
    record["attributions"][0]["confidence"] = 1
    assert from_json(record).attributions[0].confidence == 1.0
