"""The tables of a folder, beside the same through plain rdflib, in one run.

``python benchmarks/tables.py [--attributions 100000] [--graph FOLDER]``

A folder of invented attributions is filled, or FOLDER taken, which is such a one: a document is
added to it. Each step runs in a process of its own, so that peak memory is its own; opening and
imports are part of it. rdflib is asked the shipped question «attributions», over the folder through
oxrdflib and, for one in `SHARE` of the attributions, over its own store with its own engine, the
loading not counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

FILL = "fill"
SHARE = 20
LIMIT = 280
"""Seconds for a step; a slower one is given up."""


def read(place: Path) -> int:
    """Read the table of attributions as a user does."""
    from quoth.graph import open_graph

    with open_graph(place, read_only=True) as graph:
        return len(graph.attributions())


def first(place: Path) -> int:
    """Read it where nothing is kept."""
    shutil.rmtree(place / "tables", ignore_errors=True)
    return read(place)


def add(place: Path) -> int:
    """Add one document and close, which carries the tables on."""
    from synthetic import extractions

    from quoth.graph import open_graph

    with open_graph(place) as graph:
        here = len(graph.document_entries())
    (new,) = islice(extractions(10 * (here + 1)), here, None)
    _restart()
    with open_graph(place) as graph:
        return graph.add(new)


def rdflib_over_folder(place: Path) -> int:
    """Ask rdflib over the folder, and make a frame of its rows."""
    import pyoxigraph as ox
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    store = OxigraphStore(store=ox.Store.read_only(str(place)))
    return _frame(Dataset(store=store, default_union=True))


def rdflib_in_memory(place: Path) -> int:
    """Ask rdflib's engine over rdflib's store, of one in `SHARE` of the attributions."""
    from synthetic import extractions

    from quoth.graph import open_graph

    count = read(place) // SHARE
    graph = open_graph()
    graph.add(extractions(count))
    _restart()
    return _frame(graph.dataset)


def _frame(dataset: object) -> int:
    import pandas as pd

    from quoth.graph.catalogue import named_query
    from quoth.graph.vocabulary import PREFIXES

    rows = dataset.query(named_query("attributions").text, initNs=dict(PREFIXES))  # type: ignore[attr-defined]
    return len(pd.DataFrame([list(row) for row in rows]))


STEPS = {
    "kept": read,
    "made anew": first,
    "one document added": add,
    "kept after it": read,
    "rdflib, over the folder": rdflib_over_folder,
    f"rdflib, in memory, 1 in {SHARE}": rdflib_in_memory,
}
_clock = [0.0, 0.0]


def _restart() -> None:
    _clock[:] = time.process_time(), time.perf_counter()


def _child(name: str, place: Path) -> str:
    command = [sys.executable, __file__, "--step", name, "--graph", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return f"more than {LIMIT} | | |"
    found = json.loads(done.stdout)
    return "{cpu:.2f} | {wall:.2f} | {memory:.0f} | {rows:,}".format(**found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attributions", type=int, default=100_000)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--step", choices=[*STEPS, FILL])
    chosen = parser.parse_args()
    if chosen.step == FILL:
        _fill(chosen.graph, chosen.attributions)
        return
    if chosen.step:
        _clock[1] = time.perf_counter()
        rows = STEPS[chosen.step](chosen.graph)
        cpu, wall = time.process_time() - _clock[0], time.perf_counter() - _clock[1]
        print(json.dumps({"cpu": cpu, "wall": wall, "memory": _peak(), "rows": rows}))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.graph or Path(folder) / "news.quoth"
        if not chosen.graph:
            # In a process of its own, too: what it takes would count as its parent's.
            command = [sys.executable, __file__, "--attributions", str(chosen.attributions)]
            subprocess.run([*command, "--step", FILL, "--graph", str(place)], check=True)
        print("| | CPU s | wall s | peak MB | rows |\n|---|--:|--:|--:|--:|")
        for name in STEPS:
            print(f"| {name} | {_child(name, place)} |", flush=True)


def _fill(place: Path, attributions: int) -> None:
    from synthetic import extractions

    from quoth.graph import open_graph

    graph = open_graph(place)
    begin = time.process_time()
    graph.add(extractions(attributions))
    added, before = time.process_time(), _peak()
    graph.close()
    closed = time.process_time()
    print(
        f"{attributions:,} attributions made and added in {added - begin:.0f} CPU s (peak "
        f"{before:.0f} MB), closed in {closed - added:.0f} more ({_peak():.0f} MB)\n",
        flush=True,
    )


def _peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
