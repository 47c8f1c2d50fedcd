"""Builds that go on: resumed, limited, and what failed tried once more."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from building import build, exported, write
from obedient import Obedient

from quoth.extractors.reading import Input
from quoth.running.journal import NAME, Journal, Stamp


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let an obedient extractor read, and return the ids of what it is given."""
    taken: list[str] = []

    class Counting(Obedient):
        def extract(self, documents: Any, **options: Any) -> Any:
            def each() -> Any:
                for document in documents:
                    taken.append(document.id)
                    yield document

            return super().extract(each(), **options)

    monkeypatch.setattr("quoth.api.shared_extractor", lambda *_: Counting())
    return taken


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in (("a", "rain"), ("b", "snow"), ("c", "hail"), ("d", "wind")):
        write(folder / f"{name}.txt", text)
    return folder


def test_resuming_reads_no_finished_file_again(
    articles: Path, tmp_path: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "g"
    build(articles, graph=graph)
    (articles / "b.txt").write_bytes(b"\x00")
    stamp = (articles / "c.txt").stat()
    write(articles / "c.txt", "more hail")
    os.utime(articles / "c.txt", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    # In place of a.txt stands something that cannot be read, though it looks as before.
    stamp = (articles / "a.txt").stat()
    (articles / "a.txt").write_bytes(b"\x00" * stamp.st_size)
    os.utime(articles / "a.txt", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    read.clear()
    capsys.readouterr()
    build(articles, graph=graph, resume=True, status=1)
    told = capsys.readouterr().err
    assert read == ["c.txt"]
    assert "b.txt: " in told
    assert "a.txt: " not in told
    assert "1 changed, 1 failed, 2 finished inputs not read again" in told


def test_without_resuming_every_file_is_compared_and_nothing_is_extracted(
    articles: Path, tmp_path: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    build(articles, graph=tmp_path / "g")
    read.clear()
    build(articles, graph=tmp_path / "g")
    assert read == []
    assert "4 there already" in capsys.readouterr().err


def test_a_file_that_failed_is_not_finished(
    articles: Path, tmp_path: Path, read: list[str]
) -> None:
    write(articles / "b.txt", "fail")
    build(articles, graph=tmp_path / "g", status=1)
    read.clear()
    build(articles, graph=tmp_path / "g", resume=True, status=1)
    assert read == ["b.txt"]


def test_a_journal_counts_for_the_same_settings_only(tmp_path: Path) -> None:
    source, stamp = Input("a.txt", "a"), Stamp(1, 2)
    journal = Journal(tmp_path, "rules", resume=False)
    journal.finish(source, stamp)
    journal.close()
    cut = tmp_path / NAME
    cut.write_text(cut.read_text() + '{"input": "b.tx')
    for settings, resume, expected in (
        ("rules", True, True),
        ("model", True, False),
        ("rules", True, False),
    ):
        again = Journal(tmp_path, settings, resume=resume)
        assert again.is_finished(source, stamp) is expected
        assert not again.is_finished(source, Stamp(1, 3))
        assert not again.is_finished(Input("a.txt", "b"), stamp)
        assert not again.is_finished(source, None)
        again.close()


def test_the_limit_is_of_what_is_new_and_goes_on_from_there(
    articles: Path, tmp_path: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for done, expected in enumerate((["a.txt", "b.txt"], ["c.txt", "d.txt"], [])):
        read.clear()
        build(articles, graph=tmp_path / "g", limit=2)
        assert read == expected
        told = capsys.readouterr().err
        assert f"{min(4, 2 * done + 2)} documents read, {len(expected)} new" in told
        assert ("that is the limit" in told) is bool(expected)


def test_what_is_older_or_bears_no_date_is_set_aside(
    tmp_path: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name, day in (("old", "2031-04-30"), ("new", "2031-05-01"), ("none", "")):
        head = f"date {day}\n" if day else ""
        (tmp_path / f"{name}.txt").write_text(f"{head}Edda Thorvane said that rain would come.\n")
    paths = sorted(tmp_path.glob("*.txt"))
    build(*paths, graph=tmp_path / "g.nq", since=datetime(2031, 5, 1))  # noqa: DTZ001 - as typer
    told = capsys.readouterr().err
    assert read == ["new.txt"]
    assert "1 set aside (before 2031-05-01), 1 set aside (without a date)" in told


def test_failures_are_kept_and_tried_once_more(
    articles: Path, tmp_path: Path, read: list[str]
) -> None:
    graph, kept = tmp_path / "g", tmp_path / "failed.jsonl"
    write(articles / "b.txt", "fail")
    (articles / "d.txt").write_text("")
    build(articles, graph=graph, failures_file=str(kept), status=1)
    assert [json.loads(line) for line in kept.read_text().splitlines()] == [
        {
            "input": str(articles / "b.txt"),
            "name": "b.txt",
            "document": "b.txt",
            "kind": "ValueError",
            "reason": "it was told to fail",
        },
        {
            "input": str(articles / "d.txt"),
            "name": "d.txt",
            "document": None,
            "kind": "ReadingError",
            "reason": "empty: there is no text in it",
        },
    ]
    write(articles / "b.txt", "snow")
    write(articles / "d.txt", "wind")
    read.clear()
    build(graph=graph, retry=str(kept), failures_file=str(kept))
    assert read == ["b.txt", "d.txt"]
    assert kept.read_text() == ""
    build(articles, graph=tmp_path / "whole")
    assert exported(graph) == exported(tmp_path / "whole")
    read.clear()
    build(articles, graph=graph, resume=True)
    assert read == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "name what is to be read"),
        ({"retry": "missing.jsonl"}, "No such file"),
        ({"retry": "other.jsonl"}, "line 1: no line of a file that --failures has written"),
        ({"retry": "stdin.jsonl"}, "standard input, which holds something else by now"),
        ({"failures_file": "none/f.jsonl"}, "there is no folder .*none"),
        ({"failures_file": "."}, "it is a folder; name a file"),
    ],
)
def test_wrong_usage_is_told(
    options: dict[str, Any],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.jsonl").write_text('{"a": 1}\n')
    failure = {"input": "-", "name": "stdin", "document": None, "kind": "x", "reason": "y"}
    Path("stdin.jsonl").write_text(json.dumps(failure))
    paths = [Path("a.txt")] if "failures_file" in options else []
    with pytest.raises(typer.BadParameter, match=told):
        build(*paths, graph=tmp_path / "g", **options)


@pytest.mark.slow
def test_a_failure_says_which_row_it_was(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "Edda Thorvane said that rain fell."}\n{"note": "none"}\n')
    kept = tmp_path / "failed.jsonl"
    build(rows, graph=tmp_path / "g", status=1, failures_file=str(kept))
    (failure,) = map(json.loads, kept.read_text().splitlines())
    assert failure["reason"] == "line 2: no text in this row"
    assert failure["input"] == str(rows)


def test_a_failures_file_may_not_replace_an_input(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter, match="one of the inputs"):
        build(articles, graph=tmp_path / "g", failures_file=str(articles / "a.txt"))
