"""Readers of formats: what is good is read, one line a failure, the rest goes on."""

import bz2
import csv
import gzip
import io
import json
import lzma
import sys
import zipfile
from datetime import date, datetime
from importlib.metadata import EntryPoint

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.language import language_of
from quoth.extractors.readers import registry
from quoth.extractors.readers.dates import day_of
from quoth.extractors.readers.interface import Entry, Fields, Format, ReadingOptions
from quoth.extractors.reading import ReadingError, find_inputs, read, read_all

PROSE = "The harbour at Vellmar will close, the mayor said."
OTHER = "The ferry will run on Sundays, Ana Cruz told the council."
PAGE = f"<html><head><title>Closed</title></head><body><article>{''.join(f'<p>{n}. {PROSE} {OTHER}</p>' for n in range(6))}</article></body></html>"
ROWS = [
    {
        "id": "7",
        "headline": "Closed",
        "body": PROSE,
        "published": "2031-05-03",
        "link": "http://a.example/1",
    },
    {
        "id": "8",
        "headline": "Runs",
        "body": OTHER,
        "published": "2031-05-04",
        "link": "http://a.example/2",
    },
]


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def errors():
    return []


def everything(paths, errors, **given):
    return list(read_all(paths, on_error=errors.append, **given))


def texts(paths, errors, **given):
    return [document.text for document in everything(paths, errors, **given)]


def reasons(errors):
    assert all("\n" not in str(error) for error in errors)
    return [(error.path.rpartition("/")[2], error.reason) for error in errors]


def as_csv(rows, delimiter=","):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def as_parquet(rows):
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), stream, row_group_size=1)
    return stream.getvalue()


def as_arrow(rows, new=pa.ipc.new_file):
    stream = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    with new(stream, table.schema) as writer:
        writer.write_table(table)
    return stream.getvalue()


def as_lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


TABLES = {
    "a.jsonl": as_lines(ROWS),
    "a.json": json.dumps(ROWS, indent=1).encode(),
    "lines.json": as_lines(ROWS),
    "answer.json": json.dumps({"status": "ok", "articles": ROWS}).encode(),
    "utf16.json": json.dumps(ROWS).encode("utf-16"),
    "utf16.jsonl": as_lines(ROWS).decode().encode("utf-16"),
    "mark.jsonl": b"\xef\xbb\xbf" + as_lines(ROWS),
    "a.csv": as_csv(ROWS),
    "semicolons.csv": as_csv(ROWS, ";"),
    "a.tsv": as_csv(ROWS, "\t"),
    "a.parquet": as_parquet(ROWS),
    "a.feather": as_arrow(ROWS),
    "a.arrows": as_arrow(ROWS, pa.ipc.new_stream),
}


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


@pytest.mark.parametrize("name", [name for name in TABLES if "mark" not in name])
def test_what_a_name_does_not_tell_the_first_bytes_do(write, errors, name):
    if name in ("utf16.json", "utf16.jsonl", "a.csv", "a.tsv", "semicolons.csv", "answer.json"):
        format = {"utf16.jsonl": "jsonl", "a.json": "json"}.get(
            name, "json" if "json" in name else "csv"
        )
        found = texts(
            [write("x.dump", TABLES[name])], errors, options=ReadingOptions(format=format)
        )
    else:
        found = (
            texts([write("x.dump", TABLES[name])], errors) if name != "a.arrows" else [PROSE, OTHER]
        )
    assert (found, errors) == ([PROSE, OTHER], [])


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


def test_a_quotation_mark_that_is_never_closed_does_not_take_memory(write, errors):
    table = 'id,text\n1,"' + f"{PROSE}\n" * 60_000
    assert texts([write("a.csv", table)], errors, options=ReadingOptions(max_bytes=1_000_000)) == []
    assert 1 <= len(errors) <= 60_000
    assert "larger" in errors[0].reason or "field" in errors[0].reason


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
        "line 1: '03/05/2031' is no date that is understood (write YYYY-MM-DD); such documents are read without"
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2031-05-03", (2031, 5, 3)),
        ("2031-05-03T23:59:00-08:00", (2031, 5, 3)),
        ("20310503", (2031, 5, 3)),
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


@given(st.one_of(st.text(), st.integers(), st.none(), st.floats(), st.dates(), st.datetimes()))
def test_no_value_of_a_date_is_an_error(value):
    day = day_of(value)
    assert day is None or type(day) is date


