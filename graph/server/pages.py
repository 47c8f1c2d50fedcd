"""The endpoints for people: the query page, the network, the named questions, the manual."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from quoth.graph.catalogue import list_queries
from quoth.graph.rendering import as_script_data
from quoth.graph.server.block_cache import BlockCache
from quoth.graph.server.messages import Request as Task
from quoth.graph.server.negotiation import TABLES
from quoth.graph.server.protocol import accept_of
from quoth.graph.server.reading import asked, only, parameters_of, response
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from starlette.requests import Request

    from quoth.graph.catalogue import NamedQuery
    from quoth.graph.server.messages import Reply
    from quoth.graph.server.pool import Pool
    from quoth.graph.server.settings import Settings

_QUERY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # YASGUI writes styles into its elements
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_MANUAL_POLICY = "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'"
_PICTURE_POLICY = "frame-ancestors 'none'"
"""The page of the network brings its own policy; this adds what only a header can say."""


@dataclass(slots=True)
class Pages:
    """The handlers. The last page of the network is kept until the graph has changed."""

    settings: Settings
    readers: Pool
    _picture: Reply | None = None
    _drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _blocks: BlockCache = field(default_factory=BlockCache)

    async def query(self, _: Request) -> Response:
        """Show the page to ask SPARQL from."""
        return _page(
            "query.html",
            _QUERY_POLICY,
            graph=self.settings.graph.name,
            prefixes=Markup(as_script_data(dict(PREFIXES))),
        )

    async def explore(self, _: Request) -> Response:
        """Show the network of the sources as it is now."""
        async with self._drawing:
            known = self._picture.headers["ETag"] if self._picture else None
            reply = await self.readers.ask(Task("page", {"known": known}))
            if reply.status == 200:
                self._picture = reply
        if reply.status not in (200, 304):
            return response(reply)
        assert self._picture is not None
        return HTMLResponse(
            self._picture.body, headers={"Content-Security-Policy": _PICTURE_POLICY}
        )

    async def block(self, request: Request) -> Response:
        """Return a block of the page in the state that the address names, as JSON."""
        name = request.path_params["name"]
        state = only(parameters_of(request.url.query), "state")
        if state is None:
            raise HTTPException(400, "give the state of the graph, as the page at /explore does")
        kept = self._blocks.get(state, name)
        if kept is None:
            # A client that goes away does not stop the worker, whose next answer would take longer.
            reply = await self.readers.ask(Task("block", {"name": name, "state": state}))
            if reply.status != 200:
                return response(reply)
            self._blocks.put(state, name, reply)
            kept = reply
        return _compressed(kept, request)

    async def questions(self, _: Request) -> Response:
        """List the named questions as JSON."""
        return JSONResponse([_entry(query) for query in list_queries()])

    async def question(self, request: Request) -> Response:
        """Answer one of them, as JSON or CSV; ``format`` chooses, else the Accept header."""
        name = request.path_params["name"]
        if name not in {query.name for query in list_queries()}:
            raise HTTPException(404, f"no question called {name!r}; see /questions")
        parameters = parameters_of(request.url.query)
        values = {key: only(parameters, key) for key in parameters}
        options = {
            "name": name,
            "accept": _table(values.pop("format", None)) or accept_of(request),
            "parameters": values,
            "max_rows": self.settings.max_rows,
        }
        return await asked(request, self.readers, Task("question", options))

    async def manual(self, _: Request) -> Response:
        """Show what there is to ask, and within which limits."""
        return _page("docs.html", _MANUAL_POLICY, settings=self.settings, questions=list_queries())

    async def health(self, _: Request) -> Response:
        """Say whether questions can be answered: 200, or 503 where no worker is left."""
        alive = self.readers.alive
        return JSONResponse(
            {
                "status": "ok" if alive else "no worker",
                "workers": alive,
                "writable": self.settings.writable,
            },
            200 if alive else 503,
        )


def _compressed(block: Reply, request: Request) -> Response:
    """Return a block as it is kept, or unpacked for a client that cannot do that.

    The state stands in its address, so that a browser need not ask for it again.
    """
    headers = {"Cache-Control": "private, max-age=86400", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(block.body), 200, headers, block.media_type)
    return Response(block.body, 200, {**headers, "Content-Encoding": "gzip"}, block.media_type)


def _entry(query: NamedQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "parameters": [asdict(parameter) for parameter in query.parameters],
        "href": f"questions/{query.name}",
        "sparql": query.text,
    }


def _table(format: str | None) -> str | None:
    """Return the media type of a ``format`` parameter. Raises HTTPException 400 for others."""
    if format is None:
        return None
    types = {name: media_type for media_type, name in TABLES.items()}
    if format not in types:
        raise HTTPException(400, f"no format called {format!r}; there are {', '.join(types)}")
    return types[format]


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("quoth.graph.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(template: str, policy: str, **values: object) -> Response:
    html = _templates().get_template(template).render(**values)
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})
