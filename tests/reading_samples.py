"""Files in the formats that quoth reads, small, invented, whole and hostile."""

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile

import docx as word
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quoth.extractors.reading import read_all

PROSE = "The harbour at Vellmar will close, the mayor said."
OTHER = "The ferry will run on Sundays, Ana Cruz told the council."
GERMAN = (
    "Der Hafen von Vellmar wird am Montag geschlossen, sagte die Bürgermeisterin dem Rat bei "
    "seiner Sitzung am Abend. Die Fähre fahre weiter, hieß es aus der Verwaltung."
)
_PARAGRAPHS = "".join(f"<p>{n}. {PROSE} {OTHER}</p>" for n in range(6))
PAGE = (
    f"<html><head><title>Closed</title></head><body><article>{_PARAGRAPHS}</article></body></html>"
)
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


def bomb(megabytes):
    """A member of zeros, which pack a thousand times."""
    return b"0" * (megabytes * 1_000_000)


def warc(pages, gzipped=True):
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    for address, status, kind, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=headers
        )
        writer.write_record(record)
    return stream.getvalue()


def pdf(lines):
    """The smallest PDF with `lines` of text on a page."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown}ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Title(Closed)/Author(Ana Cruz)>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 7\n0000000000 65535 f \n{table}trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\n"
        f"startxref\n{len(body)}\n%%EOF"
    )
    return (body + end).encode()


def docx(paragraphs):
    document, stream = word.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title, document.core_properties.author = "Closed", "Ana Cruz"
    document.save(stream)
    return stream.getvalue()
