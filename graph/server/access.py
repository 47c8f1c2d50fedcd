"""Who may ask what: web origins, the writers' token, and headers that keep pages to themselves.

Host names are looked at by Starlette's TrustedHostMiddleware, with `Settings.known_hosts`.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from quoth.graph.server.settings import Settings

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""What every answer says unless it says otherwise: a result that is opened runs nothing."""


class OwnOrigins:
    """Refuses what a page of another origin sends, and adds the headers to every answer.

    A browser lets any page send simple requests anywhere, and keeps only the answers from it; a
    page somewhere on the web could keep the server of its reader busy.
    """

    def __init__(self, app: ASGIApp, *, allowed: tuple[str, ...]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        origin = headers.get("origin")
        app = self._app if self._may(origin, headers.get("host", "")) else _refusal(origin)
        await app(scope, receive, send_with_headers)

    def _may(self, origin: str | None, host: str) -> bool:
        if origin is None or origin in self._allowed or "*" in self._allowed:
            return True
        return origin.partition("://")[2] == host


def _refusal(origin: str | None) -> ASGIApp:
    return PlainTextResponse(
        f"pages of {origin} may not ask this server; `quoth serve --cors ORIGIN` lets them\n",
        status_code=403,
    )


def require_writer(request: Request, settings: Settings) -> None:
    """Raise HTTPException where the graph is read-only (403) or the token is not shown (401)."""
    if settings.token is None:
        raise HTTPException(403, "this server is read-only; `quoth serve --writable` takes changes")
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    # As bytes: compare_digest refuses text outside ASCII.
    right = hmac.compare_digest(shown.strip().encode(), settings.token.encode())
    if scheme.lower() != "bearer" or not right:
        raise HTTPException(
            401,
            "changes need the header `Authorization: Bearer TOKEN`, with the token of this server",
            headers={"WWW-Authenticate": 'Bearer realm="quoth"'},
        )
