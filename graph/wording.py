"""Questions in words: which named question somebody means, told by patterns in its header.

A header line ``@ask what has {source} said`` is a wording of the question; what stands where the
braces are is the parameter's value. A wording is matched word for word, in upper or lower case,
with or without a question mark; one without parameters may differ in a letter or two. What
matches nothing is refused with the nearest wordings: nothing is guessed.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from quoth.graph.catalogue import NamedQuery, list_queries
from quoth.graph.errors import QueryError

NEARLY = 0.9
"""From this similarity on (Ratcliff and Obershelp, 0..1) a wording without parameters is meant."""

_NEAREST = 3
_HOLE = re.compile(r"\{(\w+)\}")
_QUOTES = "\"'“”‘’«»"


class Understood(NamedTuple):
    """A named question with the values of its parameters, and the wording that was matched."""

    query: NamedQuery
    parameters: dict[str, str]
    wording: str


def understand(words: str) -> Understood:
    """Return the named question that `words` ask.

    Where several wordings match, the one that says most in words of its own is meant. Raises
    QueryError, with the nearest wordings, when none matches.
    """
    asked = _tidy(words)
    matches = [
        Understood(query, {name: value.strip(_QUOTES) for name, value in values.items()}, wording)
        for query, wording in _wordings()
        if (values := _match(wording, asked)) is not None
    ]
    if matches:
        return max(matches, key=lambda match: len(_HOLE.sub("", match.wording)))
    similar = sorted(
        ((_similarity(wording, asked), query, wording) for query, wording in _wordings()),
        key=lambda item: -item[0],
    )
    score, query, wording = similar[0]
    if score >= NEARLY and not _HOLE.search(wording):
        return Understood(query, {}, wording)
    nearest = "; ".join(f"“{wording}”" for _, _, wording in similar[:_NEAREST])
    raise QueryError(f"{words!r} is none of the questions; the nearest are {nearest}")


def _wordings() -> Iterator[tuple[NamedQuery, str]]:
    for query in list_queries():
        for wording in query.wordings:
            yield query, wording


def _tidy(words: str) -> str:
    return " ".join(words.replace("’", "'").split()).rstrip("?.! ")


def _match(wording: str, asked: str) -> dict[str, str] | None:
    """Return the values of the holes of `wording` in `asked`, None where it does not match."""
    pieces = _HOLE.split(_tidy(wording))
    pattern = "".join(
        f"(?P<{piece}>.+)" if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    )
    found = re.fullmatch(pattern, asked, re.IGNORECASE)
    return None if found is None else found.groupdict()


def _similarity(wording: str, asked: str) -> float:
    return SequenceMatcher(None, _tidy(wording).lower(), asked.lower(), autojunk=False).ratio()
