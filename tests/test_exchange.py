"""What is exported can be read again: by quoth, and by what others read such files with."""

import gzip
import io
from collections import defaultdict
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from commands import quoth
from examples import corpus
from hypothesis import given, settings
from rdflib import RDF, URIRef
from story import Story
from strategies import extractions

from quoth.extractors.records import Extraction
from quoth.graph import StoreError, open_graph
from quoth.graph.nanopublications import NP
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID


def nquads_again(text: str, path: Path) -> str:
    path.write_text(text, encoding="utf-8")
    with open_graph() as graph:
        graph.import_(path)
        return graph.export("nquads")


@pytest.mark.parametrize(
    ("format", "end"),
    [("nquads", "nq"), ("trig", "trig"), ("jsonld", "jsonld")],
)
def test_whole_graphs_come_back(format: str, end: str, tmp_path: Path) -> None:
    graph = open_graph()
    graph.add(corpus())
    graph.dataset.graph(LINKS_GRAPH).add((ID["claim-1"], SAID.inCluster, ID["cluster-1"]))
    again = nquads_again(graph.export(format), tmp_path / f"news.{end}")
    assert again == graph.export("nquads")
    assert "cluster-1" in again


class TestCutFiles:
    """N-Quads that end after any line are valid; what they lack tells that they were cut."""

    def lines(self) -> list[str]:
        graph = open_graph()
        graph.add(corpus())
        return graph.export("nquads").splitlines(keepends=True)

    @pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.98])
    def test_a_file_that_was_cut_is_refused(self, share: float, tmp_path: Path) -> None:
        lines = self.lines()
        path = tmp_path / "cut.nq"
        path.write_text("".join(lines[: int(share * len(lines))]), encoding="utf-8")
        with open_graph() as graph:
            with pytest.raises(StoreError, match=r"cut\.nq: is not whole: .*copy it again"):
                graph.import_(path)
            assert len(graph.dataset) == 0

    def test_a_lost_source_is_told(self, tmp_path: Path) -> None:
        name = str(ID["person-maria-vance"])
        path = tmp_path / "lost.nq"
        kept = [line for line in self.lines() if not line.startswith(f"<{name}>")]
        path.write_text("".join(kept), encoding="utf-8")
        with pytest.raises(StoreError, match=f"names {name}, of which it says nothing"):
            open_graph().import_(path)

    def test_statements_of_ones_own_need_nothing_else(self, tmp_path: Path) -> None:
        path = tmp_path / "own.nq"
        path.write_text(f"<{ID['doc-1']}> <http://a.example/p> <{ID['claim-1']}> .\n")
        with open_graph() as graph:
            graph.import_(path)
            assert len(graph.dataset) == 1


