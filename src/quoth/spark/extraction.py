"""What a Python worker does: reads the documents of a shard, and writes what it finds in them.

A shard's files are written when all its documents have been read, and its record last of all: a
task that is killed leaves no shard half done, and its second attempt passes over the shards that
the first one finished.
"""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from quoth.extractors.records import Extraction
from quoth.running.plan import ExtractionError, kind_and_reason
from quoth.spark.documents import COLUMNS, document_of
from quoth.spark.files import Folder, Written
from quoth.spark.layout import (
    DOCUMENTS,
    FAILURES,
    QUADS,
    Shard,
    commit_name,
    finished,
    shard_name,
)
from quoth.spark.trail import Trail, attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd
    import pyarrow as pa

    from quoth.extractors.records import Document
    from quoth.graph.readings import Extracts

SHARDS = "shard int, record string"
"""What `Work` returns: the records of the shards, each once."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """How shards are read and where they go; called with the rows of a partition, by shard.

    `reader` gives what reads documents into `Extraction` records, and is called once a shard: it
    keeps what is slow to load.
    `fingerprints` has each shard's hash.
    """

    location: str
    reader: Callable[[], Extracts]
    fingerprints: dict[int, str]
    compress: bool

    def __call__(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Yield `SHARDS`, a row for each shard of `frames` (for ``mapInPandas``)."""
        import pandas as pd

        folder = Folder(self.location)
        rows = (row for frame in frames for row in frame.itertuples(index=False))
        for shard, members in groupby(rows, key=attrgetter("shard")):
            number = int(shard)
            record = finished(folder, number, self.fingerprints[number])
            if record is None:
                record = self._make(folder, number, map(_known, members))
            yield pd.DataFrame({"shard": [number], "record": [record.to_json()]})

    def _make(self, folder: Folder, shard: int, rows: Iterator[dict[str, Any]]) -> Shard:
        trail = Trail(folder, shard, attempt())
        found = Found(trail)
        reader = self.reader()
        for documents in _steps(found.documents(rows), trail):
            for extraction in reader.extract(documents, on_error=found.unread):
                assert isinstance(extraction, Extraction)  # this form is what it was asked for
                found.add(extraction)
        trail.end()
        quads = b"".join(sorted(found.lines))
        end = ".nq"
        if self.compress:
            # The time stays out: the same shard gives the same bytes.
            quads, end = gzip.compress(quads, mtime=0), ".nq.gz"
        files = [folder.put(shard_name(QUADS, shard, end), quads)]
        files += _tables(folder, shard, found)
        record = Shard(
            shard=shard,
            fingerprint=self.fingerprints[shard],
            documents=len(found.rows),
            failures=len(found.failures),
            duplicates=found.duplicates,
            attributions=sum(row["attributions"] for row in found.rows),
            own_claims=sum(row["own_claims"] for row in found.rows),
            software=tuple(sorted(line.decode() for line in found.software)),
            files=tuple(files),
        )
        folder.put(commit_name(shard), record.to_json().encode())
        return record


def _steps(documents: Iterator[Document], trail: Trail) -> Iterator[Iterable[Document]]:
    """Yield all documents at once, or one by one where a trail is left: readers take ahead."""
    if trail.is_left:
        yield from ([document] for document in documents)
    else:
        yield documents


class Found:
    """What the documents of a shard hold, and which of them failed.

    Those that earlier attempts were killed at, as the `trail` says, have failed.
    """

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self.lines: set[bytes] = set()
        self.software: set[bytes] = set()
        self.rows: list[dict[str, Any]] = []
        self.failures: list[dict[str, Any]] = []
        self.duplicates = 0

    def documents(self, rows: Iterable[dict[str, Any]]) -> Iterator[Document]:
        """Yield what the rows hold, each key once: rows come by key, then by digest."""
        before = None
        for row in rows:
            if row["key"] == before:
                self.duplicates += 1
                continue
            try:
                document = document_of(row)
            except ValueError as error:
                self._fail(row["key"], row["id"], row["url"], error)
                continue
            before = row["key"]
            if document.key in self._trail.left_out:
                self.unread(document, ExtractionError("WorkerKilled", _KILLED))
                continue
            self._trail.at(document.key)
            yield document

    def unread(self, document: Document, error: Exception) -> None:
        """Take a document that could not be read."""
        self._fail(document.key, document.id, document.url, error)

    def _fail(self, key: str, id: str | None, url: str | None, error: Exception) -> None:
        kind, reason = kind_and_reason(error)
        self.failures.append({"key": key, "id": id, "url": url, "kind": kind, "reason": reason})

    def add(self, extraction: Extraction) -> None:
        """Take what was found in a document, whole or not at all."""
        from quoth.extractors.jsonlines import dumps
        from quoth.graph.formats import sorted_lines
        from quoth.graph.iris import extractor_iri
        from quoth.graph.mapping import mapped
        from quoth.graph.terms import to_ox

        document = extraction.document
        try:
            new, record = mapped(extraction), dumps(extraction)
        except Exception as error:
            # Whatever it is, one document costs only itself.
            self.unread(document, error)
            return
        software = extractor_iri(extraction.extractor)
        shared = [quad for quad in new.provenance if quad[0] == software]
        own = [quad for quad in new.provenance if quad[0] != software]
        self.lines.update(sorted_lines([*new.own, *map(to_ox, own)]))
        self.software.update(sorted_lines(map(to_ox, shared)))
        self.rows.append(
            {
                **{name: getattr(document, name) for name in ("key", *COLUMNS) if name != "text"},
                "attributions": len(extraction.attributions),
                "own_claims": len(extraction.own_claims),
                "record": record,
            }
        )


_KILLED = "the process that read it was killed, again and again; most likely it needs more memory"


def parquet(rows: pa.Table) -> bytes:
    """Return a table as a Parquet file."""
    from pyarrow.parquet import write_table

    stream = io.BytesIO()
    write_table(rows, stream, compression="zstd")
    return stream.getvalue()


def _tables(folder: Folder, shard: int, found: Found) -> Iterator[Written]:
    import pyarrow as pa

    texts = ("key", "id", "url", "title", "publisher", "author", "record")
    kinds = {**dict.fromkeys(texts, pa.string()), "date": pa.date32()}
    kinds |= dict.fromkeys(("attributions", "own_claims"), pa.int64())
    order = ("key", "id", "url", "title", "date", "publisher", "author", "attributions")
    columns = pa.schema([(name, kinds[name]) for name in (*order, "own_claims", "record")])
    name = shard_name(DOCUMENTS, shard, ".parquet")
    yield folder.put(name, parquet(pa.Table.from_pylist(found.rows, columns)))
    if found.failures:
        names = ("key", "id", "url", "kind", "reason")
        columns = pa.schema([(name, pa.string()) for name in names])
        # Readers take documents ahead, so that which failed first is a matter of time.
        ordered = sorted(found.failures, key=lambda row: [row[name] or "" for name in names])
        name = shard_name(FAILURES, shard, ".parquet")
        yield folder.put(name, parquet(pa.Table.from_pylist(ordered, columns)))


def _known(row: Any) -> dict[str, Any]:
    """Return a row of pandas, in which an empty cell is None, NaN or NaT, with None for each."""
    values = row._asdict()
    return {name: value if isinstance(value, str) else None for name, value in values.items()}
