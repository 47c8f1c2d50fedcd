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

from rdflib import Literal, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern

from quoth.graph.sql_expressions import (
    TYPES,
    Column,
    Expressions,
    Untranslatable,
    constant,
    same,
)
from quoth.graph.sql_paths import path
from quoth.graph.sql_relations import (
    Relation,
    aggregate,
    called,
    compatible,
    either,
    equal,
    filled,
    lexical,
    listed,
    relation,
    shown,
)
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Identifier

UNLIMITED = 1_000_000_000
"""The LIMIT from which on one is for the engine's planner alone (`quoth.graph.catalogue`)."""


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

    def select(self, sparql: str, *, as_text: bool = False) -> tuple[str, tuple[str, ...]]:
        """Return a query for the rows of `sparql` in its order, and the names of its columns.

        Rows that its ORDER BY leaves equal are ordered by their other cells. The parameters are no
        columns. If `as_text`, cells are the characters of terms, and in no order. Raises
        Untranslatable.
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
        if as_text:
            terms = (f'{lexical(scope, name)} AS "{name}"' for name in names)
            return f"SELECT {distinct}{', '.join(terms)} FROM {called(inner, 'q', scope)}", names
        cells_of = {name: shown(scope, Variable(name)) for name in names}
        order = [f"{self._key(scope, key.expr, names)} {key.order or 'ASC'}" for key in keys]
        order = [f"{key} NULLS FIRST" for key in (*order, *(f'"{name}"' for name in names))]
        cells = ", ".join(f'{sql} AS "{name}"' for name, sql in cells_of.items())
        table = called(inner, "q", scope)
        sql = f"SELECT {distinct}{cells} FROM {table} ORDER BY {', '.join(order)}"
        return sql, names

    def _key(self, scope: Expressions, expression: Any, names: tuple[str, ...]) -> str:
        if isinstance(expression, Variable) and str(expression) in names:
            return f'"{expression}"'
        return shown(scope, expression)

    def _part(self, part: CompValue) -> Relation:
        translate = getattr(self, f"_{part.name.lower()}", None)
        if translate is None:
            raise Untranslatable(part.name)
        made: Relation = translate(part)
        return made

    def _new(self) -> str:
        return f"t{next(self._numbers)}"

    def _scope(self, inner: Relation, alias: str) -> Expressions:
        """Return what translates expressions over the rows of `inner`, called `alias`."""
        columns = {
            name: replace(column, sql=f'{alias}."{name}"') for name, column in inner.columns.items()
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
        source, holds = path(triple[1], self.table, self._new)
        found: dict[str, Column] = {}
        conditions = []
        for term, column in ((triple[0], Column("s", "node")), (triple[2], Column("o", holds))):
            known = self._known(term, found)
            if known is None:
                found[str(term)] = column
            else:
                conditions.append(equal(known, column))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return relation(f" FROM {source} AS {self._new()}{where}", found)

    def _known(self, term: Any, found: Mapping[str, Column]) -> Column | None:
        """Return what `term` of a pattern must equal, None where it may be anything."""
        if not isinstance(term, Variable):
            return self._constant(term)
        return self._given(str(term)) if str(term) in self.given else found.get(str(term))

    def _constant(self, term: Any) -> Column:
        return Expressions({}, self.node, self._exists, self._new).translate(term)

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
        left, *rest = [*relations] or [relation("", {})]
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
                conditions.append(compatible(first[name], second[name]))
            there = second[name] if name in right.columns else None
            if there is not None and join == "LEFT JOIN":
                there = replace(there, sure=False)
            columns[name] = either(first[name] if name in left.columns else None, there)
        on = " AND ".join(conditions) or "TRUE"
        sql = f" FROM ({left.sql}) AS {a} {join} ({right.sql}) AS {b} ON {on}"
        return relation(sql, columns)

    def _union(self, part: CompValue) -> Relation:
        sides = [self._part(part.p1), self._part(part.p2)]
        columns: dict[str, Column] = {}
        for name in dict.fromkeys((*sides[0].columns, *sides[1].columns)):
            there = [side.columns[name] for side in sides if name in side.columns]
            same(there[0], there[-1])
            sure = len(there) == len(sides) and all(column.sure for column in there)
            columns[name] = replace(there[0], sure=sure)
        both = " UNION ALL ".join(filled(side, columns) for side in sides)
        return Relation(both, columns)

    def _filter(self, part: CompValue) -> Relation:
        inner, alias = self._part(part.p), self._new()
        scope = self._scope(inner, alias)
        condition = scope.truth(part.expr)
        columns = {name: scope.columns[name] for name in inner.columns}
        return relation(f" FROM {called(inner, alias, scope)} WHERE {condition}", columns)

    def _exists(self, pattern: CompValue, outer: Mapping[str, Column]) -> str:
        if pattern.name == "GroupGraphPatternSub":
            pattern = translateGroupGraphPattern(pattern)
        inner, alias = self._part(pattern), self._new()
        conditions = [
            compatible(outer[name], replace(column, sql=f'{alias}."{name}"'))
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
        return relation(f" FROM {called(inner, alias, scope)}", columns)

    def _project(self, part: CompValue) -> Relation:
        inner, alias = self._part(part.p), self._new()
        columns = self._scope(inner, alias).columns
        kept = {str(name): columns[str(name)] for name in part.PV if str(name) in inner.columns}
        return relation(f" FROM ({inner.sql}) AS {alias}", kept)

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
            {str(name): listed(self._constant(term)) for name, term in row.items()}
            for row in part.p.res
        ]
        if any(row.keys() != rows[0].keys() for row in rows):
            raise Untranslatable("UNDEF")
        each = (relation("", row).sql for row in rows)
        return Relation(" UNION ALL ".join(each), relation("", rows[0]).columns)

    def _aggregatejoin(self, part: CompValue) -> Relation:
        group = part.p
        if group.name != "Group" or not group.expr:
            raise Untranslatable("aggregates without GROUP BY")
        inner, alias = self._part(group.p), self._new()
        scope = self._scope(inner, alias)
        columns = {
            str(a.res): aggregate(scope.translate(a.vars), a)
            for a in part.A
            # A parameter, the same in all rows, is no column.
            if a.name != "Aggregate_Sample" or str(a.vars) not in self.given
        }
        by = [scope.translate(key) for key in group.expr if str(key) not in self.given]
        if any(key.holds == "text" for key in by):
            raise Untranslatable("GROUP BY texts, whose languages are not known")
        keys = ", ".join(key.sql for key in by) or "()"
        return relation(f" FROM {called(inner, alias, scope)} GROUP BY {keys}", columns)


@lru_cache(maxsize=64)
def _algebra(sparql: str) -> CompValue:
    """Return what rdflib takes `sparql` for, which costs more than what is made of it."""
    algebra: CompValue = prepareQuery(sparql, initNs=dict(PREFIXES)).algebra
    return algebra
