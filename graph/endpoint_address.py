"""Where a SPARQL endpoint takes queries and updates, and how it is logged in to.

Servers differ in their addresses, and all of these are understood::

    http://host:7878                      Oxigraph: /query and /update are added
    http://host:3030/news                 Fuseki: so they are to a data set's address
    http://host:7878/query                the query address: /update is beside it
    http://host:7200/repositories/news    GraphDB, RDF4J: updates go to /statements below it
    http://host:8890/sparql               Virtuoso and others: one address for both

Where updates go elsewhere, `update` says so.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from quoth.graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

USER, PASSWORD, TOKEN = "QUOTH_ENDPOINT_USER", "QUOTH_ENDPOINT_PASSWORD", "QUOTH_ENDPOINT_TOKEN"
UPDATE, TIMEOUT = "QUOTH_ENDPOINT_UPDATE", "QUOTH_ENDPOINT_TIMEOUT"
"""The environment variables: the login, the address for updates, seconds to wait for an answer."""

PATIENCE = 60.0
"""Seconds to wait for an answer unless the environment says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A SPARQL endpoint: the addresses for queries and updates, the login, the patience."""

    name: str
    """The address as it was given, for messages."""
    query: str
    update: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout: float = PATIENCE

    @property
    def has_login(self) -> bool:
        """Whether requests carry a login."""
        return bool(self.headers)


def is_address(name: str) -> bool:
    """Whether `name` is an address on the web rather than a file's or folder's name."""
    return "://" in name


def endpoint_at(address: str, environment: Mapping[str, str]) -> Endpoint:
    """Return the endpoint at `address`, with login, update address and patience as set.

    `environment` holds ``QUOTH_ENDPOINT_USER`` and ``QUOTH_ENDPOINT_PASSWORD``, or
    ``QUOTH_ENDPOINT_TOKEN``, ``QUOTH_ENDPOINT_UPDATE`` and ``QUOTH_ENDPOINT_TIMEOUT``; all may be
    missing. Raises StoreError when the address is none of HTTP's, or holds a password.
    """
    _parse(address)
    query, update = _addresses(address)
    if given := environment.get(UPDATE):
        _parse(given)
        update = given
    return Endpoint(
        name=address,
        query=query,
        update=update,
        headers=_login(environment),
        timeout=_timeout(environment),
    )


def _parse(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if "@" in parts.netloc:
        raise StoreError(
            "an endpoint's address holds no password, which others could see; "
            f"set {USER} and {PASSWORD} in the environment, or {TOKEN}"
        )
    if parts.scheme not in ("http", "https") or not host or " " in address:
        raise StoreError(
            f"{address}: is no address of a SPARQL endpoint; one looks like http://localhost:7878. "
            "A graph may also be a folder, or a file ending in .trig or .nq"
        )
    return parts


def _addresses(address: str) -> tuple[str, str]:
    """Return the addresses for queries and for updates.

    >>> _addresses("http://host:7878/")
    ('http://host:7878/query', 'http://host:7878/update')
    >>> _addresses("http://host/db/query?union=1")
    ('http://host/db/query?union=1', 'http://host/db/update?union=1')
    >>> _addresses("http://host/repositories/news")
    ('http://host/repositories/news', 'http://host/repositories/news/statements')
    """
    parts = _parse(address)
    path = parts.path.rstrip("/")
    head, _, last = path.rpartition("/")
    if last == "query":
        query, update = path, f"{head}/update"
    elif last in ("sparql", "update"):
        query, update = path, path
    elif head.endswith("/repositories"):
        query, update = path, f"{path}/statements"
    else:
        query, update = f"{path}/query", f"{path}/update"
    return tuple(urlunsplit(parts._replace(path=way, fragment="")) for way in (query, update))  # type: ignore[return-value]


def _login(environment: Mapping[str, str]) -> dict[str, str]:
    if token := environment.get(TOKEN):
        return {"Authorization": f"Bearer {token}"}
    if user := environment.get(USER):
        pair = f"{user}:{environment.get(PASSWORD, '')}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
    return {}


def _timeout(environment: Mapping[str, str]) -> float:
    text = environment.get(TIMEOUT)
    if not text:
        return PATIENCE
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise StoreError(f"{TIMEOUT}={text}: is no number of seconds above 0")
    return seconds
