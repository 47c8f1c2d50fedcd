"""What Spark costs beside plain processes: ``python benchmarks/spark.py [--documents 5000]``.

Invented short reports, read by the rules, (a) by ``quoth build --workers 2`` and ``quoth export``
to sorted N-Quads, (b) by ``quoth spark`` in local mode, two workers, to sorted N-Quads and tables;
then what holds across documents, by words: (c) in one process, on the folder, and (d) by ``quoth
spark`` once more, which finds the documents read. Prints seconds of the clock and of the
processors, all processes together, and how busy the machine was.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from processes import of_session, processor_seconds

# The reports that the tests read: names in several spellings, claims told again, copies.
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from wire import rows

QUOTH = str(Path(sys.executable).with_name("quoth"))


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = write(folder, count)
        print(f"{count} documents, {words} words")
        graph = str(folder / "all.quoth")
        rules = ["--extractor", "rules", "--no-links"]
        build = [QUOTH, "build", str(folder / "reports"), "-g", graph, "--workers", "2", *rules]
        two = measure("two workers: build", build)
        nquads = str(folder / "all.nq")
        two += measure("export", [QUOTH, "export", "-g", graph, "-f", "nquads", "-o", nquads])
        spark = [QUOTH, "spark", str(folder / "all.parquet"), "-o", str(folder / "graph")]
        spark += ["--extractor", "rules"]
        one = measure("Spark: documents and tables", [*spark, "--no-links"])
        print(f"Spark took {one / two:.2f} times as long as two workers and an export")
        link = "from quoth.graph import open_graph; import sys; "
        link += "print(open_graph(sys.argv[1]).relink(meaning=False))"
        measure("one process: links", [sys.executable, "-c", link, graph])
        measure("Spark: links", spark)
        written = sum(path.stat().st_size for path in (folder / "graph").rglob("*.nq"))
        tables = sum(path.stat().st_size for path in (folder / "graph").rglob("*.parquet"))
        print(f"N-Quads {written / 1e6:.1f} MB, Parquet {tables / 1e6:.1f} MB")


def write(folder: Path, count: int) -> int:
    """Write the reports as files, in a folder, and as a table; return how many words."""
    table = []
    reports = folder / "reports"
    reports.mkdir()
    for number, row in enumerate(rows(count)):
        (reports / f"{number:05}.txt").write_text(str(row["text"]), encoding="utf-8")
        table.append({"id": f"{number:05}.txt", "text": row["text"]})
    pq.write_table(pa.Table.from_pylist(table), folder / "all.parquet")
    return sum(len(row["text"].split()) for row in table)


def measure(what: str, command: list[str]) -> float:
    """Run a command; print what it costs, and return the clock's seconds."""
    begin = time.monotonic()
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    spent: dict[int, float] = {}
    while process.poll() is None:
        spent |= {number: processor_seconds(number) for number in of_session(process.pid)}
        time.sleep(0.2)
    if process.returncode:
        sys.exit(f"failed: {command}")
    took = time.monotonic() - begin
    load = os.getloadavg()[0]
    print(f"{what:30} {took:6.1f} s, processors {sum(spent.values()):6.1f} s, load {load:.1f}")
    sys.stdout.flush()
    return took


if __name__ == "__main__":
    main()
