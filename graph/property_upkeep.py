"""Leaves a folder's property tables ready when a writer closes it.

Those of the state before hold on for the documents that were left alone: the rows of the others,
and of the graphs that are of no document, are read anew. Where that state had none, all are.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from quoth.graph.kept_properties import KeptProperties

MANY = 2_000
"""Touched documents from which on it is quicker to read all rows anew."""


def draft(
    store: ox.Store,
    before: KeptProperties,
    touched: Collection[str] | None,
    on_step: Callable[[], object],
) -> bool:
    """Make the draft of `before` what `store` holds now; return whether there is one.

    `touched` names the graphs that were written to since, None where that is not known. `on_step`
    is called after each table.
    """
    if not before.can_be_kept():
        return False
    import duckdb

    from quoth.graph import property_tables
    from quoth.graph.sql_expressions import Untranslatable

    before.discard()
    before.folder.mkdir(exist_ok=True)
    scope = None if touched is None or not before.file.is_file() else _scope(touched)
    try:
        if scope is not None:
            shutil.copyfile(before.file, before.draft)
        with property_tables.database(before.draft, read_only=False) as connection:
            if scope is None:
                property_tables.create(connection, store, on_step)
            else:
                documents = _documents(store, scope[0])
                property_tables.renew(connection, (documents, store), *scope, on_step)
    except (Untranslatable, duckdb.Error, OSError):
        # Of such a graph, or on a disk that is full, the engine answers.
        before.discard()
        return False
    except BaseException:
        before.discard()
        raise
    return True


def _scope(touched: Collection[str]) -> tuple[frozenset[str], tuple[int, ...]] | None:
    """Return the keys of documents and the numbers of shared graphs that were written to.

    None where it is quicker, or safer, to read everything.
    """
    from quoth.graph.property_tables import OF_A_DOCUMENT, SHARED

    found = {name: OF_A_DOCUMENT.match(name) for name in touched if name not in SHARED}
    keys = frozenset(match[1] for match in found.values() if match is not None)
    if None in found.values() or len(keys) > MANY:
        return None
    return keys, tuple(part for part, name in enumerate(SHARED) if name in touched)


def _documents(store: ox.Store, keys: Collection[str]) -> ox.Store:
    """Return a store of the graphs of these documents."""
    from quoth.graph.property_tables import OF_A_DOCUMENT

    part = ox.Store()
    for graph in store.named_graphs():
        match = OF_A_DOCUMENT.match(graph.value)
        if match is not None and match[1] in keys:
            part.extend(store.quads_for_pattern(None, None, None, graph))
    return part
