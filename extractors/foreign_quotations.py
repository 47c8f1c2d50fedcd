"""Which quotations are in another language: nobody whom they name is anybody English names.

Too short for a detector of languages, so the commonest words decide.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.extractors.quoted import Quoted, QuotedTokens

FEWEST_WORDS = 3


@cache
def function_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the commonest words of English, and some of its neighbours that it has not itself."""
    path = files("quoth.extractors") / "lexicons" / "function_words.json"
    lists = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(lists["english"]), frozenset(lists["other"])


def foreign_tokens(quoted: QuotedTokens) -> frozenset[int]:
    """Return the tokens of all quotations that are surely in another language."""
    return frozenset(
        i
        for region in quoted.regions
        if _is_foreign(quoted, region)
        for i in range(region.begin, region.end)
    )


def _is_foreign(quoted: QuotedTokens, region: Quoted) -> bool:
    """Whether a quotation has common words of other languages and none of English."""
    if region.words < FEWEST_WORDS:
        return False
    english, other = function_words()
    words = quoted.tree.words[region.begin : region.end]
    return not other.isdisjoint(words) and english.isdisjoint(words)