# ---------------------------------------------------------------- packed


def zipped(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


PACKED = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}


@pytest.mark.parametrize("suffix", PACKED)
def test_packed_files(write, errors, suffix):
    paths = [
        write(f"{name}{suffix}", PACKED[suffix](TABLES[name]))
        for name in ("a.jsonl", "a.parquet", "a.csv")
    ]
    text = write(f"b.txt{suffix}", PACKED[suffix](f"x {PROSE}".encode()))
    nameless = write("nameless", PACKED[suffix](f"y {PROSE}".encode()))
    found = everything([*paths, text, nameless], errors)
    assert errors == []
    assert [document.id for document in found] == [
        *(f"{name}#{n}" for name in ("a.jsonl",) for n in (7, 8)),
        "b.txt",
        "nameless",
    ] or {document.text for document in found} == {PROSE, OTHER, f"x {PROSE}", f"y {PROSE}"}


def test_a_zip_archive_is_its_files_of_known_kinds(write, errors):
    members = {
        "b/a.txt": PROSE,
        "a.html": PAGE,
        "pic.png": b"\x89",
        "__MACOSX/a.txt": "x",
        ".h.txt": "x",
        "c.txt.gz": gzip.compress(OTHER.encode()),
    }
    found = everything([write("x.zip", zipped(members))], errors)
    assert [document.id for document in found] == ["x.zip/a.html", "x.zip/b/a.txt", "x.zip/c.txt"]
    assert errors == []


