"""SELECT queries as SQL over a graph's property tables (`quoth.graph.property_tables`).

Each operator of SPARQL's algebra (SPARQL 1.1 Query Language, section 18), as rdflib parses it,
becomes a query of SQL; how this works is told by Cyganiak (2005), A relational algebra for SPARQL,
HP Labs HPL-2005-170, and Chebotko, Lu and Fotouhi (2009), Semantics preserving SPARQL-to-SQL
translation. Bags stay bags; only what the named questions need is there, and anything else is
`Untranslatable`, never answered otherwise than by the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from rdflib import Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern

from quoth.graph.sql_expressions import (
    TYPES,
    Column,
    Expressions,
    Untranslatable,
    constant,
    quoted,
    same,
)
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Identifier

UNLIMITED = 1_000_000
"""The LIMIT from which on one is for the engine's planner alone (`quoth.graph.catalogue`)."""

_NOT_ORDERED = ("iri", "node", "text")


@dataclass(frozen=True, slots=True)
class Relation:
    """A query, and what the columns of its answer hold, whose names are the variables'."""

    sql: str
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class Translation:
    """Translates queries for one database.

    `table` gives, by a property's IRI, the name of its table, whose columns are s and o, and what o
    holds; `node` the number of an IRI; `given` the terms of parameters, which the query takes by
    their names.
    """

    table: Callable[[str], tuple[str, str]]
    node: Callable[[str], int]
    given: Mapping[str, Identifier] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def select(self, sparql: str) -> tuple[str, tuple[str, ...]]:
        """Return a query for the rows of `sparql` in its order, and the names of its columns.

        Rows that its ORDER BY leaves equal are ordered by their other cells. The parameters are no
        columns. Raises Untranslatable.
        """
        algebra = _algebra(sparql)
        if algebra.name != "SelectQuery":
            raise Untranslatable(algebra.name)
        part, distinct = algebra.p, ""
        if part.name == "Distinct":
            part, distinct = part.p, "DISTINCT "
        if part.name != "Project":
            raise Untranslatable(part.name)
        names = tuple(str(name) for name in part.PV if str(name) not in self.given)
        part, keys = part.p, []
        if part.name == "OrderBy":
            part, keys = part.p, part.expr
        inner = self._part(part)
        scope = self._scope(inner, "q")
        shown = {name: _shown(scope, Variable(name)) for name in names}
        order = [f"{self._key(scope, key.expr, names)} {key.order or 'ASC'}" for key in keys]
        order = [f"{key} NULLS FIRST" for key in (*order, *(f'"{name}"' for name in names))]
        cells = ", ".join(f'{sql} AS "{name}"' for name, sql in shown.items())
        rows = _rows(inner, "q", scope)
        sql = f"SELECT {distinct}{cells} FROM {rows} ORDER BY {', '.join(order)}"
        return sql, names

    def _key(self, scope: Expressions, expression: Any, names: tuple[str, ...]) -> str:
        if isinstance(expression, Variable) and str(expression) in names:
            return f'"{expression}"'
        return _shown(scope, expression)

    def _part(self, part: CompValue) -> Relation:
        translate = getattr(self, f"_{part.name.lower()}", None)
        if translate is None:
            raise Untranslatable(part.name)
        relation: Relation = translate(part)
        return relation

    def _new(self) -> str:
        return f"t{next(self._numbers)}"

    def _scope(self, relation: Relation, alias: str) -> Expressions:
        """Return what translates expressions over the rows of `relation`, called `alias`."""
        columns = {
            name: replace(column, sql=f'{alias}."{name}"')
            for name, column in relation.columns.items()
        }
        # A parameter is the same constant wherever it stands.
        columns.update({name: self._given(name) for name in self.given})
        return Expressions(columns, self.node, self._exists, self._new)

    def _given(self, name: str) -> Column:
        """Return the parameter `name`, whose value never is a part of the query's text."""
        term = self.given[name]
        if not isinstance(term, Literal):
            raise Untranslatable(f"the parameter {term!r}")
        holds = constant(term).holds
        return Column(f"${name}::{TYPES[holds]}", holds)

    def _bgp(self, part: CompValue) -> Relation:
        return self._all(map(self._triple, part.triples))

    def _triple(self, triple: tuple[Any, Any, Any]) -> Relation:
        source, holds = self._property(triple[1])
        found: dict[str, Column] = {}
        conditions = []
        for term, column in ((triple[0], Column("s", "node")), (triple[2], Column("o", holds))):
            known = self._known(term, found)
            if known is None:
                found[str(term)] = column
            else:
                conditions.append(_equal(known, column))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return _relation(f" FROM {source} AS {self._new()}{where}", found)

    def _known(self, term: Any, found: Mapping[str, Column]) -> Column | None:
        """Return what `term` of a pattern must equal, None where it may be anything."""
        if not isinstance(term, Variable):
            return self._constant(term)
        return self._given(str(term)) if str(term) in self.given else found.get(str(term))

    def _constant(self, term: Any) -> Column:
        return Expressions({}, self.node, self._exists, self._new).translate(term)

    def _property(self, predicate: Any) -> tuple[str, str]:
        """Return a table with columns s and o in brackets, and what o holds."""
        if isinstance(predicate, URIRef):
            name, holds = self.table(str(predicate))
            return f'"{name}"', holds
        if isinstance(predicate, InvPath):
            source, holds = self._property(predicate.arg)
            if holds != "node":
                raise Untranslatable(f"the inverse of {holds}")
            return f"(SELECT o AS s, s AS o FROM {source})", "node"
        if isinstance(predicate, AlternativePath):
            found = [self._property(arg) for arg in predicate.args]
            if len({holds for _, holds in found}) > 1:
                raise Untranslatable("a path to different things")
            return f"({' UNION ALL '.join(f'SELECT s, o FROM {t}' for t, _ in found)})", found[0][1]
        if isinstance(predicate, MulPath) and predicate.mod == "*":
            source, holds = self._property(predicate.path)
            if holds != "node":
                raise Untranslatable(f"a path along {holds}")
            alias = self._new()
            return (
                f"(SELECT id AS s, id AS o FROM nodes UNION ALL (WITH RECURSIVE {alias} AS ("
                f"SELECT s, o FROM {source} UNION "
                f"SELECT {alias}.s, e.o FROM {alias} JOIN {source} AS e ON {alias}.o = e.s) "
                f"SELECT s, o FROM {alias} WHERE s <> o))"
            ), "node"
        raise Untranslatable(f"the predicate {predicate!r}")

    def _join(self, part: CompValue) -> Relation:
        return self._all(self._factors(part))

    def _factors(self, part: CompValue) -> Iterator[Relation]:
        """Yield what is joined in `part`, however deep, in the order in which it is written."""
        if part.name == "Join":
            yield from self._factors(part.p1)
            yield from self._factors(part.p2)
        elif part.name == "BGP":
            yield from map(self._triple, part.triples)
        else:
            yield self._part(part)

    def _all(self, relations: Iterable[Relation]) -> Relation:
        """Return the join of `relations`: in their order, but never what has nothing in common."""
        left, *rest = [*relations] or [_relation("", {})]
        while rest:
            shared = (i for i, other in enumerate(rest) if left.columns.keys() & other.columns)
            left = self._joined("JOIN", left, rest.pop(next(shared, 0)))
        return left

    def _leftjoin(self, part: CompValue) -> Relation:
        if part.expr.name != "TrueFilter":
            raise Untranslatable("FILTER of an OPTIONAL")
        return self._joined("LEFT JOIN", self._part(part.p1), self._part(part.p2))

    def _joined(self, join: str, left: Relation, right: Relation) -> Relation:
        a, b = self._new(), self._new()
        first, second = self._scope(left, a).columns, self._scope(right, b).columns
        columns: dict[str, Column] = {}
        conditions = []
        for name in dict.fromkeys((*left.columns, *right.columns)):
            if name in left.columns and name in right.columns:
                conditions.append(_compatible(first[name], second[name]))
            there = second[name] if name in right.columns else None
            if there is not None and join == "LEFT JOIN":
                there = replace(there, sure=False)
            columns[name] = _either(first[name] if name in left.columns else None, there)
        on = " AND ".join(conditions) or "TRUE"
        sql = f" FROM ({left.sql}) AS {a} {join} ({right.sql}) AS {b} ON {on}"
        return _relation(sql, columns)

    def _union(self, part: CompValue) -> Relation:
        sides = [self._part(part.p1), self._part(part.p2)]
        columns: dict[str, Column] = {}
        for name in dict.fromkeys((*sides[0].columns, *sides[1].columns)):
            there = [side.columns[name] for side in sides if name in side.columns]
            same(there[0], there[-1])
            sure = len(there) == len(sides) and all(column.sure for column in there)
            columns[name] = replace(there[0], sure=sure)
        both = " UNION ALL ".join(_filled(side, columns) for side in sides)
        return Relation(both, columns)

    def _filter(self, part: CompValue) -> Relation:
        inner, alias = self._part(part.p), self._new()
        scope = self._scope(inner, alias)
        condition = scope.truth(part.expr)
        columns = {name: scope.columns[name] for name in inner.columns}
        return _relation(f" FROM {_rows(inner, alias, scope)} WHERE {condition}", columns)

    def _exists(self, pattern: CompValue, outer: Mapping[str, Column]) -> str:
        if pattern.name == "GroupGraphPatternSub":
            pattern = translateGroupGraphPattern(pattern)
        inner, alias = self._part(pattern), self._new()
        conditions = [
            _compatible(outer[name], replace(column, sql=f'{alias}."{name}"'))
            for name, column in inner.columns.items()
            if name in outer
        ]
        where = " AND ".join(conditions) or "TRUE"
        return f"EXISTS (SELECT 1 FROM ({inner.sql}) AS {alias} WHERE {where})"

    def _extend(self, part: CompValue) -> Relation:
        inner, alias = self._part(part.p), self._new()
        scope = self._scope(inner, alias)
        columns = {name: scope.columns[name] for name in inner.columns}
        columns[str(part.var)] = scope.translate(part.expr)
        return _relation(f" FROM {_rows(inner, alias, scope)}", columns)

    def _project(self, part: CompValue) -> Relation:
        inner, alias = self._part(part.p), self._new()
        columns = self._scope(inner, alias).columns
        kept = {str(name): columns[str(name)] for name in part.PV if str(name) in inner.columns}
        return _relation(f" FROM ({inner.sql}) AS {alias}", kept)

    def _distinct(self, part: CompValue) -> Relation:
        inner, alias = self._part(part.p), self._new()
        if any(column.holds == "text" for column in inner.columns.values()):
            raise Untranslatable("DISTINCT texts, whose languages are not known")
        return replace(inner, sql=f"SELECT DISTINCT * FROM ({inner.sql}) AS {alias}")

    def _slice(self, part: CompValue) -> Relation:
        if part.start or part.length < UNLIMITED:
            raise Untranslatable("LIMIT")
        return self._part(part.p)

    def _tomultiset(self, part: CompValue) -> Relation:
        if part.p.name != "values":
            return self._part(part.p)
        rows = [
            {str(name): _listed(self._constant(term)) for name, term in row.items()}
            for row in part.p.res
        ]
        if any(row.keys() != rows[0].keys() for row in rows):
            raise Untranslatable("UNDEF")
        each = (_relation("", row).sql for row in rows)
        return Relation(" UNION ALL ".join(each), _relation("", rows[0]).columns)

    def _aggregatejoin(self, part: CompValue) -> Relation:
        group = part.p
        if group.name != "Group" or not group.expr:
            raise Untranslatable("aggregates without GROUP BY")
        inner, alias = self._part(group.p), self._new()
        scope = self._scope(inner, alias)
        columns = {str(a.res): self._aggregate(scope, a) for a in part.A}
        by = [scope.translate(key) for key in group.expr if str(key) not in self.given]
        if any(key.holds == "text" for key in by):
            raise Untranslatable("GROUP BY texts, whose languages are not known")
        keys = ", ".join(key.sql for key in by) or "()"
        return _relation(f" FROM {_rows(inner, alias, scope)} GROUP BY {keys}", columns)

    def _aggregate(self, scope: Expressions, part: CompValue) -> Column:
        column, name = scope.translate(part.vars), part.name.removeprefix("Aggregate_")
        distinct = "DISTINCT " if part.distinct else ""
        if name == "Sample" and str(part.vars) in self.given:
            return column
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


