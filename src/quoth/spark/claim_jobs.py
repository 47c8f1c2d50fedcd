"""The claims of each shard for linking: `quoth.graph.claim_facts`, knowing the other shards.

What a pronoun stands for has the name of the source that its own was merged into, and a first word
is a name unless some document writes it without a capital.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from rdflib import DC

from quoth.graph.claim_facts import LAST_DAY, ClaimFacts, read_claims, responses_inside
from quoth.graph.claim_wording import Words
from quoth.graph.clusters import age
from quoth.graph.copies import FEWEST, shingles
from quoth.graph.source_facts import SourceFacts
from quoth.graph.vocabulary import SAID
from quoth.spark.files import Folder
from quoth.spark.grouping import by_key
from quoth.spark.layout import Shard
from quoth.spark.quads import ShardQuads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame

    from quoth.spark.grouping import Row

CLAIMS = "kind string, key string, other string, payload binary"
"""What `claim_facts` returns.

====== ==================== ==================== ================================================
kind   key                  other                payload
====== ==================== ==================== ================================================
claim  IRI of a claim       IRI of its document  `Told`
voice  IRI of its claim     its IRI              `Voice`, its sources the canonical ones, and cue
inside the claim answered   who answers          a response of `responses_inside`
text   IRI of a document    hash of its text     day, outlet and shingles, none where there are few
====== ==================== ==================== ================================================
"""
_NEEDED = ("shard", "record", "iri", "canonical", "name", "stem")


def claim_facts(
    location: str, shards: DataFrame, facts: DataFrame, sources: DataFrame, merged: DataFrame
) -> DataFrame:
    """Return `CLAIMS` of all `shards`, which have the columns ``shard`` and ``record``."""
    from pyspark.sql.functions import coalesce, col

    merges = merged.where("kind = 'merge'").select("iri", col("other").alias("canonical"))
    names = sources.where("kind = 'source'").select(col("iri").alias("canonical"), "name")
    spoken_of = facts.where("kind = 'source'").select("shard", col("key").alias("iri"))
    spoken_of = (
        spoken_of.join(merges, "iri", "left")
        .withColumn("canonical", coalesce("canonical", "iri"))
        .join(names, "canonical")
    )
    lower = facts.where("kind = 'lower'").select(col("key").alias("stem")).distinct()
    first = facts.where("kind = 'first'").select("shard", col("key").alias("stem"))
    needed = (
        _filled(shards)
        .unionByName(_filled(spoken_of))
        .unionByName(_filled(first.join(lower, "stem")))
    )
    return by_key(needed, "shard", _read(location), CLAIMS)


def _filled(frame: DataFrame) -> DataFrame:
    """Return `frame` with all columns of `_NEEDED`, empty where it lacks them."""
    from pyspark.sql.functions import col, lit

    empty = lit(None).cast("string")
    return frame.select(
        *(col(name) if name in frame.columns else empty.alias(name) for name in _NEEDED)
    )


def _read(location: str) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    def read(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        (record,) = (row["record"] for row in rows if row["record"])
        quads = ShardQuads.read(Folder(location), Shard.from_json(record))
        canonical = {row["iri"]: row["canonical"] for row in rows if row["iri"]}
        names = {row["canonical"]: row["name"] for row in rows if row["iri"]}
        words = Words(row["stem"] for row in rows if row["stem"])
        sources = {iri: SourceFacts(iri, name) for iri, name in names.items()}
        facts = read_claims(quads.match, sources, canonical, words)
        for told in facts.claims.values():
            yield "claim", told.iri, told.document, pickle.dumps(told)
        yield from _voices(facts, quads, canonical)
        for response in responses_inside(quads.match):
            yield "inside", response[1], response[0], pickle.dumps(response)
        yield from _texts(facts, quads)

    return read


def _voices(
    facts: ClaimFacts, quads: ShardQuads, canonical: dict[str, str]
) -> Iterator[tuple[Any, ...]]:
    cues = {str(iri): cue for iri, _, cue, _ in quads.match(None, SAID.cue, None, None)}
    for voice in facts.voices.values():
        voice.sources = {canonical.get(iri, iri) for iri in voice.sources}
        yield "voice", voice.claim, voice.iri, pickle.dumps((voice, cues.get(voice.iri)))


def _texts(facts: ClaimFacts, quads: ShardQuads) -> Iterator[tuple[Any, ...]]:
    outlets = {str(d): str(o) for d, _, o, _ in quads.match(None, DC.publisher, None, None)}
    hashes = {str(d): str(hash_) for d, _, hash_, _ in quads.match(None, SAID.textHash, None, None)}
    words: dict[str, list[str]] = {}
    for claim in sorted(facts.claims.values(), key=age):
        words.setdefault(claim.document, []).append(facts.texts[claim.iri])
    for document, claims in words.items():
        found = shingles(claims)
        day, outlet = facts.days.get(document, LAST_DAY), outlets.get(document, "")
        payload = (day, outlet, found if len(found) >= FEWEST else frozenset())
        yield "text", document, hashes.get(document, ""), pickle.dumps(payload)
