"""What stands in a request: its body, within limits, and its parameters."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from quoth.graph.server.settings import MEBIBYTE

if TYPE_CHECKING:
    from starlette.requests import Request

    from quoth.graph.server.messages import Reply
    from quoth.graph.server.messages import Request as Task
    from quoth.graph.server.pool import Pool
    from quoth.graph.server.settings import Settings

_LOOK_ROUND = 1.0
"""Seconds between two looks at whether the client still waits: a killed worker costs about one."""

_CLIENT_GONE = 499
"""The status that servers log for a client that has left; nobody gets it."""

_MOST_PARAMETERS = 1000


async def body_of(request: Request, settings: Settings) -> bytes:
    """Return the body of `request`.

    Raises HTTPException: 413 when it is too large, 408 when it comes too slowly.
    """
    largest = settings.max_request * MEBIBYTE
    body = bytearray()
    try:
        async with asyncio.timeout(settings.timeout):
            async for chunk in request.stream():
                body += chunk
                if len(body) > largest:
                    raise HTTPException(
                        413, f"the body has more than {settings.max_request} MiB (--max-request)"
                    )
    except TimeoutError:
        raise HTTPException(408, f"the body did not come within {settings.timeout:g} s") from None
    except ClientDisconnect:
        raise HTTPException(400, "the body ended early") from None
    return bytes(body)


def media_type_of(request: Request) -> str:
    """Return the media type of the body, in lower case, without parameters.

    Raises HTTPException 415 when the body is said to be in another charset than UTF-8.
    """
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            raise HTTPException(415, "send UTF-8")
    return media_type.strip()


def text_of(body: bytes) -> str:
    """Return a body in UTF-8 as text. Raises HTTPException 400 when it is no UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the body is no UTF-8: byte {error.start}") from None


def parameters_of(*encoded: str) -> dict[str, list[str]]:
    """Return the values of every parameter of query strings and forms.

    Raises HTTPException 400 when they are not in UTF-8.
    """
    values = defaultdict(list)
    try:
        for text in encoded:
            for name, value in parse_qsl(
                text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS
            ):
                values[name].append(value)
    except ValueError as error:
        raise HTTPException(400, f"the parameters cannot be read: {error}") from None
    return values


def only(parameters: dict[str, list[str]], name: str) -> str | None:
    """Return the value of a parameter, None where it is not given.

    Raises HTTPException 400 when it is given twice.
    """
    values = parameters.get(name, [])
    if len(values) > 1:
        raise HTTPException(400, f"the parameter {name} is given {len(values)} times")
    return values[0] if values else None


async def asked(request: Request, pool: Pool, task: Task) -> Response:
    """Return what a worker of `pool` answers, unless the client goes away before: then it stops."""
    answer = asyncio.ensure_future(pool.ask(task))
    try:
        while not (await asyncio.wait({answer}, timeout=_LOOK_ROUND))[0]:
            if await request.is_disconnected():
                return Response(status_code=_CLIENT_GONE)
        return response(await answer)
    finally:
        answer.cancel()


def response(reply: Reply) -> Response:
    """Return a worker's reply as a response."""
    response = Response(reply.body, reply.status, reply.headers)
    if reply.body:
        response.headers["Content-Type"] = reply.media_type
    return response
