"""Answers the named questions: on Oxigraph's engine, with a word about names that nobody has.

Of a folder that is opened for reading the answers are kept (`quoth.graph.kept_answers`), and where
a writer left its property tables (`quoth.graph.kept_properties`), they answer.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.memory import Memory

from quoth.graph import execution
from quoth.graph.damage import FolderStore
from quoth.graph.engine_hints import hinted
from quoth.graph.results import LongAnswer, Result
from quoth.graph.terms import to_ox
from quoth.graph.unknown_names import unknown_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rdflib.term import IdentifiedNode, Identifier

    from quoth.graph.catalogue import NamedQuery
    from quoth.graph.kept_answers import KeptAnswers
    from quoth.graph.kept_properties import KeptProperties

    Row = tuple[object, ...]


def answer(dataset: Dataset, query: NamedQuery, bindings: Mapping[str, Identifier]) -> Result:
    """Answer `query` with `bindings`, as `NamedQuery.bindings` gives them, which are no columns.

    The `note` of an empty answer tells of names in it that no source has. Raises QueryError as
    `quoth.graph.execution.run`.
    """
    answers, properties = _kept(dataset)
    if answers is None:
        return _asked(dataset, query, bindings)
    is_quick = properties is not None and properties.are_there
    return answers.get(query, bindings, lambda: _asked(dataset, query, bindings), is_quick=is_quick)


@contextmanager
def answer_row_by_row(
    dataset: Dataset, query: NamedQuery, bindings: Mapping[str, Identifier]
) -> Iterator[Result | LongAnswer]:
    """Give the same answer, of which a long one is read within the block (`LongAnswer`).

    Only property tables give their rows one by one; the engine's would have to be sorted.
    """
    answers, properties = _kept(dataset)
    if answers is None or properties is None:
        yield answer(dataset, query, bindings)
        return
    if (kept := answers.kept(query, bindings)) is not None:
        yield kept
        return
    with properties.row_by_row(query, bindings) as found:
        if isinstance(found, LongAnswer):
            yield found
            return
    made = partial(_completed, dataset, query, bindings, found)
    yield answers.get(query, bindings, made, is_quick=properties.are_there)


def _kept(dataset: Dataset) -> tuple[KeptAnswers | None, KeptProperties | None]:
    """Return what is kept of the graph in its state, if anything may be."""
    store = dataset.store
    return (store.answers, store.properties) if isinstance(store, FolderStore) else (None, None)


def _asked(dataset: Dataset, query: NamedQuery, bindings: Mapping[str, Identifier]) -> Result:
    _, properties = _kept(dataset)
    found = None if properties is None else properties.answer(query, bindings)
    return _completed(dataset, query, bindings, found)


def _completed(
    dataset: Dataset, query: NamedQuery, bindings: Mapping[str, Identifier], found: Result | None
) -> Result:
    """Return what property tables have `found`, or what the engine does where that is None.

    An empty answer gets its note.
    """
    if found is not None and found.rows:
        return found
    engine = _oxigraph(dataset)
    if found is None:
        asked = hinted(query.unordered)
        found = execution.run(engine, asked, bindings, hide=frozenset(bindings))
    if not found.rows:
        return replace(found, note=unknown_names(engine, query, bindings))
    return replace(found, rows=_sorted(found, query.order))


def _sorted(found: Result, order: Sequence[tuple[str, bool]]) -> tuple[Row, ...]:
    """Return the rows as SPARQL's ORDER BY has them: what is unbound first, text by code points.

    Rows that it leaves equal are in the order of their other cells.
    """
    if not order:
        return found.rows
    places = [(found.columns.index(name), descends) for name, descends in order]
    columns = ([_key(row[at], descends) for row in found.rows] for at, descends in places)
    keys = list(zip(*columns, strict=True))
    numbers = sorted(range(len(keys)), key=keys.__getitem__)
    rows: list[Row] = []
    for _, equal in groupby(numbers, key=keys.__getitem__):
        first, *others = (found.rows[number] for number in equal)
        rows += sorted((first, *others), key=_whole) if others else [first]
    return tuple(rows)


def _whole(row: Row) -> list[tuple[int, Any]]:
    return [_key(cell, False) for cell in row]


def _key(cell: object, descends: bool) -> tuple[int, Any]:
    if isinstance(cell, str):
        return 3, cell
    if isinstance(cell, date):
        return 2, cell.isoformat()
    # What descends are counts.
    return (0, 0) if not isinstance(cell, int | float) else (1, -cell if descends else cell)


def _oxigraph(dataset: Dataset) -> Dataset:
    """Return `dataset`, or where its store is rdflib's in memory, a copy of it in Oxigraph's.

    Copying takes seconds a million quads; rdflib's own engine would take minutes for some of the
    named questions.
    """
    if not isinstance(dataset.store, Memory):
        return dataset
    engine = ox.Store()
    quads = ((s, p, o, _name(g)) for s, p, o, g in dataset.quads())
    engine.bulk_extend(map(to_ox, quads))
    return Dataset(FolderStore(engine, "memory"))


def _name(graph: IdentifiedNode | None) -> URIRef | None:
    is_default = graph is None or graph == DATASET_DEFAULT_GRAPH_ID
    return None if is_default else URIRef(str(graph))
