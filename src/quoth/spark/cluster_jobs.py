"""Claims told again, as Spark jobs: `quoth.graph.clusters`.

Pairs come from the same lists of telling words as on one machine, and clusters grow inside what
pairs connect; outside of it nothing matters to them but how rare words are, which is counted first.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from quoth.extractors.records import digest
from quoth.graph.clusters import age, grown
from quoth.graph.links import cluster_quads, comparison
from quoth.graph.word_likeness import FEWEST_STEMS
from quoth.spark.components import components
from quoth.spark.grouping import by_key, each
from quoth.spark.likeness_jobs import Group, compared, found_by, likeness_of, listed
from quoth.spark.quads import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame

    from quoth.graph.told import Told
    from quoth.spark.grouping import Row

CLUSTERS = "kind string, cluster string, key string, document string, payload binary"
"""What `clustered_claims` returns, ``cluster`` being the IRI of its earliest claim: ``cluster``
(payload: `Cluster`), ``member`` (key: IRI of a claim, and its document) and ``line``."""


def clustered_claims(claims: DataFrame, *, meaning: bool) -> DataFrame:
    """Return `CLUSTERS`, given `quoth.spark.claim_jobs.CLAIMS`.

    `meaning`: compare claims by what they mean, too.
    """
    from pyspark.sql.functions import lit

    told = claims.where("kind = 'claim'").select("payload")
    read = each(told, _told, "content string, stem string, payload binary").checkpoint()
    counts = read.where("stem is not null").groupBy("stem").count()
    equal = read.where("stem is null").select("content", "payload")
    total = equal.count()
    whole = by_key(equal, "content", _equal, "name string, stem string, members binary")
    whole = whole.checkpoint()
    counted = whole.where("stem is not null").select("name", "stem").join(counts, "stem")
    parts = whole.where("stem is null").withColumn("count", lit(None).cast("long"))
    parts = parts.unionByName(counted, allowMissingColumns=True)
    found = by_key(parts, "name", found_by(total, meaning=meaning), _FOUND).checkpoint()
    groups = found.where("kind = 'group'").select("name", "payload")
    pairs = _pairs(found, groups, total, meaning=meaning).checkpoint()
    return _clusters(groups, pairs, total, meaning=meaning)


_FOUND = "kind string, stem string, age string, name string, payload binary"


def _told(row: Row) -> Iterator[tuple[Any, ...]]:
    """Yield a claim that is compared by its content, and its stems."""
    told: Told = pickle.loads(row["payload"])
    if len(told.stems) < FEWEST_STEMS:
        return
    parts = (told.stems, told.numbers, told.names)
    content = digest(*("\x1e".join(sorted(part)) for part in parts), str(told.negative))
    yield content, None, row["payload"]
    for stem in sorted(told.stems):
        yield None, stem, None


def _equal(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield equal claims under the IRI of the first, and its stems."""
    members = sorted((pickle.loads(row["payload"]) for row in rows), key=age)
    yield members[0].iri, None, pickle.dumps(members)
    for stem in sorted(members[0].stems):
        yield members[0].iri, stem, None


def _pairs(found: DataFrame, groups: DataFrame, total: int, *, meaning: bool) -> DataFrame:
    """Return the pairs of first claims that are one, the earlier as ``one``, and how alike."""
    from pyspark.sql.functions import bool_or, col, collect_list, concat_ws

    entries = found.where("kind <> 'group'")
    entries = entries.withColumn("list", concat_ws(" ", "kind", "stem"))
    near = by_key(entries, "list", listed, "one string, other string, stem string, near boolean")
    near = near.groupBy("one", "other").agg(
        collect_list("stem").alias("stems"), bool_or("near").alias("near")
    )
    for side in ("one", "other"):
        payload = groups.select(col("name").alias(side), col("payload").alias(f"of_{side}"))
        near = near.join(payload, side)
    schema = "one string, other string, likeness double"
    return each(near, compared(total, meaning=meaning), schema)


def _clusters(groups: DataFrame, pairs: DataFrame, total: int, *, meaning: bool) -> DataFrame:
    from pyspark.sql.functions import coalesce, col, lit

    home = components(pairs.select("one", "other")).withColumnRenamed("node", "name")
    whole = groups.join(home, "name", "left").select(
        coalesce("component", "name").alias("component"),
        col("name").alias("one"),
        lit(None).cast("string").alias("other"),
        lit(None).cast("double").alias("likeness"),
        "payload",
    )
    tied = pairs.join(home, pairs.one == home.name).select("component", "one", "other", "likeness")
    rows = whole.unionByName(tied, allowMissingColumns=True)
    return by_key(rows, "component", _grown(total, meaning=meaning), CLUSTERS)


def _grown(total: int, *, meaning: bool) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    def grow(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        """Yield the clusters of a component; its rows are groups, and pairs (with a likeness)."""
        groups: list[Group] = [pickle.loads(row["payload"]) for row in rows if row["payload"]]
        if len(groups) == 1 and len(groups[0].members) == 1:
            return
        groups.sort(key=lambda group: age(group.members[0]))
        place = {group.members[0].iri: number for number, group in enumerate(groups)}
        pairs = [
            (row["likeness"], place[row["one"]], place[row["other"]])
            for row in rows
            if row["likeness"] is not None
        ]
        likeness = likeness_of(groups, total, meaning=meaning)
        for cluster in grown([group.members for group in groups], pairs, likeness):
            name = cluster.members[0].iri
            yield "cluster", name, None, None, pickle.dumps(cluster)
            for claim in cluster.members:
                yield "member", name, claim.iri, claim.document, None
            for line in lines(cluster_quads([cluster], comparison(meaning=meaning))):
                yield "line", name, None, None, line

    return grow
