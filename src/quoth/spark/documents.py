"""A table of documents: what its columns must be, and a row of it as a `Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quoth.extractors.readers.dates import day_of
from quoth.extractors.records import Document
from quoth.spark.errors import SparkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyspark.sql import Column, DataFrame

COLUMNS = ("id", "text", "title", "date", "publisher", "author", "url")
"""What a table may say of a document; other columns are passed over."""
REQUIRED = ("id", "text")
_TEXTS = ("text", "title", "publisher", "author", "url")
_DAYS = ("date", "timestamp", "timestamp_ntz")
_IDS = ("string", "int", "bigint", "smallint", "tinyint")

KEY_LENGTH = 20
"""Hex digits of `Document.key`."""


def checked(table: DataFrame) -> DataFrame:
    """Return the `COLUMNS` of a table of documents, all as text, those that lack as null.

    Two columns are added: ``key``, which is `Document.key`, and ``digest``, a hash of the row.
    Raises SparkError where a column is missing or of another type, with its name.
    """
    from pyspark.sql.functions import coalesce, col, concat_ws, lit, sha2, substring, when

    types = dict(table.dtypes)
    if missing := [name for name in REQUIRED if name not in types]:
        raise SparkError(
            f"the table of documents has no column {' and no column '.join(missing)}; it has "
            f"{', '.join(table.columns) or 'none'}. Needed are {' and '.join(REQUIRED)}, known are "
            f"{', '.join(COLUMNS)}: rename what is called otherwise"
        )
    columns = {name: _as_text(name, types) for name in COLUMNS}
    texts = table.select(*(column.alias(name) for name, column in columns.items()))
    url = when(col("url") != "", col("url"))
    name = coalesce(url, col("id"), lit(""))
    key = substring(sha2(concat_ws("\x1f", name, coalesce("text", lit(""))), 256), 1, KEY_LENGTH)
    parts = [coalesce(col(name), lit("\x00")) for name in COLUMNS]
    return texts.withColumn("key", key).withColumn("digest", sha2(concat_ws("\x1f", *parts), 256))


def _as_text(name: str, types: Mapping[str, str]) -> Column:
    from pyspark.sql.functions import col, date_format, lit

    kind = types.get(name)
    if kind is None or kind == "void":
        return lit(None).cast("string")
    if name == "date" and kind in _DAYS:
        return date_format(col(name), "yyyy-MM-dd")
    allowed = _IDS if name == "id" else ("string",)
    if kind not in allowed:
        wanted = "text, a date or a time" if name == "date" else "text"
        raise SparkError(f"the column {name} of the table of documents is {kind}; make it {wanted}")
    return col(name).cast("string")


def document_of(row: Mapping[str, Any]) -> Document:
    """Return a row of a `checked` table as a document.

    Empty cells say nothing, nor does a date that is none, as in the tables that `quoth build`
    reads. Raises ValueError, with the reason, for a row without text.
    """
    text = row["text"]
    if not text or text.isspace():
        raise ValueError("empty: there is no text in it")
    if "\x00" in text:
        raise ValueError("binary, not text: it holds NUL characters")
    return Document(
        text=text,
        id=row["id"] or "",
        url=row["url"] or None,
        title=row["title"] or None,
        date=day_of(row["date"]),
        publisher=row["publisher"] or None,
        author=row["author"] or None,
    )
