"""A graph's properties as tables of DuckDB, each of two columns, for answers by SQL.

One scan a property, whose rows leave the engine as text that it writes itself and are numbered by
DuckDB, so that none of them becomes a Python object. This is vertical partitioning (Abadi, Marcus,
Madden and Hollenbach 2007, Scalable semantic web data management using vertical partitioning,
VLDB). Which properties, and of which subjects, says ``property_tables.json``: those that the named
questions read.
"""

from __future__ import annotations

import json
import os
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import XSD

from quoth.graph import sql_functions
from quoth.graph.engine_hints import UNLIMITED, hinted
from quoth.graph.sql_expressions import TYPES, Untranslatable
from quoth.graph.vocabulary import (
    ALIASES_GRAPH,
    ID,
    LINKS_GRAPH,
    PREFIXES,
    PROVENANCE_GRAPH,
    SOURCES_GRAPH,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    import duckdb
    import pyarrow as pa

SHARED = tuple(map(str, (SOURCES_GRAPH, LINKS_GRAPH, ALIASES_GRAPH, PROVENANCE_GRAPH)))
"""The graphs that are of no document; the rows of each are of a part of their own."""
DOCUMENTS = len(SHARED)
"""The part of what the graphs of documents hold."""
MEMORY = 250_000_000
"""Bytes that DuckDB may take at least; past its limit it writes to the disk, as far as it can."""
ROOM = 12
"""How many times the size of the tables it may take where that is more. An answer with a row for
each attribution needs nearly ten."""
AHEAD = 2
"""Scans side by side, ahead of the rows that DuckDB takes in; each holds a property's rows."""
THREADS = 4
"""Threads that it may have; more of them would gain nothing in tenths of a second."""

OF_A_DOCUMENT = re.compile(re.escape(f"{ID}graph-") + r"([0-9a-f]{20})-")
"""The name of a document's graph, and its key."""
_KEY = re.escape(str(ID)) + r"[a-z]+-([0-9a-f]{20})(?:[-#]|$)"
"""Where the key of its document stands in the IRI of what is found in one."""

_TEXT = r'"(?:[^"\\]|\\.)*"'
_WRITTEN = {
    "node": "<.*>",
    "iri": "<.*>",
    "plain": _TEXT,
    "text": rf"{_TEXT}(?:@.*|\^\^<.*>)?",
    "integer": r"[+-]?\d{1,18}",
    "decimal": rf'(?:[+-]?[\d.]+|"[+-]?\d+"\^\^<{XSD.decimal}>)',
    "day": rf'"\d{{4}}-\d\d-\d\d"\^\^<{XSD.date}>',
}
"""How the engine writes a term as tab-separated values, by what it holds."""
_READ = {
    "iri": "o[2:-2]",
    "plain": "unescaped(o)",
    "text": "unescaped(o)",
    "integer": "o::BIGINT",
    "decimal": r"regexp_extract(o, '[+-]?[\d.]+')::DOUBLE",
    "day": "o[2:11]::DATE",
}
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its prefixed `name`, and what its objects hold.

    Only those `objects` that are given are kept, and in documents only `subjects` ?s that fit a
    pattern.
    """

    name: str
    holds: str
    objects: str = ""
    subjects: str = ""

    @property
    def iri(self) -> str:
        """The property's IRI."""
        prefix, _, local = self.name.partition(":")
        return f"{PREFIXES[prefix]}{local}"


@cache
def properties() -> tuple[Property, ...]:
    """Return the properties of which there are tables."""
    text = (files(__package__) / "property_tables.json").read_text(encoding="utf-8")
    return tuple(Property(name, **about) for name, about in json.loads(text).items())


@contextmanager
def database(file: Path, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the tables in `file`: for reading with what translated queries call."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{_memory(file)}B",
        "threads": min(THREADS, os.cpu_count() or 1),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(file), read_only=read_only, config=config) as connection:
        if read_only:
            sql_functions.define(connection)
        else:
            connection.create_function("unescape", _unescape, ["VARCHAR"], "VARCHAR")
            connection.execute(_UNESCAPED)
        # Joins are in the order in which the questions have them: DuckDB's own, by a guess at their
        # sizes, may pair all names with all others.
        connection.execute("SET disabled_optimizers = 'join_order'")
        yield connection


def _memory(file: Path) -> int:
    """Return how many bytes DuckDB may take for the tables in `file`, which need not be there."""
    return max(MEMORY, ROOM * file.stat().st_size if file.is_file() else 0)


_UNESCAPED = r"""
CREATE TEMP MACRO unescaped(x) AS
  CASE WHEN contains(x, '\') THEN unescape(x) ELSE substr(x, 2, strpos(x[2:], '"') - 1) END
"""


def _unescape(term: str) -> str:
    text = term[1 : term.rindex('"')]
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)


def create(
    connection: duckdb.DuckDBPyConnection, store: ox.Store, on_step: Callable[[], object]
) -> None:
    """Fill an empty database with the tables of all that `store` holds; `on_step` follows each.

    Raises Untranslatable where the graph holds what the tables cannot give back.
    """
    graphs = {graph.value for graph in store.named_graphs()}
    unknown = any(not OF_A_DOCUMENT.match(name) for name in graphs.difference(SHARED))
    unnamed = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    if unknown or any(True for _ in unnamed):
        raise Untranslatable("graphs that are of no document")
    connection.execute("CREATE TABLE nodes (id INTEGER, iri VARCHAR)")
    for each in properties():
        connection.execute(
            f'CREATE TABLE "{each.name}" (s INTEGER, o {TYPES[each.holds]}, part UTINYINT)'
        )
    both = [(each, parts) for each in properties() for parts in (range(DOCUMENTS), (DOCUMENTS,))]
    for each, parts, rows in _scans(store, both):
        _add(connection, each, parts, rows)
        if DOCUMENTS in parts:
            on_step()


