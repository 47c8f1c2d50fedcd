"""Endpoints that answer something else or cannot be reached, and their addresses."""

import json
import os
import re
import subprocess
import sys

import pytest
from rdflib import Literal, URIRef
from servers import answering, free_port

from quoth.graph import GraphError, StoreError, open_graph
from quoth.graph.endpoint_address import endpoint_at
from quoth.graph.substitution import with_values

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
