"""Questions of SPARQL, asked by SQL of a file with property tables."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

import duckdb
from rdflib import Literal

from quoth.graph import sql_functions
from quoth.graph.property_tables import database
from quoth.graph.translated_questions import in_sql, strings_in_sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd
    from rdflib.term import Identifier


BATCH = 4_096
"""Rows that are read at a time."""


def answer(
    file: Path, sparql: str, given: Mapping[str, Identifier]
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """Return the columns and rows of a SELECT query with its parameters, by the tables in `file`.

    Raises Untranslatable where they cannot answer it as the engine would, and duckdb.Error.
    """
    sql, columns = in_sql(sparql, given)
    with _asked(file, sql, _values(sql, given)) as found:
        return columns, tuple(found.fetchall())


@contextmanager
def row_by_row(
    file: Path, sparql: str, given: Mapping[str, Identifier]
) -> Iterator[tuple[tuple[str, ...], Iterator[tuple[object, ...]]]]:
    """Give the same columns and rows, which are read while the block goes through them."""
    sql, columns = in_sql(sparql, given)
    with _asked(file, sql, _values(sql, given)) as found:
        batches = iter(lambda: found.fetchmany(BATCH), [])
        yield columns, chain.from_iterable(batches)


def strings(file: Path, sparql: str) -> pd.DataFrame:
    """Return the answer to a SELECT query as the characters of its terms, in no order.

    Raises Untranslatable and duckdb.Error as `answer`.
    """
    with database(file, read_only=True) as connection:
        # By way of Arrow, since of its own frame DuckDB makes each cell a Python object.
        found = connection.sql(strings_in_sql(sparql)).to_arrow_table()
    frame: pd.DataFrame = found.to_pandas()
    return frame.astype("str")


def _values(sql: str, given: Mapping[str, Identifier]) -> dict[str, object]:
    """Return the values of the parameters that `sql` has."""
    return {
        name: term.toPython()
        for name, term in given.items()
        if isinstance(term, Literal) and f"${name}::" in sql
    }


@contextmanager
def _asked(
    file: Path, sql: str, values: Mapping[str, object]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Ask a query with its `values`; what it answers is there to be fetched."""
    with database(file, read_only=True) as connection:
        try:
            connection.execute(sql, values)
        except duckdb.Error as error:
            if not sql_functions.needs_words(error):
                raise
            sql_functions.define_words(connection)
            connection.execute(sql, values)
        yield connection
