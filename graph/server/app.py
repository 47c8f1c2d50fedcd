"""The server as an ASGI application."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from quoth.graph.server.access import OwnOrigins
from quoth.graph.server.answers import CUT
from quoth.graph.server.pages import Pages
from quoth.graph.server.protocol import Protocol

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from quoth.graph.server.pool import Pool
    from quoth.graph.server.settings import Settings

_log = logging.getLogger("quoth.server")

_STATIC = Path(__file__).parent / "static"


def application(settings: Settings, *, readers: Pool, writers: Pool | None) -> Starlette:
    """Return the application that answers with these workers."""
    protocol = Protocol(settings, readers, writers)
    pages = Pages(settings, readers)
    return Starlette(
        routes=[
            Route("/", pages.query),
            Route("/sparql", protocol.sparql, methods=["GET", "POST"]),
            Route("/store", protocol.store, methods=["GET", "PUT", "POST", "DELETE"]),
            Route("/explore", pages.explore),
            Route("/page/block/{name}", pages.block),
            Route("/questions", pages.questions),
            Route("/questions/{name}", pages.question),
            Route("/docs", pages.manual),
            Route("/health", pages.health),
            # An editable install links the files one by one.
            Mount("/static", StaticFiles(directory=_STATIC, follow_symlink=True)),
        ],
        middleware=_middleware(settings),
        exception_handlers={Exception: _failed},
    )


def _middleware(settings: Settings) -> list[Middleware]:
    layers = [
        Middleware(OwnOrigins, allowed=settings.origins),
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.known_hosts, www_redirect=False),
    ]
    if settings.origins:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.origins,
                allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
                allow_headers=["Accept", "Authorization", "Content-Type"],
                expose_headers=[CUT],
            )
        )
    return layers


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed: %r", request.method, request.url.path, error)
    return PlainTextResponse(f"the server failed: {type(error).__name__}\n", 500)