@pytest.mark.parametrize("suffix", [*PACKED, ".zip"])
def test_what_is_packed_and_damaged_is_one_line(write, errors, suffix):
    whole = (
        zipped({"a.txt": PROSE * 500}) if suffix == ".zip" else PACKED[suffix](PROSE.encode() * 500)
    )
    paths = [
        write(f"cut.txt{suffix}", whole[: len(whole) // 2]),
        write(f"no.txt{suffix}", b"no archive at all"),
        write(f"empty.txt{suffix}", b""),
    ]
    assert texts([*paths, write("good.txt", OTHER)], errors) == [OTHER]
    assert [name for name, _ in reasons(errors)] == [path.name for path in paths]


def bomb(megabytes):
    """A member of zeros, which pack a thousand times."""
    return b"0" * (megabytes * 1_000_000)


@pytest.mark.parametrize(
    "name",
    [
        "a.txt.gz",
        "a.jsonl.gz",
        "a.csv.bz2",
        "a.html.xz",
        "a.jsonl.zst",
        "a.zip",
        "nested.zip",
        "many.zip",
        "a.parquet.gz",
    ],
)
def test_bombs_are_stopped(write, errors, name):
    content = bomb(40)
    match name.rpartition(".")[2]:
        case "zip" if name == "nested.zip":
            packed = zipped({"b.zip": zipped({"a.jsonl": content})})
        case "zip" if name == "many.zip":
            packed = zipped({f"{n}.jsonl": bomb(4) for n in range(8)})
        case "zip":
            packed = zipped({"a.jsonl": content})
        case suffix:
            packed = PACKED[f".{suffix}"](content)
    assert len(packed) < 200_000
    options = ReadingOptions(max_bytes=1_000_000)
    assert texts([write(name, packed), write("good.txt", OTHER)], errors, options=options) == [
        OTHER
    ]
    assert any("bombs" in error.reason or "larger than 1 MB" in error.reason for error in errors)
    assert len(errors) <= 8


def test_archives_in_archives_end(write, errors):
    packed = zipped({"a.txt": PROSE})
    for name in ("b.zip", "c.zip", "d.zip"):
        packed = zipped({name: packed})
    assert texts([write("e.zip", packed)], errors) == []
    assert "archive in an archive" in errors[0].reason


def test_an_encrypted_member_costs_only_itself(write, errors):
    packed = bytearray(zipped({"a.txt": PROSE, "b.txt": OTHER}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(sign) + offset] |= 1
    assert texts([write("x.zip", bytes(packed))], errors) == [OTHER]
    assert reasons(errors) == [("a.txt", "encrypted: unpack it yourself")]


# ---------------------------------------------------------------- large


@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.rss", "a.pdf", "a.docx"]
)
def test_what_is_too_large_is_not_held(write, errors, name):
    options = ReadingOptions(max_bytes=10_000)
    path = write(name, b"text\n" + b"x" * 50_000 + b"\n")
    assert texts([path, write("good.txt", OTHER)], errors, options=options) == [OTHER]
    assert any(error.path.startswith(str(path)) for error in errors)
    assert "larger than 0.01 MB" in errors[0].reason or name in ("a.csv", "a.jsonl")


def test_a_line_that_is_too_long_costs_only_itself(write, errors):
    lines = (
        as_lines([{"text": PROSE}])
        + b'{"text": "'
        + b"x" * 300_000
        + b'"}\n'
        + as_lines([{"text": OTHER}])
    )
    assert texts([write("a.jsonl", lines)], errors, options=ReadingOptions(max_bytes=100_000)) == [
        PROSE,
        OTHER,
    ]
    assert reasons(errors) == [
        ("a.jsonl: line 2", "larger than 0.1 MB; --max-size lets larger documents in")
    ]


def test_rows_come_one_by_one(write):
    rows = ({"text": f"{n} {PROSE}"} for n in range(50_000))
    path = write("a.jsonl.gz", gzip.compress(as_lines(rows), compresslevel=1))
    found = read_all([path])
    assert next(found).text == f"0 {PROSE}"
    found.close()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(write, errors):
    import tracemalloc

    path = write("a.parquet", as_parquet([{"text": f"{n} {PROSE * 40}"} for n in range(1500)]))
    read(write("warm.txt", PROSE))

    def peak(paths):
        tracemalloc.start()
        for _ in read_all(paths):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak([path]) < 3_000_000 < path.stat().st_size * 40


# ---------------------------------------------------------------- web archives, feeds, documents


def warc(pages, gzipped=True):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    for address, status, kind, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=headers
        )
        writer.write_record(record)
    return stream.getvalue()


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_web_archive_is_its_pages(write, errors, gzipped):
    pages = [
        (
            "http://a.example/1",
            "200 OK",
            "text/html; charset=iso-8859-2",
            PAGE.replace("mayor", "mayor Wałęsa").encode("iso8859-2"),
        ),
        ("http://a.example/pic", "200 OK", "image/png", b"\x89PNG"),
        ("http://a.example/gone", "404 Not Found", "text/html", PAGE.encode()),
        ("http://a.example/bad", "200 OK", "text/html", b"<html></html>"),
        ("http://a.example/2", "200 OK", "text/html", PAGE.replace("harbour", "market").encode()),
    ]
    name = "a.warc.gz" if gzipped else "a.warc"
    found = everything([write(name, warc(pages, gzipped))], errors)
    assert [(document.id, document.url) for document in found] == [
        ("http://a.example/1",) * 2,
        ("http://a.example/2",) * 2,
    ]
    assert "mayor Wałęsa said" in found[0].text
    assert [error.path.partition(": ")[2] for error in errors] == ["http://a.example/bad"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_damaged_web_archive_yields_what_it_can(write, errors, name):
    whole = warc(
        [
            (
                f"http://a.example/{n}",
                "200 OK",
                "text/html",
                PAGE.replace("Vellmar", f"Vell{n}").encode(),
            )
            for n in range(5)
        ],
        name.endswith("gz"),
    )
    found = everything(
        [
            write(name, whole[: len(whole) * 2 // 3]),
            write("b.warc", b"no"),
            write("good.txt", OTHER),
        ],
        errors,
    )
    assert 2 <= len(found) <= 5
    assert found[-1].text == OTHER
    assert 1 <= len(errors) <= 3


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Courier</title>
<item><title>Closed &amp; shut</title><link>http://a.example/1</link><guid>urn:1</guid><dc:creator>Ana Cruz</dc:creator>
<pubDate>Sat, 03 May 2031 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{PROSE}</p><script>x()</script><p>{OTHER}</p>]]></content:encoded></item>
<item><title>Empty</title></item>
<item><description>{PROSE}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title><entry><id>tag:1</id>
<title>Closed</title><link href="http://a.example/1"/><published>2031-05-03T10:00:00Z</published>
<updated>2031-06-01T10:00:00Z</updated><content type="html">&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry></feed>"""


def test_a_feed_is_its_entries(write, errors):
    first, second = everything([write("a.xml", RSS)], errors)
    assert first.text == f"{PROSE}\n\n{OTHER}"
    assert (first.title, first.author, first.publisher) == (
        "Closed & shut",
        "Ana Cruz",
        "The Courier",
    )
    assert (first.id, first.url, first.date) == ("urn:1", "http://a.example/1", date(2031, 5, 3))
    assert (second.text, second.id) == (PROSE, "a.xml#3")
    assert reasons(errors) == [("a.xml: entry 2", "no text in this entry")]


def test_an_atom_feed_has_the_day_of_publication(write, errors):
    (document,) = everything([write("a.atom", ATOM)], errors)
    assert (document.text, document.date, document.publisher) == (
        PROSE,
        date(2031, 5, 3),
        "The Courier",
    )


LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
def test_entities_in_feeds_are_refused(write, errors, bomb, encoding):
    feed = bomb + RSS.partition("?>")[2].replace("Short.", "&j;&x;")
    assert texts([write("a.xml", feed.encode(encoding)), write("good.txt", OTHER)], errors) == [
        OTHER
    ]
    assert reasons(errors) == [("a.xml", "it declares entities, which no feed needs: not read")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<a/>", "neither"),
        ("", "neither"),
        ("no xml <", "neither"),
        ('<rss version="2.0"><channel/></rss>', "empty"),
        ("<a>" * 50_000, "neither"),
    ],
)
def test_what_is_no_feed_is_one_line(write, errors, content, reason):
    assert texts([write("a.xml", content)], errors) == []
    assert [error.reason.partition(" ")[0].rstrip(":") for error in errors] == [reason]


def pdf(lines):
    """The smallest PDF with `lines` of text on a page."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown}ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Title(Closed)/Author(Ana Cruz)>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 7\n0000000000 65535 f \n{table}trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return (body + end).encode()


def test_a_pdf_is_its_paragraphs(write, errors):
    lines = [
        "The harbour at Vellmar will close on",
        "Monday, the mayor said.",
        "The ferry will run on Sundays, Ana Cruz",
        "told the council.",
    ]
    (document,) = everything([write("a.pdf", pdf(lines))], errors)
    assert (
        document.text
        == "The harbour at Vellmar will close on Monday, the mayor said.\n\nThe ferry will run on Sundays, Ana Cruz told the council."
    )
    assert (document.title, document.author) == ("Closed", "Ana Cruz")


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n", b"%PDF-1.7 nothing else", pdf([])[:300], pdf([])]
)
def test_a_pdf_without_text_is_one_line(write, errors, content):
    assert texts([write("a.pdf", content), write("good.txt", OTHER)], errors) == [OTHER]
    assert len(reasons(errors)) == 1


def docx(paragraphs):
    import docx as library

    document, stream = library.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title, document.core_properties.author = "Closed", "Ana Cruz"
    document.save(stream)
    return stream.getvalue()


def test_a_word_document_is_its_paragraphs(write, errors):
    (document,) = everything([write("a.docx", docx([PROSE, "", OTHER]))], errors)
    assert document.text == f"{PROSE}\n\n{OTHER}"
    assert (document.title, document.author) == ("Closed", "Ana Cruz")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no",
        zipped({"a.txt": "x"}),
        zipped({"[Content_Types].xml": LAUGHS + "<Types>&j;</Types>"}),
        zipped({"word/document.xml": bomb(60)}),
        docx([]),
    ],
)
def test_a_word_document_without_text_is_one_line(write, errors, content):
    assert texts([write("a.docx", content), write("good.txt", OTHER)], errors) == [OTHER]
    assert len(reasons(errors)) == 1


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("a.parquet", "pyarrow", "tables"),
        ("a.warc", "warcio.archiveiterator", "archives"),
        ("a.txt.zst", "zstandard", "archives"),
        ("a.xml", "feedparser", "feeds"),
        ("a.pdf", "pypdf", "pdf"),
        ("a.docx", "docx", "docx"),
    ],
)
def test_a_missing_extra_is_named(write, errors, monkeypatch, name, package, extra):
    monkeypatch.setitem(sys.modules, package, None)
    assert texts([write(name, b"x"), write("good.txt", OTHER)], errors) == [OTHER]
    assert errors[0].reason.endswith(f"pip install 'quoth[{extra}]'")


