"""What is made of all shards together: shared sources, tables, links, and the files they go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

from quoth.spark.claim_jobs import claim_facts
from quoth.spark.cluster_jobs import clustered_claims
from quoth.spark.contrary_jobs import contrary_claims
from quoth.spark.copy_jobs import copied_documents
from quoth.spark.extraction import parquet
from quoth.spark.facts import FACTS, shard_facts
from quoth.spark.files import Folder, Written
from quoth.spark.grouping import by_key, each
from quoth.spark.identity_jobs import merged_sources
from quoth.spark.layout import ATTRIBUTIONS, QUADS, SOURCES, WORK, Shard
from quoth.spark.names import shared_sources
from quoth.spark.response_jobs import answered_claims
from quoth.spark.tables import FILES, write_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame, SparkSession

    from quoth.spark.grouping import Row

SHARDS_A_PART = 16
"""Shards whose share of the sources and of the links makes one file."""


def make_across(
    spark: SparkSession, folder: Folder, made: list[Shard], *, links: bool, meaning: bool
) -> tuple[list[Written], dict[str, int]]:
    """Write what all shards `made` give together; return the files and what was counted.

    `meaning`: compare claims by what they mean, beside their words.
    """
    if not made:
        return [], {}
    return _Across(spark, folder, made, meaning=meaning).make(links=links)


class _Across:
    """The jobs over all shards, each of which leaves its result in the folder of work."""

    def __init__(
        self, spark: SparkSession, folder: Folder, made: list[Shard], *, meaning: bool
    ) -> None:
        self.meaning = meaning
        self.spark = spark
        self.folder = folder
        self.made = made
        self.parts = -(-len(made) // SHARDS_A_PART)
        self.files: list[Written] = []
        spark.sparkContext.setCheckpointDir(folder.for_spark(f"{WORK}/rounds"))

    def make(self, *, links: bool) -> tuple[list[Written], dict[str, int]]:
        """Do all that is to be done."""
        software = {line for shard in self.made for line in shard.software}
        content = "".join(sorted(software)).encode()
        self.files.append(self.folder.put(f"{QUADS}/extractor.nq", content))
        rows = [(shard.shard, shard.to_json()) for shard in self.made]
        shards = self.spark.createDataFrame(rows, "shard int, record string")
        shards = shards.repartition(len(rows), "shard")
        facts = self._kept(each(shards, shard_facts(self.folder.location), FACTS), "facts")
        sources = self._kept(shared_sources(facts), "sources")
        named = sources.where("kind = 'line'").selectExpr("payload AS line")
        self._write_lines(named, "sources")
        self._write_tables(shards, facts, sources)
        counts = self._link(shards, facts, sources) if links else {}
        return self.files, counts

    def _link(self, shards: DataFrame, facts: DataFrame, sources: DataFrame) -> dict[str, int]:
        merged = self._kept(merged_sources(sources), "merged")
        claims = claim_facts(self.folder.location, shards, facts, sources, merged)
        claims = self._kept(claims, "claims")
        copies = self._kept(copied_documents(claims, facts, sources), "copies")
        clusters = self._kept(clustered_claims(claims, meaning=self.meaning), "clusters")
        contraries = self._kept(contrary_claims(claims), "contraries")
        answers = self._kept(answered_claims(claims, clusters, copies, contraries), "answers")
        found = [merged, copies, answers]
        links = clusters.where("kind = 'line'").selectExpr("payload AS line")
        for frame in found:
            links = links.unionByName(frame.where("kind = 'line'").select("line"))
        self._write_lines(links, "links")
        kinds = [frame.select("kind") for frame in (*found, clusters)]
        both = kinds[0].unionAll(kinds[1]).unionAll(kinds[2]).unionAll(kinds[3])
        counted = {row["kind"]: row["count"] for row in both.groupBy("kind").count().collect()}
        return {
            "merged_sources": counted.get("merge", 0),
            "clusters": counted.get("cluster", 0),
            "clustered_claims": counted.get("member", 0),
            "responses": counted.get("response", 0),
            "copies": counted.get("copy", 0),
        }

    def _kept(self, frame: DataFrame, name: str) -> DataFrame:
        """Return `frame` written down, so that no later job computes it again."""
        path = self.folder.for_spark(f"{WORK}/{name}")
        frame.write.mode("overwrite").parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)

    def _write_lines(self, lines: DataFrame, name: str) -> None:
        """Write lines of N-Quads to sorted files; which of them a line goes to it says itself."""
        parted = each(lines, _part_of_line(self.parts), "part int, line binary")
        write = _write_part(self.folder.location, name)
        self._add(by_key(parted, "part", write, FILES))

    def _write_tables(self, shards: DataFrame, facts: DataFrame, sources: DataFrame) -> None:
        """Write attributions and claims of each shard, and of the sources how often they speak."""
        from pyspark.sql.functions import col, lit

        empty = lit(None).cast("string")
        names = sources.where("kind = 'source'").select("iri", "name")
        spoken_of = facts.where("kind = 'source'").select("shard", col("key").alias("iri"))
        spoken_of = spoken_of.join(names, "iri").withColumn("record", empty)
        needed = shards.withColumn("iri", empty).withColumn("name", empty)
        needed = needed.unionByName(spoken_of)
        self._add(by_key(needed, "shard", write_tables(self.folder.location), FILES))
        if any(file.name.startswith(ATTRIBUTIONS) for file in self.files):
            said = self.spark.read.parquet(self.folder.for_spark(ATTRIBUTIONS))
            said = said.groupBy("who", "type", "anonymity", "source").count()
            parted = each(said, _part_of_source(self.parts), _SOURCES)
            self._add(by_key(parted, "part", _write_sources(self.folder.location), FILES))

    def _add(self, written: DataFrame) -> None:
        self.files += (Written(**row.asDict()) for row in written.collect())


_SOURCES = "part int, who string, type string, anonymity string, attributions long, source string"


def _part_of_line(parts: int) -> Callable[[Row], Iterator[tuple[Any, ...]]]:
    def part(row: Row) -> Iterator[tuple[Any, ...]]:
        yield crc32(row["line"]) % parts, row["line"]

    return part


def _write_part(location: str, name: str) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    def write(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        content = b"".join(sorted({row["line"] for row in rows}))
        yield tuple(Folder(location).put(f"{QUADS}/{name}-{rows[0]['part']:05}.nq", content))

    return write


def _part_of_source(parts: int) -> Callable[[Row], Iterator[tuple[Any, ...]]]:
    def part(row: Row) -> Iterator[tuple[Any, ...]]:
        described = (row[name] for name in ("who", "type", "anonymity", "count", "source"))
        yield crc32(row["source"].encode()) % parts, *described

    return part


def _write_sources(location: str) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    def write(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        import pyarrow as pa

        part = rows[0]["part"]
        texts = {name: pa.string() for name in ("who", "type", "anonymity")}
        columns = {**texts, "attributions": pa.int64(), "source": pa.string()}
        ordered = sorted(rows, key=lambda row: (row["who"], row["source"]))
        content = parquet(pa.Table.from_pylist(ordered, pa.schema(columns.items())))
        yield tuple(Folder(location).put(f"{SOURCES}/part-{part:05}.parquet", content))

    return write
