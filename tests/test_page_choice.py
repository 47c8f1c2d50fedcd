"""Which part of a graph goes into a page: a query's, a source's; and what is told where none is."""

from pathlib import Path

import pytest
from commands import Done, quoth
from examples import corpus
from pages import embedded
from story import Story

from quoth.extractors.values import Anonymity, SourceType
from quoth.graph import QueryError, open_graph
from quoth.graph.drawing import Drawing
from quoth.graph.source_graph import SourceGraph


@pytest.fixture(scope="module")
def graph() -> SourceGraph:
    graph = open_graph()
    graph.add(corpus())
    return graph


def cues(drawing: Drawing) -> list[str]:
    return sorted(drawing.data.block("words")["cues"])


class TestFocus:
    def test_a_source_with_what_connects_it(self, graph: SourceGraph) -> None:
        drawing = graph.draw(focus="Northern Wire")
        core = drawing.core()
        assert cues(drawing) == ["reported", "told"]
        assert core["sources"]["label"][core["query"]["focus"]] == "Northern Wire"
        assert core["sources"]["label"] == [
            "Northern Wire",
            "two people familiar with the plan",
            "Harbour Gazette",  # it could not verify what they told, which their evidence says
        ]
        assert core["notes"] == [
            "Only what Northern Wire says, is told or is spoken of in: 2 of 9 statements."
        ]
        assert core["totals"]["attributions"] == 9

    def test_what_it_is_told_and_what_it_answers(self, graph: SourceGraph) -> None:
        found = cues(graph.draw(focus="Harbour Gazette"))
        assert found == ["told", "told", "was unable to verify"]

    def test_who_is_only_spoken_of(self, graph: SourceGraph) -> None:
        assert cues(graph.draw(focus="Anna Belmar")) == ["accused"]

    @pytest.mark.parametrize(
        "name",
        [
            "Maria Vance",
            "maria  VANCE",
            "Vance",
            "person-maria-vance",
            "id:person-maria-vance",
            "https://w3id.org/quoth/id/person-maria-vance",
        ],
    )
    def test_by_any_of_its_names(self, graph: SourceGraph, name: str) -> None:
        core = graph.draw(focus=name).core()
        assert core["sources"]["label"][core["query"]["focus"]] == "Maria Vance"
        # What she answers is there, so that the denial can be read from both ends.
        assert "a senior port official" in core["sources"]["label"]

    def test_a_name_close_to_one_that_is_there(self, graph: SourceGraph) -> None:
        with pytest.raises(QueryError, match=r"no source 'Vanse' .*; is it 'Maria Vance'"):
            graph.draw(focus="Vanse")

    @pytest.mark.parametrize("name", ["", "Nobody at all", "<b>"])
    def test_no_source(self, graph: SourceGraph, name: str) -> None:
        with pytest.raises(QueryError, match="there is no source"):
            graph.draw(focus=name)

    def test_several_sources_of_one_name(self) -> None:
        story = Story("A man spoke. A man sang.")
        for n, cue in enumerate(("spoke", "sang"), 1):
            man = story.source("A man", SourceType.PERSON, Anonymity.UNNAMED, nth=n)
            story.says(man, sentence=f"A man {cue}.", cue=cue)
        graph = open_graph()
        graph.add(story.extraction())
        with pytest.raises(
            QueryError, match=r"several sources are called 'A man'; .*local-"
        ) as told:
            graph.draw(focus="A man")
        iri = str(told.value).split(": ")[1].split(", ")[1]
        assert cues(graph.draw(focus=iri)) == ["sang"]


class TestQuery:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("SELECT ?a { ?a said:speechAct act:deny }", ["denied"]),
            ("SELECT ?c { ?c said:polarity val:negative }", ["told"]),
            ("SELECT ?s { ?s skos:prefLabel ?l FILTER(STR(?l) = 'Critics') }", ["accused"]),
            ("SELECT ?d { ?d dcterms:identifier 'denial' }", ["accused", "denied"]),
            (
                "SELECT ?a ?d { { ?a said:speechAct act:insist } UNION "
                "{ ?d dcterms:identifier 'reversal' } }",
                ["insisted", "said"],
            ),
            (
                "CONSTRUCT { ?a said:stance ?s } WHERE { ?a said:stance ?s . "
                "?a said:speechAct act:report }",
                ["reported"],
            ),
        ],
        ids=["attributions", "claims", "sources", "documents", "two columns", "triples"],
    )
    def test_what_it_yields_is_shown(
        self, graph: SourceGraph, query: str, expected: list[str]
    ) -> None:
        drawing = graph.draw(query=query)
        assert cues(drawing) == expected
        assert drawing.core()["notes"] == [
            f"Only what a query has chosen: {len(expected)} of 9 statements."
        ]

    def test_a_document_is_listed_although_nobody_speaks_in_it(self) -> None:
        story = Story("The harbour opened in 1954.", id="harbour")
        story.own("The harbour opened in 1954.")
        graph = open_graph()
        graph.add([story.extraction(), *corpus()])
        core = graph.draw(query="SELECT ?d { ?d dcterms:identifier 'harbour' }").core()
        assert core["documents"]["title"] == ["harbour"]
        assert core["attributions"]["act"] == []

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("SELECT ?l { ?s skos:prefLabel ?l }", r"only other values in \?l"),
            ("SELECT ?a { ?a a said:Nothing }", "no rows at all"),
            ("ASK { ?a a said:Claim }", r"only other values in \?answer"),
        ],
    )
    def test_other_things_are_told(self, graph: SourceGraph, query: str, told: str) -> None:
        with pytest.raises(QueryError, match=f"yields no attributions, .* but {told}; let it"):
            graph.draw(query=query)

    def test_with_a_focus_what_is_in_for_both(self, graph: SourceGraph) -> None:
        query = "SELECT ?d { ?d dcterms:identifier 'denial' }"
        assert cues(graph.draw(query=query, focus="Maria Vance")) == ["denied"]
        with pytest.raises(QueryError, match="nothing that the query yields has to do with"):
            graph.draw(query=query, focus="Northern Wire")


@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    with open_graph(tmp_path / "news.trig") as graph:
        graph.add(corpus())
    query = "SELECT ?a { ?a said:speechAct act:deny }"
    (tmp_path / "denials.rq").write_text(query)

    def explore(*options: str, given: str = "", status: int = 0) -> Done:
        command = ("explore", "-g", "news.trig", *options)
        return quoth(*command, cwd=tmp_path, stdin=given, status=status)

    done = explore("--query", "denials.rq", "--max-nodes", "5", "-o", "page.html")
    assert done.err == ""
    page = (tmp_path / "page.html").read_text()
    assert "Only what a query has chosen: 1 of 9 statements." in page
    assert embedded(page)["core"]["query"] == {"max_nodes": 5, "query": True}
    piped = explore("--query", "-", "--max-nodes", "5", "-o", "-", given=query)
    assert piped.out == page
    failed = explore("--focus", "Nobody", "-o", "other.html", status=2)
    assert failed.err == "quoth: there is no source 'Nobody' in this graph\n"
    assert not (tmp_path / "other.html").exists()
