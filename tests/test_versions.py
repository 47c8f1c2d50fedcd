"""Texts that change, extractors that change, and what is not read twice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from examples import denial, permits
from rdflib import PROV, RDF, Literal, URIRef
from story import RULES, Story
from typer.testing import CliRunner, Result

from quoth.cli import app
from quoth.extractors.records import Document, Extraction, Extractor
from quoth.graph import SourceGraph, StoreError, open_graph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, PROVENANCE_GRAPH, SAID

PLACES = ["memory", "news.nq", "news.quoth"]


def article(rain: str = "rain", **fields: object) -> Extraction:
    """One sentence by one source; `rain` changes the text."""
    story = Story(f"Edda Thorvane said that {rain} would come.", **fields)
    story.says(
        story.source("Edda Thorvane"),
        sentence=story.document.text,
        cue="said",
        claim=story.claim(f"that {rain} would come"),
    )
    return story.extraction()


@pytest.fixture(params=PLACES)
def graph(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SourceGraph]:
    where = None if request.param == "memory" else tmp_path / request.param
    with open_graph(where) as opened:
        yield opened


def iri(extraction: Extraction) -> URIRef:
    return ID[f"doc-{extraction.document.key}"]


def keys(graph: SourceGraph) -> set[str]:
    return {entry.key for entry in graph.document_entries()}


class TestRevisions:
    @pytest.mark.parametrize(
        "names",
        [
            {"id": "rain.txt"},
            {"url": "https://example.org/rain"},
            {"url": "https://example.org/a b", "id": "rain.txt"},
        ],
    )
    def test_another_text_of_the_same_name_takes_its_place(
        self, graph: SourceGraph, names: dict[str, str]
    ) -> None:
        old, new = article("rain", **names), article("snow", **names)
        graph.add([old, permits()])
        told: list[tuple[Document, str]] = []
        assert graph.add(new, on_replaced=lambda *args: told.append(args)) == 1
        assert told == [(new.document, old.document.key)]
        assert keys(graph) == {new.document.key, permits().document.key}
        provenance = graph.dataset.graph(PROVENANCE_GRAPH)
        assert (iri(new), PROV.wasRevisionOf, iri(old)) in provenance
        assert str(provenance.value(iri(old), SAID.textHash)) == old.document.text_hash
        assert graph.validate().conforms
        about_old = [line for line in graph.export("nquads").splitlines() if str(iri(old)) in line]
        assert len(about_old) == 2

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ({"id": "a.txt"}, {"id": "b.txt"}),
            ({}, {}),
            ({"id": "a.txt"}, {"id": "a.txt", "url": "https://example.org/a"}),
            (
                {"id": "a.txt", "url": "https://example.org/a"},
                {"id": "a.txt", "url": "https://example.org/b"},
            ),
            ({"url": "https://example.org/a b"}, {"url": "https://example.org/a%20b"}),
        ],
    )
    def test_another_name_is_another_document(
        self, graph: SourceGraph, old: dict[str, str], new: dict[str, str]
    ) -> None:
        graph.add(article("rain", **old))
        graph.add(article("snow", **new))
        assert len(keys(graph)) == 2

    def test_documents_of_one_call_never_replace_each_other(self, graph: SourceGraph) -> None:
        both = [article("rain", id="a.txt"), article("snow", id="a.txt")]
        assert graph.add(both) == 2
        assert graph.add(both) == 0
        assert graph.add(both[1]) == 0
        assert len(keys(graph)) == 2

    def test_both_stay_if_asked(self, graph: SourceGraph) -> None:
        graph.add(article("rain", id="a.txt"))
        graph.add(article("snow", id="a.txt"), replace=False)
        assert len(keys(graph)) == 2

    def test_removing_the_last_version_leaves_no_trace(self, graph: SourceGraph) -> None:
        graph.add(permits())
        before = graph.export("nquads")
        for rain in ("rain", "snow", "hail"):
            graph.add(article(rain, id="a.txt"))
        assert graph.remove("a.txt") == 1
        assert graph.export("nquads") == before

    def test_a_text_may_come_back(self, graph: SourceGraph) -> None:
        for rain in ("rain", "snow", "rain"):
            graph.add(article(rain, id="a.txt"))
        assert keys(graph) == {article("rain", id="a.txt").document.key}
        assert graph.validate().conforms
        assert graph.remove("a.txt") == 1
        assert graph.export("nquads") == ""

    @pytest.mark.parametrize(("format", "suffix"), [("turtle", "ttl"), ("nquads", "nq")])
    def test_the_history_goes_out_and_comes_in(
        self, graph: SourceGraph, tmp_path: Path, format: str, suffix: str
    ) -> None:
        graph.add(article("rain", id="a.txt"))
        graph.add(article("snow", id="a.txt"))
        path = tmp_path / f"out.{suffix}"
        path.write_text(graph.export(format))
        other = open_graph()
        other.import_(path)
        assert other.export("nquads") == graph.export("nquads")


class TestLinks:
    """What was inferred across documents rests on all of them."""

    def linked(self, graph: SourceGraph) -> None:
        links = graph.dataset.graph(LINKS_GRAPH)
        by_document = {
            graph.dataset.value(claim, SAID.inDocument): claim
            for claim in graph.dataset.subjects(RDF.type, SAID.Claim)
        }
        link = ID["link-across"]
        links.add((by_document[iri(permits())], SAID.inCluster, ID["cluster-1"]))
        links.add((by_document[iri(denial())], SAID.inCluster, ID["cluster-1"]))
        links.add((link, RDF.type, SAID.ClaimLink))
        links.add((link, SAID.linkTo, by_document[iri(permits())]))
        links.add((ID["person-maria-vance"], SAID.describedAs, Literal("kept")))
        links.add((ID["person-anna-belmar"], SAID.describedAs, Literal("gone with her")))

    def test_those_of_a_removed_document_go(self, graph: SourceGraph) -> None:
        graph.add([permits(), denial()])
        self.linked(graph)
        graph.remove("permits")
        links = graph.dataset.graph(LINKS_GRAPH)
        assert {str(p).rpartition("#")[2] for p in links.predicates()} == {
            "inCluster",
            "describedAs",
        }
        assert len(list(links.subjects(SAID.inCluster))) == 1
        graph.remove("denial")
        assert len(graph.dataset.graph(LINKS_GRAPH)) == 0

    def test_an_unchanged_document_keeps_them(self, graph: SourceGraph) -> None:
        graph.add([permits(), denial()])
        self.linked(graph)
        before = graph.export("nquads")
        graph.add([permits(), denial()])
        assert graph.export("nquads") == before


class Reader:
    """An extractor that counts what it reads."""

    def __init__(self, record: Extractor = RULES) -> None:
        self.record = record
        self.read: list[str] = []

    def extract(
        self,
        documents: Iterable[Document],
        *,
        on_error: Callable[[Document, Exception], None] | None = None,
    ) -> Iterator[Extraction]:
        for document in documents:
            self.read.append(document.id)
            yield replace(article(id=document.id), document=document, extractor=self.record)


class TestReadingOnce:
    def opened(self, tmp_path: Path, reader: Reader) -> SourceGraph:
        return open_graph(tmp_path / "news.quoth", extractor=reader)

    def test_what_was_read_is_not_read_again(self, tmp_path: Path) -> None:
        documents = [article(id=name).document for name in ("a", "b")]
        for reader, expected in ((Reader(), ["a", "b"]), (Reader(), [])):
            with self.opened(tmp_path, reader) as graph:
                graph.add(documents)
            assert reader.read == expected

    def test_unless_it_is_asked_for(self, tmp_path: Path) -> None:
        reader = Reader()
        with self.opened(tmp_path, reader) as graph:
            graph.add(article(id="a").document)
            assert graph.add(article(id="a").document, again=True) == 0
        assert reader.read == ["a", "a"]

    @pytest.mark.parametrize(
        "changed", [{"version": "0.2.0"}, {"model": "larger"}, {"config": "{'x': 1}"}]
    )
    def test_another_version_reads_anew_and_tells_what_is_stale(
        self, tmp_path: Path, changed: dict[str, str]
    ) -> None:
        with self.opened(tmp_path, Reader()) as graph:
            graph.add([article(id=name).document for name in ("a", "b")])
            assert graph.stale() == ()
        newer = Reader(replace(RULES, **changed))
        with self.opened(tmp_path, newer) as graph:
            assert [entry.id for entry in graph.stale()] == ["a", "b"]
            assert graph.add(article(id="a").document) == 1
            assert [entry.id for entry in graph.stale()] == ["b"]
            assert [entry.id for entry in graph.stale(RULES)] == ["a"]
            assert graph.stale(replace(RULES, name="model")) == ()
        assert newer.read == ["a"]

    def test_other_facts_about_a_document_are_news(self, tmp_path: Path) -> None:
        reader = Reader()
        document = article(id="a").document
        with self.opened(tmp_path, reader) as graph:
            graph.add(document)
            assert graph.add(replace(document, title="Rain", publisher="Daily Example")) == 1
            assert [entry.title for entry in graph.document_entries()] == ["Rain"]
        assert reader.read == ["a", "a"]

    def test_what_is_stale_needs_an_extractor(self) -> None:
        with pytest.raises(StoreError, match="needs an extractor"):
            open_graph().stale()


@pytest.mark.slow
def test_the_command_tells_what_it_replaces_and_passes_over(tmp_path: Path) -> None:
    folder = str(tmp_path / "g")

    def build(text: str, *options: str, stdin: bool = False) -> str:
        (tmp_path / "a.txt").write_text(text)
        source = "-" if stdin else str(tmp_path / "a.txt")
        return run("build", source, "--extractor", "rules", *options, text=text).stderr

    def run(command: str, *arguments: str, text: str | None = None) -> Result:
        done = CliRunner().invoke(app, [command, *arguments, "-g", folder], input=text)
        assert done.exit_code == 0, done.output
        return done

    rain, snow = ("Edda Thorvane said that rain would come.", "Edda Thorvane said that snow fell.")
    assert "1 documents read, 1 new or changed" in build(rain)
    assert "1 documents read, 0 new or changed" in build(rain)
    told = build(snow)
    assert "a.txt: takes the place of its earlier text" in told
    assert "under another --id" in told
    assert "takes the place" not in build(rain, "--id", "b.txt")
    assert "takes the place" not in build(rain, stdin=True)
    assert "takes the place" not in build(snow, stdin=True)
    assert len(run("stats", "--documents").stdout.splitlines()) == 5
    for options, count in (([], 1), (["--min-confidence", "0.5"], 5)):
        listed = run("stats", "--stale", "--extractor", "rules", *options).stdout
        assert len(listed.splitlines()) == count


def test_of_two_documents_of_one_name_neither_is_replaced() -> None:
    graph = open_graph()
    graph.add([article("rain", id="a.txt"), article("snow", id="a.txt")])
    graph.add(article("hail", id="a.txt"))
    assert len(graph.document_entries()) == 3
