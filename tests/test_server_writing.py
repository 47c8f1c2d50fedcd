"""`quoth serve --writable`: updates, graphs that are put and taken away, and who may do so."""

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from serving import TOKEN, graph_at, serving
from SPARQLWrapper import POST, SPARQLWrapper

from quoth.graph import open_graph

pytestmark = pytest.mark.slow

BEARER = {"Authorization": f"Bearer {TOKEN}"}
TRIPLE = "<urn:a> <urn:b> <urn:c>"
NAMED = {"graph": "urn:graph"}


@pytest.fixture(scope="module", params=["news.quoth", "news.trig"])
def served(request, tmp_path_factory):
    graph = graph_at(tmp_path_factory.mktemp("server") / request.param)
    with serving(graph, "--writable", "--workers", "1", "--timeout", "2") as served:
        served.graph = graph
        yield served


def update(served, text, headers=BEARER):
    return served.client.post("sparql", data={"update": text}, headers=headers)


def test_an_update_needs_the_token(served):
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {TOKEN}"}):
        for answer in (
            update(served, f"INSERT DATA {{ {TRIPLE} }}", headers),
            served.client.put("store", params=NAMED, headers=headers),
            served.client.delete("store", params=NAMED, headers=headers),
        ):
            assert (answer.status_code, TOKEN in answer.text) == (401, False)
            assert answer.headers["www-authenticate"].startswith("Bearer")
    assert served.count(TRIPLE) == 0
    assert TOKEN not in served.told


def test_what_is_written_is_read_by_the_next_query_and_stays(served):
    before = served.count("?s ?p ?o")
    assert update(served, f"INSERT DATA {{ GRAPH <urn:g> {{ {TRIPLE} }} }}").status_code == 204
    assert served.count(f"GRAPH <urn:g> {{ {TRIPLE} }}") == 1
    with open_graph(served.graph, read_only=True) as graph:
        assert len(graph.dataset) == before + 1
    typed = {**BEARER, "Content-Type": "application/sparql-update"}
    assert served.client.post("sparql", content="DROP GRAPH <urn:g>", headers=typed).is_success
    assert served.count("?s ?p ?o") == before


def test_clients_of_libraries_write(served):
    store = SPARQLUpdateStore(served.sparql, served.sparql, headers=BEARER)
    graph = Graph(store, URIRef("urn:library"))
    graph.add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c")))
    assert len(graph) == 1
    wrapper = SPARQLWrapper(served.sparql)
    wrapper.setMethod(POST)
    wrapper.addCustomHttpHeader("Authorization", BEARER["Authorization"])
    wrapper.setQuery("DROP GRAPH <urn:library>")
    wrapper.query()
    assert served.count("GRAPH <urn:library> { ?s ?p ?o }") == 0


def test_graphs_are_put_extended_read_and_taken_away(served):
    def send(method, body="", media_type="text/turtle"):
        headers = {**BEARER, "Content-Type": media_type}
        return served.client.request(
            method, "store", params=NAMED, content=body, headers=headers
        ).status_code

    def stored():
        answer = served.client.get("store", params=NAMED, headers={"Accept": "text/turtle"})
        return len(Graph().parse(data=answer.text)) if answer.is_success else answer.status_code

    assert stored() == 404
    assert send("PUT", f"{TRIPLE} .") == 201
    assert send("POST", '<> <urn:b> "é\\n" .') == 204
    assert stored() == 2
    assert send("PUT", '[{"@id": "urn:a", "urn:b": 1}]', "application/ld+json") == 204
    assert stored() == 1
    assert send("PUT", "nonsense") == send("PUT", "[] <urn:b> <urn:c> .") == 400
    assert send("PUT", "x", "text/csv") == 415
    assert stored() == 1
    assert (send("DELETE"), send("DELETE"), stored()) == (204, 404, 404)
    missing = served.client.put("store", headers=BEARER)
    assert (missing.status_code, "which graph" in missing.text) == (400, True)


def test_the_default_graph_can_be_put(served):
    headers = {**BEARER, "Content-Type": "text/turtle"}
    served.client.put("store?default", content=f"{TRIPLE} .", headers=headers)
    assert len(Graph().parse(data=served.client.get("store?default").text)) == 1
    assert served.client.delete("store?default", headers=BEARER).status_code == 204
    assert served.count(TRIPLE) == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("INSERT DATA {\n <urn:a> }", "error at 2:"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD is not supported"),
        ("LOAD SILENT#\n<http://127.0.0.1:9/> INTO GRAPH <urn:g>", "LOAD is not supported"),
        ("INSERT { ?s <urn:b> 1 } WHERE { SERVICE <http://a/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { [] <urn:b> 1 }", "no blank nodes"),
        ("INSERT DATA { _:x <urn:b> 1 }", "no blank nodes"),
    ],
)
def test_a_wrong_update_changes_nothing(served, text, says):
    before = served.count("?s ?p ?o")
    answer = update(served, text)
    assert (answer.status_code, says in answer.text) == (400, True), answer.text
    assert served.count("?s ?p ?o") == before


def test_an_update_that_takes_too_long_is_stopped_whole(served):
    if served.graph.is_file():
        pytest.skip("the worker is stopped in the same way")
    before = served.count("?s ?p ?o")
    # In an update the default graph is the unnamed one alone.
    where = " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(4))
    answer = update(served, f"INSERT {{ ?a1 ?b2 ?c3 }} WHERE {{ {where} }}")
    assert (answer.status_code, "stopped after 2 s" in answer.text) == (503, True)
    # The next worker may take its time on a busy machine; inserted twice it is there once.
    inserted = (update(served, f"INSERT DATA {{ {TRIPLE} }}").status_code for _ in range(5))
    assert 204 in inserted
    assert served.count("?s ?p ?o") == before + 1
    assert update(served, f"DELETE DATA {{ {TRIPLE} }}").status_code == 204


def test_a_folder_that_another_writes_is_read_anew(tmp_path):
    path = graph_at(tmp_path / "news.quoth")
    with serving(path, "--workers", "1") as served:
        before = served.count("?s ?p ?o")
        with open_graph(path) as graph:
            graph.remove(graph.document_entries()[0].id)
            assert len(graph.dataset) < before
            # While it is still open there, too: what is committed is seen.
            assert served.count("?s ?p ?o") == len(graph.dataset)


def test_a_folder_has_one_writer(tmp_path):
    path = graph_at(tmp_path / "news.quoth")
    with (
        open_graph(path),
        pytest.raises(AssertionError, match="another process is writing"),
        serving(path, "--writable"),
    ):
        pass
