"""Who answers a claim by what is said, as Spark jobs: `quoth.graph.contraries`.

Statements meet in the lists of the words that those that ask are found by, as on one machine; how
rare words are is counted first, and each statement that asks takes the counts of its words along.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from quoth.graph.claim_wording import Words
from quoth.graph.contraries import (
    MOST_HAVING,
    Contrary,
    Statement,
    are_of_one,
    asks,
    best,
    contrary,
    statements,
    telling,
)
from quoth.graph.word_likeness import WordLikeness
from quoth.spark.grouping import by_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame

    from quoth.graph.claim_facts import Voice
    from quoth.graph.told import Told
    from quoth.spark.grouping import Row

CONTRARIES = "claim string, document string, by string, of string, payload binary"
"""What `contrary_claims` returns: IRIs of the claim answered and its document, of the attribution
that answers and of its claim; payload: `Contrary`."""


def contrary_claims(claims: DataFrame) -> DataFrame:
    """Return `CONTRARIES`, given `quoth.spark.claim_jobs.CLAIMS`."""
    from pyspark.sql.functions import lit

    said = claims.where("kind in ('claim', 'voice')").select("kind", "key", "payload")
    read = by_key(said, "key", _stated, "claim string, stem string, payload binary").checkpoint()
    words = read.where("stem is not null").select("claim", "stem")
    made = read.where("stem is null").select("claim", "payload")
    total = made.count()
    counts = words.join(words.groupBy("stem").count(), "stem")
    counted = counts.withColumn("payload", lit(None).cast("binary"))
    whole = counted.unionByName(made, allowMissingColumns=True)
    listed = by_key(whole, "claim", _listed(total), "stem string, asks boolean, payload binary")
    found = by_key(listed, "stem", _compared(total), CONTRARIES)
    return by_key(found, "by", _surest, CONTRARIES)


def _stated(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield the statements of a claim, and each of their words."""
    told: list[Told] = [pickle.loads(r["payload"]) for r in rows if r["kind"] == "claim"]
    voices: list[Voice] = [pickle.loads(r["payload"])[0] for r in rows if r["kind"] == "voice"]
    made = statements({claim.iri: claim for claim in told}, voices, Words())
    if made:
        yield made[0].claim.iri, None, pickle.dumps(made)
        for stem in sorted(frozenset().union(*(s.clause.stems for s in made))):
            yield made[0].claim.iri, stem, None


def _listed(total: int) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    """Return what yields a claim's statements by the words that they may be found by.

    Those that ask bring the counts of their words.
    """

    def listed(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        counts = {row["stem"]: row["count"] for row in rows if row["stem"]}
        (packed,) = (row["payload"] for row in rows if row["payload"])
        made: list[Statement] = pickle.loads(packed)
        words = WordLikeness(counts, total)
        for statement in made:
            if asks(statement):
                for stem in telling(statement, words):
                    yield stem, True, pickle.dumps((statement, counts))
            if statement.relation is None:
                for stem in sorted(statement.clause.stems):
                    yield stem, False, pickle.dumps(statement)

    return listed


def _compared(total: int) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    """Return what yields who answers whom in the list of a word."""

    def compared(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        having = [row["payload"] for row in rows if not row["asks"]]
        if len(having) > MOST_HAVING:
            return
        others: list[Statement] = [pickle.loads(packed) for packed in having]
        for packed in (row["payload"] for row in rows if row["asks"]):
            ask, counts = pickle.loads(packed)
            words = WordLikeness(counts, total)
            for other in others:
                own = are_of_one(ask.voice, other.voice, {})
                answer = contrary(ask, other, words, own=own)
                if answer is not None:
                    yield _row(answer)

    return compared


def _surest(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    yield from map(_row, best(pickle.loads(row["payload"]) for row in rows))


def _row(answer: Contrary) -> tuple[Any, ...]:
    claim = answer.claim
    return claim.iri, claim.document, answer.voice.iri, answer.voice.claim, pickle.dumps(answer)