# ---------------------------------------------------------------- any bytes


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


# ---------------------------------------------------------------- where they lie


def test_a_pattern_is_what_fits_it(write, tmp_path, errors):
    for name in ("b.txt", "a.txt", "c/d.txt", "e.md"):
        write(name, f"{name} {PROSE}")
    found = [item.id for item in find_inputs([str(tmp_path / "**" / "*.txt")])]
    assert found == ["a.txt", "b.txt", "d.txt"]
    assert texts([str(tmp_path / "*.html")], errors) == []
    assert errors[0].reason == "no file or folder fits this pattern"


def test_a_file_whose_name_looks_like_a_pattern(write, errors):
    assert texts([write("a[1]*.txt", PROSE)], errors) == [PROSE]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TABLES["a.jsonl"], [PROSE, OTHER]),
        (gzip.compress(TABLES["a.jsonl"]), [PROSE, OTHER]),
        (zipped({"a.txt": PROSE}), [PROSE]),
        (as_parquet(ROWS), [PROSE, OTHER]),
    ],
)
def test_standard_input_is_seen_for_what_it_is(monkeypatch, errors, content, expected):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert texts(["-"], errors) == expected
    assert errors == []


def test_reading_one_of_several_documents_is_refused(write):
    with pytest.raises(ReadingError, match="several documents"):
        read(write("a.jsonl", TABLES["a.jsonl"]))
    assert read(write("b.jsonl", as_lines(ROWS[:1]))).text == PROSE


