"""A server started through the installed command, on a free port of this machine."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from examples import corpus

from quoth.graph import open_graph

QUOTH = str(Path(sys.executable).with_name("quoth"))
TOKEN = "a-token-for-tests-only"
NEVER_ENDING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""Some ten thousand million rows, on a graph of some hundred triples."""


def graph_at(path: Path) -> Path:
    """Return `path` after putting the invented documents of examples.py there."""
    with open_graph(path) as graph:
        graph.add(corpus())
    return path


class Served:
    """A server that runs: its process, its address, a client."""

    def __init__(self, process: subprocess.Popen[str], address: str, told: str) -> None:
        self.process = process
        self.address = address
        self.told = told
        self.client = httpx.Client(base_url=address, timeout=60)
        self.sparql = f"{address}sparql"

    def ask(
        self, query: str, accept: str = "application/json", **options: object
    ) -> httpx.Response:
        headers = {"Accept": accept}
        return self.client.get("sparql", params={"query": query, **options}, headers=headers)

    def count(self, where: str) -> int:
        answer = self.ask(f"SELECT (COUNT(*) AS ?n) {{ {where} }}", "text/csv")
        assert answer.status_code == 200, answer.text
        return int(answer.text.split()[1])

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; return the status and what was told since the start."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stderr is not None
        return self.process.wait(20), self.process.stderr.read()


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[Served]:
    """Run ``quoth serve`` until the end of the block."""
    process = subprocess.Popen(
        [QUOTH, "serve", "-g", str(graph), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QUOTH_SERVE_TOKEN": TOKEN},
    )
    assert process.stderr is not None
    told = ""
    while not (address := re.search(r"http://\S+/", told)) and (line := process.stderr.readline()):
        told += line
    try:
        assert address, told
        served = Served(process, address[0], told)
        yield served
        served.client.close()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
