"""How the acts of a graph hang together: what is nested in what, what answers what."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from quoth.extractors.values import LinkType
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quoth.graph.whole import Whole

_ON_TRUTH = (LinkType.DENIES, LinkType.DISPUTES, LinkType.CONFIRMS)
"""Links that say something of a claim even where it was not found; the others only repeat the
speech act then."""


class ActLinks:
    """Which attributions of `whole`, and own claims of documents, hang together, all by IRI."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole

    @cached_property
    def speakers(self) -> Mapping[str, tuple[str, ...]]:
        """Who says each act, merged sources as one."""
        return self._whole.merged(SAID.source)

    @cached_property
    def makers(self) -> Mapping[str, list[str]]:
        """The acts that make each claim."""
        return _inverse(self._whole.columns[SAID.claim].items())

    @cached_property
    def inner(self) -> Mapping[str, list[str]]:
        """The acts nested in each."""
        return _inverse(self._whole.columns[SAID.nestedIn].items())

    @cached_property
    def answers(self) -> Mapping[str, list[tuple[LinkType, str]]]:
        """How each claim is answered, and by which act."""
        found: defaultdict[str, list[tuple[LinkType, str]]] = defaultdict(list)
        for kind in LinkType:
            for act, claims in sorted(self._whole.columns[SAID[kind.value]].items()):
                for claim in claims:
                    found[claim].append((kind, act))
        return found

    @cached_property
    def unfound(self) -> Mapping[str, list[tuple[LinkType, tuple[str, ...]]]]:
        """How acts answer claims that no text was found to hold, and the acts that are meant."""
        columns = self._whole.columns
        found: defaultdict[str, list[tuple[LinkType, tuple[str, ...]]]] = defaultdict(list)
        for link, (act, *_) in sorted(columns[SAID.linkFrom].items()):
            relation = columns[SAID.linkType].get(link, ("",))[0]
            for kind in _ON_TRUTH:
                if relation == str(SAID[kind.value]) and link not in columns[SAID.linkTo]:
                    found[act].append((kind, columns[SAID.linkToAttribution].get(link, ())))
        return found

    def answered(self, act: str) -> Iterator[tuple[LinkType, str]]:
        """Yield how an act answers, and each claim that it answers."""
        for kind in LinkType:
            for claim in self._whole.columns[SAID[kind.value]].get(act, ()):
                yield kind, claim

    def around(self, act: str) -> list[str]:
        """Return the chain that an act is nested in, the outermost first."""
        nested = self._whole.columns[SAID.nestedIn]
        chain: list[str] = []
        outer = nested.get(act, ("",))[0]
        while outer and outer not in chain:  # a graph from elsewhere may run in a circle
            chain.append(outer)
            outer = nested.get(outer, ("",))[0]
        return chain[::-1]

    def involved(self, act: str) -> Iterator[str]:
        """Yield the acts that the evidence of `act` speaks of."""
        yield from self.around(act)
        yield from self.inner.get(act, ())
        for _, claim in self.answered(act):
            yield from self.makers.get(claim, ())
        for claim in self._whole.claims.get(act, ()):
            yield from (answer for _, answer in self.answers.get(claim, ()))
        for _, meant in self.unfound.get(act, ()):
            yield from meant


def _inverse(column: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for subject, objects in column:
        for object_ in objects:
            found[object_].append(subject)
    return {object_: sorted(subjects) for object_, subjects in found.items()}
