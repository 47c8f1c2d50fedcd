"""The tables of attributions and claims: `quoth.graph.frames` of each shard, as Parquet.

A source's name is the one that it has among all documents, so these tables wait for all shards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import SKOS, Literal, URIRef

from quoth.graph.backends import new_dataset
from quoth.graph.damage import FolderStore
from quoth.graph.frames import attributions, claims
from quoth.graph.terms import to_ox
from quoth.graph.vocabulary import SOURCES_GRAPH
from quoth.spark.extraction import parquet
from quoth.spark.files import Folder
from quoth.spark.layout import ATTRIBUTIONS, CLAIMS, Shard, shard_name
from quoth.spark.quads import ShardQuads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd
    from rdflib import Dataset

    from quoth.spark.grouping import Row

FILES = "name string, bytes long, sha256 string"
"""What was written, as `quoth.spark.files.Written`."""

_NAMES = (SKOS.prefLabel, SKOS.altLabel)


def write_tables(location: str) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    """Return what writes a shard's tables and yields `FILES`.

    It is given rows of one shard: one with its ``record``, others with ``iri`` and ``name`` of the
    shared sources that its documents speak of.
    """

    def write(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        (record,) = (row["record"] for row in rows if row["record"])
        names = {row["iri"]: row["name"] for row in rows if row["iri"]}
        folder, shard = Folder(location), Shard.from_json(record)
        if not shard.documents:
            return
        dataset = _dataset(ShardQuads.read(folder, shard), names)
        if shard.attributions:
            name = shard_name(ATTRIBUTIONS, shard.shard, ".parquet")
            yield tuple(folder.put(name, _parquet(attributions(dataset))))
        if shard.attributions + shard.own_claims:
            name = shard_name(CLAIMS, shard.shard, ".parquet")
            yield tuple(folder.put(name, _parquet(claims(dataset))))

    return write


def _dataset(quads: ShardQuads, names: dict[str, str]) -> Dataset:
    store = ox.Store()
    named = [
        (URIRef(iri), SKOS.prefLabel, Literal(name), SOURCES_GRAPH) for iri, name in names.items()
    ]
    others = (quad for quad in quads.sources if quad[1] not in _NAMES)
    store.extend(map(to_ox, (*quads.own, *others, *named)))
    return new_dataset(FolderStore(store, "memory"))


def _parquet(frame: pd.DataFrame) -> bytes:
    import pyarrow as pa

    return parquet(pa.Table.from_pandas(frame, preserve_index=False))
