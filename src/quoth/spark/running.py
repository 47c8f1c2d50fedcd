"""A run on Spark: documents in, a folder of quads and tables out, only what is missing made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from quoth import __version__
from quoth.extractors.records import digest
from quoth.graph.embedding import Embedding, is_installed
from quoth.spark.across import make_across
from quoth.spark.documents import checked
from quoth.spark.errors import SparkError
from quoth.spark.extraction import SHARDS, Work
from quoth.spark.files import TEMPORARY, Folder, Written, located
from quoth.spark.layout import (
    CHECKSUMS,
    COMMITS,
    FAILURES,
    MANIFEST,
    SETTINGS,
    WORK,
    Shard,
    commit_name,
    forget_failed,
)
from quoth.spark.plan import (
    Settings,
    agreed_shards,
    finished_shards,
    shard_fingerprints,
    with_shards,
)
from quoth.spark.reader import stoppable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

    from quoth.graph.readings import Extracts

    Across = dict[str, Any]


class Linking(NamedTuple):
    """Whether what holds across documents is inferred, and whether by what claims mean, too."""

    links: bool
    meaning: bool


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a run made, and what was there already.

    `documents` were read, `failures` could not be (the table ``failures`` says why), `duplicates`
    are rows with a URL (or id) and text of another row. `shards` were made in this run, `reused`
    are earlier ones. The rest is as in `quoth.graph.links.LinkCounts`.
    """

    location: str
    documents: int
    failures: int
    duplicates: int
    attributions: int
    shards: int
    reused: int
    merged_sources: int = 0
    clusters: int = 0
    clustered_claims: int = 0
    responses: int = 0
    copies: int = 0


def build(
    documents: DataFrame,
    output: str,
    *,
    extractor: str | Callable[[], Extracts] = "model",
    min_confidence: float = 0.0,
    shards: int | None = None,
    links: bool = True,
    meaning: bool | None = None,
    compress: bool = False,
    time_limit: float | None = None,
    retry: bool = False,
) -> Report:
    """Read a table of documents, and write who says what into the folder `output`.

    `documents` has the columns of `quoth.spark.documents.COLUMNS`; `output` is a path that all
    workers share, or an address such as ``s3a://bucket/folder``. What is there whole is not made
    again, and what is of documents no longer in the table is removed. `extractor` is "model" or
    "rules", or a function without arguments that workers call for their own. `shards` is how many
    parts there are to be, one for some 500 documents unless given. `links` infers what holds
    across documents, as ``quoth link`` does; `meaning` is as in `SourceGraph.relink`: None compares
    claims by what they mean, too, where the extra of that name is installed here, and then workers
    need it. `compress` writes the quads with gzip.

    A document that takes more than `time_limit` seconds (by default a minute, and one more for each
    thousand code points), or during which the process that reads it ends, is tried once more, by
    itself, and has failed if that happens again. `retry` makes the shards anew in which documents
    have failed.

    Raises SparkError where a column is missing or the folder holds something else, ModelError
    where meaning is wanted and the model is not there.
    """
    if documents.sparkSession.version.split(".")[0] < "4":
        raise SparkError(
            f"this is Spark {documents.sparkSession.version}; quoth needs Spark 4 or newer"
        )
    folder = Folder(located(output))
    table = checked(documents)
    settings = Settings(
        shards=agreed_shards(folder, shards, table),
        extractor=extractor if isinstance(extractor, str) else _name(extractor),
        min_confidence=min_confidence,
        compress=compress,
        version=__version__,
    )
    reader = stoppable(extractor, min_confidence, time_limit)
    # Where a driver was killed, what its workers left.
    folder.remove_folder(TEMPORARY)
    folder.put(SETTINGS, json.dumps(asdict(settings), indent=1).encode())
    linking = Linking(links=links, meaning=_means(meaning) if links else False)
    try:
        if retry:
            forget_failed(folder)
        return _build(with_shards(table, settings.shards), folder, settings, reader, linking)
    finally:
        # What workers that were killed have left, and what jobs handed on.
        folder.remove_folder(TEMPORARY)
        folder.remove_folder(WORK)


