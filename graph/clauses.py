"""The clauses of a claim: what each says, and whether it says that it is not so.

Who answers a claim seldom answers all of it, and what one clause denies another may assert («There
was no folder. There was a cup.»). The lists behind this are English.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from quoth.graph.claim_wording import Words, claim_words

_BREAK = re.compile(
    r"[.!?;:]+[\"”’'*]*(?:\s+|$)"
    r"|\s*\[\.\.\.\]\s*"
    r"|,\s+(?:and|but|or)\s+"
    r"|,?\s+but\s+"
    r"|,?\s+and\s+(?=(?:i|he|she|it|they|we|that|there|nobody|no|never|the)\b)"
    r"|\s+(?:because|although|while|after|before|when|since|until)\s+"
    r"|,\s+(?=not\b)",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|no|never|nobody|nothing|none|neither|nowhere|cannot)\b|n['’]t\b")
_LANGUAGE = "en"


class Clause(NamedTuple):
    """A clause: its content words as stems, the numbers among them, and whether it negates.

    `is_open` says that it only asks or imagines («if», «should»): it neither denies nor asserts.
    """

    stems: frozenset[str]
    numbers: frozenset[str]
    negative: bool
    is_open: bool


def clauses(text: str, words: Words, *, negated: bool = True) -> Iterator[Clause]:
    """Yield the clauses of an English text that have any content word.

    `negated` says whether any word of the text may negate. Two negations in a clause make none
    («nobody who had not complained»).
    """
    begin = 0
    for found in (*_BREAK.finditer(text), None):
        part = text[begin : found.start() if found else len(text)].lower()
        stems, numbers = words.stems_of(part, _LANGUAGE)
        negative = negated and len(_NEGATION.findall(_idle().sub(" ", part))) % 2 == 1
        # «It did not sound until noon» says that it sounded.
        late = negative and found is not None and "until" in found[0].lower()
        if stems:
            is_open = late or bool(_open().search(part)) or part.startswith(("to ", "not to "))
            yield Clause(stems, numbers, negative, is_open)
        begin = found.end() if found else begin


@cache
def _idle() -> re.Pattern[str]:
    return _any_of(claim_words().idle_negations)


@cache
def _open() -> re.Pattern[str]:
    return _any_of(claim_words().hypothetical)


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
