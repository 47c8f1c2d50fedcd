"""Queries of SQL as parts of others: how they are put together, and what their columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rdflib import Variable

from quoth.graph.sql_expressions import (
    TYPES,
    Column,
    Expressions,
    Untranslatable,
    quoted,
    same,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rdflib.plugins.sparql.parserutils import CompValue

_OF_A_TABLE = re.compile(r"t\d+\.(?:\w+|\"\w+\")")


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of tables: where they come from, on which conditions, and what their columns are.

    `source` is what stands after FROM, empty for a single row of nothing, and `is_one` whether that
    is one table; `columns` are expressions over it, by the variables' names. Joins go on in the
    same query as far as they can, since planning takes time with every level of nesting.
    """

    source: str
    columns: Mapping[str, Column]
    where: tuple[str, ...] = ()
    is_one: bool = True

    @property
    def clauses(self) -> str:
        """FROM and WHERE."""
        source = f" FROM {self.source}" if self.source else ""
        return f"{source} WHERE {' AND '.join(self.where)}" if self.where else source

    @property
    def sql(self) -> str:
        """A query of the columns, called by the variables' names."""
        return f"SELECT {named(self.columns)}{self.clauses}"

    @property
    def is_plain(self) -> bool:
        """Whether all columns are those of tables, without a condition: NULL if there is no row."""
        return not self.where and all(_OF_A_TABLE.fullmatch(c.sql) for c in self.columns.values())


def named(columns: Mapping[str, Column]) -> str:
    """Return what stands after SELECT for `columns`."""
    return ", ".join(f'{c.sql} AS "{name}"' for name, c in columns.items()) or "1 AS none"


def nested(sql: str, alias: str, columns: Mapping[str, Column]) -> Relation:
    """Return the answer to a query of `columns` as a table; raises Untranslatable."""
    if any(column.iri for column in columns.values()):
        raise Untranslatable("an IRI of the query as a column")
    there = {name: replace(c, sql=f'{alias}."{name}"') for name, c in columns.items()}
    return Relation(f"({sql}) AS {alias}", there)


def listed(rows: Sequence[Mapping[str, Column]], alias: str) -> Relation:
    """Return the rows of VALUES; raises Untranslatable.

    An IRI is as it is written, since only classes are listed so.
    """
    first = rows[0] if rows else {}
    kinds = [{name: (c.holds, bool(c.iri)) for name, c in row.items()} for row in rows]
    if not first or any(kind != kinds[0] for kind in kinds):
        raise Untranslatable("UNDEF, or terms of several kinds")
    cells = (", ".join(quoted(c.iri) if c.iri else c.sql for c in row.values()) for row in rows)
    names = ", ".join(f'"{name}"' for name in first)
    columns = {
        name: Column(f'{alias}."{name}"', "iri" if c.iri else c.holds) for name, c in first.items()
    }
    return Relation(
        f"(VALUES {', '.join(f'({row})' for row in cells)}) AS {alias}({names})", columns
    )


def united(left: Relation, right: Relation) -> dict[str, Column]:
    """Return what the columns of a union hold; raises Untranslatable."""
    columns: dict[str, Column] = {}
    for name in dict.fromkeys((*left.columns, *right.columns)):
        there = [side.columns[name] for side in (left, right) if name in side.columns]
        if any(column.iri for column in there):
            raise Untranslatable("an IRI of the query as a column")
        same(there[0], there[-1])
        sure = len(there) == 2 and all(column.sure for column in there)
        columns[name] = replace(there[0], sure=sure, among=together(*there))
    return columns


def filled(side: Relation, columns: Mapping[str, Column]) -> str:
    """Return a query of `side` with NULL in the `columns` that it lacks."""
    lacking = (Column(f"NULL::{TYPES[column.holds]}", column.holds) for column in columns.values())
    cells = {
        name: side.columns.get(name, null) for name, null in zip(columns, lacking, strict=True)
    }
    return f"SELECT {named(cells)}{side.clauses}"


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
    sql = f"coalesce({here.sql}, {there.sql})"
    return replace(here, sql=sql, sure=there.sure, among=together(here, there))


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
