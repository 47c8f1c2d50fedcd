"""Tables: a document a row, whatever they are kept in."""

import json
import re
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_samples import (
    OTHER,
    PROSE,
    TABLES,
    as_arrow,
    as_csv,
    as_lines,
    as_parquet,
    everything,
    reasons,
    texts,
)

from quoth.extractors.readers import registry
from quoth.extractors.readers.dates import day_of
from quoth.extractors.readers.interface import Fields, ReadingOptions

# ---------------------------------------------------------------- tables


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_a_document_a_row_by_the_usual_names(write, errors, name):
    found = everything([write(name, TABLES[name])], errors)
    assert errors == []
    assert [document.text for document in found] == [PROSE, OTHER]
    assert [document.id for document in found] == [f"{name}#7", f"{name}#8"]
    assert [document.date for document in found] == [date(2031, 5, 3), date(2031, 5, 4)]
    assert [(document.title, document.url) for document in found] == [
        ("Closed", "http://a.example/1"),
        ("Runs", "http://a.example/2"),
    ]


SELF_EVIDENT = ("a.jsonl", "a.json", "lines.json", "mark.jsonl", "a.parquet", "a.feather")


@pytest.mark.parametrize("name", SELF_EVIDENT)
def test_what_a_name_does_not_tell_the_first_bytes_do(write, errors, name):
    assert texts([write("x.dump", TABLES[name])], errors) == [PROSE, OTHER]
    assert errors == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [("utf16.json", "json"), ("utf16.jsonl", "jsonl"), ("a.tsv", "csv"), ("a.arrows", "arrow")],
)
def test_the_format_of_a_name_that_does_not_tell_can_be_stated(write, errors, name, kind):
    path, options = write("x.dump", TABLES[name]), ReadingOptions(format=kind)
    assert texts([path], errors, options=options) == [PROSE, OTHER]
    assert errors == []


def test_fields_can_be_named_also_inside_objects(write, errors):
    row = {
        "text": "not this one",
        "doc": {"words": PROSE, "when": "3 May 2031"},
        "k": "mine",
        "who": [{"name": "A. Bo"}, "C. Di"],
    }
    fields = Fields(text="doc.words", date="doc.when", id="k", author="who")
    (document,) = everything(
        [write("a.jsonl", as_lines([row]))], errors, options=ReadingOptions(fields=fields)
    )
    assert (document.text, document.date, document.id) == (PROSE, date(2031, 5, 3), "mine")
    assert document.author == "A. Bo, C. Di"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet", "a.feather"])
@pytest.mark.parametrize("wrong", [None, "bodi"])
def test_a_wrong_column_is_one_line_that_names_those_there_are(write, errors, name, wrong):
    rows = [{"ttl": "x", "wrds": f"{n} {PROSE}"} for n in range(300)]
    make = {
        "jsonl": as_lines,
        "json": lambda r: json.dumps(r).encode(),
        "csv": as_csv,
        "parquet": as_parquet,
        "feather": as_arrow,
    }
    path = write(name, make[name.partition(".")[2]](rows))
    good = write("b.txt", OTHER)
    assert texts([path, good], errors, options=ReadingOptions(fields=Fields(text=wrong))) == [OTHER]
    missing = "no field 'bodi'" if wrong else "no field with a usual name for the text"
    assert reasons(errors) == [
        (name, f"{missing}; there are 'ttl', 'wrds': name one with --text-field")
    ]


def test_bad_rows_cost_only_themselves(write, errors):
    lines = [
        json.dumps({"text": PROSE}),
        "{",
        "7",
        '{"text": ""}',
        '{"title": "no text"}',
        "",
        "[" * 100_000,
        json.dumps({"text": "a\x00b"}),
        json.dumps({"text": OTHER}),
    ]
    assert texts([write("a.jsonl", "\n".join(lines))], errors) == [PROSE, OTHER]
    assert [name for name, _ in reasons(errors)] == [
        f"a.jsonl: line {n}" for n in (2, 3, 4, 5, 7, 8)
    ]


def test_lines_in_several_encodings(write, errors, caplog):
    rows = [json.dumps({"text": f"Zoë {n} {PROSE}"}, ensure_ascii=False) for n in range(4)]
    encodings = ["utf-8", "cp1252", "cp1252", "utf-8"]
    lines = [row.encode(encoding) for row, encoding in zip(rows, encodings, strict=True)]
    path = write("a.jsonl", b"\n".join(lines))
    assert texts([path], errors) == [f"Zoë {n} {PROSE}" for n in range(4)]
    assert caplog.messages == [f"{path}: line 2: not UTF-8; guessed encoding cp1252"]


def test_cells_of_csv_hold_line_ends_quotation_marks_and_long_texts(write, errors):
    long = PROSE * 9000
    rows = [{"text": f'"{PROSE}"\r\nÅ, {OTHER}', "id": "1"}, {"text": long, "id": "2"}]
    assert texts([write("a.csv", as_csv(rows))], errors) == [rows[0]["text"], long]
    assert errors == []


def test_bad_rows_of_csv(write, errors):
    table = f"id,text\n1,{PROSE}\n2,a,b\n3\n4,{OTHER}\n".replace(
        f",{PROSE}", f',"{PROSE}"'
    ).replace(f",{OTHER}", f',"{OTHER}"')
    assert texts([write("a.csv", table)], errors) == [PROSE, OTHER]
    assert reasons(errors) == [
        ("a.csv: row 2", "3 cells where there are 2 columns"),
        ("a.csv: row 3", "1 cells where there are 2 columns"),
    ]


