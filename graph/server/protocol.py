"""The endpoints for programs: SPARQL 1.1 Protocol and Graph Store Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from quoth.graph.server.access import require_writer
from quoth.graph.server.changes import PARSED
from quoth.graph.server.description import describe
from quoth.graph.server.messages import Request as Task
from quoth.graph.server.negotiation import TRIPLES, NotAcceptableError, choose, content_type
from quoth.graph.server.reading import (
    asked,
    body_of,
    media_type_of,
    only,
    parameters_of,
    response,
    text_of,
)

if TYPE_CHECKING:
    from starlette.requests import Request

    from quoth.graph.server.pool import Pool
    from quoth.graph.server.settings import Settings

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Protocol:
    """The handlers; `writers` is None where nobody may write."""

    settings: Settings
    readers: Pool
    writers: Pool | None

    async def sparql(self, request: Request) -> Response:
        """Answer a query, run an update, or describe the service where there is neither."""
        in_url = request.url.query
        if request.method != "POST":
            parameters = parameters_of(in_url)
            if "update" in parameters:
                raise HTTPException(405, "an update comes by POST", headers={"Allow": "POST"})
            query = only(parameters, "query")
            if query is None:
                return self._description(request)
            return await self._query(request, query, parameters)
        media_type = media_type_of(request)
        if media_type not in (FORM, QUERY, UPDATE):
            raise HTTPException(415, f"POST takes {FORM}, {QUERY} or {UPDATE}")
        text = text_of(await body_of(request, self.settings))
        if media_type == QUERY:
            return await self._query(request, text, parameters_of(in_url))
        if media_type == UPDATE:
            return await self._update(request, text, parameters_of(in_url))
        parameters = parameters_of(in_url, text)
        query, update = only(parameters, "query"), only(parameters, "update")
        if (query is None) == (update is None):
            raise HTTPException(400, "give one of the parameters query and update")
        if query is not None:
            return await self._query(request, query, parameters)
        return await self._update(request, str(update), parameters)

    async def _query(
        self, request: Request, query: str, parameters: dict[str, list[str]]
    ) -> Response:
        options = {
            "accept": accept_of(request),
            "max_rows": self.settings.max_rows,
            "default_graphs": parameters.get("default-graph-uri", []),
            "named_graphs": parameters.get("named-graph-uri", []),
        }
        return await asked(request, self.readers, Task("query", options, query.encode()))

    async def _update(
        self, request: Request, update: str, parameters: dict[str, list[str]]
    ) -> Response:
        if {"using-graph-uri", "using-named-graph-uri"} & set(parameters):
            raise HTTPException(400, "name the graphs in the update, by USING, WITH or GRAPH")
        return await self._change(request, Task("update", {}, update.encode()))

    async def _change(self, request: Request, task: Task) -> Response:
        require_writer(request, self.settings)
        assert self.writers is not None
        return response(await self.writers.ask(task))

    def _description(self, request: Request) -> Response:
        accept = accept_of(request)
        media_type = _or_406(accept, [*TRIPLES, "text/html"])
        if media_type == "text/html":
            # A person with a browser: the page to ask from.
            return RedirectResponse("./", 303, headers={"Vary": "Accept"})
        endpoint = str(request.url.replace(query="", fragment=""))
        try:
            body = describe(endpoint, TRIPLES[media_type], writable=self.settings.writable)
        except ValueError:
            raise HTTPException(400, f"the address {endpoint!r} is no IRI") from None
        return Response(body, headers={"Content-Type": content_type(media_type), "Vary": "Accept"})

    async def store(self, request: Request) -> Response:
        """Read, replace, extend or delete a graph (Graph Store Protocol, indirect names)."""
        parameters = parameters_of(request.url.query)
        name, default = only(parameters, "graph"), "default" in parameters
        if name is not None and default:
            raise HTTPException(400, "give graph=IRI or default, not both")
        options: dict[str, object] = {"graph": name}
        if request.method in ("GET", "HEAD"):
            options |= {"accept": accept_of(request), "whole": name is None and not default}
            return await asked(request, self.readers, Task("get", options))
        if name is None and not default:
            raise HTTPException(400, "which graph? /store?graph=IRI, or /store?default")
        if name is not None and not urlsplit(name).scheme:
            raise HTTPException(400, f"the graph {name!r} is no absolute IRI")
        require_writer(request, self.settings)
        if request.method == "DELETE":
            return await self._change(request, Task("delete", options))
        media_type = media_type_of(request)
        if media_type not in PARSED:
            raise HTTPException(415, f"a graph comes as one of {', '.join(PARSED)}")
        body = await body_of(request, self.settings)
        options["media_type"] = media_type
        return await self._change(request, Task(request.method.lower(), options, body))


def accept_of(request: Request) -> str | None:
    """Return the Accept header, its lines joined; None without one."""
    return ",".join(request.headers.getlist("accept")) or None


def _or_406(accept: str | None, offered: list[str]) -> str:
    try:
        return choose(accept, offered)
    except NotAcceptableError as error:
        raise HTTPException(406, str(error)) from None
