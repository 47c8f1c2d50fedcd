"""A SPARQL 1.1 endpoint over HTTP: queries, updates, whole graphs, and what goes wrong.

Queries and updates go by the SPARQL 1.1 Protocol, graphs come by the Graph Store HTTP Protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox

from quoth.graph.endpoint_address import PASSWORD, TIMEOUT, TOKEN, USER
from quoth.graph.errors import StoreError

if TYPE_CHECKING:
    from quoth.graph.endpoint_address import Endpoint

_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_CONNECTING = 10.0
"""Seconds to wait for a connection; an answer may take longer."""
_LONGEST_REASON = 200
_NO_SUCH_GRAPH = 404


class EndpointClient:
    """Asks one endpoint; every failure is a StoreError of one line."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._has_graphs, self._has_given = endpoint.graphs is not None, False
        patience = httpx.Timeout(endpoint.timeout, connect=min(_CONNECTING, endpoint.timeout))
        try:
            self._http = httpx.Client(headers=dict(endpoint.headers), timeout=patience)
        except (UnicodeError, ValueError):
            raise StoreError(
                f"{endpoint.name}: the login in the environment has characters that HTTP cannot "
                f"send; see {USER}, {PASSWORD} and {TOKEN}"
            ) from None

    def select(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return what a SELECT or ASK query answers."""
        content = self._post(self.endpoint.query, "query", sparql, _ROWS)
        try:
            return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._error(f"its answer is no {_ROWS} ({error})") from None

    def construct(self, sparql: str) -> list[ox.Quad]:
        """Return the triples that a CONSTRUCT or DESCRIBE query answers."""
        return self._triples(self._post(self.endpoint.query, "query", sparql, _TRIPLES))

    def _triples(self, content: bytes) -> list[ox.Quad]:
        try:
            return list(ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
        except (SyntaxError, ValueError) as error:
            raise self._error(f"its answer is no {_TRIPLES} ({error})") from None

    def graph(self, name: ox.NamedNode) -> list[ox.Quad] | None:
        """Return the triples of the graph `name`; None where the server does not hand out graphs.

        They come quicker than as the rows of a query. The status 404 says that the graph is empty
        where the server has given another before; else it may mean that there are none to be had.
        """
        if not self._has_graphs or self.endpoint.graphs is None:
            return None
        address = httpx.URL(self.endpoint.graphs).copy_merge_params({"graph": name.value})
        answer = self._ask(self._http.build_request("GET", address, headers={"Accept": _TRIPLES}))
        status = answer.status_code
        if status == _NO_SUCH_GRAPH:
            return [] if self._has_given else None
        if status < 400 and not answer.is_redirect and _media_type(answer) == _TRIPLES:
            self._has_given = True
            return self._triples(answer.content)
        self._has_graphs = False
        return None

    def update(self, sparql: str) -> None:
        """Run an update, all of whose operations are one request."""
        self._post(self.endpoint.update, "update", sparql, None)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _post(self, address: str, kind: str, sparql: str, wanted: str | None) -> bytes:
        """Return the body of the answer to `sparql`, sent as the body of a request (POST)."""
        headers = {"Content-Type": f"application/sparql-{kind}; charset=utf-8"}
        if wanted:
            headers["Accept"] = wanted
        request = self._http.build_request(
            "POST", address, content=sparql.encode(), headers=headers
        )
        answer = self._ask(request)
        self._check(answer, kind, wanted)
        return answer.content

    def _ask(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._http.send(request)
        except httpx.TimeoutException:
            raise self._error(
                f"no answer within {self.endpoint.timeout:g} seconds; "
                f"{TIMEOUT}=SECONDS in the environment waits longer"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._error(
                f"cannot be reached ({_reason(str(error))}); is the server running, and is the "
                "address right?"
            ) from None

    def _check(self, answer: httpx.Response, kind: str, wanted: str | None) -> None:
        status, type_ = answer.status_code, _media_type(answer)
        if status in (401, 403):
            said = f": {_reason(answer.text)}" if type_ == "text/plain" and answer.text else ""
            raise self._error(self._login_problem(status) + said)
        if status in (404, 405, 406, 415, 501) or answer.is_redirect:
            where = f"; it points to {answer.headers.get('location')}" if answer.is_redirect else ""
            raise self._error(
                f"takes no SPARQL {kind} at {answer.request.url} (HTTP status {status}){where}. "
                "Give the address of the server, as http://localhost:7878, or that for queries"
            )
        if status >= 400:
            reason = f": {_reason(answer.text)}" if type_ != "text/html" else ""
            raise self._error(f"the {kind} failed (HTTP status {status}){reason}")
        if wanted and type_ != wanted:
            raise self._error(
                f"answers with {type_ or 'nothing'}, where a SPARQL endpoint answers with "
                f"{wanted}; is it the address for queries?"
            )

    def _login_problem(self, status: int) -> str:
        if self.endpoint.has_login:
            return f"refuses the login given (HTTP status {status}); see {USER} and {TOKEN}"
        return (
            f"asks for a login (HTTP status {status}); set {USER} and {PASSWORD} in the "
            f"environment, or {TOKEN}"
        )

    def _error(self, problem: str) -> StoreError:
        return StoreError(f"{self.endpoint.name}: {problem}")


def _media_type(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _reason(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]} …"
