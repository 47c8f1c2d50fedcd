"""Graphs in a SPARQL endpoint: Oxigraph's server, and servers that answer something else."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import corpus, denial, leak, permits
from pages import embedded
from rdflib import RDF, Literal, URIRef
from servers import answering, free_port, oxigraph

from quoth.graph import GraphError, QueryError, StoreError, list_queries, open_graph
from quoth.graph.endpoint_address import endpoint_at
from quoth.graph.substitution import with_values
from quoth.graph.vocabulary import ID, LINKS_GRAPH, PROVENANCE_GRAPH, SAID, SOURCES_GRAPH

QUOTH = str(Path(sys.executable).with_name("quoth"))


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

        def quoth(*arguments: str) -> str:
            done = subprocess.run(
                [QUOTH, *arguments, "-g", address], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        quoth("build", str(article), "--extractor", "rules")
        assert "Thorvane" in quoth("query", "who-said", "-p", "source=Edda Thorvane")
        assert "Thorvane" in quoth("export", "-f", "nquads")
        assert quoth("validate") == "valid\n"
        assert "attributions" in quoth("stats")
        quoth("explore", "-o", str(tmp_path / "page.html"))
        core = embedded((tmp_path / "page.html").read_text())["core"]
        assert core["sources"]["label"] == ["Edda Thorvane"]
        quoth("remove", "a.txt")
        assert quoth("export", "-f", "nquads") == ""


EMPTY = json.dumps({"head": {"vars": ["named"]}, "results": {"bindings": []}}).encode()
ROWS = "application/sparql-results+json"


class TestFailures:
    def problem(self, address: str) -> str:
        with pytest.raises(GraphError) as caught:
            open_graph(address, read_only=True)
        message = str(caught.value)
        assert "\n" not in message
        return message

    @pytest.mark.parametrize(
        ("status", "type_", "words"),
        [
            (200, "text/html", "answers with text/html, where a SPARQL endpoint answers with"),
            (404, "text/html", "takes no SPARQL query at .*/query .*status 404"),
            (405, "text/plain", "takes no SPARQL query at"),
            (302, "text/html", "takes no SPARQL query at"),
            (401, "text/plain", "asks for a login .*QUOTH_ENDPOINT_USER"),
            (403, "text/plain", "asks for a login .*QUOTH_ENDPOINT_TOKEN"),
            (500, "text/plain", "the query failed .HTTP status 500.: <p>Hello</p>"),
            (503, "text/html", "the query failed .HTTP status 503.$"),
            (200, ROWS, "its answer is no application/sparql-results"),
        ],
    )
    def test_are_told_in_a_line(self, status: int, type_: str, words: str) -> None:
        with answering(status, type_) as (address, _):
            message = self.problem(address)
        assert re.match(f"{address}: {words}", message)

    def test_nobody_listens(self) -> None:
        assert "cannot be reached" in self.problem(f"http://127.0.0.1:{free_port()}")

    def test_no_such_host(self) -> None:
        assert "cannot be reached" in self.problem("http://nowhere.invalid")

    def test_too_slow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUOTH_ENDPOINT_TIMEOUT", "0.2")
        with answering(200, seconds=1) as (address, _):
            assert "no answer within 0.2 seconds; QUOTH_ENDPOINT_TIMEOUT" in self.problem(address)

    def test_a_refused_login_is_never_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUOTH_ENDPOINT_USER", "ilse")
        monkeypatch.setenv("QUOTH_ENDPOINT_PASSWORD", "open-sesame")
        with answering(401) as (address, logins):
            message = self.problem(address)
        assert "refuses the login given" in message
        assert "open-sesame" not in message
        assert logins == ["Basic aWxzZTpvcGVuLXNlc2FtZQ=="]

    def test_a_token_is_sent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUOTH_ENDPOINT_TOKEN", "abc")
        with answering(200, ROWS, EMPTY) as (address, logins):
            open_graph(address, read_only=True).close()
        assert logins == ["Bearer abc"]

    def test_a_login_that_http_cannot_send(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUOTH_ENDPOINT_TOKEN", "schlüssel\n")
        message = self.problem("http://localhost:7878")
        assert "characters that HTTP cannot send" in message
        assert "schl" not in message


class TestAddresses:
    @pytest.mark.parametrize(
        ("given", "query", "update"),
        [
            ("http://h:7878", "http://h:7878/query", "http://h:7878/update"),
            ("http://h:7878/", "http://h:7878/query", "http://h:7878/update"),
            ("http://h:7878/query", "http://h:7878/query", "http://h:7878/update"),
            ("http://h/news", "http://h/news/query", "http://h/news/update"),
            ("http://h/news/sparql", "http://h/news/sparql", "http://h/news/sparql"),
            (
                "https://h/repositories/n",
                "https://h/repositories/n",
                "https://h/repositories/n/statements",
            ),
        ],
    )
    def test_are_understood(self, given: str, query: str, update: str) -> None:
        endpoint = endpoint_at(given, {})
        assert (endpoint.query, endpoint.update) == (query, update)

    @pytest.mark.parametrize(
        ("given", "graphs"),
        [
            ("http://h:7878", "http://h:7878/store"),
            ("http://h:7878/query", "http://h:7878/store"),
            ("http://h/news", "http://h/news/data"),
            ("http://h/news/sparql", None),
            ("https://h/repositories/n", "https://h/repositories/n/rdf-graphs/service"),
        ],
    )
    def test_of_graphs_are_known(self, given: str, graphs: str | None) -> None:
        assert endpoint_at(given, {}).graphs == graphs
        elsewhere = {"QUOTH_ENDPOINT_GRAPHS": "http://h/g"}
        assert endpoint_at(given, elsewhere).graphs == "http://h/g"

    def test_updates_may_go_elsewhere(self) -> None:
        endpoint = endpoint_at("http://h/q/sparql", {"QUOTH_ENDPOINT_UPDATE": "http://h/u"})
        assert (endpoint.query, endpoint.update) == ("http://h/q/sparql", "http://h/u")

    @pytest.mark.parametrize(
        "address", ["ftp://h/x", "http://", "http://h:x/", "http://a b/", "x://["]
    )
    def test_others_are_refused(self, address: str) -> None:
        with pytest.raises(StoreError, match="is no address of a SPARQL endpoint"):
            open_graph(address)

    def test_a_password_in_it_is_refused_unshown(self) -> None:
        with pytest.raises(StoreError, match="holds no password") as caught:
            open_graph("http://ilse:open-sesame@h:7878")
        assert "open-sesame" not in str(caught.value)

    @pytest.mark.parametrize("seconds", ["soon", "0", "-1", "inf", "nan"])
    def test_a_patience_that_is_no_number(self, seconds: str) -> None:
        with pytest.raises(StoreError, match="is no number of seconds above 0"):
            endpoint_at("http://h", {"QUOTH_ENDPOINT_TIMEOUT": seconds})


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("SELECT ?x { ?x ?p ?m }", 'SELECT ?x { VALUES ?m { "v" } ?x ?p ?m }'),
        (
            "SELECT ?x { { SELECT ?x { FILTER(?m = 1) } } VALUES ?x { 1 } }",
            'SELECT ?x { VALUES ?m { "v" } { SELECT ?x { VALUES ?m { "v" } FILTER(?m = 1) } } '
            "VALUES ?x { 1 } }",
        ),
        (
            "CONSTRUCT { ?m a ?x } WHERE { ?m a ?x } # { ?m",
            'CONSTRUCT { ?m a ?x } WHERE { VALUES ?m { "v" } ?m a ?x } # { ?m',
        ),
        (
            "SELECT ?x { ?x ?p '{ ?m' OPTIONAL { ?x ?q ?y } }",
            """SELECT ?x { VALUES ?m { "v" } ?x ?p '{ ?m' OPTIONAL { ?x ?q ?y } }""",
        ),
    ],
)
def test_values_are_written_where_the_variable_stands(sparql: str, expected: str) -> None:
    assert with_values(sparql, {"m": Literal("v")}) == expected


def test_a_value_cannot_leave_its_place() -> None:
    text = with_values("ASK { ?s ?p ?m }", {"m": Literal('" } DROP ALL #')})
    assert text == r'ASK { VALUES ?m { "\" } DROP ALL #" } ?s ?p ?m }'
    assert URIRef("http://a/b").n3() in with_values("ASK { ?m ?p ?o }", {"m": URIRef("http://a/b")})


def test_the_client_is_not_loaded_for_a_folder() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, quoth.graph.store; sys.exit('httpx' in sys.modules)"],
        env=os.environ,
        check=False,
    )
    assert done.returncode == 0
