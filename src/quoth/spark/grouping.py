"""Rows by what they have in common, worked on in Python: the steps that the jobs are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

Row = dict[str, Any]
OfRow = Callable[[Row], Iterable[tuple[Any, ...]]]
OfGroup = Callable[[list[Row]], Iterable[tuple[Any, ...]]]

_AT_ONCE = 2_000
"""Rows of a batch that goes back to Spark."""


def by_key(frame: DataFrame, key: str, work: OfGroup, schema: str) -> DataFrame:
    """Return what `work` yields for the rows of `frame` that agree in the column `key`.

    The rows of a group come in any order, and are held in memory together. What is yielded are
    tuples in the order of `schema`: columns with their types, as in ``name string, count long``.
    """
    from pyspark.sql.functions import col

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        groups = groupby(_rows(batches), key=itemgetter(key))
        return _batches((made for _, rows in groups for made in work(list(rows))), schema)

    return frame.repartition(col(key)).sortWithinPartitions(key).mapInArrow(run, schema)


def each(frame: DataFrame, work: OfRow, schema: str) -> DataFrame:
    """Return what `work` yields for each row of `frame`; `schema` is as in `by_key`."""

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _batches((made for row in _rows(batches) for made in work(row)), schema)

    return frame.mapInArrow(run, schema)


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from batch.to_pylist()


def _batches(rows: Iterator[tuple[Any, ...]], schema: str) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "binary": pa.binary(),
        "int": pa.int32(),
        "long": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
    }
    columns = [column.split() for column in schema.split(",")]
    fields = pa.schema([(name, types[kind]) for name, kind in columns])
    while some := list(islice(rows, _AT_ONCE)):
        arrays = [
            pa.array(values, type=field.type)
            for values, field in zip(zip(*some, strict=True), fields, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=fields)
