"""``quoth extract``: what it prints of articles, and how."""

import csv
import json

import pytest
from article_files import ARTICLE
from commands import quoth

# A language model is loaded.
pytestmark = pytest.mark.slow


def test_extract_writes_json_lines_into_a_pipe(articles):
    done = quoth("extract", articles)
    harbour, pier = map(json.loads, done.out.splitlines())
    assert (harbour["id"], pier["id"]) == ("harbour.txt", "pier.md")
    assert harbour["text"] == ARTICLE
    assert (harbour["title"], harbour["date"]) == ("Harbour to close", "2031-05-03")
    assert (harbour["publisher"], harbour["author"]) == ("Norwire", "Ana Cruz")
    assert harbour["attributions"]
    assert harbour["own_claims"]
    for attribution in harbour["attributions"]:
        assert set(attribution) >= {"source", "cue", "content", "sources", "stance", "triple"}
        assert all(begin >= harbour["begin"] for begin, _ in attribution["content"])
    assert done.err == ""


def test_extract_takes_what_is_known_of_one_document(articles):
    options = {
        "--date": "2020-01-02",
        "--publisher": "The Courier",
        "--author": "Staff",
        "--url": "https://example.org/1",
        "--title": "Another title",
        "--id": "x",
    }
    known = [part for option in options.items() for part in option]
    done = quoth("extract", articles / "harbour.txt", *known, "-f", "jsonl")
    record = json.loads(done.out)
    assert {f"--{name}": record[name] for name in record if f"--{name}" in options} == options


def test_extract_reads_standard_input():
    record = json.loads(quoth("extract", "-", stdin="“No,” said Zoë Marr.\r\n").out)
    assert record["id"] == "stdin"
    assert record["text"] == "“No,” said Zoë Marr.\r\n"


def test_a_bad_file_is_told_and_the_rest_goes_on(articles, tmp_path):
    (tmp_path / "broken.txt").write_bytes(b"\x00\x01")
    missing = tmp_path / "missing.txt"
    good = articles / "harbour.txt"
    done = quoth("extract", tmp_path / "broken.txt", missing, good, status=1)
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["harbour.txt"]
    assert done.err.splitlines() == [
        f"quoth: {tmp_path / 'broken.txt'}: binary, not text: it holds NUL characters",
        f"quoth: {missing}: no such file or folder",
    ]


def test_extract_as_a_table_and_as_csv(articles, tmp_path):
    table = quoth("extract", articles, "-f", "table").out
    assert table.split()[:6] == ["document", "subject", "claim", "source", "cue", "stance"]
    assert "The harbour will close" in " ".join(table.split())
    path = tmp_path / "said.csv"
    assert quoth("extract", articles, "-f", "csv", "-o", path).out == ""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["document"] for row in rows} == {"harbour.txt", "pier.md"}
    for row in rows:
        begin, end = map(int, row["sentence_at"].split("-"))
        if row["document"] == "harbour.txt":
            assert ARTICLE[begin:end] == row["sentence"]


def test_a_guessed_encoding_is_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Señor Núñez said the road would close.\n".encode("cp1252"))
    done = quoth("extract", path)
    assert json.loads(done.out)["text"].startswith("Señor Núñez")
    assert done.err == f"quoth: {path}: not UTF-8; guessed encoding cp1252\n"


def test_a_name_in_a_message_is_harmless(tmp_path):
    done = quoth("extract", tmp_path / "a\n\x1b[31m\u202eb.txt", status=1)
    assert done.err == f"quoth: {tmp_path}/a\\n\\x1b[31m\\u202eb.txt: no such file or folder\n"
