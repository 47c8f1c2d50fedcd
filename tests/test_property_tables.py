"""Answers by SQL over property tables are those that the engine gives, cell by cell, or none."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import SKOS, Literal, URIRef
from sql_tables import GIVEN, newsroom, store_of, tables_of, terms
from strategies import extractions

from quoth.graph import (
    list_queries,
    property_answers,
)
from quoth.graph.backends import new_dataset
from quoth.graph.catalogue import NamedQuery, named_query
from quoth.graph.damage import FolderStore
from quoth.graph.mapping import mapped
from quoth.graph.questions import answer
from quoth.graph.sql_expressions import Untranslatable
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID, SOURCES_GRAPH


def same(query: NamedQuery, bindings: dict[str, Any], store: ox.Store, file: Path) -> int:
    """Assert that both ways give the same answer; return how many rows."""
    there = answer(new_dataset(FolderStore(store, "memory")), query, bindings)
    columns, rows = property_answers.answer(file, query.text, bindings)
    assert (columns, rows) == (there.columns, there.rows), query.name
    kinds = [[type(cell) for row in table for cell in row] for table in (rows, there.rows)]
    assert kinds[0] == kinds[1], query.name
    return len(rows)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return store_of(newsroom())


@pytest.fixture(scope="module")
def file(store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables_of(store, tmp_path_factory.mktemp("tables") / "t.duckdb")


@pytest.mark.slow
def test_every_question_is_answered_as_by_the_engine(store: ox.Store, file: Path) -> None:
    found = {q.name: same(q, terms(q), store, file) for q in list_queries()}
    # Else little would have been compared; the newsroom gives no reasons.
    assert [name for name, rows in found.items() if not rows] == ["anonymity-reasons"]


@pytest.mark.slow
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(
    documents=st.lists(extractions(), min_size=2, max_size=4, unique_by=lambda e: e.document.key),
    queries=st.lists(st.sampled_from(list_queries()), min_size=3, max_size=3, unique=True),
    data=st.data(),
)
def test_whatever_is_in_a_graph(
    documents: list[Any], queries: list[NamedQuery], data: st.DataObject, tmp_path: Path
) -> None:
    quads = [quad for document in documents for quad in mapped(document).quads()]
    of: dict[URIRef, list[URIRef]] = {
        kind: sorted({URIRef(str(s)) for s, _, o, _ in quads if o == kind})
        for kind in (SAID.Claim, SAID.Document, SAID.Person)
    }
    links = [(SAID.canonical, SAID.Person), (SAID.copyOf, SAID.Document)]
    for predicate, kind in (*links, (SAID.inCluster, SAID.Claim)):
        for node in data.draw(
            st.lists(st.sampled_from(of[kind]), max_size=3) if of[kind] else st.just([])
        ):
            others = [ID["cluster-1"]] if kind == SAID.Claim else of[kind]
            quads.append((node, predicate, data.draw(st.sampled_from(others)), LINKS_GRAPH))
    store = store_of(quads)
    file = tables_of(store, tmp_path / "t.duckdb")
    names = [str(o) for _, p, o, _ in quads if p == SKOS.prefLabel] or ["nobody"]
    for query in queries:
        given_ = dict.fromkeys(GIVEN.keys() & {p.name for p in query.parameters}, names[0])
        same(query, terms(query, **given_), store, file)


@settings(max_examples=10)
@given(value=st.sampled_from("'\"\\;$-{}<>\n\0 vΣς%_").flatmap(lambda c: st.text(c + "VANCEvance")))
def test_a_parameter_is_a_value(value: str, store: ox.Store, file: Path) -> None:
    query = named_query("claims-about")
    same(query, terms(query, subject=value), store, file)


@pytest.mark.parametrize("since", ["0001-01-01", "2024-02-08", "9999-12-31"])
def test_days_are_compared_as_days(since: str, store: ox.Store, file: Path) -> None:
    query = named_query("timeline")
    same(query, terms(query, since=since), store, file)


CLAIM = "?c said:text ?text"


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { ?a said:claim ?c }",
        f"SELECT ?c ?text WHERE {{ {CLAIM} }}",  # its language would be lost
        f"SELECT DISTINCT ?c WHERE {{ {{ SELECT DISTINCT ?c ?text WHERE {{ {CLAIM} }} }} }}",
        f"SELECT (COUNT(DISTINCT ?text) AS ?n) WHERE {{ {CLAIM} }} GROUP BY ?c",
        f"SELECT ?c WHERE {{ {CLAIM} FILTER(?text = 'x') }}",
        f"SELECT ?c ?d WHERE {{ {CLAIM} . ?d said:text ?text }}",
        f"SELECT (COUNT(?c) AS ?n) WHERE {{ {CLAIM} }}",
        f"SELECT ?c WHERE {{ {CLAIM} }} LIMIT 5",
        "SELECT ?c WHERE { ?c said:polarity ?p }",
        "SELECT ?c WHERE { ?c ?p ?o }",
        "SELECT ?c WHERE { GRAPH ?g { ?c said:claim ?o } }",
        "SELECT ?c WHERE { ?c said:claim ?o FILTER REGEX(STR(?o), 'x') }",
        "SELECT ?c WHERE { ?c said:claim ?o MINUS { ?c said:depth 1 } }",
        "SELECT ?c WHERE { ?c said:claim ?o FILTER(?o < ?c) }",
        "SELECT ?c WHERE { ?c said:depth ?o FILTER(?o = 'x') }",
        "SELECT ?c WHERE { ?c said:depth|said:claim ?o }",
    ],
)
def test_what_sql_would_answer_otherwise_is_left_to_the_engine(sparql: str, file: Path) -> None:
    with pytest.raises(Untranslatable):
        property_answers.answer(file, sparql, {})


PERSON = ID["person-x"]


@pytest.mark.parametrize(
    "quad",
    [
        (PERSON, SKOS.prefLabel, Literal("x"), URIRef("https://else.example/")),
        (PERSON, SKOS.prefLabel, Literal("x"), None),
        (PERSON, SKOS.prefLabel, URIRef("https://x.example/"), SOURCES_GRAPH),
        (PERSON, SAID.canonical, Literal("x"), SOURCES_GRAPH),
        (PERSON, SAID.depth, Literal("1"), SOURCES_GRAPH),
        (PERSON, SAID.subjectText, Literal("x", lang="en"), SOURCES_GRAPH),
    ],
    ids=["a graph of others", "no graph", "a name that is an IRI", "a node that is none",
         "a number that is none", "a language"],
)  # fmt: skip
def test_a_graph_of_another_shape_is_left_to_the_engine(quad: Quad, tmp_path: Path) -> None:
    with pytest.raises(Untranslatable):
        tables_of(store_of([quad]), tmp_path / "t.duckdb")
