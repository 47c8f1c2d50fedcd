"""What goes between the server and its workers: a JSON header and a body, each of known length."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from asyncio import StreamReader

_LENGTHS = struct.Struct(">II")

TEXT = "text/plain; charset=utf-8"


PATIENCE = {"page": 10, "block": 10}
"""How many times the limit of a question each kind of request may take, where it is not once:
what a page takes to be made, it takes once for a state of the graph."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a worker is asked: the `kind`, a key of `worker.KINDS`, its `options` and a text."""

    kind: str
    options: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""

    def limit(self, timeout: float) -> float:
        """Return the seconds that it may take where a question may take `timeout`."""
        return timeout * PATIENCE.get(self.kind, 1)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answers: an HTTP status, a media type, further headers, and the body."""

    status: int
    media_type: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def problem(status: int, message: str) -> Reply:
    """Return a reply that says what is wrong, in one text for people."""
    return Reply(status, TEXT, f"{message}\n".encode(errors="backslashreplace"))


def pack(message: Request | Reply) -> bytes:
    """Return `message` as bytes."""
    header = asdict(message)
    body = header.pop("body")
    head = json.dumps(header).encode()
    return b"".join((_LENGTHS.pack(len(head), len(body)), head, body))


def read_request(stream: BinaryIO) -> Request | None:
    """Return the next request of `stream`, None at its end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return Request(**json.loads(stream.read(head)), body=stream.read(body))


async def receive_reply(stream: StreamReader) -> Reply:
    """Return the next reply of `stream`. Raises IncompleteReadError where it ends before."""
    head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    header = json.loads(await stream.readexactly(head))
    return Reply(**header, body=await stream.readexactly(body))
