"""Answers, as a worker writes them: results of queries and named questions."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from quoth.graph import execution
from quoth.graph.catalogue import named_query
from quoth.graph.damage import damage_told
from quoth.graph.errors import GraphError, QueryError
from quoth.graph.questions import answer
from quoth.graph.results import Result
from quoth.graph.server.messages import Reply
from quoth.graph.server.negotiation import RESULTS, TABLES, TRIPLES, choose, content_type
from quoth.graph.server.settings import LARGEST_ANSWER, MEBIBYTE
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from quoth.graph.server.messages import Request
    from quoth.graph.server.opening import OpenGraph

CUT = "Quoth-Rows-Cut"
"""The header of an answer that has fewer rows than the query: how many it has."""

NOTE = "Quoth-Note"
"""The header of an empty answer that can be explained: a sentence, percent-encoded (RFC 3986)."""
_NOTE_SAFE = " ',;.()"


class AnswerTooLargeError(GraphError):
    """An answer has more bytes than are sent."""


class _EnoughRows(Exception):  # noqa: N818 - no error: it ends the writing
    """As many rows are written as are wanted."""


class _Sink(io.BytesIO):
    """Takes what a serialiser writes, up to a number of lines (0: any) and `LARGEST_ANSWER`."""

    def __init__(self, lines: int = 0) -> None:
        super().__init__()
        self._wanted, self._lines = lines, 0

    def write(self, data: Any, /) -> int:
        written = super().write(data)
        if self.tell() > LARGEST_ANSWER * MEBIBYTE:
            raise AnswerTooLargeError(
                f"the answer has more than {LARGEST_ANSWER} MiB; ask for less, with LIMIT"
            )
        self._lines += bytes(data).count(b"\n") if self._wanted else 0
        if self._lines > self._wanted:
            raise _EnoughRows
        return written


def query(graph: OpenGraph, request: Request) -> Reply:
    """Answer the SPARQL query in the request's body.

    Options: `accept`, `max_rows`, and `default_graphs` and `named_graphs`, lists of IRIs, which
    take the place of the dataset that the query describes itself. Without either the default
    graph is the union of all. Raises QueryError when the query is wrong.
    """
    sparql = request.body.decode()
    execution.check_text(sparql)
    execution.check_reach(sparql)
    try:
        found = graph.store.query(sparql, prefixes=dict(PREFIXES), **_dataset(sparql, request))
        return _written(found, request)
    except SyntaxError as error:
        raise QueryError(execution.explain(sparql, str(error))) from None
    except RuntimeError as error:
        with damage_told(graph.where):
            raise
        raise QueryError(f"the query failed: {error}") from None


def _dataset(sparql: str, request: Request) -> dict[str, Any]:
    """Return what the store is told of the dataset: the client's, the query's, or the union."""
    default, named = (request.options.get(key) for key in ("default_graphs", "named_graphs"))
    if default or named:
        return {"default_graph": _iris(default or []), "named_graphs": _iris(named or [])}
    # Asked for the union, Oxigraph would pass over the query's own FROM.
    return {"use_default_graph_as_union": not execution.chooses_graphs(sparql)}


def _iris(texts: list[str]) -> list[ox.NamedNode]:
    return [named_node(text) for text in texts]


def named_node(text: str) -> ox.NamedNode:
    """Return `text` as an IRI. Raises QueryError when it is none."""
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise QueryError(f"{text!r} is no absolute IRI: {error}") from None


def _written(found: object, request: Request) -> Reply:
    accept, limit = request.options.get("accept"), int(request.options["max_rows"])
    if isinstance(found, ox.QueryTriples):
        media_type = choose(accept, TRIPLES)
        triples = list(islice(found, limit + 1 if limit else None))
        body = dump(triples[: limit or None], TRIPLES[media_type])
        return _reply(media_type, body, limit if limit and len(triples) > limit else None)
    media_type = choose(accept, RESULTS)
    results = RESULTS[media_type]
    if isinstance(found, ox.QuerySolutions) and limit:
        rows, cut = _first_rows(found, limit)
        if results == ox.QueryResultsFormat.TSV:
            return _reply(media_type, rows, cut)
        again = ox.parse_query_results(rows, format=ox.QueryResultsFormat.TSV)
        assert isinstance(again, ox.QuerySolutions)
        return _reply(media_type, _serialized(again, results), cut)
    assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
    return _reply(media_type, _serialized(found, results), None)


def _first_rows(found: ox.QuerySolutions, limit: int) -> tuple[bytes, int | None]:
    """Return the first rows in TSV, and their number where there were more.

    TSV has a line a row, whatever stands in it, so that rows can be counted while the engine
    writes them; the other formats are written from it, which takes less than rows in Python.
    """
    sink = _Sink(limit + 1)
    try:
        found.serialize(sink, format=ox.QueryResultsFormat.TSV)
    except _EnoughRows:
        lines = sink.getvalue().split(b"\n", limit + 1)[: limit + 1]
        return b"\n".join([*lines, b""]), limit
    return sink.getvalue(), None


def _serialized(found: ox.QuerySolutions | ox.QueryBoolean, format: ox.QueryResultsFormat) -> bytes:
    sink = _Sink()
    found.serialize(sink, format=format)
    return sink.getvalue()


def dump(triples: Any, format: ox.RdfFormat) -> bytes:
    """Return triples or quads in an RDF format. Raises AnswerTooLargeError."""
    sink = _Sink()
    ox.serialize(triples, sink, format=format, prefixes=dict(PREFIXES))
    return sink.getvalue()


def _reply(media_type: str, body: bytes, cut: int | None, note: str = "") -> Reply:
    headers = {} if cut is None else {CUT: str(cut)}
    if note:
        headers[NOTE] = quote(note, safe=_NOTE_SAFE)
    return Reply(200, content_type(media_type), body, {**headers, "Vary": "Accept"})


def question(graph: OpenGraph, request: Request) -> Reply:
    """Answer the named question `name` with `parameters`, as JSON or CSV.

    Raises QueryError when there is none of that name or a parameter is wrong or missing.
    """
    asked = named_query(request.options["name"])
    bindings = asked.bindings(request.options["parameters"])
    media_type = choose(request.options.get("accept"), TABLES)
    found = answer(graph.dataset, asked, bindings)
    limit = int(request.options["max_rows"])
    cut = limit if limit and len(found) > limit else None
    found = Result(found.columns, found.rows[: limit or None], found.note)
    text = found.to_json() if TABLES[media_type] == "json" else found.to_csv()
    return _reply(media_type, text.encode(), cut, found.note)
