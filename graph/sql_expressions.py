"""Expressions of SPARQL as SQL, for the subset in which the named questions are written.

What a variable holds is a `Column`: an IRI as the number of its row in the table ``nodes``, or
where there are few of them as itself, all else as a value of SQL's. SQL's NULL is both SPARQL's
unbound and its error, which comparisons and logic treat alike; what would come out otherwise is
`Untranslatable`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rdflib import XSD, Literal, URIRef, Variable
from rdflib.plugins.sparql.parserutils import CompValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TYPES = {
    "node": "INTEGER",
    "iri": "VARCHAR",
    "plain": "VARCHAR",
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DOUBLE",
    "day": "DATE",
    "truth": "BOOLEAN",
}
"""What a column may hold, and its type in SQL. A text has a language or a datatype besides its
characters, which alone are there: it serves for what STR() makes of it, which is plain."""
_NUMBERS = ("integer", "decimal")
_CONSTANTS = {XSD.integer: "integer", XSD.decimal: "decimal", XSD.date: "day", None: "plain"}


class Untranslatable(Exception):  # noqa: N818 - no error: the question is asked of the engine
    """A query, or the data that it asks, is outside of what SQL answers in the same way."""


@dataclass(frozen=True, slots=True)
class Column:
    """An expression in SQL, what it `holds`, and whether it is never NULL.

    A constant has its `iri`; of other nodes `among` is, where that can be told, a query of numbers
    that has all of theirs.
    """

    sql: str
    holds: str
    sure: bool = True
    iri: str = ""
    among: str = ""


@dataclass(frozen=True)
class Expressions:
    """Translates expressions over `columns`, which are those of variables in scope.

    `exists` gives, as SQL, whether a pattern has a solution. `lookups` are joins that the rows need
    for what was translated: of nodes with their IRIs.
    """

    columns: Mapping[str, Column]
    exists: Callable[[CompValue, Mapping[str, Column]], str]
    new: Callable[[], str]
    lookups: list[str] = field(default_factory=list)

    def translate(self, expression: Any) -> Column:
        """Return `expression` of rdflib's algebra as SQL; raises Untranslatable."""
        if isinstance(expression, Variable):
            # What is in no scope is unbound.
            return self.columns.get(str(expression)) or Column("NULL", "plain", sure=False)
        if isinstance(expression, URIRef):
            # No row has the number of an IRI that is not there.
            number = f"(SELECT id FROM nodes WHERE iri = {quoted(str(expression))})"
            return Column(f"coalesce({number}, -1)", "node", iri=str(expression))
        if isinstance(expression, Literal):
            return constant(expression)
        if not isinstance(expression, CompValue):
            raise Untranslatable(f"the expression {expression!r}")
        translate = getattr(self, f"_{expression.name.lower()}", None)
        if translate is None:
            raise Untranslatable(expression.name)
        translated: Column = translate(expression)
        return translated

    def truth(self, expression: Any) -> str:
        """Return a condition; raises Untranslatable."""
        return self._held(expression, "truth").sql

    def characters(self, column: Column) -> Column:
        """Return what STR() makes of `column`."""
        if column.iri:
            sql = quoted(column.iri)
        elif column.holds == "node":
            alias = self.new()
            # DuckDB holds all that is joined in memory: of the IRIs of a graph most are of no use.
            among = f"(SELECT id, iri FROM nodes WHERE id IN ({column.among}))"
            nodes = among if column.among else "nodes"
            self.lookups.append(f" LEFT JOIN {nodes} AS {alias} ON {alias}.id = {column.sql}")
            sql = f"{alias}.iri"
        elif column.holds in ("iri", "plain", "text"):
            sql = column.sql
        elif column.holds in ("day", "integer"):
            sql = f"{column.sql}::VARCHAR"
        else:
            raise Untranslatable(f"STR of {column.holds}")
        return Column(sql, "plain", column.sure)

    def _held(self, expression: Any, *kinds: str) -> Column:
        column = self.translate(expression)
        if column.holds not in kinds:
            raise Untranslatable(f"{column.holds} for {' or '.join(kinds)}")
        return column

    def _builtin_str(self, e: CompValue) -> Column:
        return self.characters(self.translate(e.arg))

    def _builtin_coalesce(self, e: CompValue) -> Column:
        columns = list(map(self.translate, e.arg))
        if len({column.holds for column in columns}) > 1:
            # Whoever wants more than its characters would have to know which one it was.
            columns = [replace(self.characters(column), holds="text") for column in columns]
        sql = ", ".join(column.sql for column in columns)
        sure = any(column.sure for column in columns)
        return Column(f"coalesce({sql})", columns[0].holds, sure, among=together(*columns))

    def _builtin_bound(self, e: CompValue) -> Column:
        return Column(f"({self.translate(e.arg).sql} IS NOT NULL)", "truth")

    def _builtin_if(self, e: CompValue) -> Column:
        then, other = same(self.translate(e.arg2), self.translate(e.arg3))
        condition = self._held(e.arg1, "truth")
        cases = f"WHEN {condition.sql} THEN {then.sql} WHEN NOT {condition.sql} THEN {other.sql}"
        sql = f"(CASE {cases} END)"
        sure = condition.sure and then.sure and other.sure
        return Column(sql, then.holds, sure, among=together(then, other))

    def _builtin_lcase(self, e: CompValue) -> Column:
        text = self._held(e.arg, "plain")
        return replace(text, sql=f"lower_case({text.sql})")

    def _builtin_contains(self, e: CompValue) -> Column:
        return self._of_texts("contains", "truth", e.arg1, e.arg2)

    def _builtin_strstarts(self, e: CompValue) -> Column:
        return self._of_texts("starts_with", "truth", e.arg1, e.arg2)

    def _builtin_strafter(self, e: CompValue) -> Column:
        return self._of_texts("text_after", "plain", e.arg1, e.arg2)

    def _builtin_strbefore(self, e: CompValue) -> Column:
        return self._of_texts("text_before", "plain", e.arg1, e.arg2)

    def _builtin_concat(self, e: CompValue) -> Column:
        parts = [self._held(part, "plain") for part in e.arg]
        # The operator is NULL where a part is, the function concat() leaves it out.
        sql = " || ".join(part.sql for part in parts)
        return Column(f"({sql})", "plain", all(part.sure for part in parts))

    def _of_texts(self, function: str, holds: str, *arguments: Any) -> Column:
        texts = [self._held(argument, "plain") for argument in arguments]
        sql = f"{function}({', '.join(text.sql for text in texts)})"
        return Column(sql, holds, all(text.sure for text in texts))

    def _builtin_round(self, e: CompValue) -> Column:
        number = self._held(e.arg, "decimal")
        return replace(number, sql=f"floor({number.sql} + 0.5::DOUBLE)")

    def _multiplicativeexpression(self, e: CompValue) -> Column:
        result = self._held(e.expr, *_NUMBERS)
        for operator, other in zip(e.op, e.other, strict=True):
            factor = self._held(other, *_NUMBERS)
            # A quotient of whole numbers is a decimal in SPARQL.
            is_whole = operator == "*" and result.holds == factor.holds == "integer"
            kind = "integer" if is_whole else "decimal"
            by = factor.sql if operator == "*" else f"nullif({factor.sql}, 0)"
            sql = f"({result.sql}::{TYPES[kind]} {operator} {by}::{TYPES[kind]})"
            result = Column(sql, kind, operator == "*" and result.sure and factor.sure)
        return result

    def _relationalexpression(self, e: CompValue) -> Column:
        if e.op not in ("=", "!=", "<", ">", "<=", ">="):
            raise Untranslatable(f"the operator {e.op}")
        left, right = same(self.translate(e.expr), self.translate(e.other))
        if left.holds == "text" or (left.holds in ("iri", "node") and e.op not in ("=", "!=")):
            raise Untranslatable(f"{left.holds} {e.op} {right.holds}")
        operator = "<>" if e.op == "!=" else e.op
        return Column(f"({left.sql} {operator} {right.sql})", "truth", left.sure and right.sure)

    def _conditionalandexpression(self, e: CompValue) -> Column:
        return self._joined("AND", e)

    def _conditionalorexpression(self, e: CompValue) -> Column:
        return self._joined("OR", e)

    def _joined(self, operator: str, e: CompValue) -> Column:
        parts = [self._held(part, "truth") for part in (e.expr, *e.other)]
        sql = f" {operator} ".join(part.sql for part in parts)
        return Column(f"({sql})", "truth", all(part.sure for part in parts))

    def _unarynot(self, e: CompValue) -> Column:
        condition = self._held(e.expr, "truth")
        return replace(condition, sql=f"(NOT {condition.sql})")

    def _builtin_exists(self, e: CompValue) -> Column:
        return Column(self.exists(e.graph, self.columns), "truth")

    def _builtin_notexists(self, e: CompValue) -> Column:
        return Column(f"(NOT {self.exists(e.graph, self.columns)})", "truth")


def same(left: Column, right: Column) -> tuple[Column, Column]:
    """Return both as what can be compared; raises Untranslatable for what cannot."""
    if left.holds == right.holds:
        return left, right
    for one, other in ((left, right), (right, left)):
        if one.holds == "iri" and other.iri:
            there = Column(quoted(other.iri), "iri")
            return (one, there) if one is left else (there, one)
    if {left.holds, right.holds} == set(_NUMBERS):
        return replace(left, holds="decimal"), replace(right, holds="decimal")
    raise Untranslatable(f"{left.holds} beside {right.holds}")


def together(*columns: Column) -> str:
    """Return a query of numbers that has all those of `columns`, if there is one for each."""
    queries = dict.fromkeys(column.among for column in columns)
    return " UNION ALL ".join(queries) if all(queries) else ""


def constant(literal: Literal) -> Column:
    """Return `literal` as SQL; raises Untranslatable for one of another type."""
    kind = _CONSTANTS.get(literal.datatype)
    if kind is None or literal.language:
        raise Untranslatable(f"the constant {literal!r}")
    return Column(f"{quoted(str(literal))}::{TYPES[kind]}", kind)


def quoted(text: str) -> str:
    """Return a text of a query that comes with quoth as SQL."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
