"""How the named questions are answered: sorted, folded, kept, and with a word on unknown names."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest
from answers_by_hand import EXPECTED, clustered
from examples import corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, XSD, Dataset, Literal, URIRef

from quoth.graph import SourceGraph, execution, list_queries, open_graph
from quoth.graph.catalogue import NamedQuery, named_query
from quoth.graph.damage import FolderStore
from quoth.graph.kept_answers import MOST
from quoth.graph.kept_tables import FOLDER
from quoth.graph.questions import answer
from quoth.graph.results import Result
from quoth.graph.terms import from_ox_term, ox_value, value
from quoth.graph.unknown_names import nearest_names
from quoth.graph.vocabulary import LINKS_GRAPH, SAID

SPEAKERS = {
    "who", "by", "against", "accuser", "accused", "said_by", "unverified_by", "from_label",
    "to_label", "addressee",
}  # fmt: skip
OUTLET = {"outlet": "Daily Example"}


def parameters(query: NamedQuery) -> dict[str, object]:
    """Return parameters for `query`, which has rows with them."""
    return EXPECTED.get(query.name, (OUTLET, []))[0] if query.parameters else {}


def speakers(result: Result) -> set[object]:
    """Return who stands in the columns that name somebody."""
    return {
        cell
        for row in result.records()
        for column, cell in row.items()
        if column in SPEAKERS and cell is not None
    }


class TestOrder:
    def test_all_but_one_are_sorted_by_their_columns(self) -> None:
        assert {q.name for q in list_queries() if not q.order} == {"told-again"}
        query = named_query("sources")
        assert query.order == (
            ("attributions", True), ("who", False), ("source", False), ("type", False),
        )  # fmt: skip
        assert "ORDER BY" not in query.unordered

    @settings(max_examples=50)
    @given(
        rows=st.lists(
            st.tuples(
                st.integers(-3, 3),
                st.none() | st.text(st.sampled_from("aAbZ é\U0001f600"), max_size=2),
                st.none() | st.integers(0, 3).map(lambda n: date(2024, 1, 1) + timedelta(n)),
            ),
            min_size=1,
        )
    )
    def test_rows_are_in_the_order_of_sparql(self, rows: list[tuple[object, ...]]) -> None:
        table = " ".join(f"({' '.join(map(term, row))})" for row in rows)
        text = (
            f"SELECT ?n ?text ?day WHERE {{ VALUES (?n ?text ?day) {{ {table} }} }}\n"
            "ORDER BY DESC(?n) ?text ?day\n"
        )
        query = NamedQuery(
            name="x", title="", description="", parameters=(), wordings=(), text=text
        )
        found = execution.run(Dataset(FolderStore(ox.Store(), "memory")), text)
        assert answer(open_graph().dataset, query, {}) == found


def term(cell: object) -> str:
    if cell is None:
        return "UNDEF"
    if isinstance(cell, date):
        return f'"{cell}"^^xsd:date'
    return str(ox.Literal(cell))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "2024-02-06"), ("date", "2024-02-30"), ("date", "2024-02-06Z"),
        ("date", "20240206"), ("date", "0000-01-01"), ("integer", "012"), ("string", "2024-02-06"),
        ("dateTime", "2024-02-06T01:02:03"), ("decimal", "0.5"),
    ],
)  # fmt: skip
def test_a_cell_of_oxigraph_is_what_rdflib_makes_of_it(kind: str, text: str) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(f"{XSD}{kind}"))
    here, there = ox_value(literal), value(from_ox_term(literal))
    assert (here, type(here)) == (there, type(there))


@pytest.fixture(scope="module")
def plain() -> SourceGraph:
    return clustered(open_graph())


@pytest.fixture(scope="module")
def merged() -> SourceGraph:
    """The corpus, in which every source is merged into another, called ONE and its old name."""
    graph = clustered(open_graph())
    links = graph.dataset.graph(LINKS_GRAPH)
    for source in set(graph.dataset.subjects(SAID.anonymity, None)):
        one = URIRef(f"{source}-one")
        links.add((source, SAID.canonical, one))
        for predicate in (SAID.anonymity, RDF.type):
            links.add((one, predicate, graph.dataset.value(source, predicate)))
        label = graph.dataset.value(source, SKOS.prefLabel)
        links.add((one, SKOS.prefLabel, Literal(f"ONE {label}", lang="en")))
    return graph


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_merged_sources_bear_the_name_of_the_one_that_stands_for_them(
    query: NamedQuery, plain: SourceGraph, merged: SourceGraph
) -> None:
    before = plain.ask(query.name, **parameters(query))
    after = merged.ask(query.name, **parameters(query))
    assert len(after) == len(before) or query.name == "contested"
    assert speakers(after) == {f"ONE {name}" for name in speakers(before)}


def test_the_folding_test_sees_the_questions_that_name_somebody(plain: SourceGraph) -> None:
    seen = {q.name for q in list_queries() if speakers(plain.ask(q.name, **parameters(q)))}
    assert seen >= {
        "accused-unheard", "attributions", "claims-about", "contested", "hearsay", "network",
        "outlet-sources", "sources", "timeline", "unnamed-only", "who-said",
    }  # fmt: skip


class TestUnknownNames:
    def test_an_empty_answer_tells_the_nearest_names(self, plain: SourceGraph) -> None:
        found = plain.ask("who-said", source="Mario Vance")
        assert found.rows == ()
        assert found.note.startswith("no source is called 'Mario Vance'; the nearest names are")
        assert "Maria Vance" in found.note

    def test_a_known_name_that_said_nothing_needs_no_word(self, plain: SourceGraph) -> None:
        found = plain.ask("timeline", source="Maria Vance", since="2099-01-01")
        assert (found.rows, found.note) == ((), "")

    def test_an_answer_with_rows_needs_none(self, plain: SourceGraph) -> None:
        assert plain.ask("who-said", source="maria vance").note == ""

    def test_names_that_hold_the_words_come_before_those_of_like_letters(self) -> None:
        names = ["Edda Thorvane", "Thorvan", "Maro Belmar", "Nils Thorvane-Ost"]
        assert nearest_names("THORVANE", names)[:2] == ["Edda Thorvane", "Thorvan"]

    def test_nothing_like_it_is_not_guessed_at(self, plain: SourceGraph) -> None:
        assert plain.ask("who-said", source="qqq").note == "no source is called 'qqq'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_graph(tmp_path / "news.quoth") as graph:
        graph.add(corpus())
    return tmp_path / "news.quoth"


def kept(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.json.gz"))


def asked(folder: Path, name: str = "sources", **parameters: object) -> Result:
    with open_graph(folder, read_only=True) as graph:
        return graph.ask(name, **parameters)


class TestKeptAnswers:
    def test_every_answer_is_the_same_again(self, folder: Path) -> None:
        for query in list_queries():
            first = asked(folder, query.name, **parameters(query))
            again = asked(folder, query.name, **parameters(query))
            assert (again, again.note) == (first, first.note)
            kinds = [[list(map(type, row)) for row in found] for found in (first, again)]
            assert kinds[0] == kinds[1], query.name
        assert len(kept(folder)) == len(list_queries())

    def test_the_second_is_read_and_not_asked(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = asked(folder)
        monkeypatch.setattr("quoth.graph.questions._asked", refused)
        assert asked(folder) == first

    def test_a_change_ends_it(self, folder: Path) -> None:
        first = asked(folder)
        with open_graph(folder) as graph:
            graph.remove(corpus()[0].document.key)
        second = asked(folder)
        assert second != first
        with open_graph() as graph:
            graph.add(corpus()[1:])
            assert second == graph.ask("sources")
        assert len(kept(folder)) == 1

    def test_other_parameters_are_another_answer(self, folder: Path) -> None:
        assert len(asked(folder, "who-said", source="Maria Vance")) == 4
        assert len(asked(folder, "who-said", source="Critics")) == 1
        assert "nearest" in asked(folder, "who-said", source="Critic").note
        assert "nearest" in asked(folder, "who-said", source="Critic").note

    @pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"no gzip"])
    def test_one_that_is_damaged_is_made_again(self, folder: Path, content: bytes) -> None:
        first = asked(folder)
        (file,) = kept(folder)
        file.write_bytes(content)
        assert asked(folder) == first
        assert file.read_bytes() != content

    def test_who_writes_keeps_none(self, folder: Path) -> None:
        with open_graph(folder) as graph:
            graph.ask("sources")
        assert not kept(folder)

    def test_they_do_not_fill_the_disk(self, folder: Path) -> None:
        first = asked(folder)
        (file,) = kept(folder)
        for number in range(MOST):
            file.with_name(f"{number}{file.name}").touch()
        assert len(asked(folder, "who-said", source="Maria Vance")) == 4
        assert len(kept(folder)) == MOST + 1
        assert asked(folder) == first


def refused(*_: object) -> Callable[[], Result]:
    raise AssertionError("the engine was asked")
