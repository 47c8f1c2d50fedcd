"""Archives, at speed and under kills: ``python benchmarks/archives.py [--documents 20000]``.

Articles of `notebooks/archive` are cut short, and repeated with other names, one file each. Then

- ``quoth build`` reads them with one process and with several (``--workers 1 2``), without links:
  words a second, processor seconds of the build itself and of its workers, and the memory of all of
  them together (proportional set size, which counts shared pages once) in the first, a middle and
  the last thousand documents;
- the last graph is built again, with nothing to do: as it is, and with ``--resume``;
- with ``--kills N`` one more build with the most workers is killed (SIGKILL) at N random moments,
  by turns all of its processes at once, after which it goes on with ``--resume``, and single
  workers, after which it goes on by itself. Its N-Quads must be those of the undisturbed builds.

Wall-clock ratios need as many idle cores as there are workers: how many cores others used
meanwhile is printed beside them. On a busy machine the processor seconds tell more. They bound the
ratio: no build is quicker than its busiest process, nor than all of them on the cores that there
are.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from processes import machine, memory_share, processor_seconds, tree

from quoth.graph import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTH = str(Path(sys.executable).with_name("quoth"))
ARCHIVE = Path(__file__).parents[1] / "notebooks" / "archive"
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_SYLLABLES = ("ba", "den", "fel", "gar", "hol", "kim", "lan", "mor", "nes", "rup", "sel", "tor")
_SAMPLE = 0.25
_START = 8.0
"""Seconds between two kills at most, or else none would find a build past its start."""


def write_archive(folder: Path, documents: int, least: int) -> int:
    """Write so many articles, a thousand to a folder; return their words.

    An article ends with the paragraph in which it has `least` words.
    """
    articles = [path.read_text("utf-8") for path in sorted(ARCHIVE.glob("*.txt"))]
    words = 0
    for number in range(documents):
        text = _renamed(_short(articles[number % len(articles)], least), number // len(articles))
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return words


def _short(text: str, least: int) -> str:
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        kept.append(paragraph)
        if sum(len(part.split()) for part in kept) >= least:
            break
    return "\n\n".join(kept)


def _renamed(text: str, turn: int) -> str:
    """Return `text` with another ending to its names in every turn."""
    count = len(_SYLLABLES)
    ending = _SYLLABLES[turn % count] + _SYLLABLES[turn // count % count] + "s" * (turn // count**2)
    return _NAME.sub(lambda found: found[0] + ending, text) if turn else text


@dataclass
class Usage:
    """What a process and its children use, from samples: memory in MB, processor seconds."""

    root: int
    graph: Path
    memory: list[tuple[int, float]] = field(default_factory=list)
    seconds: dict[int, float] = field(default_factory=dict)

    def take(self) -> None:
        """Take a sample, and note how many documents were finished by then."""
        processes = tree(self.root)
        shares = sum(map(memory_share, processes))
        self.memory.append((journal_lines(self.graph), shares))
        for process in processes:
            self.seconds[process] = processor_seconds(process) or self.seconds.get(process, 0)

    def within(self, begin: int, end: int) -> float:
        """Return the mean memory while so many documents were finished; nan without a sample."""
        found = [size for finished, size in self.memory if begin < finished <= end]
        return sum(found) / len(found) if found else float("nan")

    @property
    def own(self) -> float:
        """The processor seconds of the build itself."""
        return self.seconds[self.root]

    @property
    def workers(self) -> float:
        """The processor seconds of what it started."""
        return sum(self.seconds.values()) - self.own


def journal_lines(graph: Path) -> int:
    """Return how many inputs the journal of `graph` says are finished."""
    try:
        return (graph / "journal.jsonl").read_bytes().count(b"\n") - 1
    except FileNotFoundError:
        return 0


def command(archive: Path, graph: Path, extractor: str, workers: int, *more: str) -> list[str]:
    """Return the command that builds `graph`."""
    given = ["--extractor", extractor, "--workers", str(workers), "--no-links", *more]
    return [QUOTH, "build", str(archive), "-g", str(graph), *given]


def build(archive: Path, graph: Path, extractor: str, workers: int) -> tuple[float, Usage]:
    """Build, print a row, and return the seconds and what was used."""
    count = sum(1 for _ in archive.rglob("*.txt"))
    begin, busy = time.monotonic(), machine()
    with subprocess.Popen(
        command(archive, graph, extractor, workers), stderr=subprocess.PIPE, text=True
    ) as process:
        usage = Usage(process.pid, graph)
        while process.poll() is None:
            usage.take()
            time.sleep(_SAMPLE)
        assert process.stderr is not None
        told = process.stderr.read()
    assert process.returncode == 0, told
    seconds = time.monotonic() - begin
    others = (machine() - busy - usage.own - usage.workers) / seconds
    middle = count // 2
    spans = [(0, 1000), (middle - 500, middle + 500), (count - 1000, count)]
    sizes = " | ".join(f"{usage.within(*span):.0f}" for span in spans)
    print(
        f"| {workers} | {seconds:.1f} | {usage.own:.1f} | {usage.workers:.1f} | {sizes} | "
        f"{max(size for _, size in usage.memory):.0f} | {others:.2f} |",
        flush=True,
    )
    return seconds, usage


def exported(graph: Path) -> str:
    """Return the checksum of the sorted N-Quads of `graph`."""
    with open_graph(graph, read_only=True) as opened:
        return sha256(opened.export("nquads").encode()).hexdigest()


def killed(argv: list[str], graph: Path, kills: int, seconds: float, dice: Random) -> Iterator[str]:
    """Build until there were so many kills on the way; yield the checksum of each whole graph."""
    pause = max(2 * seconds / kills, min(seconds, _START))
    done, runs, found = [0, 0], 0, []
    more: tuple[str, ...] = ()
    while True:
        runs += 1
        process = subprocess.Popen(
            [*argv, *more], stderr=subprocess.DEVNULL, start_new_session=True
        )
        more = ("--resume",)
        while process.poll() is None and sum(done) < kills:
            try:
                process.wait(dice.uniform(0, pause))
            except subprocess.TimeoutExpired:
                whole = sum(done) % 2 == 0
                done[whole] += _kill(process, dice, whole=whole)
                if whole:
                    found.append(journal_lines(graph))
        if process.wait() == -signal.SIGKILL:
            continue
        assert process.returncode == 0, f"a build ended with status {process.returncode}"
        yield exported(graph)
        if sum(done) >= kills:
            break
        shutil.rmtree(graph)
        more = ()
    print(
        f"{done[1]} kills of all processes and {done[0]} of single workers, in {runs} runs; "
        f"finished at the kills: {', '.join(map(str, found))}"
    )


def _kill(process: subprocess.Popen[bytes], dice: Random, *, whole: bool) -> bool:
    """Kill all processes of a build, or one of its workers if there is one; whether it did."""
    if whole:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    workers = tree(process.pid)[2:]  # after the build itself and the process that loads
    if workers:
        os.kill(dice.choice(workers), signal.SIGKILL)
    return bool(workers)


def _compare(runs: list[tuple[float, Usage]], words: int) -> None:
    (first, one), (last, many) = runs[0], runs[-1]
    print(f"\n{', '.join(f'{words / seconds:,.0f}' for seconds, _ in runs)} words/s")
    total = many.own + many.workers
    bound = (one.own + one.workers) / max(many.own, total / (os.cpu_count() or 1))
    print(f"{first / last:.2f} times as quick; by processor seconds at most {bound:.2f} times")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=20, help="a document has at least so many")
    parser.add_argument("--extractor", default="rules")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = write_archive(folder / "archive", arguments.documents, arguments.words)
        print(f"{arguments.documents:,} documents, {words:,} words, {arguments.extractor}\n")
        print(
            "| workers | s | CPU s, itself | its workers | MB: first thousand | middle | last | "
            "most | cores used by others |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
        )
        runs, sums = [], set()
        for workers in arguments.workers:
            graph = folder / f"graph-{workers}"
            runs.append(build(folder / "archive", graph, arguments.extractor, workers))
            sums.add(exported(graph))
        _compare(runs, words)
        for more in ((), ("--resume",)):
            begin, argv = (
                time.monotonic(),
                command(folder / "archive", graph, arguments.extractor, 1),
            )
            subprocess.run([*argv, *more], check=True, stderr=subprocess.DEVNULL)
            print(f"again {' '.join(more)}: {time.monotonic() - begin:.1f} s", flush=True)
        if arguments.kills:
            graph = folder / "killed"
            argv = command(folder / "archive", graph, arguments.extractor, arguments.workers[-1])
            dice = Random(arguments.seed)
            sums.update(killed(argv, graph, arguments.kills, runs[-1][0], dice))
        assert len(sums) == 1, "the graphs differ"
        print("all graphs have the same N-Quads")


if __name__ == "__main__":
    main()
