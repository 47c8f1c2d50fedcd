"""Parquet and Arrow (Feather): a document a row, read batch by batch; the extra ``tables``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quoth.extractors.readers.interface import (
    Entry,
    File,
    Format,
    ReadingError,
    ReadingOptions,
    bomb,
    missing_extra,
    swells,
)
from quoth.extractors.readers.rows import Row, columns_read, entries
from quoth.extractors.readers.spool import seekable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType
    from typing import BinaryIO

BATCH = 256
"""Rows that are held at a time."""


def read_parquet(file: File, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the documents of a Parquet file; only the columns that are used are read."""
    yield from _read(file, options, _parquet_batches)


def read_arrow(file: File, options: ReadingOptions) -> Iterator[Entry | ReadingError]:
    """Yield the documents of an Arrow file or stream."""
    yield from _read(file, options, _arrow_batches)


def _read(
    file: File,
    options: ReadingOptions,
    batches: Callable[[ModuleType, BinaryIO, File, ReadingOptions], Iterator[Any]],
) -> Iterator[Entry | ReadingError]:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise missing_extra(file.path, "pyarrow", "tables") from error
    with seekable(file) as stream:
        try:
            yield from entries(file, _rows(batches(pa, stream, file, options), file), options)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            told = " ".join(str(error).split())[:160]
            raise ReadingError(file.path, f"damaged, or no such table: {told}") from error


def _rows(batches: Iterator[Any], file: File) -> Iterator[Row | ReadingError]:
    number = 0
    for batch in batches:
        columns = list(zip(batch.schema.names, batch.columns, strict=True))
        for place in range(batch.num_rows):
            number += 1
            # One by one: a column may hold one long text a thousand times, kept once.
            try:
                fields = {name: column[place].as_py() for name, column in columns}
            except (ValueError, OverflowError) as error:
                # Text that is no UTF-8, a day that no calendar has.
                yield ReadingError(f"{file.path}: row {number}", f"damaged: {error}")
            else:
                yield Row(f"row {number}", fields)


def _parquet_batches(
    pa: ModuleType, stream: BinaryIO, file: File, options: ReadingOptions
) -> Iterator[Any]:
    from pyarrow.parquet import ParquetFile

    with ParquetFile(stream) as table:
        schema = table.schema_arrow
        columns = columns_read(schema.names, options) or schema.names
        _refuse_bombs(table.metadata, set(columns), file, options)
    texts = [field.name for field in schema if pa.types.is_string(field.type)]
    # Read ahead, a row group would be in memory whole.
    with ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20, read_dictionary=texts) as table:
        yield from table.iter_batches(batch_size=BATCH, columns=columns, use_threads=False)


def _refuse_bombs(metadata: Any, columns: set[str], file: File, options: ReadingOptions) -> None:
    """Raise `ReadingError` where a group of rows unpacks to far more than it is packed in."""
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        chunks = [group.column(place) for place in range(group.num_columns)]
        wanted = [chunk for chunk in chunks if chunk.path_in_schema.split(".")[0] in columns]
        size = sum(chunk.total_uncompressed_size for chunk in wanted)
        packed = sum(chunk.total_compressed_size for chunk in wanted)
        if swells(size, packed, options):
            raise bomb(file.path, options)


def _arrow_batches(
    pa: ModuleType, stream: BinaryIO, file: File, options: ReadingOptions
) -> Iterator[Any]:
    start = stream.read(len(_ARROW))
    stream.seek(0)
    if start != _ARROW:
        with pa.ipc.open_stream(stream) as reader:
            yield from _slices(reader)
        return
    with pa.ipc.open_file(stream) as reader:
        numbers = range(reader.num_record_batches)
        yield from _slices(reader.get_batch(number) for number in numbers)


def _slices(batches: Any) -> Iterator[Any]:
    for batch in batches:
        for begin in range(0, batch.num_rows, BATCH):
            yield batch.slice(begin, BATCH)


_ARROW = b"ARROW1"
PARQUET = Format(
    name="parquet",
    suffixes=(".parquet", ".pq"),
    read=read_parquet,
    media_types=("application/vnd.apache.parquet",),
    begins=(b"PAR1",),
    holds_many=True,
)
ARROW = Format(
    name="arrow",
    suffixes=(".arrow", ".feather", ".ipc", ".arrows"),
    read=read_arrow,
    media_types=("application/vnd.apache.arrow.file", "application/vnd.apache.arrow.stream"),
    begins=(_ARROW,),
    holds_many=True,
)
