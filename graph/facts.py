"""What networks and measures count: attributions of some time or outlet, and what belongs to them.

Sources that were merged across documents (``said:canonical``) are one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from rdflib import DC, DCTERMS, SKOS

from quoth.extractors.values import Anonymity, LinkType, SourceType, Stance
from quoth.graph.columns import Column, Columns
from quoth.graph.errors import QueryError
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from rdflib import Dataset

UNKNOWN_OUTLET = "(unknown)"
"""What documents without a publisher stand under, as in the named questions."""

_CANONICAL, COPY_OF = f"{SAID}canonical", f"{SAID}copyOf"


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
    """Some attributions of a graph, and what the graph says of them.

    `sources` holds who says each of the attributions chosen, by IRI; `all_sources` the same for
    every attribution of the graph, since those chosen may answer others. Documents' own claims are
    in neither; `voices` has who says these.
    """

    def __init__(self, columns: Columns, all_sources: Column, sources: Column) -> None:
        self.columns = columns
        self.all_sources = all_sources
        self.sources = sources

    @cached_property
    def voices(self) -> Column:
        """Who says each own claim of each document of the graph: its outlet or author."""
        own = self.columns.instances(SAID.OwnVoice)
        said = merged(self.columns, SAID.source)
        return {claim: who for claim, who in said.items() if claim in own}

    def of(self, predicate: str) -> Column:
        """Return the objects of `predicate` for the attributions chosen that have any."""
        return {iri: o for iri, o in self.columns[predicate].items() if iri in self.sources}

    def where(self, **where: Unpack[Where]) -> Facts:
        """Return the facts of attributions in some documents only.

        Raises QueryError where a day is no day or no document is by that outlet.
        """
        first, last = _day(where.get("since")), _day(where.get("until"))
        wanted = set(self.documents)
        whole = len(wanted)
        if first or last:
            low, high = first or date.min, last or date.max
            wanted &= {document for document, day in self.days.items() if low <= day <= high}
        if (outlet := where.get("outlet")) is not None:
            name = self._outlet(outlet)
            wanted &= {d for d in wanted if self.outlets.get(d, UNKNOWN_OUTLET) == name}
        if not where.get("copies", True):
            wanted -= self.columns[COPY_OF].keys()
        return self if len(wanted) == whole else self.in_documents(wanted)

    def in_documents(self, documents: Iterable[str]) -> Facts:
        """Return the facts of the attributions that stand in `documents`."""
        wanted = frozenset(documents)
        places = self.columns[SAID.inDocument]
        sources = {a: s for a, s in self.sources.items() if wanted.intersection(places.get(a, ()))}
        return Facts(self.columns, self.all_sources, sources)

    def _outlet(self, name: str) -> str:
        known = sorted({UNKNOWN_OUTLET, *self.outlets.values()})
        for other in known:
            if other.casefold() == name.casefold():
                return other
        raise QueryError(
            f"no document is by an outlet called {name!r}; there are {', '.join(known)}"
        )

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The graph's documents, in the order of their IRIs."""
        return tuple(sorted(self.columns.instances(SAID.Document)))

    @cached_property
    def days(self) -> Mapping[str, date]:
        """The day on which each document that has one was published."""
        found = {}
        for document, texts in self.columns[str(DCTERMS.issued)].items():
            try:
                found[document] = date.fromisoformat(texts[0][:10])
            except ValueError:  # another vocabulary's date, such as a year alone
                continue
        return found

    @cached_property
    def outlets(self) -> Mapping[str, str]:
        """The name of each document's publisher, one for all spellings, where it has one."""
        labels = self.columns[str(SKOS.prefLabel)]
        written = self.columns[str(DC.publisher)]
        return {
            document: min(labels.get(publishers[0], written.get(document, publishers)))
            for document, publishers in merged(self.columns, str(DCTERMS.publisher)).items()
        }

    def origins(self, documents: Iterable[str]) -> frozenset[str]:
        """Return `documents`, those that copy another (``said:copyOf``) as that one."""
        copied = self.columns[COPY_OF]
        return frozenset(copied.get(document, (document,))[0] for document in documents)

    @cached_property
    def claims(self) -> Column:
        """The claims of each attribution of the graph, chosen or not."""
        return {a: c for a, c in self.columns[SAID.claim].items() if a in self.all_sources}

    @cached_property
    def speakers(self) -> Mapping[str, frozenset[str]]:
        """Who makes each claim, anywhere in the graph."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for attribution, claims in self.claims.items():
            for claim in claims:
                found[claim].update(self.all_sources[attribution])
        return {claim: frozenset(sources) for claim, sources in found.items()}

    def answers(self, link: LinkType) -> Column:
        """Return what the attributions chosen deny, dispute …: claims, of any document."""
        return self.of(SAID[link.value])

    @cached_property
    def stances(self) -> Mapping[str, Stance]:
        """The source's commitment to what it says, by attribution, where the graph tells it."""
        return {a: Stance(_value(Stance, s)) for a, s in self.columns[SAID.stance].items()}

    def account(self, attributions: Iterable[str]) -> dict[str, object]:
        """Return what nodes and edges tell of the attributions behind them."""
        iris = tuple(sorted(attributions))
        counts = Counter(self.stances.get(iri, Stance.UNKNOWN) for iri in iris)
        return {
            "weight": len(iris),
            **{stance.value: counts[stance] for stance in Stance},
            "attributions": iris,
        }

    def places(self, attributions: Iterable[str]) -> tuple[str, ...]:
        """Return the documents in which the attributions stand, sorted."""
        column = self.columns[SAID.inDocument]
        return tuple(sorted(set().union(*(column.get(a, ()) for a in attributions))))

    def describe(self, source: str) -> dict[str, str]:
        """Return what a source is called, what it is and whether it is named."""
        return {
            "label": self.label(source),
            "type": self._types.get(source, SourceType.UNSPECIFIED.value),
            "anonymity": self.anonymity(source),
        }

    def label(self, iri: str) -> str:
        """Return the name that the graph shows, or the IRI where it has none."""
        return self.columns[str(SKOS.prefLabel)].get(iri, (iri,))[0]

    def anonymity(self, source: str) -> str:
        """Return whether `source` is named: a value of `Anonymity`."""
        return _value(Anonymity, self.columns[SAID.anonymity].get(source, ()))

    @cached_property
    def _types(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for type_ in SourceType:
            for source in self.columns.instances(SAID[type_.value]):
                found.setdefault(source, type_.value)
        return found


def read_facts(dataset: Dataset) -> Facts:
    """Return the facts of all attributions of `dataset`, whose default graph is the union."""
    columns = Columns(dataset)
    attributions = columns.instances(SAID.Attribution)
    said = merged(columns, SAID.source)
    sources = {attribution: who for attribution, who in said.items() if attribution in attributions}
    return Facts(columns, sources, sources)


def merged(columns: Columns, predicate: str) -> Column:
    """Return a property whose objects are sources, those merged into others as those."""
    column = columns[predicate]
    canonical = columns[_CANONICAL]
    if not canonical:
        return column
    return {
        iri: tuple(sorted({canonical.get(source, (source,))[0] for source in sources}))
        for iri, sources in column.items()
    }


def _value(values: type[Stance] | type[Anonymity], iris: Iterable[str]) -> str:
    """Return the first value that is among `iris`, else the last one, which says nothing."""
    named = {iri.rpartition("#")[2] for iri in iris}
    return next((value.value for value in values if value in named), list(values)[-1].value)


def _day(value: date | str | None) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise QueryError(f"{value!r} is no day; write it as 2031-05-03") from None
    return value.date() if isinstance(value, datetime) else value
