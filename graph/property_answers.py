"""Questions of SPARQL, asked by SQL of a file with property tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal

from quoth.graph.property_tables import database, properties
from quoth.graph.sparql_to_sql import Translation
from quoth.graph.sql_expressions import Untranslatable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    from rdflib.term import Identifier


def answer(
    file: Path, sparql: str, given: Mapping[str, Identifier]
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """Return the columns and rows of a SELECT query with its parameters, by the tables in `file`.

    Raises Untranslatable where they cannot answer it as the engine would, and duckdb.Error.
    """
    with database(file, read_only=True) as connection:
        sql, columns = Translation(_table, given).select(sparql)
        values = {
            name: term.toPython()
            for name, term in given.items()
            if isinstance(term, Literal) and f"${name}::" in sql
        }
        return columns, tuple(connection.execute(sql, values).fetchall())


def strings(file: Path, sparql: str) -> pd.DataFrame:
    """Return the answer to a SELECT query as the characters of its terms, in no order.

    Raises Untranslatable and duckdb.Error as `answer`.
    """
    with database(file, read_only=True) as connection:
        sql, _ = Translation(_table).select(sparql, as_text=True)
        return connection.execute(sql).df().astype("str")


def _table(iri: str) -> tuple[str, str]:
    """Return the name of a property's table, and what it holds."""
    for each in properties():
        if each.iri == iri:
            return each.name, each.holds
    raise Untranslatable(f"the property {iri}")
