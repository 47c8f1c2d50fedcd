"""`quoth serve`: what its options change, and what it needs before it starts."""

import os
import subprocess
import sys
import time

import httpx
import pytest
from serving import NEVER_ENDING, QUOTH, TOKEN, graph_at, serving

pytestmark = pytest.mark.slow

PAGE = "https://notes.example"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return graph_at(tmp_path_factory.mktemp("server") / "news.trig")


@pytest.fixture(scope="module")
def served(graph):
    options = ("--workers", "1", "--cors", PAGE, "--allow-host", "quoth.example")
    with serving(graph, *options, "--max-memory", "512") as served:
        yield served


def refused(*arguments, token=TOKEN):
    """Run the command, which must not start; return its status and what it tells."""
    done = subprocess.run(
        [QUOTH, "serve", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "QUOTH_SERVE_TOKEN": token},
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_pages_of_an_origin_that_is_let_in_may_ask(served):
    asked = served.client.get("health", headers={"Origin": PAGE})
    assert asked.headers["access-control-allow-origin"] == PAGE
    preflight = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
    allowed = served.client.options(
        "sparql", headers={**preflight, "Access-Control-Request-Headers": "content-type"}
    )
    assert allowed.status_code == 200
    other = served.client.get("health", headers={"Origin": "https://other.example"})
    assert other.status_code == 403


@pytest.mark.parametrize(("host", "status"), [("quoth.example", 200), ("other.example", 400)])
def test_a_proxy_may_call_it_by_the_name_it_was_told(served, host, status):
    assert served.client.get("health", headers={"Host": host}).status_code == status


def test_a_query_whose_client_has_left_is_stopped(served):
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(served.sparql, params={"query": NEVER_ENDING}, timeout=0.5)
    begun = time.monotonic()
    # The only worker was busy with it, for as long as 30 seconds.
    assert served.ask("ASK {}").status_code == 200
    assert time.monotonic() - begun < 15


def test_without_a_token_one_is_made_up_and_told_once(graph, monkeypatch):
    monkeypatch.setattr("serving.TOKEN", "")
    with serving(graph, "--writable", "--workers", "1") as served:
        token = served.told.splitlines()[0].split()[-1]
        assert len(token) > 40
        bearer = {"Authorization": f"Bearer {token}"}
        answer = served.client.post("sparql", data={"update": "INSERT DATA {}"}, headers=bearer)
        assert answer.status_code == 204
        assert token not in served.client.get("docs").text
        assert token not in served.interrupt()[1]


def test_a_token_that_is_no_use_is_refused(graph):
    for token in ("short", "long enough, but with\ta tab"):
        status, told = refused("-g", str(graph), "--writable", token=token)
        assert (status, "QUOTH_SERVE_TOKEN" in told, token in told) == (2, True, False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--host", "no such host"), "cannot be served from"),
        (("-g", "graph.ttl"), "kept in .trig or .nq"),
        (("-g", "broken.trig"), "no valid trig file"),
    ],
)
def test_what_cannot_be_served_is_told(graph, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graph.ttl").touch()
    (tmp_path / "broken.trig").write_text("<a> <b")
    status, told = refused("-g", str(graph), "--port", "0", *arguments)
    assert (status, says in told, told.count("\n")) == (1, True, 1), told


def test_without_its_libraries_it_says_what_to_install(graph):
    program = (
        "import sys; sys.modules['uvicorn'] = None\n"
        f"sys.argv = ['quoth', 'serve', '-g', {str(graph)!r}]\n"
        "from quoth.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr == b"quoth: uvicorn not installed: pip install 'quoth[serve]'\n"