class TestNanopublications:
    def test_documents_come_back_and_links_across_them_do_not(self, tmp_path: Path) -> None:
        graph = open_graph()
        graph.add(corpus())
        documents = graph.export("nquads")
        graph.dataset.graph(LINKS_GRAPH).add((ID["claim-1"], SAID.inCluster, ID["cluster-1"]))
        assert nquads_again(graph.export("nanopub"), tmp_path / "np.trig") == documents

    @settings(max_examples=10)
    @given(extraction=extractions())
    @pytest.mark.slow
    def test_any_document_comes_back(
        self, extraction: Extraction, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        graph = open_graph()
        graph.add(extraction)
        path = tmp_path_factory.mktemp("np") / "np.trig"
        assert nquads_again(graph.export("nanopub"), path) == graph.export("nquads")

    @pytest.mark.parametrize(("syntax", "end"), [("nquads", "nq"), ("jsonld", "jsonld")])
    def test_they_are_written_in_the_syntax_that_is_named(
        self, syntax: str, end: str, tmp_path: Path
    ) -> None:
        graph = open_graph()
        graph.add(corpus())
        text = graph.export("nanopub", syntax=syntax)
        assert set(ox.parse(text, format=ox.RdfFormat.from_extension(end))) == set(
            ox.parse(graph.export("nanopub"), format=ox.RdfFormat.TRIG)
        )
        assert nquads_again(text, tmp_path / f"np.{end}") == graph.export("nquads")

    def test_turtle_cannot_hold_them(self) -> None:
        with pytest.raises(StoreError, match="named graphs, which 'turtle' cannot hold"):
            open_graph().export("nanopub", syntax="turtle")

    def test_each_holds_to_the_rules_of_nanopublications(self) -> None:
        """The well-formedness rules of nanopub.net: the head, three parts, what each is about."""
        graph = open_graph()
        graph.add(corpus())
        text = graph.export("nanopub")
        quads = list(ox.parse(text, format=ox.RdfFormat.TRIG))
        parts: dict[str, dict[str, str]] = defaultdict(dict)
        for quad in quads:
            if quad.predicate.value.startswith(str(NP)):
                parts[quad.subject.value][quad.predicate.value.removeprefix(str(NP))] = (
                    quad.object.value
                )
        acts = {
            *graph.dataset.subjects(RDF.type, SAID.Attribution),
            *graph.dataset.subjects(RDF.type, SAID.OwnVoice),
        }
        assert len(parts) == len(acts) + len(corpus())
        by_graph = defaultdict(list)
        for quad in quads:
            by_graph[quad.graph_name.value].append(quad)
        for publication, named in parts.items():
            assert set(named) == {"hasAssertion", "hasProvenance", "hasPublicationInfo"}
            assert len(by_graph[f"{publication}#head"]) == 4
            assert by_graph[named["hasAssertion"]]
            assert any(
                quad.subject.value == named["hasAssertion"]
                for quad in by_graph[named["hasProvenance"]]
            )
            assert any(
                quad.subject.value == publication for quad in by_graph[named["hasPublicationInfo"]]
            )
        assert len(by_graph) == 4 * len(parts)

    def test_somebody_elses_stays_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "other.trig"
        path.write_text(
            f"@prefix np: <{NP}> . @prefix : <http://a.example/np#> .\n"
            ":head { : a np:Nanopublication ; np:hasAssertion :assertion ;"
            " np:hasProvenance :provenance ; np:hasPublicationInfo :pubinfo }\n"
            ":assertion { :a :b :c } :provenance { :assertion :by :d } :pubinfo { : :by :d }\n"
        )
        with open_graph() as graph:
            assert graph.import_(path) == 0
            assert (URIRef("http://a.example/np#a"), None, None) in graph.dataset


def test_graphml_is_the_network() -> None:
    graph = open_graph()
    graph.add(corpus())
    text, network = graph.export("graphml"), graph.network()
    read = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert set(read.nodes) == set(network.nodes)
    assert {(a, b, e["kind"]) for a, b, e in read.edges(data=True)} == set(network.edges(keys=True))
    node = read.nodes[str(ID["person-maria-vance"])]
    assert (node["label"], node["type"], node["weight"]) == ("Maria Vance", "Person", 4)
    assert len(node["documents"].split()) == 4
    assert graph.export("graphml") == text


def test_graphml_holds_what_xml_cannot() -> None:
    story = Story("Nobody said that it rained.")
    name = "a\x0b\x00b<&\ufffe"
    story.says(
        story.source("Nobody", label=name), sentence=story.document.text, cue="said",
        claim=story.claim("that it rained"),
    )  # fmt: skip
    graph = open_graph()
    graph.add(story.extraction())
    read = nx.read_graphml(io.BytesIO(graph.export("graphml").encode()))
    assert [label for _, label in read.nodes(data="label")] == ["a\ufffd\ufffdb<&\ufffd"]


@pytest.mark.parametrize("damage", [lambda data: data[:-20], lambda data: b"no gzip"])
def test_a_damaged_archive_is_told(damage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "news.nq.gz"
    path.write_bytes(damage(gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n" * 50)))
    with (
        open_graph() as graph,
        pytest.raises(StoreError, match=r"news\.nq\.gz: (cannot be read|is)"),
    ):
        graph.import_(path)


@pytest.mark.slow
def test_the_commands_bring_a_graph_out_and_in(tmp_path: Path) -> None:
    def told(*arguments: object, status: int = 0) -> str:
        done = quoth(*arguments, status=status, cwd=tmp_path)
        return done.out + done.err

    with open_graph(tmp_path / "news.nq") as graph:
        graph.add(corpus())
    for name in ("a.nq.gz", "b.nq.gz"):
        told("export", "-g", "news.nq", "-o", name)
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()
    assert "4 documents new or changed" in told("import", "a.nq.gz", "-g", "again.nq")
    assert (tmp_path / "again.nq").read_bytes() == (tmp_path / "news.nq").read_bytes()
    assert "0 documents" in told("import", "a.nq.gz", "-g", "again.nq")
    told("export", "-g", "news.nq", "-f", "nanopub", "-o", "np.trig")
    told("import", "np.trig", "-g", "folder")
    assert told("export", "-g", "folder", "-f", "nquads") == (tmp_path / "news.nq").read_text()
    assert "ends in one of" in told("import", "a.txt", "-g", "x.nq", status=1)
    assert "cannot be read" in told("import", "none.nq", "-g", "x.nq", status=1)
    assert not (tmp_path / "x.nq").exists()
    asked = told("ask", "What has Maria Vance said?", "-g", "news.nq")
    assert 'understood as: who-said -p source="Maria Vance"' in asked
    assert told("ask", "who-said", "-p", "source=Vance", "-g", "news.nq").count("Maria Vance") == 4
    assert "the nearest are" in told("ask", "why", "-g", "news.nq", status=2)
    assert "what has {source} said" in told("ask")
