"""What each shard contributes to what documents share: names, sources, words without a capital."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from rdflib import Literal

from quoth.graph.claim_wording import Words
from quoth.graph.source_facts import read_sources
from quoth.graph.vocabulary import SAID
from quoth.spark.files import Folder
from quoth.spark.layout import Shard
from quoth.spark.quads import ShardQuads, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quoth.spark.grouping import Row

FACTS = "kind string, key string, shard int, other string, payload binary"
"""What `shard_facts` yields.

========== =================== ============ ==================================================
kind       key                 other        payload
========== =================== ============ ==================================================
statement  IRI of a source                  a quad of the sources graph
source     IRI of a source                  `SourceFacts` of the shard, its documents left out
                                            where it is no person
describes  IRI of a document   a source
lower      a stem, in lower case somewhere
first      a stem that a claim begins with
========== =================== ============ ==================================================
"""


def shard_facts(location: str) -> Callable[[Row], Iterator[tuple[Any, ...]]]:
    """Return what yields the `FACTS` of a shard, given a row with its ``record``."""

    def read(row: Row) -> Iterator[tuple[Any, ...]]:
        shard = Shard.from_json(row["record"])
        quads = ShardQuads.read(Folder(location), shard)
        for quad in quads.sources:
            (line,) = lines([quad])
            yield "statement", str(quad[0]), shard.shard, None, line
        for iri, source in read_sources(quads.match).items():
            for document in sorted(source.documents):
                yield "describes", document, shard.shard, iri, None
            if not source.is_person:
                source.documents, source.settings, source.roles = set(), set(), set()
            yield "source", iri, shard.shard, None, pickle.dumps(source)
        lower, first = _words(quads)
        for stem in sorted(lower):
            yield "lower", stem, shard.shard, None, None
        for stem in sorted(first):
            yield "first", stem, shard.shard, None, None

    return read


def _words(quads: ShardQuads) -> tuple[set[str], set[str]]:
    """Return the stems that stand in lower case in claims, and those that claims begin with."""
    words = Words()
    first = set()
    for _, _, text, _ in quads.match(None, SAID.text, None, None):
        assert isinstance(text, Literal)
        first.add(words.read(text, text.language or "en").first)
    return set(words.lower), first - {""}
