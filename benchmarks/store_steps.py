"""The steps of `benchmarks/store.py`, each of which runs in a process of its own."""

from __future__ import annotations

import resource
import time
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from synthetic import extractions

from quoth.graph import open_graph
from quoth.graph.catalogue import named_query
from quoth.graph.engine_hints import hinted
from quoth.graph.mapping import mapped
from quoth.graph.terms import to_ox, to_ox_term
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quoth.extractors.records import Extraction
    from quoth.graph.catalogue import NamedQuery

CHUNK = 170
"""Documents that are made at a time, about 100,000 quads: memory holds one chunk."""
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

    They are all there before the clock starts, since the folder stores while others come. Closing
    the graph, which leaves tables ready for questions, is timed by itself.
    """
    whole, ready = Clock(), Clock()
    records = list(extractions(attributions))
    with whole.running():
        graph = open_graph(None if place.name == "memory" else place)
        graph.add(records)
        graph.save()
    with ready.running():
        graph.close()
    return {**measured(whole, place), "ready cpu": ready.cpu, "ready wall": ready.wall}


def ingest_stream(place: Path, attributions: int) -> dict[str, Any]:
    """Add the records as they are made: memory, and CPU seconds but for those of making them.

    The wall clock says nothing: the folder stores while records are made.
    """
    whole, ready, making = Clock(), Clock(), 0.0

    def records() -> Iterator[Extraction]:
        nonlocal making
        source = chunks(attributions)
        while True:
            begin = time.thread_time()
            chunk = next(source, [])
            making += time.thread_time() - begin
            if not chunk:
                return
            yield from chunk

    with whole.running():
        graph = open_graph(place)
        graph.add(records())
        graph.save()
    whole.cpu -= making
    with ready.running():
        graph.close()
    return {**measured(whole, place), "ready cpu": ready.cpu}


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
