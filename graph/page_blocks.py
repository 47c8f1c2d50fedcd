"""The blocks of a page as it carries them: JSON, compressed, in letters that HTML leaves alone."""

from __future__ import annotations

import base64
import json
import zlib

from quoth.graph.terms import SURROGATES

_LEVEL = 6
"""zlib's usual one: 9 takes twice the time for one part in a hundred."""

_GZIP = 31
"""zlib's window for a gzip header, which Python's zlib writes without time and file name."""


def as_json(block: object) -> bytes:
    """Return a block as JSON in UTF-8; half a surrogate pair becomes U+FFFD.

    A node that somebody has added may carry other values than JSON has: numbers of numpy become
    numbers, all else its text.
    """
    text = json.dumps(
        block, separators=(",", ":"), allow_nan=False, ensure_ascii=False, default=_plain
    )
    return SURROGATES.sub("\ufffd", text).encode()


def _plain(value: object) -> object:
    item = getattr(value, "item", None)
    return item() if callable(item) else str(value)


def compressed(content: bytes) -> bytes:
    """Return `content` in gzip's format; the same content gives the same bytes."""
    writer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return writer.compress(content) + writer.flush()


def as_text(content: bytes) -> str:
    """Return `content` in base64, of which no letter means anything to HTML."""
    return base64.b64encode(content).decode("ascii")
