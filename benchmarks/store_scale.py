"""quoth's folder alone, at a number of attributions and at a tenth of it, side by side.

``python benchmarks/store_scale.py [--attributions N] [--folder DIR]``: what an attribution costs in
time, disk and memory must not grow with their number. The two run one after the other, each step
in a process of its own, and each folder is removed before the next one comes; nothing begins for
which the disk has no room.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from store import child
from synthetic import PER_DOCUMENT

from quoth.graph import list_queries

ROOM = 45_000
"""Bytes of free disk an attribution: 18,000 stored, twice that while files are put in order."""


def run(place: Path, count: int) -> dict[str, float]:
    """Store and ask `count` attributions; what each step measured."""
    free = shutil.disk_usage(place).free
    if free < ROOM * count:
        raise SystemExit(
            f"{place}: {ROOM * count / 1e9:.0f} GB are needed and {free / 1e9:.0f} GB are free; "
            "ask for fewer --attributions, or name another --folder"
        )
    folder = place / f"quoth-{count}"
    try:
        stored = child("stream", folder, count)
        opened = child("reopen", folder, count)
        found = {
            "storing, CPU ms an attribution": 1000 * stored["cpu"] / count,
            "leaving tables ready, CPU ms an attribution": 1000 * stored["ready cpu"] / count,
            "storing, peak memory MB": stored["memory"],
            "disk, kB an attribution": 1000 * stored["disk"] / count,
            "reopen and first answer, s": opened["wall"],
        }
        print(f"{count:,} stored, {time.strftime('%H:%M')}", flush=True)
        for query in list_queries():
            asked = child(f"first:{query.name}", folder, count)
            found[f"{query.name}, CPU s asked first"] = asked["cpu"]
            found[f"{query.name}, memory MB"] = asked["memory"]
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attributions", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the graphs are made, and removed again")
    arguments = parser.parse_args()
    most = -(-arguments.attributions // PER_DOCUMENT) * PER_DOCUMENT
    with tempfile.TemporaryDirectory(dir=arguments.folder) as scratch:
        few, many = (run(Path(scratch), count) for count in (most // 10, most))
    print(f"\n| | {most // 10:,} | {most:,} | ratio |\n|---|--:|--:|--:|")
    for what, value in few.items():
        print(f"| {what} | {value:.2f} | {many[what]:.2f} | {many[what] / value:.2f} |")


if __name__ == "__main__":
    main()
