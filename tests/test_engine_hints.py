"""What tells Oxigraph where to begin changes no answer, and leaves nothing out."""

import pyoxigraph as ox
import pytest
from sql_tables import newsroom, store_of, terms

from quoth.graph import execution
from quoth.graph.backends import new_dataset
from quoth.graph.catalogue import NamedQuery, list_queries
from quoth.graph.damage import FolderStore
from quoth.graph.engine_hints import hinted


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return store_of(newsroom())


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_answers_are_the_same(query: NamedQuery, store: ox.Store) -> None:
    dataset, given = new_dataset(FolderStore(store, "memory")), terms(query)
    plain, guided = (
        execution.run(dataset, text, given) for text in (query.unordered, hinted(query.unordered))
    )
    assert plain.columns == guided.columns
    assert sorted(map(repr, plain.rows)) == sorted(map(repr, guided.rows))


def test_every_mark_becomes_a_hint() -> None:
    marked = [query for query in list_queries() if "LIMIT" in query.text]
    assert len(marked) > 5
    for query in marked:
        text = hinted(query.text)
        assert "LIMIT" not in text
        assert text.count("VALUES (?_small") == query.text.count("LIMIT 1000000000")


def test_only_marks_do() -> None:
    for sparql in ("SELECT * { ?a ?b ?c } LIMIT 10", "SELECT * { ?a ?b 'LIMIT 1000000000' }"):
        assert hinted(sparql) == sparql
