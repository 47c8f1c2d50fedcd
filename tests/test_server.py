"""`quoth serve`, read-only: the protocol, the limits, the pages, and who may ask."""

import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import NEVER_ENDING, graph_at, serving
from SPARQLWrapper import JSON, POST, SPARQLWrapper

pytestmark = pytest.mark.slow

LIMITS = ("--timeout", "2", "--max-rows", "20", "--max-memory", "512", "--max-request", "1")
NAMES = "SELECT ?name { ?s skos:prefLabel ?name } ORDER BY ?name LIMIT 2"
PREFIXED = f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#> {NAMES}"
SOURCES = "https://w3id.org/quoth/id/graph-sources"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    graph = graph_at(tmp_path_factory.mktemp("server") / "news.quoth")
    with serving(graph, "--workers", "2", *LIMITS) as served:
        yield served


def names_of(answer):
    assert answer.status_code == 200, answer.text
    return [row["name"]["value"] for row in answer.json()["results"]["bindings"]]


class TestProtocol:
    def test_a_query_comes_by_each_of_three_ways(self, served):
        by_get = served.ask(NAMES)
        by_form = served.client.post("sparql", data={"query": NAMES})
        typed = {"Content-Type": "application/sparql-query; charset=UTF-8"}
        direct = served.client.post("sparql", content=NAMES, headers=typed)
        assert names_of(by_get) == names_of(by_form) == names_of(direct)
        assert len(names_of(by_get)) == 2

    @pytest.mark.parametrize(
        ("accept", "media_type", "begins"),
        [
            (None, "application/sparql-results+json", '{"head":{"vars":["name"]}'),
            ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
            ("text/csv", "text/csv; charset=utf-8", "name\r\n"),
            ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?name\n"),
            ("text/csv;q=0.4, application/json;q=0.5", "application/json", '{"head"'),
            ("text/html, */*;q=0.1", "application/sparql-results+json", '{"head"'),
        ],
    )
    def test_results_are_written_as_the_client_would_have_them(
        self, served, accept, media_type, begins
    ):
        answer = served.client.get(
            "sparql", params={"query": NAMES}, headers={"Accept": accept or "*/*"}
        )
        assert answer.headers["content-type"] == media_type
        assert answer.text.startswith(begins)
        assert answer.headers["vary"] == "Accept"

    @pytest.mark.parametrize(
        ("accept", "syntax"),
        [
            ("text/turtle", "turtle"),
            ("application/n-triples", "nt"),
            ("application/ld+json", "json-ld"),
            ("application/rdf+xml", "xml"),
            ("application/n-quads", "nquads"),
            ("application/trig", "trig"),
        ],
    )
    def test_graphs_are_written_as_the_client_would_have_them(self, served, accept, syntax):
        answer = served.ask("CONSTRUCT { ?s a ?t } { ?s a ?t . ?t ?p ?o } LIMIT 3", accept)
        empty = len(Dataset(default_union=True).parse(data=answer.text, format=syntax))
        answer = served.ask("CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 3", accept)
        assert answer.headers["content-type"].startswith(accept)
        full = len(Dataset(default_union=True).parse(data=answer.text, format=syntax))
        assert (empty, full) == (0, 3)

    @pytest.mark.parametrize("accept", ["application/json", "text/csv", "text/xml"])
    def test_ask_is_answered(self, served, accept):
        assert "true" in served.ask("ASK { ?s a said:Attribution }", accept).text

    def test_clients_of_libraries_are_served(self, served):
        wrapper = SPARQLWrapper(served.sparql, returnFormat=JSON)
        wrapper.setQuery(PREFIXED)
        found = [row["name"]["value"] for row in wrapper.query().convert()["results"]["bindings"]]
        wrapper.setMethod(POST)
        again = [row["name"]["value"] for row in wrapper.query().convert()["results"]["bindings"]]
        graph = Graph(SPARQLStore(served.sparql, returnFormat="json"))
        assert found == again == [str(row.name) for row in graph.query(PREFIXED)]
        assert found == names_of(served.ask(NAMES))

    def test_the_dataset_is_the_union_or_what_is_asked_for(self, served):
        count = "SELECT (COUNT(*) AS ?n) {from} {{ ?s ?p ?o }}"

        def counted(clause="", **options):
            answer = served.ask(count.format(**{"from": clause}), "text/csv", **options)
            return int(answer.text.split()[1])

        union = counted()
        assert 0 < counted(f"FROM <{SOURCES}>") < union
        assert counted(**{"default-graph-uri": SOURCES}) == counted(f"FROM <{SOURCES}>")
        assert counted(**{"named-graph-uri": SOURCES}) == 0
        assert served.ask(NAMES, **{"default-graph-uri": "no iri"}).status_code == 400

    def test_without_a_query_the_service_describes_itself(self, served):
        for accept, syntax in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
            answer = served.client.get("sparql", headers={"Accept": accept})
            described = Graph().parse(data=answer.text, format=syntax)
            sd = "http://www.w3.org/ns/sparql-service-description#"
            languages = set(
                described.objects(URIRef(served.sparql), URIRef(f"{sd}supportedLanguage"))
            )
            assert languages == {URIRef(f"{sd}SPARQL11Query")}
        person = served.client.get("sparql", headers={"Accept": "text/html,*/*;q=0.8"})
        assert (person.status_code, person.headers["location"]) == (303, "./")

    @pytest.mark.parametrize(
        ("status", "says", "request_"),
        [
            (405, "", ("PUT", "sparql", {})),
            (405, "", ("DELETE", "sparql", {})),
            (405, "POST", ("GET", "sparql", {"params": {"update": "CLEAR ALL"}})),
            (405, "", ("PATCH", "store", {})),
            (415, "POST takes", ("POST", "sparql", {"json": {}})),
            (415, "UTF-8", ("POST", "sparql", {"content": b"x", "headers": {
                "Content-Type": "application/sparql-query; charset=latin-1"}})),
            (400, "no UTF-8", ("POST", "sparql", {"content": b"\xff", "headers": {
                "Content-Type": "application/sparql-query"}})),
            (400, "line 2, column", ("GET", "sparql", {"params": {"query": "SELECT *\n{ ?s }"}})),
            (400, "given 2 times", ("GET", "sparql?query=ASK{}&query=ASK{}", {})),
            (400, "one of the parameters", ("POST", "sparql", {"data": {"q": "ASK {}"}})),
            (400, "this is an update", ("GET", "sparql", {"params": {"query": "CLEAR ALL"}})),
            (400, "nested too deep", ("POST", "sparql", {"data": {"query": "{" * 9000}})),
            (406, "text/turtle", ("GET", "sparql", {"params": {"query": "DESCRIBE said:x"},
                "headers": {"Accept": "text/csv"}})),
            (403, "read-only", ("POST", "sparql", {"data": {"update": "CLEAR ALL"}})),
            (403, "read-only", ("PUT", "store?default", {"content": ""})),
            (413, "--max-request", ("POST", "sparql", {"data": {"query": "#" * (1 << 21)}})),
            (404, "", ("GET", "nowhere", {})),
            (404, "no graph", ("GET", "store?graph=urn:none", {})),
        ],
    )  # fmt: skip
    def test_what_cannot_be_answered_is_told(self, served, status, says, request_):
        method, path, options = request_
        answer = served.client.request(method, path, **options)
        assert answer.status_code == status, answer.text
        assert says in answer.text
        assert "Traceback" not in answer.text

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * { ?a ?b ?c FILTER(?c<'d>') SERVICE <http://127.0.0.1:9/> {} FILTER(?c='') }",
            "PREFIX x: <http://127.0.0.1:9/> SELECT * { ?a ?b 1SERVICEx:y#\n{ ?s ?p ?o } }",
        ],
    )
    def test_no_query_makes_the_server_call_another(self, served, query):
        answer = served.ask(query)
        assert (answer.status_code, "SERVICE is not supported" in answer.text) == (400, True)


