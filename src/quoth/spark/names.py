"""The shared sources, from what all shards say of them."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import SKOS

from quoth.graph.source_facts import SourceFacts
from quoth.graph.sources import name_quads
from quoth.graph.terms import from_ox
from quoth.spark.grouping import by_key
from quoth.spark.quads import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

    from quoth.spark.grouping import Row

NAMED = "kind string, iri string, name string, payload binary"
"""What `shared_sources` returns: ``line`` (payload: a line of the sources graph) and ``source``
(payload: `SourceFacts`, of all documents)."""


def shared_sources(facts: DataFrame) -> DataFrame:
    """Return `NAMED`, given `quoth.spark.facts.FACTS` of all shards."""
    wanted = facts.where("kind in ('statement', 'source')").select("kind", "key", "payload")
    return by_key(wanted, "key", _merged, NAMED)


def _merged(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    iri = rows[0]["key"]
    statements = b"".join(sorted({r["payload"] for r in rows if r["kind"] == "statement"}))
    quads = name_quads(from_ox(ox.parse(statements, format=ox.RdfFormat.N_QUADS)))
    source = SourceFacts(iri)
    for row in rows:
        if row["kind"] == "source":
            _add(source, pickle.loads(row["payload"]))
    for _, predicate, value, _ in quads:
        if predicate == SKOS.prefLabel:
            source.name = str(value)
    source.aliases = {str(o) for _, p, o, _ in quads if p == SKOS.altLabel}
    for line in lines(quads):
        yield "line", iri, source.name, line
    yield "source", iri, source.name, pickle.dumps(source)


def _add(source: SourceFacts, other: SourceFacts) -> None:
    """Add what a shard knows of a source; its names are decided among those of all shards."""
    source.affiliations |= other.affiliations
    source.roles |= other.roles
    source.documents |= other.documents
    source.settings |= other.settings
