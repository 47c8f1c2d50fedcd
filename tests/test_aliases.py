"""The user's alias table: it beats the rules, survives, travels, and says what is wrong with it."""

from pathlib import Path

import pytest
from examples import corpus
from namesakes import STORIES

from quoth.graph import GraphError, SourceGraph, open_graph
from quoth.graph.decisions import Decision, Kind, decision_quads
from quoth.graph.errors import AliasError, StoreError
from quoth.graph.vocabulary import ID


@pytest.fixture
def graph() -> SourceGraph:
    opened = open_graph()
    opened.add([story.extraction() for story in STORIES])
    return opened


def canonical(graph: SourceGraph) -> dict[str, str]:
    graph.relink()
    rows = graph.query("SELECT ?s ?c { ?s said:canonical ?c }")
    return {str(s).removeprefix(str(ID)): str(c).removeprefix(str(ID)) for s, c in rows}


def speakers(graph: SourceGraph) -> dict[str, str]:
    """Who speaks in each document, by name."""
    rows = graph.query(
        """SELECT ?doc ?name { ?a a said:Attribution ; said:source/skos:prefLabel ?name ;
                                  said:inDocument/dcterms:identifier ?doc }"""
    )
    return {str(doc): str(name) for doc, name in rows}


def test_a_merge_beats_what_no_rule_finds(graph: SourceGraph) -> None:
    assert canonical(graph) == {"person-smith": "person-john-smith"}
    graph.aliases.merge("Nils Thorvane", "person-edda-thorvane")
    assert canonical(graph) == {
        "person-smith": "person-john-smith",
        "person-nils-thorvane": "person-edda-thorvane",
    }
    ((rule, confidence),) = graph.query(
        """SELECT ?rule ?sure { ?l said:identityOf|said:identityWith id:person-nils-thorvane ;
                                   said:rule ?rule ; said:confidence ?sure }"""
    )
    assert (rule, confidence) == ("user", 1.0)


def test_a_split_beats_what_a_rule_finds(graph: SourceGraph) -> None:
    graph.aliases.split("Smith", "John Smith")
    assert canonical(graph) == {}
    assert graph.aliases.forget("Smith") == 1
    assert canonical(graph) == {"person-smith": "person-john-smith"}


def test_a_homonym_is_another_source_in_its_document_alone(graph: SourceGraph) -> None:
    graph.aliases.split_in("case", "John Smith", "John Smith (FBI)")
    assert speakers(graph) | {"asked": ""} == {
        "case": "John Smith (FBI)", "bridge": "John Smith", "asked": "",
        "facts": "Edda Thorvane", "yard": "Nils Thorvane",
    }  # fmt: skip
    assert graph.query("ASK { ?a said:source id:person-john-smith--fbi }").rows == ((True,),)
    names = graph.query("SELECT ?n { id:person-john-smith--fbi skos:altLabel ?n }")
    assert [str(name) for (name,) in names] == ["John Smith"]
    assert str(graph.validate()) == "valid"


def test_a_homonym_survives_building_again_and_linking(graph: SourceGraph) -> None:
    graph.aliases.split_in("case", "John Smith", "John Smith (FBI)")
    graph.relink()
    before = graph.export("nquads")
    assert graph.add([story.extraction() for story in STORIES]) == 0
    graph.relink()
    assert graph.export("nquads") == before
    graph.remove("case")
    graph.add(STORIES[0].extraction())
    graph.relink()
    assert graph.export("nquads") == before


def test_a_homonym_taken_back_leaves_no_trace(graph: SourceGraph) -> None:
    before = graph.export("nquads")
    graph.aliases.split_in("case", "John Smith", "John Smith (FBI)")
    assert graph.export("nquads") != before
    assert graph.aliases.forget("John Smith (FBI)") == 1
    assert graph.export("nquads") == before


def test_no_rule_brings_homonyms_together_again(graph: SourceGraph) -> None:
    graph.aliases.split_in("case", "John Smith", "John Smith (FBI)")
    assert canonical(graph) == {}  # «Smith» now fits two, who are not one