def test_rows_that_an_open_quotation_mark_takes_are_told(write, errors):
    table = f'id,text\n0,"{PROSE}\nand more."\n1,"{PROSE}\n2,{OTHER}\n'
    assert texts([write("a.csv", table.encode())], errors) == [f"{PROSE}\nand more."]
    assert [(error.path.rpartition("/")[2], error.reason) for error in errors] == [
        (
            "a.csv: row 2",
            "a quotation mark that is not closed makes one cell of the 1 lines after it: close "
            "it, or double it where it is part of the text",
        )
    ]


def test_of_columns_with_one_name_the_last_counts_and_that_is_told(write, errors, caplog):
    table = f'text,text\n"{OTHER}","{PROSE}"\n'
    assert texts([write("a.csv", table.encode())], errors) == [PROSE]
    assert "several columns are called 'text': the last counts" in caplog.text


def test_a_quotation_mark_that_is_never_closed_does_not_take_memory(write, errors):
    table = 'id,text\n1,"' + f"{PROSE}\n" * 60_000
    assert texts([write("a.csv", table)], errors, options=ReadingOptions(max_bytes=1_000_000)) == []
    assert 1 <= len(errors) <= 60_000
    assert re.search("larger|field|not closed", errors[0].reason)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "[" * 1_000_000),
        ("b.json", '[{"text": ' + '{"a": [' * 100_000),
        ("c.json", '{"a":' * 100_000),
        ("d.json", '{"text": "' + "x" * 100),
        ("e.json", "[]"),
        ("f.json", "7"),
        ("g.json", ""),
        ("h.json", '[{"text": "a b"} {"text": "c d"}]'),
    ],
)
def test_json_that_is_none_or_deep_is_one_line(write, errors, name, content):
    found = texts([write(name, content), write("good.txt", OTHER)], errors)
    assert found in ([OTHER], ["a b", OTHER])
    assert [path for path, _ in reasons(errors)] == [name]


def test_a_list_holds_documents_of_any_shape(write, errors):
    rows = [{"text": PROSE, "tags": [[], {}, {"a": [1, None]}], "n": 1.5}, 7, [], {"text": OTHER}]
    assert texts([write("a.json", json.dumps(rows))], errors) == [PROSE, OTHER]
    assert [path for path, _ in reasons(errors)] == ["a.json: document 2", "a.json: document 3"]


def test_dates_of_parquet_are_days(write, errors):
    rows = [{"text": PROSE, "date": datetime(2031, 5, 3, 23, 0)}, {"text": OTHER, "date": None}]  # noqa: DTZ001
    assert [d.date for d in everything([write("a.parquet", as_parquet(rows))], errors)] == [
        date(2031, 5, 3),
        None,
    ]


def test_a_date_that_is_not_understood_is_told_once(write, errors, caplog):
    rows = [{"text": f"{n} {PROSE}", "date": "03/05/2031"} for n in range(3)]
    found = everything([write("a.jsonl", as_lines(rows))], errors)
    assert [document.date for document in found] == [None] * 3
    assert [m.partition(": ")[2] for m in caplog.messages] == [
        "line 1: '03/05/2031' is no date that is understood (write YYYY-MM-DD); "
        "such documents are read without"
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2031-05-03", (2031, 5, 3)),
        ("2031-05-03T23:59:00-08:00", (2031, 5, 3)),
        ("20310503", (2031, 5, 3)),
        (20310503, (2031, 5, 3)),
        ("Sat, 03 May 2031 10:00:00 GMT", (2031, 5, 3)),
        ("Saturday, May 3, 2031", (2031, 5, 3)),
        ("3 May 2031", (2031, 5, 3)),
        ("03/05/2031", None),
        ("May 2031", None),
        ("yesterday", None),
        ("2031-02-31", None),
        (1935532800, None),
    ],
)
def test_days(words, day):
    assert day_of(words) == (date(*day) if day else None)


@settings(max_examples=50)
@given(st.one_of(st.text(), st.integers(), st.none(), st.floats(), st.dates(), st.datetimes()))
def test_no_value_of_a_date_is_an_error(value):
    day = day_of(value)
    assert day is None or type(day) is date


# ---------------------------------------------------------------- any bytes


def test_a_line_end_within_the_names_is_told(write, errors):
    assert texts([write("a.csv", b"text\rdate\r")], errors) == []
    assert len(reasons(errors)) == 1
    assert "no CSV" in reasons(errors)[0][1]


@settings(max_examples=60)
@given(
    st.sampled_from(
        [s for s in registry.suffixes() if s not in (".txt", ".text", ".md", ".markdown")]
    ),
    st.binary(max_size=400),
)
def test_any_bytes_are_documents_or_one_line(tmp_path_factory, suffix, content):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(content)
    errors = []
    found = texts([path], errors)
    assert found or errors
    assert reasons(errors) is not None


@settings(max_examples=60)
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_damaged_tables_are_documents_or_one_line(tmp_path_factory, name, data):
    content = bytearray(TABLES[name])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(bytes(content[: data.draw(st.integers(place, len(content)))]))
    errors = []
    assert texts([path], errors) or errors
    assert reasons(errors) is not None
