"""Wire copies: what is one, of which document, and how they count."""

import pytest
from replies import REPORT, copy_stories, graph_of, links, says

from quoth.graph.copies import Text, copies
from quoth.graph.iris import DocumentIris


def text(iri: str, day: str, claims: tuple[str, ...], outlet: str = "", *credited: str) -> Text:
    return Text(iri, day, outlet, frozenset(credited), claims)


def test_a_copy_is_of_the_earliest() -> None:
    cut = text("b", "2031-03-05", REPORT[:5])
    edited = text("c", "2031-03-06", ("Our town woke to bad news this morning", *REPORT[1:]))
    assert copies([edited, cut, text("z", "2031-03-04", REPORT)]) == {"b": "z", "c": "z"}


def test_of_one_day_the_credited_outlet_comes_first() -> None:
    wire = text("z", "2031-03-04", REPORT, "Northern Wire")
    paper = text("a", "2031-03-04", REPORT, "Daily Example", "Northern Wire")
    assert copies([paper, wire]) == {"a": "z"}


def test_a_shared_statement_makes_no_copy() -> None:
    other = tuple(f"quite another sentence with the number {n} of its own" for n in range(9))
    assert copies([text("a", "1", REPORT), text("b", "2", (*REPORT[:2], *other))]) == {}


def test_an_extract_and_a_note_are_no_copies() -> None:
    assert copies([text("a", "1", REPORT), text("b", "2", REPORT[:1])]) == {}
    assert copies([text("a", "1", REPORT[:1]), text("b", "2", REPORT[:1])]) == {}


def test_the_same_text_under_another_name_is_a_copy_however_short() -> None:
    one, other = (
        Text(iri, day, "", frozenset(), REPORT[:1], hash="5f")
        for iri, day in (("b", "1"), ("a", "2"))
    )
    assert copies([one, other]) == {"a": "b"}
    assert copies([one, Text("a", "2", "", frozenset(), REPORT[:1], hash="6a")]) == {}


@pytest.mark.slow
def test_tables_count_without_copies() -> None:
    graph = graph_of(*copy_stories())
    graph.relink()
    assert len(graph.attributions()) == 4
    assert set(graph.attributions(copies=False)["document"]) == {copy_stories()[0].document.key}
    everyone = graph.sources().set_index("who")["attributions"]
    originals = graph.sources(copies=False).set_index("who")["attributions"]
    assert (everyone.sum(), originals.sum()) == (4, 2)
    assert originals["Alban Creel"] == everyone["Alban Creel"] - 1


def test_copies_stand_in_the_graph_and_answer_as_one() -> None:
    wire, paper = copy_stories()
    graph = graph_of(wire, paper)
    assert graph.relink().copies == 1
    ((copy, origin),) = graph.query("SELECT ?copy ?origin { ?copy said:copyOf ?origin }")
    assert str(copy) == str(DocumentIris(paper.document.key).document)
    assert str(origin) == str(DocumentIris(wire.document.key).document)
    assert links(graph) == set()
    assert str(graph.validate()) == "valid"
    third = says("Anna Belmar", "said", "other")
    graph.add(third.extraction())
    graph.relink()
    assert links(graph) == {("Alban Creel", "denies", "Anna Belmar")}
