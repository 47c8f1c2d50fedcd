"""Queries of SQL as parts of others: how they are put together, and what their columns hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rdflib import Variable

from quoth.graph.sql_expressions import TYPES, Column, Expressions, Untranslatable, quoted, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.plugins.sparql.parserutils import CompValue

_NOT_ORDERED = ("iri", "node", "text")


@dataclass(frozen=True, slots=True)
class Relation:
    """A query, and what the columns of its answer hold, whose names are the variables'."""

    sql: str
    columns: Mapping[str, Column]


def relation(clauses: str, columns: Mapping[str, Column]) -> Relation:
    """Return a query of `columns`, and what comes out of it."""
    cells = [f'{column.sql} AS "{name}"' for name, column in columns.items()] or ["1 AS none"]
    # What is constant in here is a column like others outside.
    outside = {name: replace(column, iri="") for name, column in columns.items()}
    return Relation(f"SELECT {', '.join(cells)}{clauses}", outside)


def listed(column: Column) -> Column:
    """Return a constant of VALUES: an IRI as it is written, since only classes are listed so."""
    return Column(quoted(column.iri), "iri") if column.iri else column


def called(inner: Relation, alias: str, scope: Expressions) -> str:
    """Return the rows of `inner`, called `alias`, with what `scope` looks up for them."""
    return f"({inner.sql}) AS {alias}{''.join(scope.lookups)}"


def filled(side: Relation, columns: Mapping[str, Column]) -> str:
    """Return `side` with NULL in the `columns` that it lacks."""
    cells = [
        f'"{name}"' if name in side.columns else f'NULL::{TYPES[column.holds]} AS "{name}"'
        for name, column in columns.items()
    ]
    return f"(SELECT {', '.join(cells)} FROM ({side.sql}) AS side)"


def equal(left: Column, right: Column) -> str:
    """Return the condition that two columns are the same term; raises Untranslatable."""
    left, right = same(left, right)
    if left.holds == "text":
        raise Untranslatable("a join of texts, whose languages are not known")
    return f"{left.sql} = {right.sql}"


def compatible(left: Column, right: Column) -> str:
    """Return the condition that solutions agree in a variable, which may be unbound in either."""
    unbound = [f"{side.sql} IS NULL" for side in (left, right) if not side.sure]
    return f"({' OR '.join([equal(left, right), *unbound])})" if unbound else equal(left, right)


def either(here: Column | None, there: Column | None) -> Column:
    """Return what a variable is in a join, of which one side may lack it or leave it unbound."""
    if here is None or there is None:
        either = here or there
        assert either is not None
        return either
    if here.sure:
        return here
    return replace(here, sql=f"coalesce({here.sql}, {there.sql})", sure=there.sure)


def aggregate(column: Column, part: CompValue) -> Column:
    """Return an aggregate of `column`, as `part` of the algebra says; raises Untranslatable."""
    name = part.name.removeprefix("Aggregate_")
    distinct = "DISTINCT " if part.distinct else ""
    if name == "Sample":
        # Only of what is grouped by, which is the same in all rows of a group.
        return replace(column, sql=f"any_value({column.sql})")
    if name == "Count":
        if distinct and column.holds == "text":
            raise Untranslatable("COUNT of texts, whose languages are not known")
        return Column(f"count({distinct}{column.sql})", "integer")
    if (
        not column.sure
        or column.holds in ("iri", "node", "text")
        or name not in ("Sum", "Min", "Max")
    ):
        raise Untranslatable(f"{name} of {column.holds}")
    return replace(column, sql=f"{name.lower()}({distinct}{column.sql})")


def lexical(scope: Expressions, name: str) -> str:
    """Return the characters of a variable's term."""
    column = scope.translate(Variable(name))
    found = column if column.holds == "decimal" else scope.characters(column)
    return f"{found.sql}::VARCHAR"


def shown(scope: Expressions, expression: Any) -> str:
    """Return what stands in an answer."""
    column = scope.translate(expression)
    if column.holds == "node":
        return scope.characters(column).sql
    if column.holds == "text":
        raise Untranslatable("a text as an answer, whose datatype is not known")
    return column.sql
