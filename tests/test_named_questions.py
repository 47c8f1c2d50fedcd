"""The named questions: the same, hand-checked rows on rdflib and on Oxigraph; the catalogue."""

import re
from pathlib import Path

import pytest
from answers_by_hand import CLOSE, EXPECTED, clustered
from examples import denial
from rdflib import URIRef

from quoth.graph import QueryError, SourceGraph, execution, list_queries, open_graph
from quoth.graph.vocabulary import ID


@pytest.fixture
def graph(clustered_corpus: SourceGraph) -> SourceGraph:
    return clustered_corpus


@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_question_gives_the_rows_checked_by_hand(graph: SourceGraph, name: str) -> None:
    parameters, rows = EXPECTED[name]
    result = graph.ask(name, **parameters)
    assert list(result) == [
        tuple(str(cell) if isinstance(cell, URIRef) else cell for cell in row) for row in rows
    ]


def test_the_table_of_attributions(graph: SourceGraph) -> None:
    first, *others = graph.ask("attributions").records()
    assert first == {
        "document": "Denial", "begin": 0, "end": 51, "who": "Maria Vance", "type": "Person",
        "anonymity": "named", "act": "deny", "stance": "rejecting", "quotation": "indirect",
        "cue": "denied", "claim": CLOSE, "addressee": None, "said_on": "2024-02-08", "depth": 0,
        "confidence": 1.0, "attribution": str(ID[f"att-{denial().document.key}-6-12"]),
    }  # fmt: skip
    assert [row["addressee"] for row in others if row["addressee"]] == [
        "Harbour Gazette",
        "Northern Wire",
    ]


@pytest.mark.slow
def test_every_question_gives_both_engines_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    with open_graph(tmp_path / "news") as folder:
        memory = clustered(open_graph())
        clustered(folder)
        for query in list_queries():
            parameters = {p.name: "vance" for p in query.parameters if p.default is None}
            terms = query.bindings(parameters)
            hide = frozenset(terms)
            there = execution.run(memory.dataset, query.text, terms, hide=hide)
            here = folder.ask(query.name, **parameters)
            assert memory.ask(query.name, **parameters) == here
            assert there.columns == here.columns
            if "ORDER BY" in query.text:
                assert there.rows == here.rows, query.name
            else:
                assert set(there.rows) == set(here.rows), query.name


@pytest.mark.parametrize("where", [None, "news"])
def test_an_empty_graph_answers_nothing(where: str | None, tmp_path: Path) -> None:
    with open_graph(where and tmp_path / where) as graph:
        for query in list_queries():
            parameters = {p.name: "vance" for p in query.parameters if p.default is None}
            assert len(graph.ask(query.name, **parameters)) == 0, query.name


class TestCatalogue:
    def test_every_question_is_checked(self) -> None:
        assert set(EXPECTED) | {"attributions"} == {query.name for query in list_queries()}

    def test_every_query_says_what_it_answers(self) -> None:
        for query in list_queries():
            assert re.search(r"[.?]$", query.title), query.name
            assert len(query.title) <= 100
            assert "own" in query.description, f"{query.name}: does the own voice count?"

    def test_every_parameter_is_described_and_stands_in_select(self) -> None:
        for query in list_queries():
            select = query.text[query.text.index("SELECT") : query.text.index("WHERE")]
            assert query.text.count("@param") == len(query.parameters)
            for parameter in query.parameters:
                assert f"?{parameter.name} " in select
                assert parameter.meaning
                if parameter.default is not None:
                    assert parameter.term(parameter.default)

    def test_usage_is_what_one_types(self) -> None:
        usage = {query.name: query.usage for query in list_queries()}
        assert usage["timeline"] == "source=NAME [since=DATE] [until=DATE]"
        assert usage["sources"] == ""

    def test_parameters_are_no_columns(self, graph: SourceGraph) -> None:
        assert graph.ask("timeline", source="Vance").columns[0] == "day"

    @pytest.mark.parametrize(
        ("name", "parameters", "problem"),
        [
            ("who-sad", {}, "no query called 'who-sad'; there are accused-unheard, anonymity"),
            ("who-said", {}, r"query who-said: needs source=NAME \(the source's name"),
            ("who-said", {"source": "<https://a/b>"}, "is an IRI, and this takes a name"),
            ("who-said", {"sorce": "x"}, "no parameter 'sorce'; it takes source=NAME"),
            ("sources", {"source": "x"}, "no parameter 'source'; it takes no parameters"),
            ("timeline", {"source": "x", "since": "May"}, "'May' is no date; write it like 2024-"),
        ],
    )
    def test_mistakes_are_explained(
        self, graph: SourceGraph, name: str, parameters: dict[str, str], problem: str
    ) -> None:
        with pytest.raises(QueryError, match=problem):
            graph.ask(name, **parameters)
