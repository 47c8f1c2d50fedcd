"""Stretches of the calendar: what a date expression means, as first day, last day and EDTF.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019, level 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_A_YEAR = 12
DAYS_A_WEEK = 7
SATURDAY = 5
NEAR = 60
DAY = timedelta(days=1)
SEASONS = {"spring": ("21", 3), "summer": ("22", 6), "autumn": ("23", 9), "fall": ("23", 9),
           "winter": ("24", 12)}  # fmt: skip
"""EDTF's number of a season and the month in which it begins on the northern half of the earth."""


@dataclass(frozen=True, slots=True)
class DateValue:
    """A stretch of days: `edtf`, the `first` and the `last` possible day."""

    edtf: str
    first: date
    last: date


def day(value: date) -> DateValue:
    """Return one day."""
    return DateValue(value.isoformat(), value, value)


def interval(first: date, last: date) -> DateValue:
    """Return the days from `first` to `last`, both included."""
    return DateValue(f"{first.isoformat()}/{last.isoformat()}", first, last)


def month(year: int, number: int) -> DateValue:
    """Return a month; `number` may lie outside 1 to 12 and then counts on into other years.

    Raises ValueError, as the others here do, outside the years 1 to 9998.
    """
    year, index = year + (number - 1) // MONTHS_A_YEAR, (number - 1) % MONTHS_A_YEAR
    following = date(year + (index + 1) // MONTHS_A_YEAR, (index + 1) % MONTHS_A_YEAR + 1, 1)
    first = date(year, index + 1, 1)
    return DateValue(f"{first:%Y-%m}", first, following - DAY)


def quarter(year: int, number: int) -> DateValue:
    """Return the quarter `number` (which counts on like `month`) as an interval of months."""
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return DateValue(f"{first.edtf}/{last.edtf}", first.first, last.last)


def season(year: int, name: str) -> DateValue:
    """Return a season; a winter is named after the year in which it begins."""
    number, begin = SEASONS[name]
    return DateValue(f"{year:04}-{number}", month(year, begin).first, month(year, begin + 2).last)


def year(value: int) -> DateValue:
    """Return a year."""
    return DateValue(f"{value:04}", date(value, 1, 1), date(value, 12, 31))


def decade(value: int) -> DateValue:
    """Return the decade in which a year lies («199X»)."""
    begin = value // 10 * 10
    return DateValue(f"{begin // 10:03}X", date(begin, 1, 1), date(begin + 9, 12, 31))


def century(value: int) -> DateValue:
    """Return the hundred years in which a year lies («19XX»), counted as people do, from 00."""
    begin = value // 100 * 100
    return DateValue(f"{begin // 100:02}XX", date(begin, 1, 1), date(begin + 99, 12, 31))


def week(value: date) -> DateValue:
    """Return the week, Monday to Sunday, in which a day lies."""
    monday = value - value.weekday() * DAY
    return interval(monday, monday + (DAYS_A_WEEK - 1) * DAY)


def weekend(value: date) -> DateValue:
    """Return Saturday and Sunday of a day's week."""
    monday = value - value.weekday() * DAY
    return interval(monday + SATURDAY * DAY, monday + (SATURDAY + 1) * DAY)


def weekday(anchor: date, number: int, *, ahead: bool) -> date:
    """Return the last day up to `anchor` (or, `ahead`, the first from it on) of that weekday.

    `number` is 0 for Monday.
    """
    if ahead:
        return anchor + (number - anchor.weekday()) % DAYS_A_WEEK * DAY
    return anchor - (anchor.weekday() - number) % DAYS_A_WEEK * DAY


def nearest_year(anchor: date, number: int, day_of_month: int, *, direction: int) -> date:
    """Return that day of that month in the year that suits: the nearest to `anchor`.

    A `direction` of -1 (told as past) or 1 (as future) leaves out the other side of the anchor,
    unless the nearest lies within `NEAR` days: tenses are no safer than that.
    """
    days = []
    for near in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            days.append(date(near, number, day_of_month))
        except ValueError:
            continue
    suiting = [d for d in days if (d - anchor).days * direction >= -NEAR] or days
    if not suiting:
        raise ValueError(f"no year near {anchor} has a day {day_of_month} in month {number}")
    return min(suiting, key=lambda d: (abs((d - anchor).days), d))