def test_an_alias_is_a_name_to_ask_by_and_merges_who_is_called_so(graph: SourceGraph) -> None:
    graph.aliases.alias("Edda Thorvane", "the iron aunt")
    graph.aliases.alias("Edda Thorvane", "Nils Thorvane")
    found = canonical(graph)
    assert {"person-edda-thorvane", "person-nils-thorvane"} <= {*found, *found.values()}
    rows = graph.ask("who-said", source="The Iron Aunt").records()
    assert {row["who"] for row in rows} == {"Edda Thorvane"}, "merged sources are one"
    assert len(rows) == 2
    assert str(graph.validate()) == "valid"


def test_a_match_is_an_exact_match_and_changes_no_iri(graph: SourceGraph) -> None:
    graph.aliases.match("Edda Thorvane", "Q42")
    rows = graph.query("SELECT ?s ?m { ?s skos:exactMatch ?m }").rows
    assert rows == ((str(ID["person-edda-thorvane"]), "http://www.wikidata.org/entity/Q42"),)


WRONG = {
    "nobody of that name": (lambda t: t.merge("Ida Thorvane", "Smith"), "is it 'Edda Thorvane'"),
    "one source already": (lambda t: t.merge("John Smith", "john smith"), "--in DOCUMENT"),
    "no such document": (lambda t: t.split_in("x.txt", "Smith", "S (2)"), "--documents"),
    "not mentioned there": (lambda t: t.split_in("facts", "Smith", "S (2)"), "mentions no"),
    "the same name again": (lambda t: t.split_in("asked", "Smith", "SMITH"), "tells it apart"),
    "no address": (lambda t: t.match("Smith", "forty-two"), "Q42"),
    "no name": (lambda t: t.alias("Smith", " "), "empty"),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_and_nothing_changes(
    graph: SourceGraph, change: object, message: str
) -> None:
    before = graph.export("nquads")
    with pytest.raises(AliasError, match=message):
        change(graph.aliases)  # type: ignore[operator]
    assert graph.export("nquads") == before


def test_decisions_must_not_contradict_each_other(graph: SourceGraph) -> None:
    graph.aliases.merge("Smith", "John Smith")
    graph.aliases.merge("Smith", "Edda Thorvane")
    with pytest.raises(AliasError, match="take one of the two"):
        graph.aliases.split("Edda Thorvane", "John Smith")
    graph.aliases.split_in("case", "John Smith", "John Smith (FBI)")
    with pytest.raises(AliasError, match="one source only"):
        graph.aliases.split_in("case", "John Smith", "John Smith (CIA)")


def test_a_name_of_several_asks_for_an_iri() -> None:
    graph = open_graph()
    graph.add(corpus())
    with pytest.raises(AliasError, match="is it 'Maria Vance'"):
        graph.aliases.alias("Maria Vanse", "x")
    graph.aliases.alias("Vance", "x")
    assert [d.source for d in graph.aliases.decisions()] == [str(ID["person-maria-vance"])]


def test_a_read_only_graph_takes_no_decision(tmp_path: Path) -> None:
    path = tmp_path / "news.trig"
    with open_graph(path) as graph:
        graph.add(STORIES[0].extraction())
    with (
        open_graph(path, read_only=True, create=False) as graph,
        pytest.raises(StoreError, match="read-only"),
    ):
        graph.aliases.alias("John Smith", "Jack")


# ---------------------------------------------------------------- as a table


def fill(graph: SourceGraph) -> None:
    graph.aliases.merge("Edda Thorvane", "Nils Thorvane")
    graph.aliases.split("Smith", "John Smith")
    graph.aliases.alias("Smith", "=Smithy, Esq.")
    graph.aliases.match("Smith", "Q42")
    graph.aliases.split_in("case", "John Smith", "John Smith (FBI)")


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_comes_back_as_it_went(graph: SourceGraph, delimiter: str) -> None:
    fill(graph)
    before = graph.export("nquads")
    text = graph.aliases.rows().to_csv(delimiter)
    assert graph.aliases.import_rows(text, "t.csv") == []
    assert graph.export("nquads") == before
    other = open_graph()
    other.add([story.extraction() for story in STORIES])
    assert other.aliases.import_rows(text, "t.csv") == []
    assert other.export("nquads") == before


def test_a_table_takes_back_what_it_does_not_hold_unless_added_to(graph: SourceGraph) -> None:
    graph.aliases.alias("Smith", "Smithy")
    row = "decision,source,other\nmerge,Edda Thorvane,Nils Thorvane\n"
    graph.aliases.import_rows(row, "t.csv", add=True)
    assert [d.kind for d in graph.aliases.decisions()] == [Kind.ALIAS, Kind.MERGE]
    graph.aliases.import_rows(row, "t.csv")
    assert [d.kind for d in graph.aliases.decisions()] == [Kind.MERGE]


ROWS = {
    "marry,Smith,John Smith,": "line 2: no decision is called 'marry'",
    "merge,Smyth,John Smith,": "line 2: there is no named source 'Smyth'.*is it 'Smith'",
    "merge,Smith,smith,": "line 2: .* one source already",
    "homonym,John Smith,John Smith (FBI),": "line 2: a homonym needs the document",
    "homonym,John Smith,John Smith (FBI),nowhere": "line 2: there is no document 'nowhere'",
    "alias,Smith,,": "line 2: the name in the column other is missing",
    "match,Smith,wiki,": "line 2: 'wiki' is no IRI",
}


@pytest.mark.parametrize(("row", "message"), ROWS.items(), ids=lambda text: text[:20])
def test_a_bad_row_is_named_and_nothing_is_changed(
    graph: SourceGraph, row: str, message: str
) -> None:
    text = f"decision,source,other,document\n{row}\nalias,Smith,Smithy,\n"
    (problem,) = graph.aliases.import_rows(text, "t.csv")
    assert problem.startswith("t.csv ")
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(problem)
    assert graph.aliases.decisions() == []


def test_a_table_without_its_columns_says_which(graph: SourceGraph) -> None:
    with pytest.raises(AliasError, match=r"t.csv line 1: the column 'decision' is missing"):
        graph.aliases.import_rows("Smith,John Smith\n", "t.csv")


def test_matches_are_taken_and_bad_rows_told(graph: SourceGraph) -> None:
    text = "source\tmatch\nSmith\tQ42\nNobody\tQ43\n\nEdda Thorvane\thttps://example.org/e t\n"
    (problem,) = graph.aliases.import_matches(text, "w.tsv")
    assert "w.tsv line 3: there is no named source 'Nobody'" in problem
    assert [d.other for d in graph.aliases.decisions()] == [
        "https://example.org/e%20t", "http://www.wikidata.org/entity/Q42",
    ]  # fmt: skip


def test_decisions_between_two_hold_both_ways() -> None:
    one, other = str(ID["person-a"]), str(ID["person-b"])
    there, back = Decision(Kind.MERGE, one, other), Decision(Kind.MERGE, other, one)
    assert decision_quads([there]) == decision_quads([back]) == decision_quads([there, back])


def test_every_error_is_one_of_the_graph() -> None:
    assert issubclass(AliasError, GraphError)


def test_a_table_goes_out_and_in_with_what_it_says_of_homonyms(graph: SourceGraph) -> None:
    graph.aliases.split_in("asked", "Smith", "Smith (FBI)")
    graph.aliases.alias("Smith (FBI)", "Agent Smith")
    graph.aliases.split("Smith (FBI)", "Edda Thorvane")
    table, held = graph.aliases.rows().to_csv(), graph.export("nquads")
    assert graph.aliases.import_rows("decision,source,other,document\n", "none.csv") == []
    assert graph.export("nquads") != held
    assert graph.aliases.import_rows(table, "table.csv") == []
    assert graph.export("nquads") == held


def test_a_homonym_is_not_told_apart_once_more(graph: SourceGraph) -> None:
    graph.aliases.split_in("asked", "Smith", "Smith (FBI)")
    with pytest.raises(AliasError, match="told apart from another source already"):
        graph.aliases.split_in("asked", "Smith (FBI)", "Smith (CIA)")


def test_a_decision_waits_for_a_document_that_is_gone(graph: SourceGraph) -> None:
    graph.aliases.split_in("asked", "Smith", "Smith (FBI)")
    graph.remove("asked")
    assert graph.aliases.import_rows(graph.aliases.rows().to_csv(), "table.csv") == []
    assert [d.other for d in graph.aliases.decisions()] == ["Smith (FBI)"]
