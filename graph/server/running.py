"""Runs a server until it is interrupted."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import AsyncExitStack, contextmanager
from typing import TYPE_CHECKING

import uvicorn

from quoth.graph.errors import StoreError
from quoth.graph.server.app import application
from quoth.graph.server.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quoth.graph.server.settings import Settings

_PATIENCE = 2
"""Seconds that an interrupted server leaves to the answers that are on their way."""

_MOST_CONNECTIONS = 1000
_BACKLOG = 512


def serve(settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve a graph until SIGINT or SIGTERM; `ready` is called with the address.

    Raises StoreError when the graph cannot be opened, or the address not be used.
    """
    listening = _listen(settings)
    with listening:
        asyncio.run(_serve(settings, listening, ready))


class _Server(uvicorn.Server):
    """Ends when it is told to, and says nothing of the signal to whoever started it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


async def _serve(
    settings: Settings, listening: socket.socket, ready: Callable[[str], None]
) -> None:
    async with AsyncExitStack() as stack:
        # The writer first: only it can tell that another process holds the folder.
        writers = None
        if settings.writable:
            writers = await stack.enter_async_context(Pool(settings, size=1, writable=True))
        readers = await stack.enter_async_context(Pool(settings, size=settings.workers))
        server = _Server(
            uvicorn.Config(
                application(settings, readers=readers, writers=writers),
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                limit_concurrency=_MOST_CONNECTIONS,
                backlog=_BACKLOG,
                timeout_graceful_shutdown=_PATIENCE,
            )
        )
        host, port = listening.getsockname()[:2]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        await server.serve(sockets=[listening])


def _listen(settings: Settings) -> socket.socket:
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        problem = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{where}: cannot be served from ({problem}); choose another --port or --host"
        ) from None
