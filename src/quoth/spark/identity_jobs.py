"""One source across documents, as Spark jobs: `quoth.graph.identity` where keys connect names."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from quoth.graph.blocking import organisation_keys, person_key_of
from quoth.graph.identity import Pair, leaders_of, pairs
from quoth.graph.links import merge_quads
from quoth.graph.people import people_pairs
from quoth.graph.unification import unify
from quoth.spark.components import components
from quoth.spark.grouping import by_key, each
from quoth.spark.quads import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark.sql import DataFrame

    from quoth.graph.source_facts import SourceFacts
    from quoth.spark.grouping import Row

MERGED = "kind string, iri string, other string, line binary"
"""What `merged_sources` returns: ``merge`` (a source and the canonical one), ``leader`` (an
organisation and the first of those that are one with it) and ``line`` (of the links graph)."""


def merged_sources(sources: DataFrame) -> DataFrame:
    """Return `MERGED` of the sources in `quoth.spark.names.NAMED`."""
    from pyspark.sql.functions import col

    facts = sources.where("kind = 'source'").select("iri", "payload")
    is_person = col("iri").contains("/person-")
    organisations = _organisations(facts.where(~is_person)).cache()
    leaders = organisations.where("kind = 'leader'").select(col("iri").alias("body"), "other")
    return organisations.unionByName(_people(facts.where(is_person), leaders))


def _organisations(facts: DataFrame) -> DataFrame:
    keys = each(facts, _keys, "key string, own boolean, iri string")
    edges = by_key(keys, "key", _stars, "one string, other string").distinct()
    blocks = components(edges).withColumnRenamed("node", "iri")
    return by_key(facts.join(blocks, "iri"), "component", _merged_organisations, MERGED)


def _keys(row: Row) -> Iterator[tuple[Any, ...]]:
    for key in organisation_keys(pickle.loads(row["payload"])):
        yield key.text, key.own, row["iri"]


def _stars(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Tie all who share a key to the first of them, if the key counts."""
    if any(row["own"] for row in rows):
        first, *others = sorted({row["iri"] for row in rows})
        yield from ((first, other) for other in others)


def _merged_organisations(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    sources = _sources(rows)
    found = pairs(sources)
    for iri, leader in leaders_of(found).items():
        yield "leader", iri, leader, None
    yield from _merges(sources, found)


def _people(facts: DataFrame, leaders: DataFrame) -> DataFrame:
    from pyspark.sql.functions import lit

    works = each(facts, _affiliations, "iri string, body string")
    for_whom = works.join(leaders, "body").select(
        "iri", lit(None).cast("binary").alias("payload"), "body", "other"
    )
    nobody = lit(None).cast("string")
    people = facts.select("iri", "payload", nobody.alias("body"), nobody.alias("other"))
    blocked = by_key(people.unionByName(for_whom), "iri", _blocked, "block string, payload binary")
    return by_key(blocked, "block", _merged_people, MERGED)


def _affiliations(row: Row) -> Iterator[tuple[Any, ...]]:
    for body in sorted(pickle.loads(row["payload"]).affiliations):
        yield row["iri"], body


def _blocked(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield a person by surname; who works for one body under two names works for its leader."""
    (source,) = _sources([row for row in rows if row["payload"]]).values()
    leaders = {row["body"]: row["other"] for row in rows if row["body"]}
    source.affiliations = {leaders.get(iri, iri) for iri in source.affiliations}
    if block := person_key_of(source):
        yield block, pickle.dumps(source)


def _merged_people(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    sources = _sources(rows)
    yield from _merges(sources, [Pair(*pair) for pair in people_pairs(sources.values(), {})])


def _sources(rows: Iterable[Row]) -> dict[str, SourceFacts]:
    found = (pickle.loads(row["payload"]) for row in rows)
    return {source.iri: source for source in sorted(found, key=lambda source: source.iri)}


def _merges(sources: dict[str, SourceFacts], found: list[Pair]) -> Iterator[tuple[Any, ...]]:
    merges = unify(sources, found)
    for merge in merges:
        yield "merge", merge.source, merge.canonical, None
    for line in lines(merge_quads(merges)):
        yield "line", None, None, line
