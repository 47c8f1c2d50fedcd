"""What a claim's words are for comparing: stems, numbers and names."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import snowballstemmer  # type: ignore[import-untyped]  # ships no types
from anyascii import anyascii

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SHORT_NOT = re.compile(r"n['’]t\b", re.IGNORECASE)
_LANGUAGES = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
}
"""Languages with a stemmer (Snowball); words of others are compared as they are."""


class _ClaimWords(NamedTuple):
    function_words: frozenset[str]
    hypothetical: tuple[str, ...]
    idle_negations: tuple[str, ...]
    irregular_forms: dict[str, str]
    light_verbs: frozenset[str]
    negations: frozenset[str]
    question_words: frozenset[str]
    report_nouns: tuple[str, ...]
    numerals: dict[str, str]
    opposites: tuple[tuple[str, str], ...]
    weak_verbs: tuple[str, ...]


@cache
def claim_words() -> _ClaimWords:
    """Return the lists of words that come with quoth."""
    text = (files("quoth.graph") / "claim_words.json").read_text(encoding="utf-8")
    lists = json.loads(text)
    return _ClaimWords(
        frozenset(lists["function_words"]),
        tuple(lists["hypothetical"]),
        tuple(lists["idle_negations"]),
        lists["irregular_forms"],
        frozenset(lists["light_verbs"]),
        frozenset(lists["negations"]),
        frozenset(lists["question_words"]),
        tuple(lists["report_nouns"]),
        lists["numerals"],
        tuple((one, other) for one, other in lists["opposites"]),
        tuple(lists["weak_verbs"]),
    )


def light_verbs() -> frozenset[str]:
    """Return the verbs, as lemmas, that say little of what is claimed."""
    return claim_words().light_verbs


def asks(text: str) -> bool:
    """Whether a claim asks instead of stating something: «Who knew?», «whether anybody knew»."""
    first = _TOKEN.search(text)
    asking = first is not None and first[0].lower() in claim_words().question_words
    return asking or "?" in text[-2:]


@dataclass(frozen=True, slots=True)
class Wording:
    """The content of a claim, for comparing.

    `stems` are all content words, `numbers` included, as stems in lower case; `names` the stems of
    those that the text writes as names; `first` the stem of the first word of all, whose capital
    tells nothing, or empty; `negated` whether any word of it negates; `opposites` the stems of what
    says the opposite of one of its words, and is not among them.
    """

    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    first: str
    negated: bool
    opposites: frozenset[str]


class Words:
    """Reads claims, stemming each word once; `lower` are stems known to stand without a capital."""

    def __init__(self, lower: Iterable[str] = ()) -> None:
        self._stems: dict[tuple[str, str], str] = {}
        self._stemmers: dict[str, snowballstemmer.stemmer | None] = {}
        self._opposites: dict[str, defaultdict[str, set[str]]] = {}
        self.lower: Counter[str] = Counter(lower)
        """How often a stem was read without a capital."""

    def read(self, text: str, language: str, spoken_of: Iterable[str] = ()) -> Wording:
        """Return the wording of `text`; `spoken_of` are names that its pronouns stand for."""
        lists = claim_words()
        stems, numbers, names = set(), set(), set()
        first = ""
        negated = bool(_SHORT_NOT.search(text))
        for position, token in enumerate(_TOKEN.findall(text)):
            negated = negated or token.lower() in lists.negations
            stem, is_number = self._content(token, language)
            if is_number:
                numbers.add(stem)
                stems.add(stem)
            elif stem:
                stems.add(stem)
                if not token[0].isupper():
                    self.lower[stem] += 1
                elif position:
                    names.add(stem)
                else:
                    first = stem
        for name in spoken_of:
            told = {
                self._stem(word.lower(), language)
                for word in _TOKEN.findall(name)
                if word.lower() not in lists.function_words
            }
            stems |= told
            names |= told
        opposites = self._opposites_of(stems, language)
        return Wording(
            frozenset(stems), frozenset(numbers), frozenset(names), first, negated, opposites
        )

    def stems_of(self, text: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the stems of the content words of `text`, and the numbers among them."""
        read = [self._content(token, language) for token in _TOKEN.findall(text)]
        return (
            frozenset(stem for stem, _ in read if stem),
            frozenset(stem for stem, is_number in read if is_number),
        )

    def content(self, text: str, language: str) -> Iterator[tuple[int, int, str]]:
        """Yield where the content words and numbers of `text` stand, each with its stem."""
        for token in _TOKEN.finditer(text):
            stem, _ = self._content(token[0], language)
            if stem:
                yield token.start(), token.end(), stem

    def _content(self, token: str, language: str) -> tuple[str, bool]:
        """Return the stem of a word, empty if it tells nothing, and whether it is a number."""
        lists, folded = claim_words(), token.lower()
        if number := _number(folded, lists.numerals):
            return number, True
        return ("" if folded in lists.function_words else self._stem(folded, language)), False

    def _opposites_of(self, stems: set[str], language: str) -> frozenset[str]:
        if language not in self._opposites:
            stemmed = self._opposites[language] = defaultdict(set)
            # The lists are English; what they hold is no word of other languages, or seldom.
            for pair in claim_words().opposites:
                one, other = (self._stem(word, language) for word in pair)
                stemmed[one].add(other)
                stemmed[other].add(one)
        opposed = self._opposites[language]
        found: set[str] = set()
        for stem in stems & opposed.keys():
            found |= opposed[stem]
        return frozenset(found - stems)

    def names_of(self, wording: Wording) -> frozenset[str]:
        """Return the names, the first word with them unless it was read without a capital."""
        if wording.first and not self.lower[wording.first]:
            return wording.names | {wording.first}
        return wording.names

    def _stem(self, word: str, language: str) -> str:
        key = language, word
        if key not in self._stems:
            stemmer = self._stemmer(language)
            if _primary(language) == "en":
                word = claim_words().irregular_forms.get(word, word)
            self._stems[key] = anyascii(stemmer.stemWord(word) if stemmer else word).lower()
        return self._stems[key]

    def _stemmer(self, language: str) -> "snowballstemmer.stemmer | None":
        if language not in self._stemmers:
            name = _LANGUAGES.get(_primary(language))
            self._stemmers[language] = snowballstemmer.stemmer(name) if name else None
        return self._stemmers[language]


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _number(word: str, numerals: dict[str, str]) -> str:
    """Return a word as a number in digits, or empty: «9,000» is «9000», «nine» is «9»."""
    if word[0].isdigit():
        return re.sub(r",(?=\d{3}(?:\D|$))", "", word).rstrip(".,")
    return numerals.get(word, "")
