"""Questions of SPARQL, asked by SQL of a file with property tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
from rdflib import Literal

from quoth.graph import sql_functions
from quoth.graph.property_tables import database
from quoth.graph.translated_questions import in_sql, strings_in_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd
    from rdflib.term import Identifier


def answer(
    file: Path, sparql: str, given: Mapping[str, Identifier]
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """Return the columns and rows of a SELECT query with its parameters, by the tables in `file`.

    Raises Untranslatable where they cannot answer it as the engine would, and duckdb.Error.
    """
    sql, columns = in_sql(sparql, given)
    values = {
        name: term.toPython()
        for name, term in given.items()
        if isinstance(term, Literal) and f"${name}::" in sql
    }
    return columns, tuple(_fetched(file, sql, values, lambda found: found.fetchall()))


def strings(file: Path, sparql: str) -> pd.DataFrame:
    """Return the answer to a SELECT query as the characters of its terms, in no order.

    Raises Untranslatable and duckdb.Error as `answer`.
    """
    found: pd.DataFrame = _fetched(file, strings_in_sql(sparql), {}, lambda found: found.df())
    return found.astype("str")


def _fetched(
    file: Path,
    sql: str,
    values: Mapping[str, object],
    fetch: Callable[[duckdb.DuckDBPyConnection], Any],
) -> Any:
    """Return what `fetch` makes of the answer to a query with its `values`."""
    with database(file, read_only=True) as connection:
        try:
            return fetch(connection.execute(sql, values))
        except duckdb.Error as error:
            if not sql_functions.needs_words(error):
                raise
        sql_functions.define_words(connection)
        return fetch(connection.execute(sql, values))