class TestLimits:
    def test_what_takes_too_long_is_stopped_and_the_next_is_answered(self, served):
        begun = time.monotonic()
        with ThreadPoolExecutor(2) as together:
            answers = list(together.map(served.ask, [NEVER_ENDING] * 2))
        assert 1.9 < time.monotonic() - begun < 8
        assert {answer.status_code for answer in answers} == {503}
        assert "stopped after 2 s" in answers[0].text
        assert len(names_of(until_answered(served))) == 2

    def test_what_needs_too_much_memory_is_stopped(self, served):
        doubled = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(30))
        query = f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('0123456789' AS ?x0) {doubled} }}"
        for _ in range(3):  # a busy machine may reach the limit of time first
            answer = served.ask(query)
            assert answer.status_code == 503
            until_answered(served)
            if "memory" in answer.text:
                break
        assert "memory" in answer.text
        assert len(names_of(until_answered(served))) == 2

    @pytest.mark.parametrize(
        "accept", ["application/json", "text/csv", "text/tab-separated-values"]
    )
    def test_long_results_are_cut_and_say_so(self, served, accept):
        whole = served.ask("SELECT * { ?s ?p ?o } LIMIT 20", accept)
        cut = served.ask("SELECT * { ?s ?p ?o } LIMIT 21", accept)
        assert "quoth-rows-cut" not in whole.headers
        assert cut.headers["quoth-rows-cut"] == "20"
        assert whole.text == cut.text

    def test_long_graphs_are_cut_and_say_so(self, served):
        answer = served.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
        assert (answer.headers["quoth-rows-cut"], len(answer.text.splitlines())) == ("20", 20)

    def test_a_graph_that_is_fetched_is_whole(self, served):
        answer = served.client.get("store", params={"graph": SOURCES})
        assert len(Graph().parse(data=answer.text)) > 20
        whole = served.client.get("store", headers={"Accept": "application/n-quads"})
        dataset = Dataset(default_union=True).parse(data=whole.text, format="nquads")
        assert len(dataset) == served.count("?s ?p ?o")
        head = served.client.head("store", params={"graph": SOURCES})
        assert (head.status_code, head.text) == (200, "")


