"""Which shards there are, and which of them are finished already."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from quoth.extractors.records import digest
from quoth.spark.errors import SparkError
from quoth.spark.files import Folder
from quoth.spark.grouping import each
from quoth.spark.layout import SETTINGS, finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame

    from quoth.spark.grouping import Row

PER_SHARD = 500
"""Documents of a shard, about, unless told otherwise: what a worker loses when it is killed."""
_FORMAT = 2
"""Raised when the files of a shard become others: what an earlier quoth made is made anew."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a folder was made. A run that finds another kind of extractor there makes all anew."""

    shards: int
    extractor: str
    min_confidence: float
    compress: bool
    version: str

    @property
    def fingerprint(self) -> str:
        """The hash of what a shard's files depend on beside its documents."""
        settings = asdict(self)
        return digest(str(_FORMAT), *(f"{name}={settings[name]}" for name in sorted(settings)))


def agreed_shards(folder: Folder, wanted: int | None, documents: DataFrame) -> int:
    """Return how many shards the folder has, or else is to have.

    Raises SparkError where it has another number than is `wanted`, or holds something else.
    """
    names = folder.names()
    if SETTINGS in names:
        there: int = json.loads(folder.get(SETTINGS))["shards"]
        if wanted not in (None, there):
            raise SparkError(
                f"{folder.location}: was made in {there} shards, not {wanted}; leave the number "
                "out, or choose another folder"
            )
        return there
    if names:
        raise SparkError(
            f"{folder.location}: holds something else ({names[0]}); choose a folder of its own"
        )
    return wanted or max(1, -(-documents.count() // PER_SHARD))


def with_shards(documents: DataFrame, shards: int) -> DataFrame:
    """Return a `quoth.spark.documents.checked` table with the number of each row's ``shard``."""
    from pyspark.sql.functions import conv, substring

    number = conv(substring("key", 1, 8), 16, 10).cast("long") % shards
    return documents.withColumn("shard", number.cast("int"))


def shard_fingerprints(documents: DataFrame, settings: Settings) -> dict[int, str]:
    """Return the hash of each shard that has rows: of these, in any order, and of `settings`."""
    from pyspark.sql.functions import array_sort, collect_list, concat_ws, sha2

    rows = sha2(concat_ws(" ", array_sort(collect_list("digest"))), 256)
    found = documents.groupBy("shard").agg(rows.alias("fingerprint")).collect()
    return {row["shard"]: digest(row["fingerprint"], settings.fingerprint) for row in found}


def finished_shards(
    folder: Folder, fingerprints: dict[int, str], documents: DataFrame
) -> dict[int, str]:
    """Return the records, as JSON, of the shards that are there whole."""
    spark = documents.sparkSession
    planned = spark.createDataFrame(sorted(fingerprints.items()), "shard int, fingerprint string")
    found = each(planned, _look(folder.location), "shard int, record string")
    return {row["shard"]: row["record"] for row in found.collect()}


def _look(location: str) -> Callable[[Row], Iterator[tuple[Any, ...]]]:
    def look(row: Row) -> Iterator[tuple[Any, ...]]:
        record = finished(Folder(location), row["shard"], row["fingerprint"])
        if record is not None:
            yield row["shard"], record.to_json()

    return look