def test_other_packages_add_formats(write, errors, monkeypatch):
    points = [EntryPoint("nitf", "tests_nitf:FORMAT", registry.GROUP)]

    def lines(file, options):
        yield Entry(text=file.stream.read().decode().upper(), id=file.id, path=file.path)

    monkeypatch.setitem(sys.modules, "tests_nitf", type(sys)("tests_nitf"))
    sys.modules["tests_nitf"].FORMAT = Format(name="nitf", suffixes=(".nitf",), read=lines)
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    registry.formats.cache_clear()
    try:
        assert texts([write("a.nitf", PROSE).parent], errors) == [PROSE.upper()]
        assert registry.names()[0] == "nitf"
    finally:
        registry.formats.cache_clear()


# ---------------------------------------------------------------- what is left out

GERMAN = (
    "Der Hafen von Vellmar wird am Montag geschlossen, sagte die Bürgermeisterin dem Rat bei seiner Sitzung am Abend. "
    * 2
)
ENGLISH = (
    "The harbour at Vellmar will be closed on Monday, the mayor told the council at its meeting in the evening. "
    * 2
)


def test_what_is_not_english_is_set_aside_and_told(write, errors):
    aside = []
    paths = [write("a.txt", GERMAN), write("b.txt", ENGLISH), write("c.txt", "Guten Morgen!")]
    found = everything(paths, errors, english_only=True, on_left_out=aside.append)
    assert [document.id for document in found] == ["b.txt", "c.txt"]
    assert [(left.document.id, left.why, left.language) for left in aside] == [
        ("a.txt", "language", "de")
    ]
    assert len(everything(paths, errors)) == 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (
            "Le port de Vellmar sera fermé lundi, a déclaré la maire au conseil lors de sa réunion du soir, selon un témoin. ",
            "fr",
        ),
        (
            "El puerto de Vellmar cerrará el lunes, dijo la alcaldesa al consejo durante la reunión de la tarde, según un testigo. ",
            "es",
        ),
        (
            "Гавань Велмара будет закрыта в понедельник, сказала мэр на вечернем заседании совета, по словам одного из очевидцев. ",
            "ru",
        ),
        (ENGLISH, "en"),
        (f"{ENGLISH} “Guten Morgen, liebe Leute”, she said.", "en"),
        ("Bürgermeisterin", "en"),
        ("", "en"),
    ],
)
def test_languages(text, language):
    assert language_of(text) == language


def test_what_comes_twice_is_told(write, tmp_path, errors):
    aside = []
    path = write("a.jsonl", as_lines([*ROWS, ROWS[0], {**ROWS[0], "link": "http://b.example/1"}]))
    found = everything([path], errors, on_left_out=aside.append)
    # The same text at another address is another document: who printed it is worth knowing.
    assert [document.url for document in found] == [
        "http://a.example/1",
        "http://a.example/2",
        "http://b.example/1",
    ]
    assert [left.why for left in aside] == ["repeat"]
