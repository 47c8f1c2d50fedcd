"""Worker processes as the server holds them: as many as wanted, and none for longer than allowed.

A worker that takes too long, or whose client has gone, is killed, and another takes its place
while the rest go on.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from quoth.graph.errors import StoreError
from quoth.graph.server.messages import Reply, Request, pack, problem, receive_reply

if TYPE_CHECKING:
    from quoth.graph.server.settings import Settings

_PAUSE = 1.0
"""Seconds before a worker that could not be started is tried again."""

_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}
"""Else glibc sets 64 MiB of addresses aside for each thread, which --max-memory counts."""

_log = logging.getLogger("quoth.server")


class Worker:
    """A process that answers one request after another."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._input, self._output = process, process.stdin, process.stdout

    @classmethod
    async def start(cls, settings: Settings, *, writable: bool) -> Self:
        """Start a worker and wait until it has the graph open.

        Raises StoreError when it cannot open it.
        """
        configuration = {
            "graph": str(settings.graph),
            "writable": writable,
            "timeout": settings.timeout,
            "max_memory": settings.max_memory,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # no module of the current folder may take the place of Python's
            "-m",
            "quoth.graph.server.worker",
            json.dumps(configuration),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,  # an interrupt from the keyboard is for the server
        )
        worker = cls(process)
        try:
            reply = await receive_reply(worker._output)
        except asyncio.IncompleteReadError:
            await worker.kill()
            raise StoreError(
                f"{settings.graph}: a worker ended before the graph was open; it may need more "
                f"than the {settings.max_memory} MiB of --max-memory"
            ) from None
        except BaseException:
            await worker.kill()
            raise
        if reply.status != 200:
            await worker.kill()
            raise StoreError(reply.body.decode().strip())
        return worker

    async def ask(self, request: Request, *, timeout: float) -> Reply:
        """Return the worker's answer.

        Raises TimeoutError when it takes more than `timeout` seconds and ConnectionError when
        the worker ends instead; after any exception the worker must be killed.
        """
        async with asyncio.timeout(timeout):
            try:
                self._input.write(pack(request))
                await self._input.drain()
                return await receive_reply(self._output)
            except asyncio.IncompleteReadError as error:
                raise ConnectionError("the worker ended") from error

    async def kill(self) -> None:
        """End the process and wait until it is gone."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._input.close()
        await self._process.wait()


class Pool:
    """Workers on one graph; an asynchronous context manager that starts and ends them."""

    def __init__(self, settings: Settings, *, size: int, writable: bool = False) -> None:
        self._settings = settings
        self._size = size
        self._writable = writable
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._start()
        for _ in range(self._size - 1):
            self._replace()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in self._all:
            await worker.kill()

    @property
    def alive(self) -> int:
        """How many workers there are, idle or at work."""
        return len(self._all)

    async def ask(self, request: Request) -> Reply:
        """Return a worker's answer, or why there is none, with status 503."""
        limit, patience = request.limit(self._settings.timeout), self._settings.timeout
        try:
            async with asyncio.timeout(patience):
                worker = await self._idle.get()
        except TimeoutError:
            busy = problem(503, f"every worker has been busy for {patience:g} s; try again later")
            return Reply(busy.status, busy.media_type, busy.body, {"Retry-After": "5"})
        try:
            reply = await worker.ask(request, timeout=limit)
        except TimeoutError:
            await self._retire(worker)
            return problem(
                503,
                f"stopped after {limit:g} s, the limit of this server (--timeout); ask for less, "
                "or for something more particular",
            )
        except ConnectionError:
            await self._retire(worker)
            return problem(
                503,
                "the process that worked on it has ended: most likely it needed more than "
                f"{self._settings.max_memory} MiB of memory (--max-memory); ask for less",
            )
        except BaseException:
            await asyncio.shield(self._retire(worker))
            raise
        self._idle.put_nowait(worker)
        return reply

    async def _retire(self, worker: Worker) -> None:
        self._all.discard(worker)
        # First, so that it happens even where the server is being stopped.
        self._replace()
        await worker.kill()

    def _replace(self) -> None:
        task = asyncio.get_running_loop().create_task(self._start_anyhow())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_anyhow(self) -> None:
        while True:
            try:
                await self._start()
            except StoreError as error:
                _log.warning("%s", error)
                await asyncio.sleep(_PAUSE)
            else:
                return

    async def _start(self) -> None:
        worker = await Worker.start(self._settings, writable=self._writable)
        self._all.add(worker)
        self._idle.put_nowait(worker)
