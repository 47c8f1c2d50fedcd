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
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern

from quoth.graph.engine_hints import UNLIMITED
from quoth.graph.sql_expressions import (
    TYPES,
    Column,
    Expressions,
    Untranslatable,
    constant,
)
from quoth.graph.sql_paths import path
from quoth.graph.sql_relations import (
    Relation,
    aggregate,
    compatible,
    either,
    equal,
    filled,
    lexical,
    listed,
    named,
    nested,
    shown,
    united,
)
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Identifier


@dataclass(frozen=True)
class Translation:
    """Translates queries for any database of property tables.

    `table` gives, by a property's IRI, the name of its table, whose columns are s and o, and what o
    holds; `given` the terms of parameters, which the query takes by their names.
    """

    table: Callable[[str], tuple[str, str]]
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
        scope = self._scope(inner)
        shows = lexical if as_text else shown
        cells = ", ".join(f'{shows(scope, Variable(name))} AS "{name}"' for name in names)
        order = "" if as_text else self._order(scope, keys, names)
        return f"SELECT {distinct}{cells}{self._extended(inner, scope).clauses}{order}", names

    def _order(self, scope: Expressions, keys: Sequence[Any], names: tuple[str, ...]) -> str:
        """Return an ORDER BY: `keys`, and then the columns `names` that are not among them."""
        places = {name: str(place) for place, name in enumerate(names, 1)}
        order: dict[str, str] = {}
        for key in keys:
            name = str(key.expr) if isinstance(key.expr, Variable) else ""
            sql = places[name] if name in places else shown(scope, key.expr)
            order.setdefault(sql, key.order or "ASC")
        for place in places.values():
            order.setdefault(place, "ASC")
        return f" ORDER BY {', '.join(f'{sql} {way} NULLS FIRST' for sql, way in order.items())}"

    def _part(self, part: CompValue) -> Relation:
        translate = getattr(self, f"_{part.name.lower()}", None)
        if translate is None:
            raise Untranslatable(part.name)
        made: Relation = translate(part)
        return made

    def _new(self) -> str:
        return f"t{next(self._numbers)}"

    def _scope(self, inner: Relation) -> Expressions:
        """Return what translates expressions over the rows of `inner`."""
        # A parameter is the same constant wherever it stands.
        given = {name: self._given(name) for name in self.given}
        return Expressions({**inner.columns, **given}, self._exists, self._new)

    def _extended(self, inner: Relation, scope: Expressions) -> Relation:
        """Return `inner` with what `scope` looked up for it."""
        if not scope.lookups:
            return inner
        source = inner.source or f"(SELECT 1) AS {self._new()}"
        return replace(inner, source=source + "".join(scope.lookups), is_one=False)

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
        alias = self._new()
        found: dict[str, Column] = {}
        conditions = []
        is_table = isinstance(triple[1], URIRef)
        for term, name, kind in ((triple[0], "s", "node"), (triple[2], "o", holds)):
            among = f"SELECT {name} FROM {source}" if is_table and kind == "node" else ""
            column = Column(f"{alias}.{name}", kind, among=among)
            known = self._known(term, found)
            if known is None:
                found[str(term)] = column
            else:
                conditions.append(equal(known, column))
        return Relation(f"{source} AS {alias}", found, tuple(conditions))

    def _known(self, term: Any, found: Mapping[str, Column]) -> Column | None:
        """Return what `term` of a pattern must equal, None where it may be anything."""
        if not isinstance(term, Variable):
            return self._constant(term)
        return self._given(str(term)) if str(term) in self.given else found.get(str(term))

    def _constant(self, term: Any) -> Column:
        return Expressions({}, self._exists, self._new).translate(term)

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
        left, *rest = [*relations] or [Relation("", {})]
        while rest:
            shared = (i for i, other in enumerate(rest) if left.columns.keys() & other.columns)
            left = self._joined(left, rest.pop(next(shared, 0)))
        return left

    def _leftjoin(self, part: CompValue) -> Relation:
        if part.expr.name != "TrueFilter":
            raise Untranslatable("FILTER of an OPTIONAL")
        right = self._part(part.p2)
        if not right.is_plain:
            right = self._nested(right)
        return self._joined(self._part(part.p1), right, is_optional=True)

    def _joined(self, left: Relation, right: Relation, *, is_optional: bool = False) -> Relation:
        first, second = self._scope(left).columns, self._scope(right).columns
        columns: dict[str, Column] = {}
        conditions = []
        for name in dict.fromkeys((*left.columns, *right.columns)):
            if name in left.columns and name in right.columns:
                conditions.append(compatible(first[name], second[name]))
            there = second[name] if name in right.columns else None
            if there is not None and is_optional:
                there = replace(there, sure=False)
            columns[name] = either(first[name] if name in left.columns else None, there)
        where = (*left.where, *right.where)
        if not is_optional and not (left.source and right.source):
            is_one = left.is_one and right.is_one
            source = left.source or right.source
            return Relation(source, columns, (*where, *conditions), is_one)
        join = "LEFT JOIN" if is_optional else "JOIN"
        source = left.source or f"(SELECT 1) AS {self._new()}"
        other = right.source if right.is_one else f"({right.source})"
        on = " AND ".join(conditions) or "TRUE"
        return Relation(f"{source} {join} {other} ON {on}", columns, where, is_one=False)

    def _nested(self, inner: Relation, distinct: str = "") -> Relation:
        sql = f"SELECT {distinct}{named(inner.columns)}{inner.clauses}"
        return nested(sql, self._new(), inner.columns)

    def _union(self, part: CompValue) -> Relation:
        left, right = self._part(part.p1), self._part(part.p2)
        columns = united(left, right)
        both = f"({filled(left, columns)}) UNION ALL ({filled(right, columns)})"
        return nested(both, self._new(), columns)

    def _filter(self, part: CompValue) -> Relation:
        inner = self._part(part.p)
        scope = self._scope(inner)
        condition = scope.truth(part.expr)
        extended = self._extended(inner, scope)
        found = replace(extended, where=(*extended.where, condition))
        # A subquery is asked where it stands, not of all that is joined later.
        return self._nested(found) if "EXISTS (" in condition else found

    def _exists(self, pattern: CompValue, outer: Mapping[str, Column]) -> str:
        if pattern.name == "GroupGraphPatternSub":
            pattern = translateGroupGraphPattern(pattern)
        inner = self._part(pattern)
        conditions = [compatible(outer[n], c) for n, c in inner.columns.items() if n in outer]
        return f"EXISTS (SELECT 1{replace(inner, where=(*inner.where, *conditions)).clauses})"

    def _extend(self, part: CompValue) -> Relation:
        inner = self._part(part.p)
        scope = self._scope(inner)
        columns = {**inner.columns, str(part.var): scope.translate(part.expr)}
        return replace(self._extended(inner, scope), columns=columns)

    def _project(self, part: CompValue) -> Relation:
        inner = self._part(part.p)
        kept = {
            str(name): inner.columns[str(name)] for name in part.PV if str(name) in inner.columns
        }
        return replace(inner, columns=kept)

    def _distinct(self, part: CompValue) -> Relation:
        inner = self._part(part.p)
        if any(column.holds == "text" for column in inner.columns.values()):
            raise Untranslatable("DISTINCT texts, whose languages are not known")
        return self._nested(inner, "DISTINCT ")

    def _slice(self, part: CompValue) -> Relation:
        if part.start or part.length < UNLIMITED:
            raise Untranslatable("LIMIT")
        return self._part(part.p)

    def _tomultiset(self, part: CompValue) -> Relation:
        if part.p.name != "values":
            return self._part(part.p)
        rows = [
            {str(name): self._constant(term) for name, term in row.items()} for row in part.p.res
        ]
        return listed(rows, self._new())

    def _aggregatejoin(self, part: CompValue) -> Relation:
        group = part.p
        if group.name != "Group" or not group.expr:
            raise Untranslatable("aggregates without GROUP BY")
        inner = self._part(group.p)
        scope = self._scope(inner)
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
        clauses = self._extended(inner, scope).clauses
        return nested(f"SELECT {named(columns)}{clauses} GROUP BY {keys}", self._new(), columns)


@lru_cache(maxsize=64)
def _algebra(sparql: str) -> CompValue:
    """Return what rdflib takes `sparql` for, which costs more than what is made of it."""
    algebra: CompValue = prepareQuery(sparql, initNs=dict(PREFIXES)).algebra
    return algebra
