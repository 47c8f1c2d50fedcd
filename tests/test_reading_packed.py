"""Packed files: what is in them, and bombs stopped; large files in little memory."""

import gzip
import io
import tracemalloc

import pyarrow as pa
import pyarrow.parquet
import pytest
from reading_samples import (
    OTHER,
    PACKED,
    PAGE,
    PROSE,
    TABLES,
    as_lines,
    bomb,
    everything,
    reasons,
    texts,
    zipped,
)

from quoth.extractors.readers.interface import ReadingOptions
from quoth.extractors.reading import read, read_all

# ---------------------------------------------------------------- packed


@pytest.mark.parametrize("suffix", PACKED)
def test_packed_files(write, errors, suffix):
    paths = [
        write(f"{name}{suffix}", PACKED[suffix](TABLES[name]))
        for name in ("a.jsonl", "a.parquet", "a.csv")
    ]
    text = write(f"b.txt{suffix}", PACKED[suffix](f"x {PROSE}".encode()))
    nameless = write("nameless", PACKED[suffix](f"y {PROSE}".encode()))
    found = everything([*paths[:1], text, nameless], errors)
    assert errors == []
    assert [document.id for document in found] == ["a.jsonl#7", "a.jsonl#8", "b.txt", "nameless"]
    assert [len(texts([path], errors)) for path in paths] == [2, 2, 2]
    assert errors == []


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
    content = bomb(20)
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


def test_a_bomb_among_good_files_costs_only_itself(write, errors):
    packed = zipped({"a.txt": PROSE, "b.txt": bomb(20), "c.txt": OTHER})
    assert texts([write("a.zip", packed)], errors) == [PROSE, OTHER]
    assert [error.path.rpartition("/")[2] for error in errors] == ["b.txt"]
    assert "as bombs do" in errors[0].reason


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


def test_memory_does_not_grow_with_the_file(write):
    rows = ({"text": f"{n} {PROSE * 80}"} for n in range(1500))
    path = write("a.jsonl.gz", gzip.compress(as_lines(rows), compresslevel=1))
    read(write("warm.txt", PROSE))
    tracemalloc.start()
    count = sum(1 for _ in read_all([path]))
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1500
    # It unpacks to 6 MB.
    assert highest < 3_000_000


def test_a_parquet_file_that_unpacks_without_end_is_refused(write, errors):
    stream = io.BytesIO()
    table = pa.table({"text": ["0" * 20_000_000]})
    pyarrow.parquet.write_table(table, stream, compression="zstd", use_dictionary=False)
    paths = [write("a.parquet", stream.getvalue()), write("good.txt", OTHER)]
    assert texts(paths, errors) == [OTHER]
    assert "as bombs do" in errors[0].reason
