"""Date expressions of English news, found in a text.

The expressions and their values follow TIMEX3 (ISO-TimeML, ISO 24617-1) where EDTF can say the
same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from quoth.extractors.dates import values
from quoth.extractors.dates.spans import SEASONS, DateValue
from quoth.extractors.dates.values import NUMBERS, OPEN, Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression at ``text[begin:end]``; `rule` is the position of its reader in `RULES`."""

    begin: int
    end: int
    rule: int
    match: re.Match[str]

    @property
    def kind(self) -> str:
        """The name of the rule: full-date, weekday, month, ago …, as in the list below."""
        return RULES[self.rule].kind

    @property
    def is_relative(self) -> bool:
        """Whether it means nothing without the document's date."""
        return RULES[self.rule].is_relative

    def value(self, anchor: date | None, direction: int = OPEN) -> DateValue | None:
        """Return what it means for a document of that date, None where that cannot be said.

        `direction` is `PAST` or `FUTURE` where the words around it say so. Without an `anchor`
        only an expression that names its year has a value.
        """
        if self.is_relative and anchor is None:
            return None
        try:
            return RULES[self.rule].resolve(self.match, anchor or date.min, direction)
        except (ValueError, OverflowError):
            return None


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = (
    rf"(?P<month>(?:{_MONTHS}|{_MONTHS.upper()})\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = (
    r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
)
_LEAD = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+|the\s+)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime))?"
_NUMBER = r"(?P<number>a\s+couple\s+of|\d{1,3}|[a-z]+)"
_SEASON = "|".join(SEASONS)

_PATTERNS: tuple[tuple[str, str, Resolver, bool], ...] = (
    ("full-date", rf"{_LEAD}{_MONTH}\s+{_DAY},?\s+{_YEAR}", values.full_date, False),
    ("full-date", rf"{_LEAD}{_DAY}[\s-]+(?:of\s+)?{_MONTH}[,\s-]\s*{_YEAR}", values.full_date,
     False),
    ("full-date", r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
     values.iso_date, False),
    ("full-date", r"(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])",
     values.numeric_date, False),
    ("month-day", rf"{_LEAD}{_MONTH}\s+{_DAY}(?![.,:]\d|\s*(?:%|percent))"
     r"(?:,?\s+(?P<side>last|this|next)\s+year\b)?", values.month_day, True),
    ("month-day", rf"{_LEAD}{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<side>last|this|next)\s+year\b)?",
     values.month_day, True),
    ("month", rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}", values.month_year, False),
    ("month", rf"(?:(?P<side>[Ll]ast|[Tt]his|[Nn]ext)\s+)?{_MONTH}"
     r"(?:,?\s+(?:of\s+)?(?P<after>last|this|next)\s+year\b)?", values.bare_month, True),
    ("weekday", rf"(?:(?P<side>[Ll]ast|[Tt]his(?:\s+past|\s+coming)?|[Nn]ext|[Pp]ast|[Cc]oming)"
     rf"\s+)?{_WEEKDAY}{_PART}(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
     values.named_weekday, True),
    ("day", r"(?i:(?P<beyond>the\s+day\s+(?:before|after)\s+)?(?P<word>today|tonight|yesterday"
     rf"|tomorrow|last\s+night|this\s+(?:morning|afternoon|evening))){_PART}\b",
     values.relative_day, True),
    ("unit", r"(?i:(?:(?P<part>earlier|later|late|early)\s+(?:on\s+)?(?:in\s+)?)?(?:the\s+)?"
     r"(?P<side>last|this(?:\s+past|\s+coming)?|next|past|previous|coming)"
     rf"\s+(?P<unit>week|weekend|month|quarter|year|decade|century|{_SEASON})\b(?!['’]s?\s+end))",
     values.relative_unit, True),
    ("ago", rf"(?i:{_NUMBER}\s+(?P<unit>minutes?|hours?|days?|weeks?|months?|years?|decades?)"
     r"\s+(?:ago\b|(?P<from_now>from\s+now\b)))", values.ago, True),
    ("season", rf"(?P<season>(?i:{_SEASON}))\s+(?:of\s+)?{_YEAR}", values.season_year, False),
    ("decade", r"(?:the\s+)?(?:[Ee]arly\s+|[Ll]ate\s+|[Mm]id-?\s*)?(?:(?P<decade>(?:1[5-9]|20)\d)0"
     r"['’]?s)\b", values.decade, False),
    ("decade", r"(?<![\w$£€])['‘’](?P<decade>[1-9])0s\b", values.decade, False),
    ("century", r"(?:the\s+)?(?P<number>\d{1,2})(?:st|nd|rd|th)[\s-]+[Cc]entury\b",
     values.century, False),
    ("year", rf"(?<![\w$£€.,:/-]){_YEAR}(?![,.:/-]?\d|\s*(?:%|percent|people|dollars))",
     values.bare_year, False),
)  # fmt: skip


class Rule(NamedTuple):
    """How one kind of expression looks and what it means; `is_relative` to a document's date."""

    kind: str
    pattern: re.Pattern[str]
    resolve: Resolver
    is_relative: bool


RULES = tuple(
    Rule(kind, re.compile(rf"(?<![\w$]){pattern}"), resolve, is_relative)
    for kind, pattern, resolve, is_relative in _PATTERNS
)
"""The readers of date expressions, the longer ones of a kind first."""

_HINT = re.compile(
    r"\d{2}|day\b|[Tt]o(?:day|night|morrow)|[Yy]esterday|\b(?:[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|"
    r"[Cc]oming|ago|now|[Pp]revious)\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    rf"|\b(?:{_MONTHS.upper()})"
)
"""What every expression holds some of: a sentence without it needs no closer look."""
_AMBIGUOUS_MONTH = re.compile(r"(?:May|March|Mar|Jun|Jan)\Z")
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|of|until|till|by|from|to|through|early|late|mid|last|next|this|and|before|after"
    r"|during|between)\s+\Z",
    re.IGNORECASE,
)


def find_dates(text: str) -> list[Expression]:
    """Return the date expressions in `text`, in order and apart from one another.

    Of overlapping ones the leftmost is kept, of those the longest.
    """
    if not _HINT.search(text):
        return []
    found = sorted(_matches(text), key=lambda e: (e.begin, -e.end))
    kept: list[Expression] = []
    for expression in found:
        if not kept or expression.begin >= kept[-1].end:
            kept.append(expression)
    return kept


def read_date(words: str) -> Expression | None:
    """Return the expression that `words`, all of them, are, None when they are none."""
    for number, rule in enumerate(RULES):
        match = rule.pattern.fullmatch(words)
        if match is not None:
            return Expression(0, len(words), number, match)
    return None


def _matches(text: str) -> Iterator[Expression]:
    for number, rule in enumerate(RULES):
        for match in rule.pattern.finditer(text):
            begin, end = match.span()
            if _AMBIGUOUS_MONTH.match(match[0]) and not _BEFORE_MONTH.search(text[:begin][-12:]):
                continue
            if rule.kind == "ago" and not _counts(match["number"]):
                continue
            yield Expression(begin, end, number, match)


def _counts(word: str) -> bool:
    word = " ".join(word.lower().split())
    return word in NUMBERS or word.isdigit()
