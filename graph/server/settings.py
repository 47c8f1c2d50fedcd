"""What a server is told when it starts."""

from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1 << 20

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
"""The names by which a machine calls itself."""

LARGEST_ANSWER = 256
"""MiB that an answer may have: it is held in memory until the client has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which graph is served, where, to whom, and within which limits.

    `timeout` is in seconds, for waiting and for running each; `max_memory` is of one worker and
    `max_request` of one body, in MiB; `max_rows` 0 is no limit. `token` is what writers show, None
    where nobody may write. `origins` are the web origins whose pages may ask, `hosts` further
    names by which requests may call the server.
    """

    graph: Path
    host: str = "127.0.0.1"
    port: int = 7878
    workers: int = 2
    timeout: float = 30.0
    max_rows: int = 100_000
    max_memory: int = 2048
    max_request: int = 10
    token: str | None = None
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    @property
    def writable(self) -> bool:
        """Whether anybody may change the graph."""
        return self.token is not None

    @property
    def known_hosts(self) -> list[str]:
        """The names that a request may call the server by; ``*`` is any.

        On the loopback interface others are refused, which stops DNS rebinding: a page whose
        name is made to lead here would else be of the same origin as the server.
        """
        if self.host not in LOOPBACK and not self.hosts:
            return ["*"]
        return [*LOOPBACK, self.host, *self.hosts]
