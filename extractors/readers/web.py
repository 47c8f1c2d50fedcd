"""Pages on the web that the user names, and nothing else: within limits of size and time."""

from __future__ import annotations

import io
import ipaddress
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from quoth.extractors.readers.interface import File, ReadingError, ReadingOptions, too_large
from quoth.extractors.readers.media_types import parse_media_type

if TYPE_CHECKING:
    import httpx

SCHEMES = ("http://", "https://")
MOST_REDIRECTS = 5


def is_address(path: str) -> bool:
    """Whether `path` is the address of a page, and no file."""
    return path.lower().startswith(SCHEMES)


def fetch(address: str, options: ReadingOptions) -> File:
    """Return what lies at `address`, held in memory.

    Up to `MOST_REDIRECTS` redirects are followed, to http and https alone, and from a public host
    to no private one. Raises `ReadingError` for an answer other than 200, one that is larger than
    `options.max_bytes`, and one that takes longer than `options.timeout`.
    """
    import httpx

    end = monotonic() + options.timeout
    try:
        with httpx.Client(timeout=options.timeout, headers={"User-Agent": "quoth"}) as client:
            here = address
            for _ in range(MOST_REDIRECTS + 1):
                with client.stream("GET", here) as response:
                    if not response.has_redirect_location:
                        return _file(response, address, end, options)
                    here = _redirected(here, response.headers["location"], address)
    except httpx.TimeoutException as error:
        raise _too_slow(address, options) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        if isinstance(error, ReadingError):
            raise
        told = " ".join(str(error).split())[:160] or type(error).__name__
        raise ReadingError(address, f"cannot be fetched: {told}") from error
    raise ReadingError(address, f"cannot be fetched: more than {MOST_REDIRECTS} redirects")


def _file(response: httpx.Response, address: str, end: float, options: ReadingOptions) -> File:
    if response.status_code != 200:
        reason = f"{response.status_code} {response.reason_phrase}".strip()
        raise ReadingError(address, f"cannot be fetched: {reason}")
    pieces, size = [], 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > options.max_bytes:
            raise too_large(address, options)
        if monotonic() > end:
            raise _too_slow(address, options)
    media_type, charset = parse_media_type(response.headers.get("content-type"))
    here = str(response.url)
    return File(
        path=address,
        id=address,
        name=urlsplit(here).path.rpartition("/")[2],
        stream=io.BufferedReader(io.BytesIO(b"".join(pieces))),
        media_type=media_type,
        charset=charset,
        url=here,
    )


def _redirected(here: str, location: str, address: str) -> str:
    there = urljoin(here, location)
    if not is_address(there):
        raise ReadingError(address, f"it leads to {there[:80]}, which is no page on the web")
    if _is_private(there) and not _is_private(address):
        raise ReadingError(address, f"it leads to {there[:80]}, which is a private address")
    return there


def _is_private(address: str) -> bool:
    host = (urlsplit(address).hostname or "").lower()
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _too_slow(address: str, options: ReadingOptions) -> ReadingError:
    return ReadingError(address, f"cannot be fetched: no answer within {options.timeout:g} seconds")
