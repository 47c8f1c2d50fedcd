"""The header ``Content-Type`` of HTTP."""

from __future__ import annotations

from email.message import Message


def parse_media_type(header: str | None) -> tuple[str | None, str | None]:
    """Return (media type in small letters, charset) of a header, None for what it does not say."""
    if not header:
        return None, None
    message = Message()
    message["Content-Type"] = header
    charset = message.get_param("charset")
    return header.partition(";")[0].strip().lower(), charset if isinstance(charset, str) else None
