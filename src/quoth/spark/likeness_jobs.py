"""How alike claims are, for Spark: by the classes of one machine, given what was counted."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from quoth.graph.embedding import Embedding
from quoth.graph.meaning import MeaningLikeness, near, tellers, vectors_of
from quoth.graph.word_likeness import LONGEST_LIST, WordLikeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quoth.graph.embedding import Floats
    from quoth.graph.told import Told
    from quoth.spark.grouping import Row


@dataclass(frozen=True, slots=True)
class Group:
    """Equal claims, the earliest first.

    `counts` says in how many claims of the archive each of their words stands, `rest` what the
    words weigh beyond those that the first claim is found by; `vector` is its meaning, None where
    it is compared by words alone.
    """

    members: list[Told]
    counts: dict[str, int]
    rest: float
    vector: Floats | None


def likeness_of(
    groups: Iterable[Group], total: int, *, meaning: bool
) -> WordLikeness | MeaningLikeness:
    """Return how alike the first claims of `groups` are, `total` being compared in all."""
    groups = list(groups)
    counts = {stem: count for group in groups for stem, count in group.counts.items()}
    words = WordLikeness(counts, total)
    if not meaning:
        return words
    vectors = {g.members[0].iri: g.vector for g in groups if g.vector is not None}
    return MeaningLikeness(words, vectors)


def found_by(total: int, *, meaning: bool) -> Callable[[list[Row]], Iterator[tuple[Any, ...]]]:
    """Return what makes a `Group` of its claims and counts, and entries of the lists it is in.

    An entry has its kind, the word, the claim's age as a text, its IRI and, in lists of
    ``meaning``, the vector.
    """

    def find(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        counts = {row["stem"]: row["count"] for row in rows if row["stem"]}
        (packed,) = (row["members"] for row in rows if row["members"])
        members: list[Told] = pickle.loads(packed)
        first = members[0]
        words = WordLikeness(counts, total)
        stems, rest = words.telling(first)
        vector = None
        if meaning:
            vector = vectors_of([first], words, Embedding.load()).get(first.iri)
        group = Group(members, counts, rest, vector)
        yield "group", None, None, first.iri, pickle.dumps(group)
        for stem in stems:
            yield "words", stem, _sortable(first), first.iri, None
        if vector is not None:
            for stem in sorted(tellers(first)):
                yield "meaning", stem, _sortable(first), first.iri, vector.tobytes()

    return find


def _sortable(told: Told) -> str:
    """Return the age of a claim as a text that sorts as `quoth.graph.clusters.age` does."""
    day, document, begin, end = told.key
    return f"{day} {document} {begin:012} {end:012} {told.iri}"


def listed(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield the pairs of a list, the earlier claim first, the word, and whether they are near.

    The word is none where they are near in meaning, in a list of ``meaning``.
    """
    rows = sorted(rows, key=lambda row: row["age"])
    if rows[0]["kind"] == "words":
        for one, other in combinations(rows[:LONGEST_LIST], 2):
            yield one["name"], other["name"], one["stem"], False
    else:
        vectors = [np.frombuffer(row["payload"], dtype=np.float32) for row in rows]
        for first, second in near(vectors):
            yield rows[first]["name"], rows[second]["name"], None, True


def compared(total: int, *, meaning: bool) -> Callable[[Row], Iterator[tuple[Any, ...]]]:
    """Return what yields a pair that is one, and how alike.

    Its ``stems`` are the words by which one claim finds the other; ``near`` says whether they may
    be one in meaning.
    """

    def compare(row: Row) -> Iterator[tuple[Any, ...]]:
        pair: list[Group] = [pickle.loads(row[f"of_{side}"]) for side in ("one", "other")]
        one, other = (group.members[0] for group in pair)
        likeness = likeness_of(pair, total, meaning=meaning)
        words = likeness.words if isinstance(likeness, MeaningLikeness) else likeness
        rest = max(group.rest for group in pair)
        alike = None
        if row["stems"]:
            alike = words.of_one(one, other, _shared(words, row["stems"]), rest)
        if isinstance(likeness, MeaningLikeness) and (alike is not None or row["near"]):
            alike = likeness(one, other) if likeness.are_one(one, other) else None
        if alike is not None:
            yield row["one"], row["other"], alike

    return compare


def _shared(words: WordLikeness, stems: Iterable[str]) -> float:
    """Return what words weigh together, added in the order in which one machine adds them."""
    shared = 0.0
    for stem in sorted(stems, key=lambda stem: (-words.weights[stem], stem)):
        shared += words.weights[stem]
    return shared
