"""Wire copy, as Spark jobs: `quoth.graph.copies` where documents share a text or a run of words."""

from __future__ import annotations

import pickle
from itertools import combinations
from typing import TYPE_CHECKING, Any

from quoth.graph.copies import COMMONEST, SAMPLED, Text, are_copies, origins
from quoth.graph.links import copy_quads
from quoth.spark.components import components
from quoth.spark.grouping import by_key, each
from quoth.spark.quads import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

    from quoth.spark.grouping import Row

COPIES = "kind string, document string, origin string, line binary"
"""What `copied_documents` returns: ``copy`` (IRIs of a document and its origin) and ``line``."""


def copied_documents(claims: DataFrame, facts: DataFrame, sources: DataFrame) -> DataFrame:
    """Return `COPIES`, given `CLAIMS`, `FACTS` and `NAMED`."""
    from pyspark.sql.functions import col, lit

    texts = claims.where("kind = 'text'").select(
        col("key").alias("document"), col("other").alias("hash"), "payload"
    )
    sampled = each(texts, _sampled, "shingle long, document string")
    sharing = by_key(sampled, "shingle", _sharing, "one string, other string").distinct()
    for side in ("one", "other"):
        named = texts.select(col("document").alias(side), col("payload").alias(f"of_{side}"))
        sharing = sharing.join(named, side)
    same = by_key(texts.where("hash != ''"), "hash", _same, "one string, other string")
    alike = each(sharing, _alike, "one string, other string").unionByName(same).checkpoint()
    groups = components(alike).withColumnRenamed("node", "document")
    credited = (
        facts.where("kind = 'describes'")
        .select(col("key").alias("document"), col("other").alias("iri"))
        .join(groups, "document")
        .join(sources.where("kind = 'source'").select("iri", "payload"), "iri")
        .select("component", "document", lit("").alias("other"), lit("").alias("hash"), "payload")
    )
    members = texts.join(groups, "document").select(
        "component", "document", lit(None).cast("string").alias("other"), "hash", "payload"
    )
    ties = alike.join(groups, alike.one == groups.document).select(
        "component",
        col("one").alias("document"),
        "other",
        lit("").alias("hash"),
        lit(None).cast("binary").alias("payload"),
    )
    rows = members.unionByName(ties).unionByName(credited)
    return by_key(rows, "component", _origins, COPIES)


def _sampled(row: Row) -> Iterator[tuple[Any, ...]]:
    _, _, found = pickle.loads(row["payload"])
    for shingle in sorted(found):
        if shingle % SAMPLED == 0:
            yield shingle, row["document"]


def _sharing(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    if len(rows) <= COMMONEST:
        yield from combinations(sorted(row["document"] for row in rows), 2)


def _alike(row: Row) -> Iterator[tuple[Any, ...]]:
    one, other = (pickle.loads(row[f"of_{side}"])[2] for side in ("one", "other"))
    if are_copies(one, other):
        yield row["one"], row["other"]


def _same(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield documents of one text, each with the first."""
    first, *others = sorted(row["document"] for row in rows)
    for other in others:
        yield first, other


def _origins(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield which documents of a component are copies.

    Its rows are documents (``other`` is null), pairs that are alike (without a payload) and
    sources that a document speaks of (``other`` is empty).
    """
    alike: dict[str, set[str]] = {}
    credited: dict[str, set[str]] = {}
    for row in rows:
        if row["other"]:
            alike.setdefault(row["document"], set()).add(row["other"])
            alike.setdefault(row["other"], set()).add(row["document"])
        elif row["other"] is not None:
            source = pickle.loads(row["payload"])
            credited.setdefault(row["document"], set()).update(source.documented)
    texts = []
    for row in rows:
        if row["other"] is None:
            day, outlet, _ = pickle.loads(row["payload"])
            names = frozenset(credited.get(row["document"], ()))
            texts.append(Text(row["document"], day, outlet, names, (), row["hash"]))
    origin = origins(texts, alike)
    for document, first in origin.items():
        yield "copy", document, first, None
    for line in lines(copy_quads(origin)):
        yield "line", None, None, line
