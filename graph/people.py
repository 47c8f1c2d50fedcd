"""Which people's names mean one person: spellings, middle names, initials and bare surnames.

The rules only ever add what a name leaves out. Different first names are different people, and a
name that fits several people is given to one of them only on the word of the documents:
an affiliation, a role, or an outlet that wrote of one alone in those weeks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from quoth.graph.name_words import spelling_key
from quoth.graph.person_names import PersonName, given_names_agree, person_name
from quoth.graph.source_facts import SourceFacts

SAME, SPELLING, MIDDLE, INITIALS, SURNAME = 0.97, 0.85, 0.85, 0.75, 0.6
"""How sure the rules are where nothing but the names speaks."""
AFFILIATION, ROLE, SETTING = 0.9, 0.85, 0.7
"""How sure a name that leaves something out is with something else in common."""
ONE_OF_SEVERAL = 0.7
"""What the confidence is multiplied by where the names alone fit several."""

PersonPair = tuple[str, str, str, float, str]
"""One IRI, the other, rule, confidence, reason: the fields of `quoth.graph.identity.Pair`."""
Named = tuple[PersonName, SourceFacts]


def people_pairs(people: Iterable[SourceFacts], leaders: Mapping[str, str]) -> Iterator[PersonPair]:
    """Yield which `people` are taken for one.

    `leaders` gives each merged organisation the one that stands for it, so that affiliations
    compare. Every name is compared with those of its surname only.
    """
    blocks: defaultdict[str, list[Named]] = defaultdict(list)
    for source in people:
        if (name := person_name(source.name)) is not None:
            blocks[name.block].append((name, source))
    for block in blocks.values():
        if len(block) > 1:
            yield from _Block(block, leaders).pairs()


class _Block:
    """The people of one surname."""

    def __init__(self, block: list[Named], leaders: Mapping[str, str]) -> None:
        self.leaders = leaders
        self.full = [named for named in block if named[0].is_full]
        self.short = [named for named in block if not named[0].is_full]
        # A name with initials says more than a surname, which may then be short for it.
        self.short.sort(key=lambda named: (not named[0].given, named[1].iri))

    def pairs(self) -> Iterator[PersonPair]:
        people = self._people()
        for members in people:
            leader = members[0]
            for member in members[1:]:
                rule, confidence = _how_alike(leader[0], member[0])
                yield _pair(leader, member, rule, confidence, "")
        for named in self.short:
            fitting = [p for p in people if _fits(named[0], p[0][0])]
            chosen = self._choose(named, fitting)
            if chosen is not None:
                yield chosen
            elif named[0].given and not fitting:
                people.append([named])

    def _people(self) -> list[list[Named]]:
        """Return the full names, those of one person together, the one that says most first."""
        firsts: defaultdict[tuple[str, str], list[Named]] = defaultdict(list)
        for named in self.full:
            firsts[person_key(named[0])].append(named)
        people: list[list[Named]] = []
        for same_first in firsts.values():
            same_first.sort(key=lambda named: (-sum(map(len, named[0].given)), named[1].iri))
            found: list[list[Named]] = []
            for named in same_first:
                fitting = [p for p in found if all(_fits(named[0], other[0]) for other in p)]
                if len(fitting) == 1:
                    fitting[0].append(named)
                else:
                    found.append([named])
            people += found
        return people

    def _choose(self, named: Named, fitting: list[list[Named]]) -> PersonPair | None:
        """Return the pair with the one person that the short name means, or None."""
        name, source = named
        rule, sure = ("initials", INITIALS) if name.given else ("surname", SURNAME)
        open_ = [p for p in fitting if not self._contradicts(source, p)]
        if len(open_) == 1 and len(fitting) == 1:
            shared, what = self._in_common(source, open_[0])
            return _pair(open_[0][0], named, rule, max(sure, shared), what)
        spoken_for = [(p, *self._in_common(source, p)) for p in open_]
        best = max((shared for _, shared, _ in spoken_for), default=0.0)
        winners = [found for found in spoken_for if found[1] == best]
        if best and len(winners) == 1:
            person, shared, what = winners[0]
            return _pair(person[0], named, rule, shared * ONE_OF_SEVERAL, what)
        return None

    def _affiliations(self, people: Iterable[SourceFacts]) -> set[str]:
        return {self.leaders.get(iri, iri) for source in people for iri in source.affiliations}

    def _contradicts(self, source: SourceFacts, person: list[Named]) -> bool:
        """Whether they work for different bodies, or one document tells them apart."""
        own, others = [source], [other for _, other in person]
        mine, theirs = self._affiliations(own), self._affiliations(others)
        if mine and theirs and mine.isdisjoint(theirs):
            return True
        return any(not source.documents.isdisjoint(other.documents) for other in others)

    def _in_common(self, source: SourceFacts, person: list[Named]) -> tuple[float, str]:
        """Return how sure what they have in common makes it, and what that is."""
        others = [other for _, other in person]
        if shared := self._affiliations([source]) & self._affiliations(others):
            return AFFILIATION, f"both of {min(shared).rpartition('/')[2]}"
        if roles := source.roles & {role for other in others for role in other.roles}:
            return ROLE, f"both called {min(roles)}"
        near = {(p, m + step) for p, m in source.settings for step in (-1, 0, 1)}
        if near & {setting for other in others for setting in other.settings}:
            return SETTING, "in one outlet within weeks"
        return 0.0, ""


def person_key(name: PersonName) -> tuple[str, str]:
    """Return what full names of one person have in common beside the surname."""
    return spelling_key(name.given[0]), name.qualifier


def _fits(one: PersonName, other: PersonName) -> bool:
    """Whether two names of one surname do not contradict each other.

    «Jr.» tells two people apart, so a full name with it and one without do not go together; a
    surname alone leaves it out as it does the first name. So does what tells homonyms apart.
    """
    generations_agree = one.generation == other.generation or (
        not one.is_full and not one.generation
    )
    if one.is_full and one.qualifier != other.qualifier:
        return False
    return generations_agree and given_names_agree(one.given, other.given)


def _how_alike(one: PersonName, other: PersonName) -> tuple[str, float]:
    if one == other:
        return "name", SAME
    if len(one.given) != len(other.given) or any(
        (len(a) == 1) != (len(b) == 1) for a, b in zip(one.given, other.given, strict=True)
    ):
        return "middle name", MIDDLE
    return "spelling", SPELLING


def _pair(leader: Named, named: Named, rule: str, confidence: float, what: str) -> PersonPair:
    (_, person), (_, source) = leader, named
    one, other = sorted((person.iri, source.iri))
    reason = f"«{source.name}» may be «{person.name}»"
    return one, other, rule, round(confidence, 4), f"{reason}: {what}" if what else reason
