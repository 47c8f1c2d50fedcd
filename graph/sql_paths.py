"""Property paths as SQL: inverse, alternative and sequence, and any number of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from quoth.graph.sql_expressions import Untranslatable

if TYPE_CHECKING:
    from collections.abc import Callable


def path(
    predicate: Any, table: Callable[[str], tuple[str, str]], new: Callable[[], str]
) -> tuple[str, str]:
    """Return a table with the columns s and o for a property or a path, and what o holds.

    `table` gives the name of a property's and what it holds, `new` a name that is not taken. Raises
    Untranslatable.
    """
    if isinstance(predicate, URIRef):
        name, holds = table(str(predicate))
        return f'"{name}"', holds
    if isinstance(predicate, InvPath):
        source, holds = path(predicate.arg, table, new)
        if holds != "node":
            raise Untranslatable(f"the inverse of {holds}")
        return f"(SELECT o AS s, s AS o FROM {source})", "node"
    if isinstance(predicate, AlternativePath):
        found = [path(arg, table, new) for arg in predicate.args]
        if len({holds for _, holds in found}) > 1:
            raise Untranslatable("a path to different things")
        return f"({' UNION ALL '.join(f'SELECT s, o FROM {t}' for t, _ in found)})", found[0][1]
    if isinstance(predicate, SequencePath) and len(predicate.args) == 2:
        (first, middle), (second, holds) = (path(arg, table, new) for arg in predicate.args)
        if middle != "node":
            raise Untranslatable(f"a path through {middle}")
        rows = f"{first} AS one JOIN {second} AS two ON one.o = two.s"
        return f"(SELECT one.s, two.o FROM {rows})", holds
    if isinstance(predicate, MulPath) and predicate.mod == "*":
        source, holds = path(predicate.path, table, new)
        if holds != "node":
            raise Untranslatable(f"a path along {holds}")
        alias = new()
        return (
            f"(SELECT id AS s, id AS o FROM nodes UNION ALL (WITH RECURSIVE {alias} AS ("
            f"SELECT s, o FROM {source} UNION "
            f"SELECT {alias}.s, e.o FROM {alias} JOIN {source} AS e ON {alias}.o = e.s) "
            f"SELECT s, o FROM {alias} WHERE s <> o))"
        ), "node"
    raise Untranslatable(f"the predicate {predicate!r}")
