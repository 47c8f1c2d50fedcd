"""Property tables made of quads, for tests."""

from pathlib import Path

import pyoxigraph as ox

from quoth.graph import (
    property_tables,
)
from quoth.graph.terms import Quad, to_ox


def store_of(quads: list[Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(map(to_ox, quads))
    return store


def tables_of(store: ox.Store, file: Path) -> Path:
    """Make the tables of `store`, anew."""
    file.unlink(missing_ok=True)
    with property_tables.database(file, read_only=False) as connection:
        property_tables.create(connection, store, int)
    return file
