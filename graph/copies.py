"""Wire copy: documents that repeat another one nearly whole have one origin.

The text itself is not in the graph, but every sentence of it is in some claim. Of one text under
two names or addresses the hash is the same, however short it is; other documents are compared by
runs of words (shingles), as in Broder's resemblance and containment (1997); those that share one
of the shingles whose hash is divisible by `SAMPLED` (Manber 1994) are compared whole.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

SHINGLE = 5
"""Words in a run."""
SAMPLED = 8
"""One shingle in so many stands in the index."""
FEWEST = 30
"""Shingles that a document must have to be compared: about three sentences."""
COPIED = 0.6
"""Share of the shorter document's shingles that stand in the longer one, from which it is a copy:
desks cut a wire report and put a sentence of their own before it."""
SHORTEST_SHARE = 0.3
"""Length of the shorter document as a share of the longer: below it is an extract."""
COMMONEST = 200
"""Documents that share a shingle beyond which it is boilerplate."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document to compare: its day, outlet, the outlets it credits, and its claims' words.

    `hash` is that of its exact text, where it is known.
    """

    iri: str
    day: str
    outlet: str
    credited: frozenset[str]
    claims: tuple[str, ...]
    hash: str = ""


def copies(texts: Sequence[Text]) -> dict[str, str]:
    """Return, for each document that is a copy, its origin, by IRI: as `origins` chooses it."""
    found = {text.iri: shingles(text.claims) for text in texts}
    return origins(texts, _alike({iri: runs for iri, runs in found.items() if len(runs) >= FEWEST}))


def origins(texts: Sequence[Text], alike: Mapping[str, set[str]]) -> dict[str, str]:
    """Return, for each document that is a copy, its origin, by IRI.

    `alike` says, by IRI, which documents repeat each other nearly whole, both ways. The origin is
    the earliest; of those of one day the one whose outlet the others credit, then the first IRI.
    An origin is never a copy, and every copy is like its origin, not only like another copy.
    """
    alike = {iri: set(others) for iri, others in alike.items()}
    for group in _of_one_text(texts):
        for iri in group:
            alike.setdefault(iri, set()).update(group - {iri})
    by_iri = {text.iri: text for text in texts}
    credits_ = {iri: _credits(iri, alike[iri], by_iri) for iri in alike}
    origin: dict[str, str] = {}
    for iri in sorted(alike, key=lambda iri: (by_iri[iri].day, -credits_[iri], iri)):
        earlier = [other for other in alike[iri] if origin.get(other) == other]
        origin[iri] = min(earlier, key=lambda o: (by_iri[o].day, -credits_[o], o), default=iri)
    return {iri: first for iri, first in sorted(origin.items()) if iri != first}


def _credits(iri: str, others: set[str], texts: Mapping[str, Text]) -> int:
    """Return how many of the documents like it credit its outlet, being another's."""
    outlet = texts[iri].outlet
    return sum(
        outlet in texts[other].credited and texts[other].outlet != outlet for other in others
    )


def _of_one_text(texts: Sequence[Text]) -> list[set[str]]:
    """Return the documents that have the same text, those of each text together."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        if text.hash:
            groups[text.hash].add(text.iri)
    return [group for group in groups.values() if len(group) > 1]


def _alike(found: Mapping[str, frozenset[int]]) -> dict[str, set[str]]:
    index: defaultdict[int, list[str]] = defaultdict(list)
    for iri, runs in found.items():
        for shingle in runs:
            if shingle % SAMPLED == 0:
                index[shingle].append(iri)
    near: defaultdict[str, set[str]] = defaultdict(set)
    for sharing in index.values():
        if 1 < len(sharing) <= COMMONEST:
            for position, iri in enumerate(sharing):
                near[iri].update(sharing[position + 1 :])
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for iri, others in near.items():
        for other in others - alike[iri]:
            if are_copies(found[iri], found[other]):
                alike[iri].add(other)
                alike[other].add(iri)
    return {iri: others for iri, others in alike.items() if others}


def are_copies(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two documents with these shingles repeat each other nearly whole."""
    short, long = sorted((one, other), key=len)
    is_copy = len(short & long) >= COPIED * len(short)
    return is_copy and len(short) >= SHORTEST_SHARE * len(long)


def shingles(claims: Sequence[str]) -> frozenset[int]:
    """Return the hashes of the runs of words of a document's claims, the same everywhere."""
    found: set[int] = set()
    for claim in claims:
        words = "".join(c if c.isalnum() else " " for c in claim.casefold()).split()
        for begin in range(len(words) - SHINGLE + 1):
            found.add(crc32(" ".join(words[begin : begin + SHINGLE]).encode("utf-8", "replace")))
    return frozenset(found)