def until_answered(served):
    """Ask until a worker has been replaced."""
    for _ in range(10):
        answer = served.ask(NAMES)
        if answer.status_code == 200:
            return answer
    raise AssertionError(answer.text)


class TestAccess:
    @pytest.mark.parametrize(
        ("host", "status"),
        [("localhost", 200), ("127.0.0.1:1", 200), ("evil.example", 400), ("[::1]:80", 200)],
    )
    def test_on_this_machine_it_answers_to_no_other_name(self, served, host, status):
        assert served.client.get("health", headers={"Host": host}).status_code == status

    def test_pages_of_other_origins_are_refused(self, served):
        answer = served.client.get("health", headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
        own = served.client.get("health", headers={"Origin": served.address.rstrip("/")})
        assert own.status_code == 200

    @pytest.mark.parametrize(
        "path", ["static/../worker.py", "static/..%2fworker.py", "static/%2e%2e/worker.py"]
    )
    def test_no_path_leads_out_of_the_static_files(self, served, path):
        raw = served.client.build_request("GET", served.address)
        raw.url = raw.url.copy_with(raw_path=f"/{path}".encode())
        assert served.client.send(raw).status_code == 404
        assert served.client.get("static/query.js").status_code == 200


class TestPages:
    def test_questions_are_listed_and_answered(self, served):
        listed = served.client.get("questions").json()
        entry = next(entry for entry in listed if entry["name"] == "sources")
        assert "SELECT" in entry["sparql"]
        rows = served.client.get(entry["href"]).json()
        table = served.client.get(entry["href"], params={"format": "csv"})
        assert table.headers["content-type"] == "text/csv; charset=utf-8"
        assert len(table.text.splitlines()) == len(rows) + 1 > 1

    def test_a_header_tells_that_nobody_has_the_name(self, served):
        answer = served.client.get("questions/who-said", params={"source": "Nobody Ævar"})
        assert answer.json() == []
        note = unquote(answer.headers["Quoth-Note"])
        assert note.startswith("no source is called 'Nobody Ævar'")

    @pytest.mark.parametrize(
        ("path", "status", "says"),
        [
            ("questions/who-said", 400, "needs source=NAME"),
            ("questions/who-said?source=x&other=y", 400, "no parameter 'other'"),
            ("questions/sources?format=pdf", 400, "no format called 'pdf'"),
            ("questions/%3Cscript%3E", 404, "no question called"),
        ],
    )
    def test_a_wrong_question_is_told(self, served, path, status, says):
        answer = served.client.get(path)
        assert (answer.status_code, says in answer.text) == (status, True)
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("path", ["", "docs", "explore"])
    def test_pages_load_nothing_from_elsewhere(self, served, path):
        answer = served.client.get(path)
        assert answer.status_code == 200
        assert "news.quoth" in answer.text or path == "explore"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert 'src="http' not in answer.text
        assert 'href="http' not in answer.text.replace('href="https://w3id', "")

    def test_it_says_that_it_is_well(self, served):
        until_answered(served)
        health = served.client.get("health").json()
        assert (health["status"], health["writable"]) == ("ok", False)
