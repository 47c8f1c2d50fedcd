"""A line that says who wrote the text («By Ana Cruz and Tom Pell in Dorn»)."""

from __future__ import annotations

import re

_BYLINE = re.compile(r"(?:By|BY)[ \t]+(.{2,100}?)[ \t]*")
_BYLINE_JOINT = re.compile(r",?\s+(?:and|AND|&|in|IN|for|FOR)\s+|,\s+|\s*[|•]\s*")
_JOB_TITLE = re.compile(
    r",\s+[^,]*\b(?:chief|columnist|correspondent|editor|reporter|staff|writer)\b.*", re.IGNORECASE
)
_PARTICLE = re.compile(r"al|bint?|da|de[lr]?|di|dos|du|el|ibn|l[ae]|v[ao]n|y")


def byline(line: str) -> str | None:
    """Return the names in a byline («By Jane Doe»), None when `line` is none; no job titles."""
    found = _BYLINE.fullmatch(line)
    if found and all(is_name(part) for part in _BYLINE_JOINT.split(found[1])):
        return _JOB_TITLE.sub("", found[1])
    return None


def is_name(words: str) -> bool:
    """Whether `words`, up to five, may name somebody, or an agency or a place."""
    parts = words.split()
    return (
        1 <= len(parts) <= 5
        and all(part[0].isupper() or _PARTICLE.fullmatch(part) for part in parts)
        and (parts[0][0].isupper() and parts[-1][0].isupper())
        and not any(character.isdigit() for character in words)
        and not re.search(r"[a-z]{3}[.!?:]", words)
    )
