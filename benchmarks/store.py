"""The store, side by side in one run: ``python benchmarks/store.py [--attributions N]``.

quoth's folder, the same quads through pyoxigraph's `bulk_extend` alone, rdflib's memory store (a
smaller number: it is slow) and one wide table of DuckDB. Each runs in a process of its own, so that
peak memory is its own. Records are made outside the clock; what is timed is from record to stored.
quoth's memory is that of a second run, in which they come one by one.
Every shipped question is asked through quoth and of pyoxigraph directly.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from store_steps import (
    ask,
    first,
    ingest_duckdb,
    ingest_oxigraph,
    ingest_quoth,
    ingest_stream,
    reopen,
)
from synthetic import PER_DOCUMENT

from quoth.graph import list_queries

RDFLIB_SHARE = 20
"""rdflib's memory store is given one in so many."""
LIMIT = 90
"""Seconds for a question asked four times; a slower one is given up."""
STEPS = {
    "quoth": ingest_quoth,
    "stream": ingest_stream,
    "oxigraph": ingest_oxigraph,
    "rdflib": ingest_quoth,
    "duckdb": ingest_duckdb,
    "reopen": reopen,
}


def child(step: str, place: Path, attributions: int, limit: float | None = None) -> dict[str, Any]:
    """Run one step in a process of its own; what it measured, or nothing after `limit` seconds."""
    command = [sys.executable, __file__, "--attributions", str(attributions)]
    try:
        done = subprocess.run(
            [*command, "--step", step, "--place", str(place)],
            stdout=subprocess.PIPE,
            check=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return {}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attributions", type=int, default=100_000)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="ask the questions of the folder that is here")
    arguments = parser.parse_args()
    count = -(-arguments.attributions // PER_DOCUMENT) * PER_DOCUMENT
    if arguments.step:
        step, place = arguments.step, arguments.place
        name = step.removeprefix("first:")
        run = STEPS.get(step) or partial(ask if name == step else first, name=name)
        print(json.dumps(run(place, count)))
        return
    if arguments.folder:
        _questions(arguments.folder, count)
        return
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), count)
        _questions(Path(folder) / "quoth", count)


def _compare(place: Path, count: int) -> None:
    alone = child("oxigraph", place / "alone", count)
    quads = alone["quads"]
    print(f"{count:,} attributions, {quads:,} quads ({quads / count:.1f} each)\n")
    print("| | CPU s | wall s | quads/CPU s | memory MB | disk MB |\n|---|--:|--:|--:|--:|--:|")
    _line("Oxigraph, bulk_extend alone", alone, quads)
    ours = child("quoth", place / "quoth", count)
    ours["memory"] = child("stream", place / "streamed", count)["memory"]
    _line("quoth, folder", ours, quads)
    few = max(count // RDFLIB_SHARE, PER_DOCUMENT)
    memory = child("rdflib", place / "memory", few)
    _line(f"quoth, rdflib in memory, {few:,}", memory, quads * few / count)
    table = child("duckdb", place / "said.duckdb", count)
    _line("DuckDB, one wide table", table, 0)
    share = alone["cpu"] / ours["cpu"], alone["wall"] / ours["wall"]
    print(f"\ningest: {share[0]:.0%} of bulk_extend by CPU, {share[1]:.0%} by wall clock")
    print(f"leaving tables ready for questions: {ours['ready cpu']:.1f} CPU s more")
    print(f"DuckDB, three questions: {table['three questions']:.3f} s")


def _questions(place: Path, count: int) -> None:
    opened = child("reopen", place, count)
    print(f"reopen and first answer: {opened['wall']:.3f} s; stats: {opened['stats']:.2f} s")
    print(f"memory when counting: {opened['memory']:.0f} MB\n")
    print("| question | quoth CPU s | again s | pyoxigraph CPU s | over | memory MB | rows |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for query in list_queries():
        found = child(query.name, place, count, limit=LIMIT)
        if found:
            over = found["cpu"] / found["direct cpu"] - 1
            print(
                f"| {query.name} | {found['cpu']:.2f} | {found['again']:.3f} | "
                f"{found['direct cpu']:.2f} | {over:+.0%} | {found['memory']:.0f} | "
                f"{found['rows']:,} |",
                flush=True,
            )
        else:
            print(f"| {query.name} | more than {LIMIT} s in all | | | | | |")


def _line(name: str, found: dict[str, Any], quads: float) -> None:
    rate = f"{quads / found['cpu']:,.0f}" if quads else "–"
    print(
        f"| {name} | {found['cpu']:.1f} | {found['wall']:.1f} | {rate} | "
        f"{found['memory']:.0f} | {found['disk']:.0f} |"
    )


if __name__ == "__main__":
    main()
