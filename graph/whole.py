"""What a whole graph says of its attributions, sources, claims and documents, by IRI.

Sources that were merged across documents (``said:canonical``) are one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rdflib import DC, DCTERMS, SKOS

from quoth.extractors.values import Anonymity, SourceType, Stance
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quoth.graph.columns import Column, Columns


class Whole:
    """What `columns` say, joined where it is needed, and each join made once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._merged: dict[str, Column] = {}

    def merged(self, predicate: str) -> Column:
        """Return a property whose objects are sources, those merged into others as those."""
        column = self.columns[predicate]
        canonical = self.columns[SAID.canonical]
        if not canonical:
            return column
        if predicate not in self._merged:
            self._merged[predicate] = {
                iri: tuple(sorted({canonical.get(source, (source,))[0] for source in sources}))
                for iri, sources in column.items()
            }
        return self._merged[predicate]

    @cached_property
    def sources(self) -> Column:
        """Who says each attribution; the documents' own claims are not among them."""
        attributions = self.columns.instances(SAID.Attribution)
        return {a: who for a, who in self.merged(SAID.source).items() if a in attributions}

    @cached_property
    def voices(self) -> Column:
        """Who says each own claim of each document: its outlet or author."""
        own = self.columns.instances(SAID.OwnVoice)
        return {claim: who for claim, who in self.merged(SAID.source).items() if claim in own}

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
            for document, publishers in self.merged(str(DCTERMS.publisher)).items()
        }

    def origins(self, documents: Iterable[str]) -> frozenset[str]:
        """Return `documents`, those that copy another (``said:copyOf``) as that one."""
        copied = self.columns[SAID.copyOf]
        return frozenset(copied.get(document, (document,))[0] for document in documents)

    @cached_property
    def claims(self) -> Column:
        """The claims of each attribution."""
        return {a: claims for a, claims in self.columns[SAID.claim].items() if a in self.sources}

    @cached_property
    def speakers(self) -> Mapping[str, frozenset[str]]:
        """Who makes each claim."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for attribution, claims in self.claims.items():
            for claim in claims:
                found[claim].update(self.sources[attribution])
        return {claim: frozenset(sources) for claim, sources in found.items()}

    @cached_property
    def relayed(self) -> Mapping[str, frozenset[str]]:
        """Who says what the claim of each attribution reports: those nested in it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for inner, outers in self.columns[SAID.nestedIn].items():
            for outer in outers:
                found[outer].update(self.sources.get(inner, ()))
        return {outer: frozenset(sources) for outer, sources in found.items()}

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
        column = self._documents
        return tuple(sorted(set().union(*(column.get(a, ()) for a in attributions))))

    @cached_property
    def _documents(self) -> Column:
        return self.columns.of(SAID.Attribution, SAID.inDocument)

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


@lru_cache(maxsize=256)  # few values, asked for once an attribution
def _value(values: type[Stance] | type[Anonymity], iris: tuple[str, ...]) -> str:
    """Return the first value that is among `iris`, else the last one, which says nothing."""
    named = {iri.rpartition("#")[2] for iri in iris}
    return next((value.value for value in values if value in named), list(values)[-1].value)
