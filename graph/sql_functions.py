"""What translated questions call in SQL: functions of SPARQL that DuckDB lacks or has otherwise."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_NO_WORDS = "folds by words"
_LOWER_CASE = """
CREATE OR REPLACE TEMP MACRO lower_case(x) AS
  CASE WHEN contains(x, 'Σ') OR contains(x, 'İ') THEN {} ELSE lower(x) END;
"""
"""DuckDB folds letter by letter, SPARQL and Python by words: «Σ» at their end is another one. And
«İ» becomes two characters. A test compares all others."""
_MACROS = """
CREATE TEMP MACRO text_after(x, y) AS
  CASE WHEN contains(x, y) THEN substr(x, strpos(x, y) + length(y)) ELSE '' END;
CREATE TEMP MACRO text_before(x, y) AS
  CASE WHEN contains(x, y) THEN substr(x, 1, strpos(x, y) - 1) ELSE '' END;
"""


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the functions; where a word asks for Python's `lower_case`, the query fails.

    `needs_words` tells that from other errors, and `define_words` helps. DuckDB imports numpy for a
    function of Python's, which takes longer than most questions and which few graphs need.
    """
    connection.execute(_LOWER_CASE.format(f"error('{_NO_WORDS}: ' || x)") + _MACROS)


def define_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Define `lower_case` for all words."""
    # Connections of other threads to the same file share one catalogue of such functions.
    name = f"lower_words_{token_hex(8)}"
    connection.create_function(name, str.lower, ["VARCHAR"], "VARCHAR")
    connection.execute(_LOWER_CASE.format(f"{name}(x)"))


def needs_words(error: duckdb.Error) -> bool:
    """Whether a query failed because `define_words` was not called."""
    return _NO_WORDS in str(error)
