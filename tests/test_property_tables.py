"""Answers by SQL over property tables are those that the engine gives, cell by cell, or none."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyoxigraph as ox
import pytest
from factories import corpus, leak, permits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Literal, URIRef
from strategies import extractions
from test_queries import clustered
from test_table_upkeep import said

from quoth.graph import (
    SourceGraph,
    list_queries,
    open_graph,
    property_answers,
    property_tables,
    table_upkeep,
)
from quoth.graph.backends import new_dataset
from quoth.graph.catalogue import NamedQuery, named_query
from quoth.graph.damage import FolderStore
from quoth.graph.folder_backend import FolderBackend
from quoth.graph.kept_tables import KeptTables
from quoth.graph.mapping import mapped
from quoth.graph.property_tables import properties
from quoth.graph.questions import answer
from quoth.graph.sql_expressions import Untranslatable
from quoth.graph.terms import Quad, to_ox
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable

GIVEN = {"source": "vance", "subject": "ship", "outlet": "daily example"}


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


def terms(query: NamedQuery, **values: object) -> dict[str, Any]:
    given = {p.name: GIVEN[p.name] for p in query.parameters if p.default is None}
    return query.bindings({**given, **values})


def same(query: NamedQuery, bindings: dict[str, Any], store: ox.Store, file: Path) -> int:
    """Assert that both ways give the same answer; return how many rows."""
    there = answer(new_dataset(FolderStore(store, "memory")), query, bindings)
    columns, rows = property_answers.answer(file, query.text, bindings)
    assert (columns, rows) == (there.columns, there.rows), query.name
    kinds = [[type(cell) for row in table for cell in row] for table in (rows, there.rows)]
    assert kinds[0] == kinds[1], query.name
    return len(rows)


def newsroom() -> list[Quad]:
    """The corpus, clustered, with a wire copy, a merged name and hostile names."""
    graph = clustered(open_graph())
    words = 'SHIP\'s "hull"\tand\nkeel \\ ΟΔΟΣ'
    graph.add(said("odd", words, "Vance 'O\"Neill\\", "ΟΔΟΣ ΣΑΣ", "İda; DROP TABLE nodes --"))
    links = graph.dataset.graph(LINKS_GRAPH)
    documents = sorted(graph.dataset.subjects(RDF.type, SAID.Document))
    links.add((documents[-1], SAID.copyOf, documents[-2]))
    people = sorted(graph.dataset.subjects(RDF.type, SAID.Person))
    for old in people[1:4:2]:
        links.add((old, SAID.canonical, people[0]))
    return [(s, p, o, URIRef(str(g))) for s, p, o, g in graph.dataset.quads()]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return store_of(newsroom())


@pytest.fixture(scope="module")
def file(store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables_of(store, tmp_path_factory.mktemp("tables") / "t.duckdb")


def test_every_question_is_answered_as_by_the_engine(store: ox.Store, file: Path) -> None:
    found = {q.name: same(q, terms(q), store, file) for q in list_queries()}
    # Else little would have been compared; the newsroom gives no reasons.
    assert [name for name, rows in found.items() if not rows] == ["anonymity-reasons"]


@settings(
    deadline=None, max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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


@settings(deadline=None, max_examples=10)
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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "news"
    with pytest.MonkeyPatch.context() as patch, open_graph(path) as graph:
        patch.setattr(table_upkeep, "LARGE", 0)
        graph.add([permits(), leak(), said("ruiz", "it rains", "Ana Ruiz", "Bo Holm")])
        graph.close()
    return path


class TestUpkeep:
    """What a writer leaves is what would be made."""

    @pytest.fixture(autouse=True)
    def worth_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Small graphs are kept up, as property tables alone."""
        monkeypatch.setattr(table_upkeep, "LARGE", 0)
        monkeypatch.setattr(KeptTables, "can_be_kept", staticmethod(lambda: False))

    @pytest.fixture
    def folder(self, made: Path, tmp_path: Path) -> Path:
        return shutil.copytree(made, tmp_path / "news")

    def test_after_every_kind_of_change(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        created = []
        whole = property_tables.create
        monkeypatch.setattr(property_tables, "create", lambda *a: (created.append(a), whole(*a))[1])
        added = [said("x", "it snows", "Bo Holm"), *corpus()[2:3]]
        changes: list[tuple[Callable[[SourceGraph], object], bool]] = [
            (lambda g: (g.add(added), g.add(said("ruiz", "it shines", "Ana B. Ruiz"))), False),
            (lambda g: (g.aliases.merge("Ana B. Ruiz", "Bo Holm"), relink(g)), False),
            (lambda g: g.remove("permits"), False),
            (by_rdflib, True),
        ]
        for change, is_whole in changes:
            with open_graph(folder) as graph:
                change(graph)
            there = FolderBackend(folder, read_only=True, create=False)
            kept = there.dataset.store.properties  # type: ignore[attr-defined]
            assert rows(kept.file)
            assert (len(created) == 1) is is_whole
            assert rows(kept.file) == rows(tables_of(there.store, folder.with_name("t.duckdb")))
            created.clear()
            there.close()

    def test_they_answer_and_are_the_only_ones(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (file,) = (folder / "tables").glob("properties-*")
        monkeypatch.setattr("quoth.graph.execution.run", None)  # the engine is not asked
        with open_graph(folder, read_only=True) as graph:
            assert len(graph.ask("sources")) == 7
        monkeypatch.undo()
        file.write_bytes(b"cut off")
        with open_graph(folder, read_only=True) as graph:
            assert len(graph.ask("attributions")) == 8

    @pytest.mark.parametrize("long", [7, 8])
    def test_what_is_long_is_not_kept_beside_them(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, long: int
    ) -> None:
        monkeypatch.setattr("quoth.graph.kept_answers.LONG", long)
        with open_graph(folder, read_only=True) as graph:
            assert len(graph.ask("sources")) == 7
        assert bool(list((folder / "tables").glob("sources-*.gz"))) is (long > 7)

    def test_an_empty_answer_still_tells_of_names(self, folder: Path) -> None:
        with open_graph(folder, read_only=True) as graph:
            assert "nearest" in graph.ask("who-said", source="Anna Ruiz").note

    def test_steps_are_told_and_an_interrupt_leaves_nothing_half_made(self, folder: Path) -> None:
        steps = []

        def interrupt() -> None:
            steps.append(1)
            if len(steps) == 5:
                raise KeyboardInterrupt

        graph = open_graph(folder)
        graph.add(said("x", "it snows", "Bo Holm"))
        with pytest.raises(KeyboardInterrupt):
            graph.close(interrupt)
        assert not list((folder / "tables").glob("*draft*"))
        with open_graph(folder, read_only=True) as reopened:
            assert len(reopened.document_entries()) == 4

    @pytest.mark.parametrize("name", ["duckdb", "pyarrow"])
    def test_without_duckdb_or_pyarrow_there_are_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setattr(
            "quoth.graph.kept_properties.find_spec", lambda asked: None if asked == name else asked
        )
        with open_graph(tmp_path / "news") as graph:
            graph.add(leak())
        assert not list((tmp_path / "news").glob("tables/properties*"))


def relink(graph: SourceGraph) -> None:
    graph.relink(meaning=False)


def by_rdflib(graph: SourceGraph) -> None:
    graph.dataset.update("DELETE WHERE { GRAPH ?g { ?a <https://w3id.org/quoth#cue> ?c } }")


def rows(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the tables in `file` say, with IRIs in the place of numbers."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found = {}
        for each in properties():
            is_node = each.holds == "node"
            value, join = ("b.iri", "JOIN nodes b ON b.id = o") if is_node else ("o", "")
            found[each.name] = connection.execute(
                f'SELECT a.iri, {value}, part FROM "{each.name}" JOIN nodes a ON a.id = s {join} '
                "ORDER BY ALL"
            ).fetchall()
        return found


def test_memory_for_an_answer_grows_with_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tables.duckdb"

    def limit() -> str:
        with property_tables.database(file, read_only=False) as connection:
            (found,) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
            return str(found[0])

    assert limit() == "238.4 MiB"
    monkeypatch.setattr(property_tables, "ROOM", 10**9 // file.stat().st_size)
    assert limit().startswith("95")
