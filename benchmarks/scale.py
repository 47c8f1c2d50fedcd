"""What an archive costs: ``python benchmarks/scale.py [--measure] [--words 500]``.

Prints the tables of docs/scale.md from the figures in ``scale.json``, for archives of articles with
``--words`` words each. ``--measure`` renews the figures first: it reads the invented articles of
``notebooks/archive`` with both extractors, in one process and on one thread, and loads invented
attributions (``synthetic.py``) into an Oxigraph store.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
from synthetic import extractions
from threadpoolctl import threadpool_limits

from quoth.extractors.collection import read_collection
from quoth.extractors.jsonlines import dumps
from quoth.extractors.pipeline import load
from quoth.graph import open_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from quoth.extractors.records import Extraction

HERE = Path(__file__).parent
FIGURES = HERE / "scale.json"
ARCHIVE = HERE.parent / "notebooks" / "archive" / "archive.json"
EXTRACTORS = ("model", "rules")
LOADED = 20_000
"""Invented attributions that are loaded into a store."""
ARCHIVES = {"1 million": 1e6, "50 million": 5e7, "1 billion": 1e9}
HOUR, MB, GB, TB = 3600, 1e6, 1e9, 1e12


def main() -> None:
    """Measure where it is wanted, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--words", type=int, default=500)
    options = parser.parse_args()
    if options.measure:
        with threadpool_limits(1):
            figures = {name: read(name) for name in EXTRACTORS} | {"store": loaded()}
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    print(measured(figures))
    for name in EXTRACTORS:
        print(f"\n`{name}`, {options.words} words an article:\n")
        print(costs(figures[name], figures["store"], options.words))


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor's seconds that `work` takes, and what it returns."""
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


def read(name: str) -> dict[str, float]:
    """Return the figures of an extractor on the archive."""
    documents = list(read_collection(ARCHIVE))
    extractor = load(name)
    list(extractor.extract(documents[:1]))  # the model is loaded
    took, found = seconds(lambda: list(extractor.extract(documents)))
    with tempfile.TemporaryDirectory() as folder, open_graph(Path(folder) / "graph") as graph:
        adding, _ = seconds(lambda: graph.add(found))
        quads = graph.export("nquads").encode()
    attributions = sum(len(extraction) for extraction in found)
    return {
        "words": sum(len(document.text.split()) for document in documents),
        "attributions": attributions,
        "claims": attributions + sum(len(extraction.own_claims) for extraction in found),
        "quads": quads.count(b"\n"),
        "extraction_seconds": round(took, 2),
        "adding_seconds": round(adding, 2),
        "nquads_bytes": len(quads),
        "gzip_bytes": len(gzip.compress(quads, mtime=0)),
        "parquet_bytes": parquet_bytes(found),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def parquet_bytes(found: list[Extraction]) -> int:
    """Return the size of the whole records as Parquet, as ``quoth spark`` writes them."""
    stream = io.BytesIO()
    rows = [{"key": extraction.document.key, "record": dumps(extraction)} for extraction in found]
    pq.write_table(pa.Table.from_pylist(rows), stream, compression="zstd")
    return len(stream.getvalue())


def loaded() -> dict[str, float]:
    """Return what loading sorted N-Quads into an Oxigraph store takes."""
    with tempfile.TemporaryDirectory() as folder:
        with open_graph(Path(folder) / "graph") as graph:
            graph.add(extractions(LOADED))
            content = graph.export("nquads").encode()
        path = Path(folder) / "all.nq"
        path.write_bytes(content)
        store = ox.Store(Path(folder) / "store")
        took, _ = seconds(lambda: store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS))
        store.flush()
        files = (Path(folder) / "store").iterdir()
        size = sum(file.stat().st_size for file in files if file.is_file())
    return {"quads": content.count(b"\n"), "seconds": round(took, 2), "bytes": size}


def measured(figures: dict[str, Any]) -> str:
    """Return the table of what was measured."""
    lines = ["| | " + " | ".join(EXTRACTORS) + " |", "|---|" + "---|" * len(EXTRACTORS)]

    def row(what: str, figure: Callable[[dict[str, float]], str]) -> None:
        lines.append(f"| {what} | " + " | ".join(figure(figures[n]) for n in EXTRACTORS) + " |")

    row("words a processor second, extraction", lambda f: rate(f["words"], f["extraction_seconds"]))
    row("the same with the graph's quads (`build`)", lambda f: rate(f["words"], spent(f)))
    row("attributions in 1,000 words", lambda f: f"{f['attributions'] * 1000 / f['words']:.1f}")
    row("claims in 1,000 words", lambda f: f"{f['claims'] * 1000 / f['words']:.1f}")
    for what, name in (
        ("quads an attribution", "quads"),
        ("bytes of N-Quads an attribution", "nquads_bytes"),
        ("the same, `.gz`", "gzip_bytes"),
        ("bytes of Parquet records an attribution", "parquet_bytes"),
    ):
        row(what, lambda f, name=name: f"{f[name] / f['attributions']:,.0f}")
    store = figures["store"]
    each = store["bytes"] / store["quads"]
    row(
        "bytes of the store an attribution, from bytes a quad",
        lambda f: f"{each * f['quads'] / f['attributions']:,.0f}",
    )
    speed = rate(store["quads"], store["seconds"])
    lines.append(
        f"\nOxigraph's bulk loader: {speed} quads a processor second, {each:.0f} bytes each."
    )
    lines.append(
        f"Peak memory of the process that read with `model`: {figures['model']['peak_mb']} MB."
    )
    return "\n".join(lines)


def costs(figures: dict[str, float], store: dict[str, float], words: int) -> str:
    """Return the table of what archives cost."""
    lines = [
        "| articles | attributions | core-hours | hours on 64 cores | N-Quads | `.nq.gz` "
        "| Parquet records | store | core-hours to load it |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, articles in ARCHIVES.items():
        times = articles * words / figures["words"]
        hours = times * spent(figures) / HOUR
        quads = times * figures["quads"]
        cells = [
            size(times * figures["attributions"], ((1e9, "billion"), (1e6, "million"))),
            f"{hours:,.0f}",
            f"{hours / 64:,.1f}",
            *(
                size(times * figures[kind], ((TB, "TB"), (GB, "GB")))
                for kind in ("nquads_bytes", "gzip_bytes", "parquet_bytes")
            ),
            size(quads * store["bytes"] / store["quads"], ((TB, "TB"), (GB, "GB"))),
            f"{quads * store['seconds'] / store['quads'] / HOUR:,.1f}",
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def spent(figures: dict[str, float]) -> float:
    """Return the processor's seconds of extracting and adding."""
    return figures["extraction_seconds"] + figures["adding_seconds"]


def rate(count: float, took: float) -> str:
    """Return how many a second, in three digits."""
    return f"{float(f'{count / took:.3g}'):,.0f}"


def size(amount: float, units: tuple[tuple[float, str], ...]) -> str:
    """Return an amount in the largest unit that it fills."""
    unit, name = next((u for u in units if amount >= u[0]), units[-1])
    return f"{amount / unit:,.1f} {name}"


if __name__ == "__main__":
    main()
