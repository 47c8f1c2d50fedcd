"""Questions in words: what is understood, and what is refused with the nearest questions."""

import runpy
from pathlib import Path

import pytest
from examples import corpus
from hypothesis import given
from hypothesis import strategies as st

from quoth.graph import QueryError, list_queries, open_graph
from quoth.graph.wording import understand


@pytest.mark.parametrize(
    ("words", "name", "parameters"),
    [
        ("What has Maria Vance said?", "who-said", {"source": "Maria Vance"}),
        ("what  did “the ministry” say", "who-said", {"source": "the ministry"}),
        (
            "What has Vance said since 2024-02-07?",
            "timeline",
            {"source": "Vance", "since": "2024-02-07"},
        ),
        ("Whom does the Daily Example rely on?", "outlet-sources", {"outlet": "the Daily Example"}),
        ("which claims are contested?", "contested", {}),
        ("wich claims are contested", "contested", {}),
    ],
)
def test_what_is_understood(words: str, name: str, parameters: dict[str, str]) -> None:
    understood = understand(words)
    assert (understood.query.name, understood.parameters) == (name, parameters)


@pytest.mark.parametrize("words", ["", "why is the sky blue", "what said Vance", "what has said"])
def test_what_is_not_understood_is_not_guessed(words: str) -> None:
    with pytest.raises(QueryError, match="is none of the questions; the nearest are “"):
        understand(words)


def test_every_question_can_be_asked_in_each_of_its_wordings() -> None:
    seen = set()
    for query in list_queries():
        assert query.wordings, query.name
        for wording in query.wordings:
            values = {p.name: f"2024-01-0{n}" for n, p in enumerate(query.parameters, 1)}
            understood = understand(wording.format(**values))
            assert understood.query == query
            assert set(understood.parameters) <= set(values)
            query.bindings(understood.parameters)
            seen.add(wording)
    assert len(seen) == sum(len(query.wordings) for query in list_queries())


@given(st.text(alphabet=st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=20))
def test_a_name_is_taken_as_it_is_and_is_only_a_value(name: str) -> None:
    assert understand(f"what has x{name}x said").parameters["source"] == f"x{name}x".replace(
        "’", "'"
    )


@pytest.mark.parametrize("name", ['" } DROP ALL #', "{source}", "\\d+", "<http://a/b c>", "%s"])
def test_hostile_names_find_nothing_and_change_nothing(name: str) -> None:
    graph = open_graph()
    graph.add(corpus())
    before = graph.export("nquads")
    understood = understand(f"what has {name} said")
    assert len(graph.ask(understood.query.name, **understood.parameters)) == 0
    assert graph.export("nquads") == before


@pytest.mark.slow
def test_the_page_of_questions_is_what_they_answer(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    docs = Path(__file__).parents[1] / "docs"
    script = docs / "questions_reference.py"
    runpy.run_path(str(script), run_name="__main__")
    printed = capsysbinary.readouterr().out
    committed = (docs / "questions.md").read_bytes()
    assert printed == committed, "docs/questions.md is out of date: make docs"
