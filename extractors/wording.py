"""The words of mentions and claims, cut to what a reader wants to see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quoth.extractors.quoted import MARKS
from quoth.extractors.values import Anonymity

if TYPE_CHECKING:
    from quoth.extractors.records import Source

MARK_CHARACTERS = "".join(sorted(MARKS))
EDGES = " \t\r\n,"
JOINING = re.compile(r"(?:neither|either|both)\s+", re.IGNORECASE)
LEADING = re.compile(r"(?:(?:neither|either|both|not only|the)(?:\s+|\Z))+", re.IGNORECASE)
"""Words before a name that do not describe its bearer («neither Osei nor Brandt»)."""
BESIDE_NAME = MARK_CHARACTERS + EDGES + "–—-"


def described(words: str, sources: tuple[Source, ...]) -> str | None:
    """Return the words of a mention beside the name in it."""
    for source in sources:
        for name in sorted((source.label, *source.aliases), key=len, reverse=True):
            if source.anonymity is Anonymity.NAMED and name in words:
                before, _, after = words.partition(name)
                rest = before.strip(BESIDE_NAME) or after.strip(BESIDE_NAME)
                leading = LEADING.match(rest)
                rest = rest[leading.end() :] if leading else rest
                return rest if len(rest) > 2 else None
    joining = JOINING.match(words) if len(sources) > 1 else None
    return words[joining.end() :] if joining else words


def without_marks(words: str) -> str:
    """Return a content's words in one line, without the quotation marks around them.

    A closing mark stays where its opening one stands inside («rejected it as ‘theatre’»).
    """
    words = " ".join(words.split()).strip(EDGES)
    bare = words.lstrip(MARK_CHARACTERS + EDGES)
    if bare != words or not any(mark in words[:-1] for mark in MARK_CHARACTERS):
        return bare.rstrip(MARK_CHARACTERS + EDGES)
    return words