def _scans(
    store: ox.Store, of: Sequence[tuple[Property, Sequence[int]]]
) -> Iterator[tuple[Property, Sequence[int], pa.Table | None]]:
    """Yield properties and parts with their rows, some of which are scanned ahead side by side."""
    with ThreadPoolExecutor(AHEAD) as scanners:
        left = iter(of)
        coming: deque[tuple[Property, Sequence[int], Future[pa.Table | None]]] = deque()
        while True:
            for each, parts in islice(left, AHEAD + 1 - len(coming)):
                coming.append((each, parts, scanners.submit(_scanned, store, each, parts)))
            if not coming:
                break
            each, parts, rows = coming.popleft()
            yield each, parts, rows.result()


def renew(
    connection: duckdb.DuckDBPyConnection,
    stores: tuple[ox.Store, ox.Store],
    keys: Collection[str],
    parts: Sequence[int],
    on_step: Callable[[], object],
) -> None:
    """Put what two `stores` hold in the place of the rows of some documents and of shared graphs.

    The first holds the graphs of the documents with these `keys`, the second the graphs that are
    called `SHARED`, of which those numbered in `parts` are read. Raises Untranslatable as `create`.
    """
    documents, shared = stores
    connection.execute("BEGIN")
    connection.execute(
        "CREATE TEMP TABLE touched AS SELECT unnest($keys) AS key", {"keys": [*keys]}
    )
    connection.execute(
        "CREATE TEMP TABLE gone AS SELECT id FROM nodes "
        f"WHERE regexp_extract(iri, '{_KEY}', 1) IN (SELECT key FROM touched)"
    )
    numbers = ", ".join(map(str, parts)) or "NULL"
    for each in properties():
        connection.execute(
            f'DELETE FROM "{each.name}" WHERE part IN ({numbers})'
            f" OR (part = {DOCUMENTS} AND s IN (SELECT id FROM gone))"
        )
        if parts:
            _add(connection, each, parts, _scanned(shared, each, parts))
        _add(connection, each, (DOCUMENTS,), _scanned(documents, each, (DOCUMENTS,)))
        on_step()
    connection.execute("COMMIT")


def _add(
    connection: duckdb.DuckDBPyConnection,
    each: Property,
    parts: Sequence[int],
    rows: pa.Table | None,
) -> None:
    """Add the rows of a property in some shared graphs, or in documents, if there are any."""
    if rows is None:
        return
    connection.register("scanned", rows)
    good = f"regexp_full_match(o, '{_WRITTEN[each.holds]}', 's') AND s[1] = '<'"
    bad = connection.execute(f"SELECT count(*) FROM scanned WHERE NOT ({good})").fetchone()
    if bad != (0,):
        raise Untranslatable(f"{each.name} of something that is no {each.holds}")
    is_node = each.holds == "node"
    both = "SELECT s FROM scanned UNION SELECT o FROM scanned"
    terms = both if is_node else "SELECT DISTINCT s FROM scanned"
    connection.execute(
        "INSERT INTO nodes SELECT (SELECT count(*) FROM nodes) + row_number() OVER (ORDER BY iri)"
        f" - 1, iri FROM (SELECT s[2:-2] AS iri FROM ({terms})) AS new"
        " WHERE NOT EXISTS (SELECT 1 FROM nodes WHERE nodes.iri = new.iri)"
    )
    value = "b.id" if is_node else _READ[each.holds]
    join = " JOIN nodes AS b ON b.iri = o[2:-2]" if is_node else ""
    names = ", ".join(f"'<{name}>'" for name in SHARED)
    part = f"{DOCUMENTS}" if DOCUMENTS in parts else f"list_position([{names}], g) - 1"
    connection.execute(
        f'INSERT INTO "{each.name}" SELECT a.id, {value}, {part} FROM scanned'
        f" JOIN nodes AS a ON a.iri = s[2:-2]{join} ORDER BY a.id"
    )
    connection.unregister("scanned")


def _scanned(store: ox.Store, of: Property, parts: Sequence[int]) -> pa.Table | None:
    """Return subjects, objects and graphs of a property, as the engine writes them, if any."""
    from pyarrow import csv

    only = f"VALUES ?o {{ {of.objects} }} " if of.objects else ""
    names = [f"<{name}>" for name in SHARED]
    graph = f"GRAPH ?g {{ ?s {of.name} ?o }}"
    if DOCUMENTS not in parts:
        columns = ["s", "o", "g"]
        pattern = f"VALUES ?g {{ {' '.join(names[part] for part in parts)} }} {only}{graph}"
    else:
        columns = ["s", "o"]
        pattern = f"{only}{graph} FILTER(?g NOT IN ({', '.join(names)}))"
        if of.subjects:
            # With a LIMIT the engine looks each subject up; else it holds all triples at once.
            subjects = f"SELECT DISTINCT ?s WHERE {{ {of.subjects} }} LIMIT {UNLIMITED}"
            pattern = f"{{ {subjects} }} {pattern}"
    found = store.query(
        hinted(f"SELECT {' '.join(f'?{column}' for column in columns)} WHERE {{ {pattern} }}"),
        prefixes=dict(PREFIXES),
        use_default_graph_as_union=True,
    )
    assert isinstance(found, ox.QuerySolutions)
    written = found.serialize(format=ox.QueryResultsFormat.TSV)
    assert written is not None
    if written.count(b"\n") == 1:
        return None
    return csv.read_csv(
        BytesIO(written),
        read_options=csv.ReadOptions(column_names=columns, skip_rows=1),
        parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(columns, "string"), strings_can_be_null=False
        ),
    )