def _means(wanted: bool | None) -> bool:
    if wanted:
        Embedding.load()  # tells at once where it is not installed
    return is_installed() if wanted is None else wanted


def _name(reader: Callable[[], Extracts]) -> str:
    return getattr(reader, "__qualname__", type(reader).__qualname__)


def _build(
    table: DataFrame,
    folder: Folder,
    settings: Settings,
    reader: Callable[[], Extracts],
    linking: Linking,
) -> Report:
    fingerprints = shard_fingerprints(table, settings)
    records = finished_shards(folder, fingerprints, table) if fingerprints else {}
    missing = sorted(fingerprints.keys() - records.keys())
    if missing:
        work = Work(
            location=folder.location,
            reader=reader,
            fingerprints={shard: fingerprints[shard] for shard in missing},
            compress=settings.compress,
        )
        records |= _extract(table, work)
    made = [Shard.from_json(records[number]) for number in sorted(records)]
    across = _across(table, folder, made, settings, linking)
    _tidy(folder, made, across)
    return Report(
        location=folder.location,
        documents=sum(shard.documents for shard in made),
        failures=sum(shard.failures for shard in made),
        duplicates=sum(shard.duplicates for shard in made),
        attributions=sum(shard.attributions for shard in made),
        shards=len(missing),
        reused=len(made) - len(missing),
        **across["counts"],
    )


def _extract(table: DataFrame, work: Work) -> dict[int, str]:
    """Make the missing shards; return their records, as JSON. A task has one shard or a few."""
    from pyspark.sql.functions import broadcast, col

    spark = table.sparkSession
    missing = spark.createDataFrame([(shard,) for shard in sorted(work.fingerprints)], "shard int")
    rows = table.join(broadcast(missing), "shard")
    rows = rows.repartition(len(work.fingerprints), col("shard"))
    ordered = rows.sortWithinPartitions("shard", "key", "digest")
    return {row["shard"]: row["record"] for row in ordered.mapInPandas(work, SHARDS).collect()}


def _across(
    table: DataFrame, folder: Folder, made: list[Shard], settings: Settings, linking: Linking
) -> Across:
    """Return what is made of all shards together, made anew unless it is there and whole."""
    of_shards = (f"{shard.shard} {shard.files[0].sha256}" for shard in made)
    fingerprint = digest(settings.fingerprint, str(linking), *of_shards)
    try:
        there: Across = json.loads(folder.get(MANIFEST))["across"]
    except (OSError, ValueError, KeyError):
        there = {}
    if there.get("fingerprint") == fingerprint:
        sizes = folder.sizes(file["name"] for file in there["files"])
        if sizes == [file["bytes"] for file in there["files"]]:
            return there
    files, counts = make_across(table.sparkSession, folder, made, **linking._asdict())
    return {
        "fingerprint": fingerprint,
        "counts": counts,
        "files": [file._asdict() for file in sorted(files)],
    }


def _tidy(folder: Folder, made: list[Shard], across: Across) -> None:
    """Write the manifest and the checksums, and remove the files that are of neither."""
    files = [file for shard in made for file in shard.files]
    files = sorted([*files, *(Written(**file) for file in across["files"])])
    manifest = {
        "shards": [json.loads(shard.to_json()) for shard in made],
        "across": across,
    }
    folder.put(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    folder.put(CHECKSUMS, sums.encode())
    known = {file.name for file in files} | {MANIFEST, CHECKSUMS, SETTINGS}
    known |= {commit_name(shard.shard) for shard in made}
    for name in folder.names():
        place = name.partition("/")[0]
        if name not in known and (place == COMMITS or not place.startswith("_")):
            folder.remove(name)
    if not folder.names(FAILURES):
        folder.remove_folder(FAILURES)
