"""Runs of ``quoth build``: resumed, limited, interrupted, tried once more, and reported."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from obedient import Obedient

from quoth import progress as progress_module
from quoth.build_command import build as build_command
from quoth.extractors.reading import Input
from quoth.graph import open_graph
from quoth.running.interruption import interruptible
from quoth.running.journal import NAME, Journal, Stamp
from quoth.running.report import duration


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


def write(path: Path, what: str, day: str = "") -> None:
    # The obedient extractor finds its own sentence.
    head = f"date {day}\n\n" if day else ""
    path.write_text(f"Edda Thorvane said that rain would come.\n\n{head}{what}\n")


def build(*paths: Path, graph: Path, status: int = 0, **options: Any) -> None:
    """Run the command in this process; require its status."""
    given = [str(path) for path in paths] or None
    try:
        build_command(paths=given, graph=str(graph), no_links=True, **options)
        ended = 0
    except typer.Exit as end:
        ended = end.exit_code
    assert ended == status


def exported(graph: Path) -> str:
    with open_graph(graph, read_only=True) as opened:
        return opened.export("nquads")


# ---------------------------------------------------------------- going on


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


# ---------------------------------------------------------------- failures


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


# ---------------------------------------------------------------- told


def test_where_there_is_no_terminal_a_line_comes_every_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress_module, "EVERY", 0.0)
    with progress_module.progress("building", 3, pace=lambda: "7 words/s") as step:
        step(2)
        step()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "quoth: building: 2 of 3, 7 words/s, about 0 s left"
    assert lines[1] == "quoth: building: 3 of 3, 7 words/s"


def test_what_is_quick_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_module.progress("building", 3) as step:
        step()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0 s"), (59.6, "1 min 0 s"), (185, "3 min 5 s"), (7800, "2 h 10 min")],
)
def test_durations_are_told_in_words(seconds: float, told: str) -> None:
    assert duration(seconds) == told


# ---------------------------------------------------------------- stopped


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_ends_what_comes_and_the_second_all(number: int) -> None:
    told: list[str] = []
    before = signal.getsignal(number)
    signal.signal(number, signal.default_int_handler)
    try:
        with interruptible() as interruption:
            items = interruption.until(iter("abc"), told.append)
            assert next(items) == "a"
            signal.raise_signal(number)
            assert list(items) == []
            assert len(told) == 1
            assert interruption.status == 128 + number
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(number)
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)


OBEDIENT = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # though a shell may ignore it
sys.path.insert(0, {str(Path(__file__).parent)!r})
import obedient, quoth.extractors.pipeline, quoth.running.reader
quoth.extractors.pipeline.load = quoth.running.reader.named = obedient.load_as
from quoth.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "number"), [("1", signal.SIGINT), ("2", signal.SIGTERM)])
def test_an_interrupted_build_stops_cleanly_and_goes_on(
    tmp_path: Path, workers: str, number: int
) -> None:
    folder, graph = tmp_path / "articles", tmp_path / "g"
    folder.mkdir()
    for day in range(60):
        write(folder / f"{day:02}.txt", f"{'rain ' * 1500}\n\nsleep 0.03 on day {day}")
    start = [sys.executable, "-c", OBEDIENT, "build", str(folder), "--no-links", "-g"]
    process = subprocess.Popen(
        [*start, str(graph), "--workers", workers], stderr=subprocess.PIPE, text=True
    )
    try:
        deadline = time.monotonic() + 60
        while not (graph / NAME).exists() or (graph / NAME).read_bytes().count(b"\n") < 2:
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        told = process.communicate(timeout=60)[1]
    finally:
        process.kill()
    assert process.returncode == 128 + number, told
    assert "stopping: what has been begun is finished" in told
    assert "with --resume without reading finished files again" in told
    assert "Traceback" not in told
    again = subprocess.run(
        [*start, str(graph), "--resume"], capture_output=True, text=True, check=True
    )
    finished = re.search(r"(\d+) finished inputs not read again", again.stderr)
    assert finished
    assert 0 < int(finished[1]) < 60
    subprocess.run([*start, str(tmp_path / "whole")], check=True, capture_output=True)
    assert exported(graph) == exported(tmp_path / "whole")


@pytest.mark.slow
def test_extract_keeps_the_order_whoever_reads(tmp_path: Path) -> None:
    for day in range(8):
        write(tmp_path / f"{day}.txt", "sleep 0.2" if day == 0 else "rain")
    start = [sys.executable, "-c", OBEDIENT, "extract", str(tmp_path), "-f", "jsonl"]
    one, three = (
        subprocess.run([*start, "--workers", count], capture_output=True, check=True).stdout
        for count in ("1", "3")
    )
    assert one == three
    assert len(one.splitlines()) == 8
