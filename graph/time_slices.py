"""Days, weeks and months: which documents were published in each, and networks of each."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from quoth.graph.errors import QueryError
from quoth.graph.networks import NetworkKind, network_of

if TYPE_CHECKING:
    import networkx as nx

    from quoth.graph.facts import Facts


class Period(StrEnum):
    """How long a slice of time is."""

    DAY = "day"
    WEEK = "week"
    """From Monday to Sunday (ISO 8601)."""
    MONTH = "month"


def first_day(day: date, every: str) -> date:
    """Return the first day of the day, week or month that holds `day`.

    Raises QueryError when `every` is no `Period`.

    >>> first_day(date(2031, 9, 3), "week"), first_day(date(2031, 9, 3), "month")
    (datetime.date(2031, 9, 1), datetime.date(2031, 9, 1))
    """
    period = _period(every)
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period is Period.MONTH else day


def next_first_day(first: date, every: str) -> date:
    """Return the first day of the period after the one that begins on `first`."""
    length = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 32}[_period(every)]
    return first_day(first + timedelta(days=length), every)


def slices(facts: Facts, every: str) -> dict[date, Facts]:
    """Return the facts of each day, week or month in which something was attributed.

    Keys are the first days of the periods, in order. A period without any, and documents
    without a date, are in none. Raises QueryError when `every` is no `Period`.
    """
    days = facts.whole.days
    published: defaultdict[date, dict[str, None]] = defaultdict(dict)
    for attribution in facts.sources:
        for document in facts.whole.places([attribution]):
            if document in days:
                published[first_day(days[document], every)][attribution] = None
    return {first: facts.only(published[first]) for first in sorted(published)}


def networks_over_time(
    facts: Facts, kind: str = NetworkKind.SOURCES, *, every: str = Period.WEEK
) -> dict[date, nx.Graph[str]]:
    """Return the network of each day, week or month (see `slices` and `network_of`).

    An answer to a claim stands in the time of the answer, whenever the claim was made.
    """
    return {first: network_of(part, kind) for first, part in slices(facts, every).items()}


def _period(every: str) -> Period:
    try:
        return Period(every)
    except ValueError:
        raise QueryError(f"no period is called {every!r}; there are {', '.join(Period)}") from None
