"""Who answers claims of other documents, as a Spark job: `quoth.graph.responses` by cluster."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from quoth.graph.claim_facts import ClaimFacts, Voice
from quoth.graph.contraries import best
from quoth.graph.links import response_quads
from quoth.graph.responses import Answering, responses
from quoth.spark.grouping import by_key
from quoth.spark.quads import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

    from quoth.spark.grouping import Row

RESPONSES = "kind string, line binary"
"""What `answered_claims` returns: ``response``, one each, and ``line``."""


def answered_claims(
    claims: DataFrame, clusters: DataFrame, copies: DataFrame, contraries: DataFrame
) -> DataFrame:
    """Return `RESPONSES`, given `CLAIMS`, `CLUSTERS`, `COPIES` and `CONTRARIES`.

    A claim that is in no cluster is looked at alone, under its own IRI.
    """
    from pyspark.sql.functions import coalesce, col, concat, lit, split

    members = clusters.where("kind = 'member'").select("cluster", "key", "document")
    home = members.select("cluster", col("key").alias("claim"))
    voices = claims.where("kind = 'voice'").select("key", col("other").alias("by"), "payload")
    inside = claims.where("kind = 'inside'").select("key", col("other").alias("by"), "payload")
    said = contraries.join(home, "claim", "left").withColumn(
        "cluster", coalesce("cluster", "claim")
    )
    said = said.checkpoint()
    told_alone = said.select("cluster", col("claim").alias("key"), "document").distinct()
    places = members.unionByName(told_alone).distinct()
    made = members.join(voices, "key").select("cluster", "payload")
    answers = places.join(inside, "key").select("cluster", "by", "payload")
    by = answers.select("cluster", "by").unionByName(said.select("cluster", "by"))
    answering = by.join(voices, "by").select("cluster", "payload")
    key = split(split("of", "/claim-").getItem(1), "-").getItem(0)
    base = split("of", "/claim-").getItem(0)
    spoken = said.select("cluster", concat(base, lit("/doc-"), key).alias("document"))
    told = copies.where("kind = 'copy'").select("document", "origin")
    documents = places.select("cluster", "document").unionByName(spoken).distinct()
    copied = documents.join(told, "document").select("cluster", "document", "origin")
    no_text, nothing = lit(None).cast("string"), lit(None).cast("binary")

    def rows(kind: str, frame: DataFrame) -> DataFrame:
        has_origin = "origin" in frame.columns
        return frame.select(
            lit(kind).alias("kind"),
            "cluster",
            col("document") if has_origin else no_text.alias("document"),
            col("origin") if has_origin else no_text.alias("origin"),
            nothing.alias("payload") if has_origin else col("payload"),
        )

    whole = rows("cluster", clusters.where("kind = 'cluster'").select("cluster", "payload"))
    whole = whole.unionByName(rows("voice", made)).unionByName(rows("voice", answering))
    whole = whole.unionByName(rows("inside", answers)).unionByName(rows("origin", copied))
    whole = whole.unionByName(rows("contrary", said.select("cluster", "payload")))
    return by_key(whole, "cluster", _answered, RESPONSES)


def _answered(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    kinds: dict[str, list[Any]] = {"cluster": [], "voice": [], "inside": [], "contrary": []}
    for row in rows:
        if row["payload"]:
            kinds[row["kind"]].append(pickle.loads(row["payload"]))
    found: dict[str, tuple[Voice, Any]] = {voice.iri: (voice, cue) for voice, cue in kinds["voice"]}
    voices = {iri: voice for iri, (voice, _) in sorted(found.items())}
    cues = {iri: cue for iri, (_, cue) in found.items() if cue is not None}
    origin = {row["document"]: row["origin"] for row in rows if row["origin"]}
    facts = ClaimFacts(claims={}, texts={}, voices=voices, days={})
    inside = sorted(set(kinds["inside"]))
    answering = Answering(inside, best(kinds["contrary"]), {}, origin)
    answers = responses(facts, kinds["cluster"], answering)
    for _ in answers:
        yield "response", None
    for line in lines(response_quads(answers, cues)):
        yield "line", line
