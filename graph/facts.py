"""What networks and measures count: the attributions of a graph, or of some time or outlet."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from quoth.graph.columns import Column, Columns
from quoth.graph.errors import QueryError
from quoth.graph.vocabulary import SAID
from quoth.graph.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from rdflib import Dataset

UNKNOWN_OUTLET = "(unknown)"
"""What documents without a publisher stand under, as in the named questions."""


class Where(TypedDict, total=False):
    """Which documents count: all of them, but for what is given.

    Those published from `since` to `until` (days, both included, as dates or ``YYYY-MM-DD``; a
    document without a date is in no span of time); by the publisher called `outlet`, in upper or
    lower case; with ``copies=False`` none that repeats an earlier one (``said:copyOf``).
    """

    since: date | str | None
    until: date | str | None
    outlet: str | None
    copies: bool


class Facts:
    """Some attributions of a graph, and what the `whole` of it says.

    `sources` holds who says each of the attributions chosen, by IRI. Those chosen may answer
    others, which are in `whole`. Documents' own claims are not among them.
    """

    def __init__(self, whole: Whole, sources: Column) -> None:
        self.whole = whole
        self.sources = sources

    def where(self, **where: Unpack[Where]) -> Facts:
        """Return the facts of attributions in some documents only.

        Raises QueryError where a day is no day or no document is by that outlet.
        """
        first, last = _day(where.get("since")), _day(where.get("until"))
        wanted = set(self.whole.documents)
        whole = len(wanted)
        if first or last:
            low, high = first or date.min, last or date.max
            wanted &= {document for document, day in self.whole.days.items() if low <= day <= high}
        if (outlet := where.get("outlet")) is not None:
            name = self._outlet(outlet)
            wanted &= {d for d in wanted if self.whole.outlets.get(d, UNKNOWN_OUTLET) == name}
        if not where.get("copies", True):
            wanted -= self.whole.columns[SAID.copyOf].keys()
        return self if len(wanted) == whole else self.in_documents(wanted)

    def in_documents(self, documents: Iterable[str]) -> Facts:
        """Return the facts of the attributions that stand in `documents`."""
        wanted = frozenset(documents)
        return self.only(a for a in self.sources if not wanted.isdisjoint(self.whole.places([a])))

    def only(self, attributions: Iterable[str]) -> Facts:
        """Return the facts of these attributions, which are among those chosen."""
        return Facts(self.whole, {a: self.sources[a] for a in attributions})

    def _outlet(self, name: str) -> str:
        known = sorted({UNKNOWN_OUTLET, *self.whole.outlets.values()})
        for other in known:
            if other.casefold() == name.casefold():
                return other
        raise QueryError(
            f"no document is by an outlet called {name!r}; there are {', '.join(known)}"
        )


def read_facts(dataset: Dataset) -> Facts:
    """Return the facts of all attributions of `dataset`, whose default graph is the union."""
    whole = Whole(Columns(dataset))
    return Facts(whole, whole.sources)


def _day(value: date | str | None) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise QueryError(f"{value!r} is no day; write it as 2031-05-03") from None
    return value.date() if isinstance(value, datetime) else value
