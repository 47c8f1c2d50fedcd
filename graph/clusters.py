"""The same claim told again: claims clustered by how alike they are.

Claims that contradict each other in polarity, numbers or names are never alike. Clusters grow from
the most alike pair on and by complete linkage (Sørensen 1948), which does not chain.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from quoth.graph.embedding import Embeds
from quoth.graph.meaning import MeaningLikeness
from quoth.graph.told import Told, overlap
from quoth.graph.word_likeness import FEWEST_STEMS, WordLikeness

LINKAGE = 0.3
"""Likeness that every two claims of one cluster must have."""
MOST_COMPARED = 12
"""Members of a cluster that a new one is compared with."""


class Likeness(Protocol):
    """How alike claims are: 0 to 1, and the pairs among claims that are one."""

    def __call__(self, one: Told, other: Told) -> float:
        """Return how alike two claims are, 0 where they contradict each other."""

    def pairs(self, claims: Sequence[Told]) -> Iterator[tuple[float, int, int]]:
        """Yield the pairs of `claims` that are one, each once: likeness and the two indices."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Claims that say the same, the earliest first; how alike the least alike two are (0 to 1)."""

    members: tuple[Told, ...]
    similarity: float


def clusters(claims: Sequence[Told], embedding: Embeds | None = None) -> list[Cluster]:
    """Return the clusters of two and more of `claims`, by their earliest members.

    They are compared by their words, with `embedding` by their meaning too. The result depends on
    the set of claims alone.
    """
    claims = sorted((c for c in claims if len(c.stems) >= FEWEST_STEMS), key=age)
    likeness: Likeness = (
        MeaningLikeness.among(claims, embedding) if embedding else WordLikeness.among(claims)
    )
    equal: defaultdict[object, list[Told]] = defaultdict(list)
    for claim in claims:
        equal[claim.content].append(claim)
    groups = list(equal.values())
    return grown(groups, likeness.pairs([members[0] for members in groups]), likeness)


def age(claim: Told) -> tuple[object, ...]:
    """Return what sorts claims by age; two readings of the same words go by their IRIs."""
    return *claim.key, claim.iri


def grown(
    groups: Sequence[Sequence[Told]], pairs: Iterable[tuple[float, int, int]], likeness: Likeness
) -> list[Cluster]:
    """Return the clusters of two and more that grow from `groups` of equal claims.

    Groups come by the age of their first members, and these are in order too. `pairs` are those of
    the groups' first members that are one: how alike they are, and the two indices, the lower one
    first. Groups that no chain of pairs connects do not matter to each other.
    """
    first = [members[0] for members in groups]
    found: dict[int, list[int]] = {i: [i] for i in range(len(first))}
    home = list(range(len(first)))
    least = dict.fromkeys(found, 1.0)
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        one, other = sorted((home[i], home[j]))
        if one == other:
            continue
        linkage = _linkage(found[one], found[other], first, likeness)
        if linkage >= LINKAGE:
            least[one] = min(least[one], least[other], linkage)
            for member in found[other]:
                home[member] = one
            found[one] = sorted(found[one] + found.pop(other))
    made = []
    for number, parts in found.items():
        members = _side_by_side(m for i in parts for m in groups[i])
        if len(members) > 1:
            made.append(Cluster(tuple(members), least[number]))
    return sorted(made, key=lambda cluster: age(cluster.members[0]))


def _side_by_side(claims: Iterable[Told]) -> list[Told]:
    """Return claims by age, without those that stand inside another of them."""
    kept: list[Told] = []
    last: dict[str, Told] = {}
    for claim in sorted(claims, key=age):
        before = last.get(claim.document)
        if before is None or not overlap(before.key, claim.key):
            kept.append(claim)
            last[claim.document] = claim
    return kept


def _linkage(one: list[int], other: list[int], claims: list[Told], likeness: Likeness) -> float:
    """Return how alike the least alike two claims of two clusters are."""
    return min(
        likeness(claims[i], claims[j]) for i in one[:MOST_COMPARED] for j in other[:MOST_COMPARED]
    )
