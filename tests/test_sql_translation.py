"""Translated SPARQL: its rows are the engine's, and the SQL of the shipped questions is new."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
from rdflib import RDF, Literal, URIRef
from sql_tables import store_of, tables_of

from quoth.graph import execution, property_answers, sql_functions, translated_questions
from quoth.graph.backends import new_dataset
from quoth.graph.catalogue import list_queries
from quoth.graph.damage import FolderStore
from quoth.graph.sql_expressions import Untranslatable
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import ID, SAID, SOURCES_GRAPH


def quads() -> list[Quad]:
    """Three people: one merged into another, one without a type, one whose name is in Greek."""
    ann, bo, odos = (ID[f"person-{name}"] for name in ("ann", "bo", "odos"))
    facts = [
        (ann, RDF.type, SAID.Person),
        (ann, SAID.subjectText, Literal("Ann Holm")),
        (bo, RDF.type, SAID.Organisation),
        (bo, SAID.subjectText, Literal("Bo")),
        (bo, SAID.canonical, ann),
        (odos, SAID.subjectText, Literal("ΟΔΟΣ İ")),
    ]
    return [(*fact, SOURCES_GRAPH) for fact in facts]


@pytest.fixture(scope="module")
def dataset() -> object:
    return new_dataset(FolderStore(store_of(quads()), "memory"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables_of(store_of(quads()), tmp_path_factory.mktemp("tables") / "t.duckdb")


NAME = "?s said:subjectText ?name"
MERGED = "?s said:canonical ?to"
ANN, NOBODY = f"<{ID['person-ann']}>", f"<{ID['person-nobody']}>"


@pytest.mark.parametrize(
    "sparql",
    [
        f'SELECT ?name ?k WHERE {{ {NAME} OPTIONAL {{ {MERGED} BIND("merged" AS ?k) }} }}',
        f"SELECT ?name ?to WHERE {{ OPTIONAL {{ {NAME} }} OPTIONAL {{ {MERGED} }} }}",
        f"SELECT ?n WHERE {{ OPTIONAL {{ {MERGED} }} ?s said:subjectText ?n }}",
        f"SELECT ?name ?n WHERE {{ {NAME} OPTIONAL {{ {MERGED} . ?to said:subjectText ?n }} }}",
        f"SELECT ?name ?n ?to WHERE {{ {{ {NAME} }} UNION {{ {MERGED} . ?to rdf:type ?n }} }}",
        f"SELECT ?name WHERE {{ {NAME} FILTER(?s = {ANN}) }}",
        f"SELECT ?name WHERE {{ {NAME} FILTER(?s != {ANN}) }}",
        f"SELECT ?name WHERE {{ {NAME} FILTER(?s = {NOBODY}) }}",
        f"SELECT ?name WHERE {{ {NAME} FILTER(?s != {NOBODY}) }}",
        f"SELECT ?n WHERE {{ {NAME} BIND(STR({NOBODY}) AS ?n) }}",
        f"SELECT ?n ?name WHERE {{ {NAME} BIND({NOBODY} AS ?x) BIND(STR(?x) AS ?n) }}",
        f"SELECT ?name WHERE {{ {NAME} FILTER NOT EXISTS {{ ?s a ?c }} OPTIONAL {{ {MERGED} }} }}",
        f"SELECT ?n ?name WHERE {{ {NAME} FILTER EXISTS {{ ?o said:canonical ?s . ?o a ?c }} "
        "BIND(LCASE(?name) AS ?n) }",
        f"SELECT ?n WHERE {{ {NAME} BIND(LCASE(?name) AS ?n) }}",
        f'SELECT ?name WHERE {{ {NAME} FILTER(LCASE(?name) = "οδος i̇") }}',
        f"SELECT ?c (COUNT(?x) AS ?n) WHERE {{ {NAME} OPTIONAL {{ ?s a ?c }} OPTIONAL "
        f"{{ ?x said:canonical ?s }} }} GROUP BY ?c",
        f"SELECT DISTINCT ?k WHERE {{ {{ SELECT DISTINCT ?s WHERE {{ {NAME} }} }} "
        'BIND("one" AS ?k) }',
        f"SELECT ?name WHERE {{ VALUES ?c {{ said:Person said:Collective }} {NAME} . ?s a ?c }}",
        f"SELECT ?name ?x WHERE {{ {NAME} VALUES ?x {{ 1 2 }} }}",
        f"SELECT ?s ?t WHERE {{ {{ {MERGED} }} {{ ?s said:canonical* ?t }} }}",
        f"SELECT ?n WHERE {{ {NAME} OPTIONAL {{ {MERGED} }} BIND(STR(COALESCE(?to, ?s)) AS ?n) }}",
        f"SELECT ?n WHERE {{ {NAME} . {MERGED} BIND(STR(IF(?s = {ANN}, ?s, ?to)) AS ?n) }}",
        f"SELECT ?s WHERE {{ {{ OPTIONAL {{ {MERGED} }} }} ?s said:subjectText ?name }}",
        "SELECT ?a ?b WHERE { ?a a said:Person . ?b a said:Organisation }",
    ],
)  # fmt: skip
def test_rows_are_the_engines(sparql: str, dataset: object, file: Path) -> None:
    columns, rows = property_answers.answer(file, sparql, {})
    there = execution.run(dataset, sparql)  # type: ignore[arg-type]
    assert columns == there.columns
    assert sorted(map(repr, rows)) == sorted(map(repr, there.rows))


@pytest.mark.parametrize(
    "pattern",
    [
        f"{NAME} VALUES ?x {{ 1 'one' }}",
        f"{NAME} OPTIONAL {{ {MERGED} FILTER(?to = {ANN}) }}",
        f"{{ {NAME} BIND({ANN} AS ?x) }} UNION {{ ?s said:canonical ?x }}",
        f"{NAME} OPTIONAL {{ {MERGED} BIND({ANN} AS ?x) }}",
    ],
)
def test_what_columns_cannot_hold_is_left_to_the_engine(pattern: str, file: Path) -> None:
    with pytest.raises(Untranslatable):
        property_answers.answer(file, f"SELECT ?name ?x WHERE {{ {pattern} }}", {})


def test_an_order_names_each_column_once(file: Path) -> None:
    sparql = f"SELECT ?s ?name WHERE {{ {NAME} }} ORDER BY DESC(STRLEN(?name)) ?name"
    with pytest.raises(Untranslatable):  # STRLEN is in no question
        property_answers.answer(file, sparql, {})
    sql, _ = translated_questions.in_sql(sparql.replace("DESC(STRLEN(?name)) ", ""), {})
    assert sql.endswith(" ORDER BY 2 ASC NULLS FIRST, 1 ASC NULLS FIRST")


@pytest.mark.slow
def test_the_questions_are_shipped_as_they_are_translated() -> None:
    shipped = files("quoth.graph") / "translated_questions.json"
    assert shipped.read_text(encoding="utf-8") == translated_questions.translated(), (
        "a question or its translation was changed: make questions"
    )


def test_a_shipped_question_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoth.graph.sparql_to_sql.prepareQuery", None)
    for query in list_queries():
        given = query.bindings({p.name: p.default or "x" for p in query.parameters})
        sql, columns = translated_questions.in_sql(query.text, given)
        assert sql.startswith("SELECT")
        assert columns


def test_what_differs_from_what_was_shipped_is_translated_anew() -> None:
    (query,) = (query for query in list_queries() if query.name == "who-said")
    given = query.bindings({"source": "x"})
    changed = query.text.replace("LCASE(", "STR(")
    assert changed != query.text
    shipped, _ = translated_questions.in_sql(query.text, given)
    assert translated_questions.in_sql(changed, given)[0] != shipped
    with pytest.raises(Untranslatable):
        translated_questions.in_sql(query.text, {**given, "source": URIRef("https://x.example/")})


def test_all_other_letters_are_folded_as_python_does() -> None:
    known = [
        chr(code)
        for code in range(1, 0x110000)
        if chr(code) not in "Σİ" and unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Cs")
    ]
    with duckdb.connect() as connection:
        sql_functions.define(connection)
        sql = "SELECT lower_case(x) FROM (SELECT unnest($letters) AS x)"
        folded = connection.execute(sql, {"letters": known}).fetchall()
    assert len(known) > 200_000
    assert [letter for (letter,) in folded] == [letter.lower() for letter in known]


def test_words_are_folded_in_several_threads_at_once(file: Path) -> None:
    sparql = f"SELECT ?n WHERE {{ {NAME} BIND(LCASE(?name) AS ?n) }}"
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: property_answers.answer(file, sparql, {}), range(8)))
    assert {rows for _, rows in answers} == {(("ann holm",), ("bo",), ("οδος i̇",))}


def test_only_iris_that_may_be_asked_for_are_looked_up() -> None:
    def lookups(pattern: str) -> list[str]:
        sql, _ = translated_questions.in_sql(f"SELECT ?s WHERE {{ {pattern} }}", {})
        return [part.split(" AS ")[0] for part in sql.split("LEFT JOIN ")[1:]]

    def of(table: str, end: str) -> str:
        return f'(SELECT id, iri FROM nodes WHERE id IN (SELECT {end} FROM "{table}"))'

    assert lookups(NAME) == [of("said:subjectText", "s")]
    assert lookups("?x said:canonical ?s") == [of("said:canonical", "o")]
    assert lookups("{ ?x said:canonical ?s } UNION { ?s said:depth ?o }") == [
        of("said:canonical", "o").replace("))", ' UNION ALL SELECT s FROM "said:depth"))')
    ]
    assert lookups("{ SELECT DISTINCT ?s WHERE { ?s said:canonical* ?x } }") == ["nodes"]
