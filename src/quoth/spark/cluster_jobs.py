"""Claims told again, as Spark jobs: `quoth.graph.clusters` by words.

Pairs come from the same lists of telling words as on one machine, and clusters grow inside what
pairs connect; outside of it nothing matters to them but how rare words are, which is counted first.
"""

from __future__ import annotations

import pickle
from itertools import combinations
from typing import TYPE_CHECKING, Any

from quoth.extractors.records import digest
from quoth.graph.clusters import age, grown
from quoth.graph.links import WORDS, cluster_quads
from quoth.graph.word_likeness import FEWEST_STEMS, LONGEST_LIST, WordLikeness
from quoth.spark.components import components
from quoth.spark.grouping import by_key, each
from quoth.spark.quads import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame

    from quoth.graph.told import Told
    from quoth.spark.grouping import Row

CLUSTERS = "kind string, cluster string, key string, document string, payload binary"
"""What `clustered_claims` returns, ``cluster`` being the IRI of its earliest claim: ``cluster``
(payload: `Cluster`), ``member`` (key: IRI of a claim, and its document) and ``line``."""
_GROUP = "name string, members binary, counts binary, rest double"
"""Equal claims by the IRI of the first: all of them, how many claims each of its words stands in,
and what its words weigh beyond those that it is found by."""


def clustered_claims(claims: DataFrame) -> DataFrame:
    """Return `CLUSTERS`, given `quoth.spark.claim_jobs.CLAIMS`."""
    from pyspark.sql.functions import coalesce, col, lit

    told = claims.where("kind = 'claim'").select("payload")
    read = each(told, _told, "content string, stem string, payload binary").checkpoint()
    stems = read.where("stem is not null").select("stem")
    counts = stems.groupBy("stem").count()
    compared = read.where("stem is null").select("content", "payload")
    total = compared.count()
    equal = by_key(compared, "content", _equal, "name string, stem string, members binary")
    equal = equal.checkpoint()
    counted = equal.where("stem is not null").join(counts, "stem").select("name", "stem", "count")
    whole = equal.where("stem is null").select("name", "members")
    parts = whole.withColumn("stem", lit(None).cast("string")).withColumn(
        "count", lit(None).cast("long")
    )
    parts = parts.unionByName(counted.withColumn("members", lit(None).cast("binary")))
    found = by_key(
        parts, "name", _indexed(total), f"kind string, stem string, age string, {_GROUP}"
    )
    found = found.checkpoint()
    groups = found.where("kind = 'group'").select("name", "members", "counts", "rest")
    pairs = _pairs(found, groups, total).checkpoint()
    home = components(pairs.select("one", "other")).withColumnRenamed("node", "name")
    no_text, no_number = lit(None).cast("string"), lit(None).cast("double")
    whole = groups.join(home, "name", "left").select(
        coalesce("component", "name").alias("component"),
        col("name").alias("one"),
        no_text.alias("other"),
        no_number.alias("likeness"),
        "members",
        "counts",
    )
    tied = pairs.join(home, pairs.one == home.name).select("component", "one", "other", "likeness")
    rows = whole.unionByName(tied, allowMissingColumns=True)
    return by_key(rows, "component", _grown(total), CLUSTERS)


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
    members = sorted((pickle.loads(row["payload"]) for row in rows), key=age)
    yield members[0].iri, None, pickle.dumps(members)
    for stem in sorted(members[0].stems):
        yield members[0].iri, stem, None


def _indexed(total: int) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    def index(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        """Yield equal claims with what their words weigh, and the words that they are found by."""
        counts = {row["stem"]: row["count"] for row in rows if row["stem"]}
        (packed,) = (row["members"] for row in rows if row["members"])
        first = pickle.loads(packed)[0]
        stems, rest = WordLikeness(counts, total).telling(first)
        yield "group", None, None, first.iri, packed, pickle.dumps(counts), rest
        for stem in stems:
            yield "entry", stem, _sortable(first), first.iri, None, None, None

    return index


def _sortable(told: Told) -> str:
    """Return the age of a claim as a text that sorts as `age` does."""
    day, document, begin, end = told.key
    return f"{day} {document} {begin:012} {end:012} {told.iri}"


def _pairs(found: DataFrame, groups: DataFrame, total: int) -> DataFrame:
    """Return the pairs of first claims that are one, the earlier as ``one``, and how alike."""
    from pyspark.sql.functions import col, collect_list

    entries = found.where("kind = 'entry'").select("stem", "age", "name")
    near = by_key(entries, "stem", _listed, "one string, other string, stem string")
    near = near.groupBy("one", "other").agg(collect_list("stem").alias("stems"))
    for side in ("one", "other"):
        of_side = [col(name).alias(f"{name}_{side}") for name in ("members", "counts", "rest")]
        near = near.join(groups.select(col("name").alias(side), *of_side), side)
    return each(near, _compared(total), "one string, other string, likeness double")


def _listed(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield the pairs of a word's list, as long as the list may be."""
    listed = sorted((row["age"], row["name"]) for row in rows)[:LONGEST_LIST]
    for (_, one), (_, other) in combinations(listed, 2):
        yield one, other, rows[0]["stem"]


def _compared(total: int) -> Callable[[Row], Iterator[tuple[Any, ...]]]:
    def compare(row: Row) -> Iterator[tuple[Any, ...]]:
        one, other = (pickle.loads(row[f"members_{side}"])[0] for side in ("one", "other"))
        counts = {
            stem: count
            for side in ("one", "other")
            for stem, count in pickle.loads(row[f"counts_{side}"]).items()
        }
        likeness = WordLikeness(counts, total)
        weights = likeness.weights
        shared = 0.0
        for stem in sorted(row["stems"], key=lambda stem: (-weights[stem], stem)):
            shared += weights[stem]
        alike = likeness.of_one(one, other, shared, max(row["rest_one"], row["rest_other"]))
        if alike is not None:
            yield row["one"], row["other"], alike

    return compare


def _grown(total: int) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    def grow(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        """Yield the clusters of a component; its rows are groups, and pairs (with a likeness)."""
        packed = [row for row in rows if row["members"]]
        groups = [pickle.loads(row["members"]) for row in packed]
        if len(groups) == 1 and len(groups[0]) == 1:
            return
        groups.sort(key=lambda members: age(members[0]))
        place = {members[0].iri: number for number, members in enumerate(groups)}
        counts = {
            stem: count for row in packed for stem, count in pickle.loads(row["counts"]).items()
        }
        pairs = [
            (row["likeness"], place[row["one"]], place[row["other"]])
            for row in rows
            if row["likeness"] is not None
        ]
        for cluster in grown(groups, pairs, WordLikeness(counts, total)):
            name = cluster.members[0].iri
            yield "cluster", name, None, None, pickle.dumps(cluster)
            for claim in cluster.members:
                yield "member", name, claim.iri, claim.document, None
            for line in lines(cluster_quads([cluster], WORDS)):
                yield "line", name, None, None, line

    return grow
