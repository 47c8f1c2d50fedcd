"""Runs that are stopped, and what is told meanwhile."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import exported, write

from quoth import progress as progress_module
from quoth.running.interruption import interruptible
from quoth.running.journal import NAME
from quoth.running.report import duration


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


@pytest.fixture(scope="module")
def slow_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slow") / "articles"
    folder.mkdir()
    for day in range(60):
        write(folder / f"{day:02}.txt", f"{'rain ' * 1500}\n\nsleep 0.03 on day {day}")
    return folder


def build_of(folder: Path) -> list[str]:
    """The command that builds a graph of `folder`, up to the graph's name."""
    return [sys.executable, "-c", OBEDIENT, "build", str(folder), "--no-links", "-g"]


@pytest.fixture(scope="module")
def whole(slow_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The graph of a build that nobody interrupts."""
    graph = tmp_path_factory.mktemp("whole") / "g"
    subprocess.run([*build_of(slow_articles), str(graph)], check=True, capture_output=True)
    return exported(graph)


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "number"), [("1", signal.SIGINT), ("2", signal.SIGTERM)])
def test_an_interrupted_build_stops_cleanly_and_goes_on(
    slow_articles: Path, whole: str, tmp_path: Path, workers: str, number: int
) -> None:
    graph, start = tmp_path / "g", build_of(slow_articles)
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
    assert exported(graph) == whole


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
