"""Which names mean one source: rules, each with its reason and how sure it is.

Sources are compared only inside blocks, found by index: people by surname however romanised,
organisations by name, by the words of a body whose words change places, by initials. That is the
blocking of Fellegi and Sunter's record linkage (1969); the rules take the place of their weights,
because a merge must have a reason that a reader can check. Two people of one name are one IRI, so
no rule can split them: that is for the table of `quoth.graph.aliases`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from quoth.graph.name_words import name_words, tokens
from quoth.graph.organisation_names import OrganisationName, organisation_name
from quoth.graph.people import people_pairs
from quoth.graph.source_facts import SourceFacts


class Pair(NamedTuple):
    """Two sources that a rule takes for one.

    `rule` is its name, `confidence` (0 to 1) a judgement of the rule's, not a measured
    probability, `reason` what it rests on, with the names.
    """

    one: str
    other: str
    rule: str
    confidence: float
    reason: str


def pairs(sources: Mapping[str, SourceFacts]) -> list[Pair]:
    """Return which of `sources` are taken for one, in the order of their IRIs.

    Organisations come first: two people of «the NBU» and the «National Bank of Utopia» then have
    an affiliation in common.
    """
    organisations = {iri: s for iri, s in sources.items() if not s.is_person}
    found = sorted(_organisation_pairs(organisations))
    leaders = leaders_of(found)
    people = [source for source in sources.values() if source.is_person]
    found += (Pair(*pair) for pair in sorted(people_pairs(people, leaders)))
    return found


def leaders_of(found: Iterable[Pair]) -> dict[str, str]:
    """Return, for each paired organisation, the one that stands for its group."""
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while parent.get(iri, iri) != iri:
            iri = parent[iri]
        return iri

    for pair in found:
        first, second = sorted((root(pair.one), root(pair.other)))
        parent[second] = parent[first] = first
    return {iri: root(iri) for iri in parent}


Names = dict[str, OrganisationName]
Groups = dict[tuple[str, ...], list[str]]
"""Organisations by the core of their names."""


def _organisation_pairs(sources: Mapping[str, SourceFacts]) -> Iterator[Pair]:
    parsed = {iri: organisation_name(source.name) for iri, source in sources.items()}
    names: Names = {iri: name for iri, name in parsed.items() if name is not None}
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for iri, name in names.items():
        groups[name.core].append(iri)
    yield from _same_names(sources, names, groups)
    yield from _other_order(sources, names, groups)
    yield from _aliases(sources, names, groups)
    yield from _acronyms(sources, names, groups)
    yield from _short_forms(sources, names, groups)


def _same_names(sources: Mapping[str, SourceFacts], names: Names, groups: Groups) -> Iterator[Pair]:
    for first, *others in groups.values():
        for other in others:
            is_same = names[first].words == names[other].words
            rule = _NAME if is_same else _LEGAL_FORM
            yield rule.pair(sources[first], sources[other])


def _other_order(
    sources: Mapping[str, SourceFacts], names: Names, groups: Groups
) -> Iterator[Pair]:
    orders: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for members in groups.values():
        if bag := names[members[0]].bag:
            orders[bag].append(members[0])
    for first, *others in orders.values():
        for other in others:
            yield _WORD_ORDER.pair(sources[first], sources[other])


def _aliases(sources: Mapping[str, SourceFacts], names: Names, groups: Groups) -> Iterator[Pair]:
    """Pair a name that exactly one other organisation is called by somewhere."""
    called: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for iri, source in sources.items():
        for alias in source.aliases:
            other = organisation_name(alias) if _is_proper(alias) else None
            if other is not None and iri in names and other.core != names[iri].core:
                called[other.core].add(names[iri].core)
    for core, owners in called.items():
        if core in groups and len(owners) == 1:
            (owner,) = owners
            yield _ALIAS.pair(sources[groups[core][0]], sources[groups[owner][0]])


def _is_proper(name: str) -> bool:
    """Whether a name is one anywhere: «the institute» means another in every document."""
    words = [word for word in tokens(name) if word.lower() not in name_words().articles]
    generic = name_words().generic
    return name != name.lower() and any(word.lower() not in generic for word in words)


def _acronyms(sources: Mapping[str, SourceFacts], names: Names, groups: Groups) -> Iterator[Pair]:
    """Pair initials that fit exactly one organisation or several spellings of one."""
    expansions: defaultdict[str, set[frozenset[str] | tuple[str, ...]]] = defaultdict(set)
    first_of: dict[tuple[str, frozenset[str] | tuple[str, ...]], str] = {}
    for members in groups.values():
        name = names[members[0]]
        for initials in () if name.acronym else name.initials:
            expansions[initials].add(name.bag or name.core)
            first_of.setdefault((initials, name.bag or name.core), members[0])
    for members in groups.values():
        acronym = names[members[0]].acronym
        if acronym and len(expansions[acronym]) == 1:
            (body,) = expansions[acronym]
            other = first_of[acronym, body]
            yield _ACRONYM.pair(sources[members[0]], sources[other])


def _short_forms(
    sources: Mapping[str, SourceFacts], names: Names, groups: Groups
) -> Iterator[Pair]:
    """Pair a name of some words with the one longer name that ends in them."""
    longer: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for core in groups:
        for begin in range(1, len(core) - 1):
            if core[begin - 1] not in name_words().connectives:
                longer[core[begin:]].add(core)
    for core, members in groups.items():
        is_name = len(set(core) - name_words().connectives) > 1 and _is_proper(
            sources[members[0]].name
        )
        if is_name and core in longer and len(longer[core]) == 1:
            (whole,) = longer[core]
            yield _SHORT_FORM.pair(sources[members[0]], sources[groups[whole][0]])


class _Rule(NamedTuple):
    """A rule's name, how sure it is, and what it finds, said of two names."""

    name: str
    confidence: float
    finding: str

    def pair(self, one: SourceFacts, other: SourceFacts) -> Pair:
        """Return two sources that the rule takes for one."""
        first, second = sorted((one.iri, other.iri))
        reason = f"«{one.name}» and «{other.name}» {self.finding}"
        return Pair(first, second, self.name, self.confidence, reason)


_NAME = _Rule("name", 0.97, "name the same body")
_LEGAL_FORM = _Rule("legal form", 0.9, "name the same body")
_ALIAS = _Rule("alias", 0.9, "are names of one source in some document")
_WORD_ORDER = _Rule("word order", 0.85, "have the same words")
_SHORT_FORM = _Rule("short form", 0.65, "end in the same words, as no other name does")
_ACRONYM = _Rule("acronym", 0.8, "are initials and the only name that they fit")
