"""The store, side by side in one run: ``python benchmarks/store.py [--attributions N]``.

quoth's folder, the same quads through pyoxigraph's `bulk_extend` alone, rdflib's memory store (a
smaller number: it is slow) and one wide table of DuckDB. Each runs in a process of its own, so that
peak memory is its own. Records are made outside the clock; what is timed is from record to stored.
Every shipped question is asked through quoth and of pyoxigraph directly.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from synthetic import PER_DOCUMENT, extractions

from quoth.graph import list_queries, open_graph
from quoth.graph.catalogue import named_query
from quoth.graph.engine_hints import hinted
from quoth.graph.mapping import mapped
from quoth.graph.terms import to_ox, to_ox_term
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.records import Extraction
    from quoth.graph.catalogue import NamedQuery

CHUNK = 170
"""Documents that are made at a time, about 100,000 quads: memory holds one chunk."""
RDFLIB_SHARE = 20
"""rdflib's memory store is given one in so many."""
LIMIT = 90
"""Seconds for a question asked four times; a slower one is given up."""
PARAMETERS = {"source": "Edda Thorvane", "subject": "Edda Thorvane", "outlet": "Dorn Gazette"}


class Clock:
    """Sums CPU and wall-clock seconds of what runs under it."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time the block."""
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            yield
        finally:
            self.cpu += time.process_time() - cpu
            self.wall += time.perf_counter() - wall


def chunks(attributions: int) -> Iterator[list[Extraction]]:
    """Yield the documents in lists."""
    source = extractions(attributions)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def ingest_quoth(place: Path, attributions: int) -> dict[str, Any]:
    """Add the records to a folder of quoth's, or to memory where `place` is called so.

    Closing the graph, which leaves tables ready for questions, is timed by itself.
    """
    making, whole, ready = Clock(), Clock(), Clock()

    def records() -> Iterator[Extraction]:
        source = chunks(attributions)
        while True:
            with making.running():
                chunk = next(source, [])
            if not chunk:
                return
            yield from chunk

    with whole.running():
        graph = open_graph(None if place.name == "memory" else place)
        graph.add(records())
        graph.save()
    whole.cpu, whole.wall = whole.cpu - making.cpu, whole.wall - making.wall
    with ready.running():
        graph.close()
    return {**measured(whole, place), "ready cpu": ready.cpu, "ready wall": ready.wall}


def ingest_oxigraph(place: Path, attributions: int) -> dict[str, Any]:
    """Add the same quads, made outside the clock, by `bulk_extend`."""
    clock, count = Clock(), 0
    store = ox.Store(place)
    for chunk in chunks(attributions):
        quads = []
        for new in map(mapped, chunk):
            quads += [*new.own, *map(to_ox, (*new.sources, *new.provenance))]
        count += len(quads)
        with clock.running():
            store.bulk_extend(quads)
    with clock.running():
        store.flush()
    return {**measured(clock, place), "quads": count}


def ingest_duckdb(place: Path, attributions: int) -> dict[str, Any]:
    """Add one row an attribution to a table, and ask three of the questions of it."""
    import duckdb

    clock, asking = Clock(), Clock()
    connection = duckdb.connect(str(place))
    columns = "document, date, who, anonymity, act, stance, cue, claim, begin_, end_"
    connection.execute(
        "CREATE TABLE said (document VARCHAR, date DATE, who VARCHAR, anonymity VARCHAR, act "
        "VARCHAR, stance VARCHAR, cue VARCHAR, claim VARCHAR, begin_ INT, end_ INT)"
    )
    for chunk in chunks(attributions):
        import pandas as pd

        with clock.running():
            frame = pd.DataFrame(
                [_row(e, a) for e in chunk for a in e], columns=columns.split(", ")
            )
            connection.execute("INSERT INTO said SELECT * FROM frame")
            del frame
    with clock.running():
        connection.execute("CHECKPOINT")
    with asking.running():
        who = PARAMETERS["source"]
        connection.execute("SELECT * FROM said WHERE lower(who) = lower(?)", [who]).fetchall()
        connection.execute(
            "SELECT who, count(*) FROM said GROUP BY who ORDER BY 2 DESC, 1"
        ).fetchall()
        connection.execute("SELECT avg((anonymity <> 'named')::INT) FROM said").fetchall()
    connection.close()
    return {**measured(clock, place), "three questions": asking.wall}


def _row(extraction: Extraction, attribution: Any) -> tuple[object, ...]:
    source, claim, cue = attribution.source, attribution.claim, attribution.cue
    return (
        extraction.document.id,
        extraction.document.date,
        source.label,
        str(source.anonymity),
        str(attribution.speech_act),
        str(attribution.stance),
        str(cue),
        str(claim),
        attribution.sentence.begin,
        attribution.sentence.end,
    )


def reopen(place: Path, _: int) -> dict[str, Any]:
    """Open a folder, take a first answer, and count what it holds."""
    opening, counting = Clock(), Clock()
    with opening.running():
        graph = open_graph(place, read_only=True)
        graph.query("ASK { ?a a said:Attribution }")
    with counting.running():
        graph.stats()
    return {**measured(opening, place), "stats": counting.wall}


def ask(place: Path, _: int, name: str) -> dict[str, Any]:
    """Ask a question of pyoxigraph, and twice through quoth: how long, and how many rows.

    The first time nothing is kept of the answer.
    """
    graph, store = open_graph(place, read_only=True), ox.Store.read_only(str(place))
    query = named_query(name)
    given = {p.name: PARAMETERS[p.name] for p in query.parameters if p.default is None}
    ours, again, theirs = Clock(), Clock(), Clock()
    _directly(store, query, given)  # both find the pages of the disk in memory
    with theirs.running():
        rows = _directly(store, query, given)
    with ours.running():
        found = graph.ask(query.name, **given)
    assert len(found) == rows, query.name
    with again.running(), open_graph(place, read_only=True) as opened:
        opened.ask(query.name, **given)
    return {
        **measured(ours, place),
        "again": again.wall,
        "direct cpu": theirs.cpu,
        "rows": rows,
    }


def first(place: Path, _: int, name: str) -> dict[str, Any]:
    """Ask a question that nothing is kept of, through quoth alone."""
    query, clock = named_query(name), Clock()
    given = {p.name: PARAMETERS[p.name] for p in query.parameters if p.default is None}
    for kept in (place / "tables").glob("*.json.gz"):
        kept.unlink()
    with open_graph(place, read_only=True) as graph, clock.running():
        rows = len(graph.ask(name, **given))
    return {**measured(clock, place), "rows": rows}


def _directly(store: ox.Store, query: NamedQuery, given: dict[str, str]) -> int:
    """Ask pyoxigraph, and take every row as a list of terms; the number of rows."""
    found = store.query(
        hinted(query.text),
        prefixes=dict(PREFIXES),
        use_default_graph_as_union=True,
        substitutions={
            ox.Variable(name): to_ox_term(term) for name, term in query.bindings(given).items()
        },
    )
    return sum(1 for row in found if list(row))  # type: ignore[union-attr]


def measured(clock: Clock, place: Path) -> dict[str, Any]:
    """Return the seconds, the peak memory of this process and the disk space, in MB."""
    files = [p for p in ([place] if place.is_file() else place.rglob("*")) if p.is_file()]
    return {
        "cpu": clock.cpu,
        "wall": clock.wall,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk": sum(path.stat().st_size for path in files) / 1e6,
    }


STEPS = {
    "quoth": ingest_quoth,
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
