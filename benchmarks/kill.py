"""Kills ``quoth build`` at random moments: ``python benchmarks/kill.py [--kills 200]``.

Each time a build of invented articles into a new folder is killed (SIGKILL) somewhere between its
start and its end. Then the graph must open, each document in it must be whole, and a second build
must make the same N-Quads as one that nobody disturbed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from synthetic import extractions

from quoth.graph import SourceGraph, open_graph
from quoth.graph.iris import DocumentIris
from quoth.graph.vocabulary import LINKS_GRAPH, PROVENANCE_GRAPH, SOURCES_GRAPH

QUOTH = str(Path(sys.executable).with_name("quoth"))
DOCUMENTS = 60
SEED = 1


def write_articles(folder: Path, documents: int) -> None:
    """Write invented articles, one file each."""
    folder.mkdir()
    for number, extraction in enumerate(extractions(documents * 10)):
        (folder / f"{number:03}.txt").write_text(extraction.document.text, encoding="utf-8")


def build(articles: Path, place: Path) -> subprocess.Popen[bytes]:
    """Start a build of `articles` into the graph at `place`."""
    return subprocess.Popen(
        [QUOTH, "build", str(articles), "-g", str(place), "--extractor", "rules"],
        stderr=subprocess.DEVNULL,
    )


def lines_by_graph(graph: SourceGraph) -> dict[str, set[str]]:
    """Return the lines of the N-Quads of `graph`, by the named graph that they stand in."""
    found: dict[str, set[str]] = {}
    for line in graph.export("nquads").splitlines():
        found.setdefault(line.rsplit(" ", 2)[1], set()).add(line)
    return found


def check(place: Path, whole: dict[str, set[str]]) -> int:
    """Return how many documents the graph at `place` holds; raises where one is not whole."""
    if not (place / "CURRENT").exists():
        return 0
    with open_graph(place, read_only=True) as graph:
        found = lines_by_graph(graph)
        keys = [entry.key for entry in graph.document_entries()]
    shared = {f"<{SOURCES_GRAPH}>", f"<{PROVENANCE_GRAPH}>"}
    for name in found.keys() - shared:
        if found[name] != whole[name]:
            raise AssertionError(f"{place}: {name} is not whole: {len(found[name])} quads")
    # The links across documents are written at the end, in one step: they are whole or not there.
    if len(found.keys() - shared - {f"<{LINKS_GRAPH}>"}) != len(keys):
        raise AssertionError(f"{place}: {len(keys)} documents in {len(found)} graphs")
    provenance = "\n".join(found.get(f"<{PROVENANCE_GRAPH}>", ()))
    for key in keys:
        if str(DocumentIris(key).document) not in provenance:
            raise AssertionError(f"{place}: nothing is known of the making of {key}")
    return len(keys)


def main() -> None:
    """Kill, check, build again, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    dice = Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "articles", arguments.documents)
        begin = time.monotonic()
        build(folder / "articles", folder / "whole").wait()
        seconds = time.monotonic() - begin
        with open_graph(folder / "whole", read_only=True) as graph:
            whole, exported = lines_by_graph(graph), graph.export("nquads")
        held = []
        for number in range(arguments.kills):
            place = folder / f"killed-{number}"
            process = build(folder / "articles", place)
            time.sleep(dice.uniform(0, seconds))
            process.kill()
            process.wait()
            held.append(check(place, whole))
            build(folder / "articles", place).wait()
            with open_graph(place, read_only=True) as graph:
                if graph.export("nquads") != exported:
                    raise AssertionError(f"{place}: the second build made another graph")
    partly = sum(0 < count < arguments.documents for count in held)
    print(
        f"{len(held)} kills within {seconds:.1f} s, {partly} of them with some of the "
        f"{arguments.documents} documents in: every graph opened, every document was whole or "
        "absent, every second build made the same graph"
    )


if __name__ == "__main__":
    main()
