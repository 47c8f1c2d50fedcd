"""The named questions in SQL, translated beforehand: to read SPARQL takes longer than most answers.

``translated_questions.json`` holds what `quoth.graph.sparql_to_sql` makes of them, each for one
text and the types of its parameters. What is not in it, such as a question that was changed since,
is translated when it is asked. ``make questions`` writes the file anew; a test compares the two.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rdflib import Literal

from quoth.graph.property_tables import properties
from quoth.graph.sql_expressions import Untranslatable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Identifier

_EXAMPLES = {"name": "Ann", "text": "rain", "date": "2024-02-06", "integer": "3"}
"""A value for each type of parameter, which no translation depends on."""


def in_sql(sparql: str, given: Mapping[str, Identifier]) -> tuple[str, tuple[str, ...]]:
    """Return SQL for the rows of `sparql` with parameters of the types of `given`, and its columns.

    Raises Untranslatable.
    """
    known = _translated().get(_key(sparql, given))
    if known is not None:
        return known["sql"], tuple(known["columns"])
    return _translate(sparql, given)


def strings_in_sql(sparql: str) -> str:
    """Return SQL for the characters of what `sparql` selects, in no order.

    Raises Untranslatable.
    """
    # Imported here because the parser takes its time, and the named questions do without.
    from quoth.graph.sparql_to_sql import Translation

    return Translation(_table).select(sparql, as_text=True)[0]


def translated() -> str:
    """Return the translations of the named questions as JSON."""
    from quoth.graph.catalogue import list_queries

    found = {}
    for query in list_queries():
        given = query.bindings({p.name: _EXAMPLES[p.type] for p in query.parameters})
        sql, columns = _translate(query.text, given)
        found[_key(query.text, given)] = {"name": query.name, "columns": columns, "sql": sql}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _translate(sparql: str, given: Mapping[str, Identifier]) -> tuple[str, tuple[str, ...]]:
    from quoth.graph.sparql_to_sql import Translation

    return Translation(_table, given).select(sparql)


@cache
def _translated() -> dict[str, Any]:
    text = (files(__package__) / "translated_questions.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _key(sparql: str, given: Mapping[str, Identifier]) -> str:
    """Return what tells a query with parameters of some types from others."""
    types = sorted((name, _type(term)) for name, term in given.items())
    return sha256(f"{sparql}{types}".encode()).hexdigest()[:20]


def _type(term: Identifier) -> str:
    if isinstance(term, Literal):
        return f"{term.datatype} {term.language}"
    return type(term).__name__


def _table(iri: str) -> tuple[str, str]:
    """Return the name of a property's table, and what it holds."""
    for each in properties():
        if each.iri == iri:
            return each.name, each.holds
    raise Untranslatable(f"the property {iri}")


if __name__ == "__main__":
    import sys

    sys.stdout.write(translated())
