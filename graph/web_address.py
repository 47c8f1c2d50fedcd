"""Addresses of the web, told from everything else that may stand where one is expected."""

from urllib.parse import urlsplit


def web_address(url: str) -> str:
    """Return `url` where it is an address of the web (http, https), else an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
