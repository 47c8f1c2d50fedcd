"""The same claim told again: claims clustered by what their words weigh.

Two claims are alike by the weighted Jaccard similarity of their content words, a word weighing
the more the fewer claims it stands in (idf; Spärck Jones 1972). Pairs are found by prefix filtering
(Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): two sets as alike as the
threshold share one of their rarest words, so an index of these finds the pairs without comparing
all. Claims that contradict each other in polarity, numbers or names are never alike. Clusters grow
from the most alike pair on and by complete linkage (Sørensen 1948), which does not chain.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

ALIKE, ALIKE_IN_VERB = 0.5, 0.35
"""Weighted Jaccard similarity from which two claims are one, and where they share a main verb."""
LINKAGE = 0.3
"""Similarity that every two claims of one cluster must have."""
FEWEST_STEMS = 2
"""Content words that a claim needs to be compared; with these few the other must have them all."""
FEWEST_SHARED = 2
"""Words that are no names and that two claims must share: two claims about one person are many."""
MOST_COMPARED = 12
"""Members of a cluster that a new one is compared with."""
_LEAST_SHARED = ALIKE_IN_VERB / (1 + ALIKE_IN_VERB)
"""Share of the weight of two claims together that they have in common where so much alike."""
_ROUNDING = 1e-9
LONGEST_LIST = 200
"""Entries of an index list beyond which a word is too common to find claims by."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim to compare.

    `key` is the day, the document's key, and begin and end: it sorts claims by age. `stems` are
    its content words, `numbers` and `names` those of them that must not contradict another's,
    `verbs` the lemmas of its predicates but for «be» and the like; `document` is its document.
    """

    iri: str
    key: tuple[str, str, int, int]
    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negative: bool
    document: str
    verbs: frozenset[str] = frozenset()

    @property
    def content(self) -> tuple[frozenset[str], frozenset[str], frozenset[str], bool]:
        """What makes two claims equal."""
        return self.stems, self.numbers, self.names, self.negative


@dataclass(frozen=True, slots=True)
class Cluster:
    """Claims that say the same, the earliest first; how alike the least alike two are (0 to 1)."""

    members: tuple[Told, ...]
    similarity: float


class Similarity:
    """How alike claims are, words weighing by their rarity among `claims`."""

    def __init__(self, claims: Sequence[Told]) -> None:
        counts = Counter(stem for claim in claims for stem in claim.stems)
        total = len(claims)
        self.weights = {stem: math.log(1 + total / (count + 0.5)) for stem, count in counts.items()}

        self._totals: dict[frozenset[str], float] = {}

    def weight(self, stems: frozenset[str]) -> float:
        """Return what the words of a claim weigh together."""
        if stems not in self._totals:
            self._totals[stems] = math.fsum(self.weights[stem] for stem in stems)
        return self._totals[stems]

    def __call__(self, one: Told, other: Told) -> float:
        """Return how alike two claims are (0 to 1), 0 where they contradict each other."""
        if contradict(one, other):
            return 0.0
        few, many = sorted((one.stems, other.stems), key=len)
        if len(few) <= FEWEST_STEMS and not few <= many:
            return 0.0
        shared = math.fsum(self.weights[stem] for stem in one.stems & other.stems)
        return shared / (self.weight(one.stems) + self.weight(other.stems) - shared)

    def are_one(self, one: Told, other: Told, similarity: float) -> bool:
        """Whether claims so alike say the same: their main verb counts where words are few."""
        if similarity < ALIKE and one.verbs.isdisjoint(other.verbs):
            return False
        shared = (one.stems & other.stems) - one.names - other.names
        return similarity >= ALIKE_IN_VERB and len(shared) >= FEWEST_SHARED


def contradict(one: Told, other: Told) -> bool:
    """Whether two claims cannot be the same: another polarity, other numbers or names.

    A number or name that only one of them gives makes it more exact; one in each that the other
    does not give makes them two claims. So does one standing inside the other in its document.
    """
    return (
        one.negative != other.negative
        or _differ(one.numbers, other.numbers)
        or _differ(one.names, other.names)
        or (one.document == other.document and _inside(one.key, other.key))
    )


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not (one <= other or other <= one)


def _inside(one: tuple[str, str, int, int], other: tuple[str, str, int, int]) -> bool:
    return one[2] < other[3] and other[2] < one[3]


def clusters(claims: Sequence[Told]) -> list[Cluster]:
    """Return the clusters of two and more of `claims`, by their earliest members.

    The result depends on the set of claims alone.
    """
    claims = sorted(claims, key=lambda claim: claim.key)
    claims = [claim for claim in claims if len(claim.stems) >= FEWEST_STEMS]
    similarity = Similarity(claims)
    equal: defaultdict[object, list[Told]] = defaultdict(list)
    for claim in claims:
        equal[claim.content].append(claim)
    first = [members[0] for members in equal.values()]
    found: dict[int, list[int]] = {i: [i] for i in range(len(first))}
    home = list(range(len(first)))
    least = dict.fromkeys(found, 1.0)
    for _, i, j in sorted(_alike(first, similarity), key=lambda pair: (-pair[0], pair[1:])):
        one, other = sorted((home[i], home[j]))
        if one == other:
            continue
        linkage = _linkage(found[one], found[other], first, similarity)
        if linkage >= LINKAGE:
            least[one] = min(least[one], least[other], linkage)
            for member in found[other]:
                home[member] = one
            found[one] = sorted(found[one] + found.pop(other))
    members_of = list(equal.values())
    made = []
    for number, parts in found.items():
        members = _side_by_side(m for i in parts for m in members_of[i])
        if len(members) > 1:
            made.append(Cluster(tuple(members), least[number]))
    return sorted(made, key=lambda cluster: cluster.members[0].key)


def _side_by_side(claims: Iterable[Told]) -> list[Told]:
    """Return claims by age, without those that stand inside another of them."""
    kept: list[Told] = []
    last: dict[str, Told] = {}
    for claim in sorted(claims, key=lambda claim: claim.key):
        before = last.get(claim.document)
        if before is None or not _inside(before.key, claim.key):
            kept.append(claim)
            last[claim.document] = claim
    return kept


def _linkage(one: list[int], other: list[int], claims: list[Told], similarity: Similarity) -> float:
    """Return how alike the least alike two claims of two clusters are."""
    return min(
        similarity(claims[i], claims[j]) for i in one[:MOST_COMPARED] for j in other[:MOST_COMPARED]
    )


def _alike(claims: list[Told], similarity: Similarity) -> Iterator[tuple[float, int, int]]:
    """Yield the pairs of claims that are alike enough, each once."""
    weights = similarity.weights
    totals = [similarity.weight(claim.stems) for claim in claims]
    lists: defaultdict[str, list[int]] = defaultdict(list)
    rests: list[float] = []
    for i, claim in enumerate(claims):
        rest, total = totals[i], totals[i]
        shared: defaultdict[int, float] = defaultdict(float)
        for stem in sorted(claim.stems, key=lambda stem: (-weights[stem], stem)):
            if rest < ALIKE_IN_VERB * total - _ROUNDING:
                break
            weight = weights[stem]
            rest -= weight
            if len(lists[stem]) < LONGEST_LIST:
                for j in lists[stem]:
                    shared[j] += weight
                lists[stem].append(i)
        rests.append(rest)
        for j, weight in shared.items():
            # What they may share beyond the words in the index is the rest of either's.
            most = weight + max(rest, rests[j])
            if most >= _LEAST_SHARED * (total + totals[j]) - _ROUNDING:
                alike = similarity(claims[j], claim)
                if similarity.are_one(claims[j], claim, alike):
                    yield alike, j, i
