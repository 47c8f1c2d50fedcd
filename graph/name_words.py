"""The words of names: what ``name_words.json`` lists, and how names are folded to compare them."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from anyascii import anyascii

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?(?=\W|$)")
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("tch", "ch"),
        ("zh", "j"),
        ("o(?:ff|w)$", "ov"),
        ("kh", "h"),
        ("ph", "f"),
        ("x", "ks"),
        ("ck", "k"),
        ("q", "k"),
        ("ou|oo|ue", "u"),
        ("oe", "o"),
        ("ae", "a"),
        ("[yj]", "i"),
        ("^ie", "e"),
        (r"(.)\1+", r"\1"),
    )
)
"""What romanisations of one name differ in (ISO 9, BGN/PCGN and the press's own), in order."""
SHORTEST_VARIANT = 4
"""Letters of a word below which another spelling is another name."""


class NameWords(NamedTuple):
    """The lists of ``name_words.json``: words, folded, that are no part of a name proper."""

    articles: frozenset[str]
    connectives: frozenset[str]
    particles: frozenset[str]
    generations: dict[str, str]
    honorifics: frozenset[str]
    titles: frozenset[str]
    legal_forms: frozenset[str]
    invertible: frozenset[str]
    generic: frozenset[str]


@cache
def name_words() -> NameWords:
    """Return the lists, read once."""
    text = (files("quoth.graph") / "name_words.json").read_text(encoding="utf-8")
    lists = json.loads(text)
    generations = lists.pop("generations")
    return NameWords(generations=generations, **{n: frozenset(w) for n, w in lists.items()})


def tokens(name: str) -> list[str]:
    """Return the words of `name` in Latin letters without marks, capitals kept.

    >>> tokens("Зоя Маркова"), tokens("Jürgen O’Neill-Łuk")
    (['Zoya', 'Markova'], ['Jurgen', 'ONeill-Luk'])
    """
    latin = anyascii(_POSSESSIVE.sub("", name)).replace("'", "")
    return _TOKEN.findall(latin)


@cache
def spelling_key(word: str) -> str:
    """Return what the romanisations of a folded word have in common.

    >>> spelling_key("dmitry") == spelling_key("dmitrii"), spelling_key("zelenskyy")
    (True, 'zelenski')
    """
    if len(word) < SHORTEST_VARIANT:
        return word
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return word
