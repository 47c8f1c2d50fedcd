"""Where a SPARQL endpoint takes queries and updates, and how it is logged in to.

Servers differ in their addresses, and all of these are understood::

    http://host:7878                      Oxigraph: /query, /update and /store are added
    http://host:3030/news                 Fuseki: /query, /update and /data are, to a data set's
    http://host:7878/query                the query address: /update is beside it
    http://host:7200/repositories/news    GraphDB, RDF4J: updates go to /statements below it,
                                          graphs are at /rdf-graphs/service
    http://host:8890/sparql               Virtuoso and others: one address for both

Where updates go elsewhere, or graphs are, the environment says so.
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
UPDATE, GRAPHS = "QUOTH_ENDPOINT_UPDATE", "QUOTH_ENDPOINT_GRAPHS"
TIMEOUT = "QUOTH_ENDPOINT_TIMEOUT"
"""The environment variables: the login, the addresses for updates and for whole graphs, seconds to
wait for an answer."""

PATIENCE = 60.0
"""Seconds to wait for an answer unless the environment says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A SPARQL endpoint: the addresses, the login, the patience.

    At `graphs` it hands out whole graphs (SPARQL 1.1 Graph Store HTTP Protocol); None where that
    is not known.
    """

    name: str
    """The address as it was given, for messages."""
    query: str
    update: str
    graphs: str | None = None
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
    ``QUOTH_ENDPOINT_TOKEN``, ``QUOTH_ENDPOINT_UPDATE``, ``QUOTH_ENDPOINT_GRAPHS`` and
    ``QUOTH_ENDPOINT_TIMEOUT``; all may be missing. Raises StoreError when the address is none of
    HTTP's, or holds a password.
    """
    _parse(address)
    query, update, graphs = _addresses(address)
    if given := environment.get(UPDATE):
        _parse(given)
        update = given
    if given := environment.get(GRAPHS):
        _parse(given)
        graphs = given
    return Endpoint(
        name=address,
        query=query,
        update=update,
        graphs=graphs,
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


def _addresses(address: str) -> tuple[str, str, str | None]:
    """Return the addresses for queries and for updates, and of graphs where they are known.

    >>> _addresses("http://host:7878/")
    ('http://host:7878/query', 'http://host:7878/update', 'http://host:7878/store')
    >>> _addresses("http://host/db/query?union=1")[:2]
    ('http://host/db/query?union=1', 'http://host/db/update?union=1')
    >>> _addresses("http://host/repositories/news")[1:]
    ('http://host/repositories/news/statements', 'http://host/repositories/news/rdf-graphs/service')
    """
    parts = _parse(address)
    path = parts.path.rstrip("/")
    head, _, last = path.rpartition("/")
    graphs: str | None
    if last == "query":
        query, update, graphs = path, f"{head}/update", _store(head)
    elif last in ("sparql", "update"):
        query, update, graphs = path, path, None
    elif head.endswith("/repositories"):
        query, update, graphs = path, f"{path}/statements", f"{path}/rdf-graphs/service"
    else:
        query, update, graphs = f"{path}/query", f"{path}/update", _store(path)

    def at(way: str) -> str:
        return urlunsplit(parts._replace(path=way, fragment=""))

    return at(query), at(update), None if graphs is None else at(graphs)


def _store(path: str) -> str:
    """Return where graphs are: Oxigraph has one store, Fuseki one in each data set."""
    return f"{path}/data" if path else "/store"


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