@lru_cache(maxsize=64)
def _algebra(sparql: str) -> CompValue:
    """Return what rdflib takes `sparql` for, which costs more than what is made of it."""
    algebra: CompValue = prepareQuery(sparql, initNs=dict(PREFIXES)).algebra
    return algebra


def _relation(clauses: str, columns: Mapping[str, Column]) -> Relation:
    """Return a query of `columns`, and what comes out of it."""
    cells = [f'{column.sql} AS "{name}"' for name, column in columns.items()] or ["1 AS none"]
    # What is constant in here is a column like others outside.
    outside = {name: replace(column, iri="") for name, column in columns.items()}
    return Relation(f"SELECT {', '.join(cells)}{clauses}", outside)


def _listed(column: Column) -> Column:
    """Return a constant of VALUES: an IRI as it is written, since only classes are listed so."""
    return Column(quoted(column.iri), "iri") if column.iri else column


def _rows(inner: Relation, alias: str, scope: Expressions) -> str:
    """Return the rows of `inner`, called `alias`, with what `scope` looks up for them."""
    return f"({inner.sql}) AS {alias}{''.join(scope.lookups)}"


def _filled(side: Relation, columns: Mapping[str, Column]) -> str:
    """Return `side` with NULL in the `columns` that it lacks."""
    cells = [
        f'"{name}"' if name in side.columns else f'NULL::{TYPES[column.holds]} AS "{name}"'
        for name, column in columns.items()
    ]
    return f"(SELECT {', '.join(cells)} FROM ({side.sql}) AS side)"


def _equal(left: Column, right: Column) -> str:
    left, right = same(left, right)
    if left.holds == "text":
        raise Untranslatable("a join of texts, whose languages are not known")
    return f"{left.sql} = {right.sql}"


def _compatible(left: Column, right: Column) -> str:
    """Return the condition that solutions agree in a variable, which may be unbound in either."""
    unbound = [f"{side.sql} IS NULL" for side in (left, right) if not side.sure]
    return f"({' OR '.join([_equal(left, right), *unbound])})" if unbound else _equal(left, right)


def _either(here: Column | None, there: Column | None) -> Column:
    """Return what a variable is in a join, of which one side may lack it or leave it unbound."""
    if here is None or there is None:
        either = here or there
        assert either is not None
        return either
    if here.sure:
        return here
    return replace(here, sql=f"coalesce({here.sql}, {there.sql})", sure=there.sure)


def _shown(scope: Expressions, expression: Any) -> str:
    """Return what stands in an answer."""
    column = scope.translate(expression)
    if column.holds == "node":
        return scope.characters(column).sql
    if column.holds == "text":
        raise Untranslatable("a text as an answer, whose datatype is not known")
    return column.sql
