"""What date expressions mean: each function resolves one kind of them against a date.

Weekdays know that news tells what has been: «on Tuesday» is the last Tuesday up to the day of
publication, unless the words around it speak of the future.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from quoth.extractors.dates import spans
from quoth.extractors.dates.spans import DAY, DateValue
from quoth.extractors.numbers import CARDINALS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
NUMBERS = CARDINALS | {"a": 1, "an": 1, "a couple of": 2}
FIRST_YEAR = 100
SHORT_YEARS_FROM = 70
"""«68» is 2068 and «70» 1970, as POSIX has it."""

PAST, OPEN, FUTURE = -1, 0, 1
"""Where the words around an expression say that it lies: before the anchor, not said, after it."""

Resolver = Callable[[re.Match[str], date, int], DateValue | None]
"""The match, the date to resolve against (the anchor), the direction."""


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.lower()[:3]))


def _weekday(word: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(word.lower()[:3]))


def _number(word: str) -> int:
    word = " ".join(word.lower().split())
    return NUMBERS[word] if word in NUMBERS else int(word)


def _year(word: str) -> int:
    number = int(word)
    if number >= FIRST_YEAR:
        return number
    return number + (1900 if number >= SHORT_YEARS_FROM else 2000)


def full_date(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «May 8, 2019», «8 May 19»."""
    return spans.day(date(_year(m["year"]), _month(m["month"]), int(m["day"])))


def iso_date(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «2019-05-08»."""
    return spans.day(date(int(m["year"]), int(m["number"]), int(m["day"])))


def numeric_date(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «5/8/19», month first unless it cannot be."""
    first, second = int(m["number"]), int(m["day"])
    if first > spans.MONTHS_A_YEAR:
        first, second = second, first
    return spans.day(date(_year(m["year"]), first, second))


def month_day(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «May 8», «8 May last year»: without a year the nearest one."""
    number, day_of_month = _month(m["month"]), int(m["day"])
    if m["side"]:
        shift = {"last": -1, "this": 0, "next": 1}[m["side"].lower()]
        return spans.day(date(anchor.year + shift, number, day_of_month))
    return spans.day(spans.nearest_year(anchor, number, day_of_month, direction=direction))


def month_year(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «May 2019»."""
    return spans.month(_year(m["year"]), _month(m["month"]))


def bare_month(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «in May», «last May», «May next year»: the month that was last, this one included."""
    number, side = _month(m["month"]), (m["side"] or m["after"] or "").lower()
    if m["after"]:
        shift = {"last": -1, "this": 0, "next": 1}[side]
        return spans.month(anchor.year + shift, number)
    if side == "next":
        return spans.month(anchor.year + (number <= anchor.month), number)
    if direction == FUTURE and side != "last":
        return spans.month(anchor.year + (number < anchor.month), number)
    if side == "last":
        return spans.month(anchor.year - (number >= anchor.month), number)
    return spans.month(anchor.year - (number > anchor.month), number)


def named_weekday(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «Tuesday», «next Tuesday», «Tuesday of last week»."""
    number, side = _weekday(m["weekday"]), (m["side"] or "").lower()
    if m["week"]:
        shift = {"last": -7, "this": 0, "next": 7}[m["week"].lower()]
        return spans.day(anchor + (number - anchor.weekday() + shift) * DAY)
    if side in ("next", "coming"):
        return spans.day(spans.weekday(anchor + DAY, number, ahead=True))
    if side in ("last", "past"):
        return spans.day(spans.weekday(anchor - DAY, number, ahead=False))
    return spans.day(spans.weekday(anchor, number, ahead=direction == FUTURE))


def relative_day(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «today», «the day before yesterday», «last night», «tomorrow evening»."""
    word = m["word"].lower().split()[0]
    if word == "last":
        return spans.day(anchor - DAY)
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if m["beyond"]:
        shift *= 2
    return spans.day(anchor + shift * DAY)


def relative_unit(m: re.Match[str], anchor: date, direction: int) -> DateValue | None:
    """Read «last week», «later this year»; None for what ends today («the past year»)."""
    side, unit, part = m["side"].lower(), m["unit"].lower(), (m["part"] or "").lower()
    shift = -1 if side.split()[-1] in ("last", "past", "previous") else side in ("next", "coming")
    if side.endswith("past") and "this" not in side and unit in ("year", "month"):
        return None  # «the past year» ends today
    value = _unit(unit, anchor, int(shift), direction)
    if shift == 0 and part == "earlier" and value.first < anchor:
        return spans.interval(value.first, anchor)
    if shift == 0 and part == "later" and value.last > anchor:
        return spans.interval(anchor, value.last)
    return value


def _unit(unit: str, anchor: date, shift: int, direction: int) -> DateValue:
    if unit == "weekend":
        here = spans.weekend(anchor)
        back = shift == 0 and direction != FUTURE and anchor < here.first
        return spans.weekend(anchor + (shift - back) * spans.DAYS_A_WEEK * DAY)
    if unit in spans.SEASONS:
        begun = spans.season(anchor.year, unit).first <= anchor
        # «Last summer» is the one that is over; winter goes on into the new year.
        passed = anchor > spans.season(anchor.year, unit).last
        if shift < 0:
            return spans.season(anchor.year - (not passed), unit)
        if shift > 0:
            return spans.season(anchor.year + begun, unit)
        return spans.season(anchor.year, unit)
    values: dict[str, Callable[[], DateValue]] = {
        "week": lambda: spans.week(anchor + shift * spans.DAYS_A_WEEK * DAY),
        "month": lambda: spans.month(anchor.year, anchor.month + shift),
        "quarter": lambda: spans.quarter(anchor.year, (anchor.month + 2) // 3 + shift),
        "year": lambda: spans.year(anchor.year + shift),
        "decade": lambda: spans.decade(anchor.year + 10 * shift),
        "century": lambda: spans.century(anchor.year + 100 * shift),
    }
    return values[unit]()


def ago(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «three days ago», «two years from now»: as fine as the unit."""
    number, unit = _number(m["number"]), m["unit"].lower().rstrip("s")
    if m["from_now"]:
        number = -number
    return {
        "minute": lambda: spans.day(anchor),
        "hour": lambda: spans.day(anchor - number // 24 * DAY),
        "day": lambda: spans.day(anchor - number * DAY),
        "week": lambda: spans.week(anchor - number * spans.DAYS_A_WEEK * DAY),
        "month": lambda: spans.month(anchor.year, anchor.month - number),
        "year": lambda: spans.year(anchor.year - number),
        "decade": lambda: spans.year(anchor.year - 10 * number),
    }[unit]()


def season_year(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «summer of 2012»."""
    return spans.season(int(m["year"]), m["season"].lower())


def decade(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «the 1990s», «the ’90s»."""
    number = 10 * int(m["decade"])
    return spans.decade(number if number >= FIRST_YEAR else 1900 + number)


def century(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «the 17th century»."""
    return spans.century(100 * (int(m["number"]) - 1))


def bare_year(m: re.Match[str], anchor: date, direction: int) -> DateValue:
    """Read «2019»."""
    return spans.year(int(m["year"]))
