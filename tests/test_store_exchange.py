"""What goes out of a graph comes in again, and an import keeps the rest."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from examples import corpus, denial, leak, newer, permits
from places import Opener
from rdflib import SKOS, URIRef

from quoth.graph import SourceGraph, StoreError, open_graph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID


@pytest.fixture
def graph(opener: Opener) -> Iterator[SourceGraph]:
    with opener() as opened:
        yield opened


class TestExportAndImport:
    @pytest.mark.parametrize(
        ("format", "suffix"),
        [("turtle", "ttl"), ("trig", "trig"), ("nquads", "nq"), ("jsonld", "jsonld")],
    )
    def test_what_goes_out_comes_in(
        self, graph: SourceGraph, tmp_path: Path, format: str, suffix: str
    ) -> None:
        graph.add(corpus())
        path = tmp_path / f"out.{suffix}"
        path.write_text(graph.export(format), encoding="utf-8")
        other = open_graph()
        assert other.import_(path) == 4
        assert other.export("nquads") == graph.export("nquads")
        assert other.import_(path) == 0

    def test_import_replaces_documents_and_keeps_the_rest(
        self, graph: SourceGraph, tmp_path: Path
    ) -> None:
        graph.add([permits(), leak()])
        with open_graph(tmp_path / "new.trig") as other:
            other.add([newer(permits()), denial()])
        assert graph.import_(tmp_path / "new.trig") == 2
        expected = open_graph()
        expected.add([newer(permits()), leak(), denial()])
        assert graph.export("nquads") == expected.export("nquads")

    def test_import_keeps_matches_clusters_and_what_is_not_ours(
        self, graph: SourceGraph, tmp_path: Path
    ) -> None:
        path = tmp_path / "more.nq"
        person, claim = ID["person-maria-vance"], ID[f"claim-{permits().document.key}-0-37"]
        match = (person, SKOS.exactMatch, URIRef("http://www.wikidata.org/entity/Q1"))
        cluster = (claim, SAID.inCluster, ID["cluster-1"])
        path.write_text(
            f"<{person}> <{SKOS.exactMatch}> <{match[2]}> <{ID['graph-sources']}> .\n"
            f'<{person}> <{SKOS.altLabel}> "M. Vance" <{ID["graph-sources"]}> .\n'
            f"<{claim}> <{SAID.inCluster}> <{cluster[2]}> <{LINKS_GRAPH}> .\n"
            "<http://a/b> <http://a/c> <http://a/d> .\n"
        )
        graph.add(permits())
        assert graph.import_(path) == 0
        assert match in graph.dataset
        assert cluster in graph.dataset.graph(LINKS_GRAPH)
        assert (URIRef("http://a/b"), URIRef("http://a/c"), URIRef("http://a/d")) in graph.dataset
        assert [str(name) for name in graph.dataset.objects(person, SKOS.prefLabel)] == [
            "Maria Vance"
        ]
        assert {str(name) for name in graph.dataset.objects(person, SKOS.altLabel)} == {
            "M. Vance",
            "Vance",
        }

    @pytest.mark.parametrize(
        ("name", "content", "problem"),
        [
            ("x.ttl", "<http://a/b> <http://a/c> [] .", "holds blank nodes"),
            ("x.ttl", "<http://a/b> <http://a/c>", "is no valid turtle file"),
            ("x.nq", "\x00\x01", "is no valid nquads file"),
            ("x.jsonld", '{"@context": "http://a/context"}', "is no valid jsonld file"),
            ("x.txt", "", "the name of an RDF file ends in one of"),
            ("x.ttl", None, "cannot be read"),
        ],
    )
    def test_a_file_that_cannot_be_imported_changes_nothing(
        self, graph: SourceGraph, tmp_path: Path, name: str, content: str | None, problem: str
    ) -> None:
        graph.add(permits())
        before = graph.export("nquads")
        if content is not None:
            (tmp_path / name).write_text(content)
        with pytest.raises(StoreError, match=problem):
            graph.import_(tmp_path / name)
        assert graph.export("nquads") == before

    def test_an_unknown_format_is_refused_with_the_known_ones(self, graph: SourceGraph) -> None:
        names = "turtle, trig, nquads, jsonld, nanopub, csv, graphml, gexf"
        with pytest.raises(StoreError, match=names):
            graph.export("xml")

    def test_csv_has_a_line_per_attribution(self, graph: SourceGraph) -> None:
        graph.add(corpus())
        head, *lines = graph.export("csv").splitlines()
        assert head.startswith("document,begin,end,who,type,anonymity,act,stance")
        assert len(lines) == 9

    def test_nquads_are_sorted_lines_that_oxigraph_reads(self, graph: SourceGraph) -> None:
        graph.add(corpus())
        lines = graph.export("nquads").splitlines()
        assert lines == sorted(lines)
        data = graph.export("nquads").encode()
        assert len(list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS))) == len(lines)
