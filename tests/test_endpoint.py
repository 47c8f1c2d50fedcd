"""Graphs in a SPARQL endpoint: Oxigraph's server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import quoth
from examples import corpus, denial, leak, permits
from pages import embedded
from rdflib import RDF
from servers import oxigraph

from quoth.graph import QueryError, StoreError, list_queries, open_graph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, PROVENANCE_GRAPH, SAID, SOURCES_GRAPH


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("server"), "--union-default-graph") as address:
        yield address


@pytest.fixture
def address(server: str) -> str:
    """The server's address, its store empty."""
    with open_graph(server) as graph:
        graph._backend._client.update("DROP ALL")  # type: ignore[attr-defined]
    return server


GRAPHS = (PROVENANCE_GRAPH, SOURCES_GRAPH, LINKS_GRAPH)

PARAMETERS = {
    "source": "Maria Vance",
    "subject": "port",
    "date": "2024-02-08",
    "outlet": "Daily Example",
}


@pytest.mark.slow  # it starts a server
class TestOnOxigraph:
    @pytest.mark.slow
    def test_holds_what_memory_holds(self, address: str) -> None:
        memory = open_graph()
        memory.add(corpus())
        with open_graph(address) as graph:
            assert graph.add(corpus()) == 4
            assert graph.add(corpus()) == 0
            for name in ("nquads", "trig", "csv", "jsonld"):
                assert graph.export(name) == memory.export(name)
            assert graph.stats() == memory.stats()
            assert graph.document_entries() == memory.document_entries()
            assert graph.validate().conforms
            assert set(graph.network().edges) == set(memory.network().edges)

    @pytest.mark.parametrize("name", [query.name for query in list_queries()])
    def test_answers_every_question_as_memory_does(self, address: str, name: str) -> None:
        memory = open_graph()
        memory.add(corpus())
        (query,) = [query for query in list_queries() if query.name == name]
        given = {p.name: PARAMETERS[p.name] for p in query.parameters if p.default is None}
        with open_graph(address) as graph:
            graph.add(corpus())
            assert graph.ask(name, **given) == memory.ask(name, **given)

    def test_a_removed_document_leaves_no_trace(self, address: str) -> None:
        with open_graph(address) as graph:
            graph.add([leak(), denial()])
            before = graph.export("nquads")
            graph.add(permits())
            assert graph.remove("permits") == 1
            assert graph.export("nquads") == before

    def test_a_change_is_one_request(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with open_graph(address) as graph:
            graph.add(permits())
            sent: list[str] = []
            monkeypatch.setattr(graph._backend._client, "update", sent.append)  # type: ignore[attr-defined]
            graph.remove("permits")
        assert len(sent) == 1
        assert sent[0].startswith("DELETE DATA")

    def test_whole_graphs_come_as_such_or_as_rows(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("QUOTH_ENDPOINT_GRAPHS", f"{address}/nowhere")
        with open_graph(address) as graph:
            graph.add(permits())
            by_rows = {name: set(graph._backend.match(graph=name)) for name in GRAPHS}
        monkeypatch.delenv("QUOTH_ENDPOINT_GRAPHS")
        with open_graph(address) as graph:
            monkeypatch.setattr(graph._backend._client, "select", None)  # type: ignore[attr-defined]
            assert {name: set(graph._backend.match(graph=name)) for name in GRAPHS} == by_rows
        assert by_rows[PROVENANCE_GRAPH]
        assert not by_rows[LINKS_GRAPH]

    def test_parameters_reach_the_filters(self, address: str) -> None:
        with open_graph(address) as graph:
            graph.add(corpus())
            found = graph.query(
                "SELECT ?name ?s { ?s skos:prefLabel ?l FILTER(LCASE(STR(?l)) = LCASE(?name)) }",
                name="maria vance",
            )
            assert found.records() == [{"name": "maria vance", "s": str(ID["person-maria-vance"])}]

    def test_asks_constructs_and_refuses_updates(self, address: str) -> None:
        with open_graph(address) as graph:
            graph.add(permits())
            assert graph.query("ASK { ?a a said:Attribution }").rows == ((True,),)
            built = graph.query("CONSTRUCT { ?a a said:Act } WHERE { ?a a said:Attribution }")
            assert len(built) == 2
            with pytest.raises(QueryError, match="this is an update"):
                graph.query("DROP ALL")

    def test_rdflib_sees_the_union_and_writes(self, address: str) -> None:
        with open_graph(address) as graph:
            graph.add(corpus())
            assert len(set(graph.dataset.subjects(RDF.type, SAID.Attribution))) == 9
            triple = (ID["org-x"], RDF.type, SAID.Organisation)
            mine = graph.dataset.graph(ID["graph-mine"])
            mine.add(triple)
            assert triple in graph.dataset
            mine.remove(triple)
            assert triple not in graph.dataset

    def test_what_is_not_ours_comes_in_and_goes_out(self, address: str, tmp_path: Path) -> None:
        (tmp_path / "x.nq").write_text("<http://a/b> <http://a/c> <http://a/d> .\n")
        with open_graph(address) as graph:
            graph.add(permits())
            graph.import_(tmp_path / "x.nq")
            assert "<http://a/b> <http://a/c> <http://a/d> .\n" in graph.export("nquads")

    def test_read_only_changes_nothing(self, address: str) -> None:
        with open_graph(address, read_only=True) as graph:
            with pytest.raises(StoreError, match="was opened read-only"):
                graph.add(permits())
            assert graph.document_entries() == ()

    def test_a_default_graph_that_is_no_union_is_told(self, tmp_path: Path) -> None:
        with oxigraph(tmp_path / "split") as address:
            graph = open_graph(address)
            with pytest.raises(StoreError, match="--union-default-graph"):
                graph.add(permits())
            with pytest.raises(StoreError, match="default graph does not show"):
                open_graph(address)

    @pytest.mark.slow
    def test_every_command_takes_its_address(self, address: str, tmp_path: Path) -> None:
        article = tmp_path / "a.txt"
        article.write_text("Edda Thorvane said on Monday that the ferry was safe.\n")

        def printed(*arguments: str) -> str:
            return quoth(*arguments, "-g", address).out

        printed("build", str(article), "--extractor", "rules")
        assert "Thorvane" in printed("query", "who-said", "-p", "source=Edda Thorvane")
        assert "Thorvane" in printed("export", "-f", "nquads")
        assert printed("validate") == "valid\n"
        assert "attributions" in printed("stats")
        printed("explore", "-o", str(tmp_path / "page.html"))
        core = embedded((tmp_path / "page.html").read_text())["core"]
        assert core["sources"]["label"] == ["Edda Thorvane"]
        printed("remove", "a.txt")
        assert printed("export", "-f", "nquads") == ""
