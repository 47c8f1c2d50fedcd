"""The process that has the graph open: ``python -m quoth.graph.server.worker CONFIGURATION``.

It reads requests from its standard input and writes replies to its standard output, one after
another, until the input ends. Whoever started it kills it when it takes too long; should that
one be gone, an alarm does. Its memory is bounded by the operating system.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from quoth.graph.errors import GraphError, QueryError, StoreError
from quoth.graph.server.answers import AnswerTooLargeError, query, question
from quoth.graph.server.changes import delete_graph, get_graph, post_graph, put_graph, update
from quoth.graph.server.live_page import block, page
from quoth.graph.server.messages import TEXT, Reply, Request, pack, problem, read_request
from quoth.graph.server.negotiation import NotAcceptableError
from quoth.graph.server.opening import OpenGraph, open_graph
from quoth.graph.server.settings import MEBIBYTE

KINDS: Mapping[str, Callable[[OpenGraph, Request], Reply]] = {
    "query": query,
    "question": question,
    "page": page,
    "block": block,
    "get": get_graph,
    "update": update,
    "put": put_graph,
    "post": post_graph,
    "delete": delete_graph,
}
"""What a worker can be asked."""

_READS = ("query", "question", "page", "block", "get")

_STATUSES: Mapping[type[Exception], int] = {
    QueryError: 400,
    NotAcceptableError: 406,
    AnswerTooLargeError: 503,
}

_GRACE = 2.0
"""Seconds that the alarm leaves to the one who kills in time."""


def main() -> None:
    """Open the graph, say so or why not, and answer."""
    configuration = json.loads(sys.argv[1])
    answers = _private_output()
    _limit(configuration["max_memory"] * MEBIBYTE)
    try:
        graph = open_graph(Path(configuration["graph"]), writable=configuration["writable"])
    except (GraphError, MemoryError) as error:
        _send(answers, problem(503, str(error) or "there is too little memory for the graph"))
        return
    _send(answers, Reply(200, TEXT, b"open"))
    while (request := read_request(sys.stdin.buffer)) is not None:
        signal.setitimer(signal.ITIMER_REAL, request.limit(configuration["timeout"]) + _GRACE)
        _send(answers, _answer(graph, request))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _private_output() -> BinaryIO:
    """Return standard output, and let what anything else prints go nowhere.

    Where memory runs out, Oxigraph prints a stack of calls before it ends the process.
    """
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _limit(memory: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _send(answers: BinaryIO, reply: Reply) -> None:
    answers.write(pack(reply))
    answers.flush()


def _answer(graph: OpenGraph, request: Request) -> Reply:
    try:
        graph.refresh()
        try:
            return KINDS[request.kind](graph, request)
        except (OSError, StoreError):
            if request.kind not in _READS:
                raise
            # A writer's compaction may have taken away a table that this snapshot still needed.
            graph.reopen()
            return KINDS[request.kind](graph, request)
    except (GraphError, OSError, MemoryError) as error:
        return _explain(error)


def _explain(error: Exception) -> Reply:
    if isinstance(error, MemoryError):
        return problem(503, "the answer needs more memory than a query may have; ask for less")
    return problem(_STATUSES.get(type(error), 500), str(error))


if __name__ == "__main__":
    main()
