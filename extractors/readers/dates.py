"""What tables, feeds and pages write as a date -> the day."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from quoth.extractors.header import parse_date

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?")
_LABEL = re.compile(r"(?:published|posted|date)(?: on)?:?\s+", re.I)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.I)


_ALONE = re.compile(
    r"(?:(?:published|posted|date)(?: on)?:?\s+)?"
    r"(?:\d{4}-\d\d-\d\d|\w{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} \w{3,9}\.?,? \d{4})"
    r"(?:\W.{0,20})?",
    re.I,
)


def is_day_alone(words: str) -> bool:
    """Whether `words` are a date with no more than a time: «Tuesday, 3 May 2024, 10:00»."""
    return day_shown(words) is not None


def day_shown(words: str) -> date | None:
    """Return the day that `words` on a page are, if they are nothing else; a label may precede."""
    plain = _WEEKDAY.sub("", " ".join(words.split()))
    if not _ALONE.fullmatch(plain):
        return None
    return day_of(_LABEL.sub("", plain))


def day_of(value: Any) -> date | None:
    """Return the day that `value` is, in the time zone that it is written in, or None.

    Understood: dates and moments of Python, ISO 8601 (``2024-05-03T10:00Z``, ``20240503``, the last
    also as a number), RFC 5322 (``Fri, 03 May 2024 10:00 GMT``), ``3 May 2024`` and ``May 3,
    2024``. Days like 03/05/2024 are not: on which side of an ocean they were written, nobody can
    say.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    words = value.strip()
    compact = _COMPACT.fullmatch(words)
    try:
        if compact:
            return date(*map(int, compact.groups()))
        # A weekday may stand before any of them.
        return parse_date(_WEEKDAY.sub("", words)) or parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError):
        return None
