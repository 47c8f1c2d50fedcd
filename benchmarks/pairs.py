"""Pairwise scores of a grouping: how many of the pairs that belong together were put together."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence


class Item(NamedTuple):
    """One thing in one document: what it truly is, what the system and the baseline take it for."""

    document: str
    truth: Hashable
    found: Hashable
    baseline: Hashable


class Score(NamedTuple):
    """Pairwise precision, recall and F1, in per cent, and how many true pairs there are."""

    precision: float
    recall: float
    f1: float
    pairs: int


def score(items: Sequence[Item], predicted: Callable[[Item], Hashable], *, across: bool) -> Score:
    """Return how well `predicted` groups `items`; `across` leaves pairs of one document out."""
    right = said = true = 0
    for one, other in combinations(items, 2):
        if across and one.document == other.document:
            continue
        together = predicted(one) is not None and predicted(one) == predicted(other)
        said += together
        true += one.truth == other.truth
        right += together and one.truth == other.truth
    precision, recall = right / said if said else 0.0, right / true if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Score(*(round(100 * x, 1) for x in (precision, recall, f1)), true)


def report(what: str, items: Sequence[Item], *, across: bool = True) -> None:
    """Print the figures of the system and of the baseline."""
    for name, predicted in (("quoth", _found), ("baseline", _baseline)):
        p, r, f1, pairs = score(items, predicted, across=across)
        print(f"{what:34} {name:9} P {p:5.1f}  R {r:5.1f}  F1 {f1:5.1f}  ({pairs} pairs)")


def _found(item: Item) -> Hashable:
    return item.found


def _baseline(item: Item) -> Hashable:
    return item.baseline
