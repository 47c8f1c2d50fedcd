"""Claims that a source is committed to, and whether another one says that it is not so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quoth.extractors.values import LinkType, Stance
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.graph.facts import Facts


@dataclass
class Case:
    """A claim, or a cluster of claims: the attributions that make it, who does, who opposes it."""

    made_by: set[str] = field(default_factory=set)
    makers: set[str] = field(default_factory=set)
    opponents: set[str] = field(default_factory=set)

    @property
    def is_contested(self) -> bool:
        """Whether one of the opponents is somebody else than one of the makers."""
        return any(maker != opponent for maker in self.makers for opponent in self.opponents)


def contested_claims(facts: Facts) -> dict[str, Case]:
    """Return every claim that one of the attributions chosen commits its source to, by IRI.

    The claims of one cluster are one, under the cluster's IRI. Opponents are those who, anywhere in
    the graph, deny or dispute one of its claims, or hold one of them themselves with a rejecting
    stance: the rules of the named question «contested», which lists single claims.
    """
    clusters = facts.whole.columns[SAID.inCluster]
    cases: defaultdict[str, Case] = defaultdict(Case)
    for attribution, sources in facts.sources.items():
        if facts.whole.stances.get(attribution) is Stance.COMMITTED:
            for claim in facts.whole.claims.get(attribution, ()):
                case = cases[clusters.get(claim, (claim,))[0]]
                case.made_by.add(attribution)
                case.makers.update(sources)
    for attribution, claim in _opposition(facts):
        node = clusters.get(claim, (claim,))[0]
        if node in cases:
            cases[node].opponents.update(facts.whole.sources.get(attribution, ()))
    return {claim: cases[claim] for claim in sorted(cases)}


def _opposition(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield attributions, each with a claim that it opposes."""
    for link in (LinkType.DENIES, LinkType.DISPUTES):
        for attribution, claims in facts.whole.columns[SAID[link.value]].items():
            for claim in claims:
                yield attribution, claim
    for attribution, claims in facts.whole.claims.items():
        if facts.whole.stances.get(attribution) is Stance.REJECTING:
            for claim in claims:
                yield attribution, claim
