"""Sources merged into groups, by the user's word first and by rules where it is silent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from quoth.graph.identity import Pair
from quoth.graph.organisation_names import organisation_name
from quoth.graph.person_names import person_name
from quoth.graph.source_facts import SourceFacts

USER = "user"
"""The rule of what the alias table says."""


class Merge(NamedTuple):
    """A source, the canonical one that it is merged into, and why."""

    source: str
    canonical: str
    rule: str
    confidence: float
    reason: str


class Groups:
    """Sources in groups that only grow, and never so that two kept apart come together."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def leader(self, iri: str) -> str:
        """Return the member that the group of `iri` is known by inside this object."""
        root = iri
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(iri, iri)) != root:
            self._parent[iri], iri = root, above
        return root

    def join(self, one: str, other: str) -> bool:
        """Put two groups together; return False, and do nothing, if they are kept apart."""
        first, second = sorted((self.leader(one), self.leader(other)))
        if first == second:
            return True
        if any(self.leader(iri) == second for iri in self._apart[first]):
            return False
        self._parent[second] = first
        self._parent.setdefault(first, first)
        self._apart[first] |= self._apart.pop(second, set())
        return True

    def members(self) -> list[list[str]]:
        """Return the groups of two and more, all in the order of IRIs."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for iri in sorted(self._parent):
            found[self.leader(iri)].append(iri)
        return sorted(group for group in found.values() if len(group) > 1)


def unify(
    sources: Mapping[str, SourceFacts],
    inferred: Iterable[Pair],
    merged: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> list[Merge]:
    """Return which of `sources` are merged into which, in the order of their IRIs.

    `merged` and `apart` are the user's pairs, of which those with an unknown source wait for it.
    The surest inference comes first, so that one that would bring together what is kept apart
    finds the better group made already. The canonical source of a group has the fullest name,
    then the first IRI; each of the others tells the surest reason for it to be in the group.
    """
    groups = Groups(apart)
    reasons: dict[str, tuple[str, float, str]] = {}
    told = [
        Pair(min(pair), max(pair), USER, 1.0, "the alias table says so")
        for pair in merged
        if all(iri in sources for iri in pair)
    ]
    surest = sorted(inferred, key=lambda pair: (-pair.confidence, pair))
    for pair in (*sorted(told), *surest):
        if groups.join(pair.one, pair.other):
            for iri in (pair.one, pair.other):
                reasons.setdefault(iri, (pair.rule, pair.confidence, pair.reason))
    merges = []
    for group in groups.members():
        canonical = min(group, key=lambda iri: _fullness(sources[iri]))
        merges += [Merge(iri, canonical, *reasons[iri]) for iri in group if iri != canonical]
    return sorted(merges)


def _fullness(source: SourceFacts) -> tuple[int, int, int, str]:
    """Return what sorts the fullest name first: words that count, letters in them, all letters."""
    name = source.name
    if source.is_person:
        person = person_name(name)
        words = (*person.given, person.surname, person.generation) if person else ()
    else:
        organisation = organisation_name(name)
        words = organisation.core if organisation else ()
    return -len([word for word in words if word]), -sum(map(len, words)), len(name), source.iri
