"""Measures of how attributions are spread: over sources, and over named and unnamed ones.

Pure functions of counts. Where there is nothing to measure the answer is NaN. The formulas and
their papers are in ``docs/networks.md``, too.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CONFIDENCE = 0.95
"""How often an interval made in this way holds the true share, unless told otherwise."""


class Interval(NamedTuple):
    """A share (0 to 1) with the bounds between which the true one may be."""

    share: float
    low: float
    high: float


class ClusteredInterval(NamedTuple):
    """An interval with its design effect: how many times wider clustering makes the variance."""

    share: float
    low: float
    high: float
    design_effect: float


def shares(counts: Mapping[str, float]) -> dict[str, float]:
    """Return each count as a part of all (0 to 1), largest first, then by name.

    >>> shares({"b": 1, "a": 1, "c": 2})
    {'c': 0.5, 'a': 0.25, 'b': 0.25}
    """
    total = sum(_counts(counts.values()))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {name: count / total if total else math.nan for name, count in ordered}


def entropy(counts: Iterable[float]) -> float:
    """Return the Shannon entropy of `counts` in bits: 0 when all is one source's.

    Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal
    27, 379-423.

    >>> entropy([1, 1, 1, 1])
    2.0
    """
    parts = _parts(counts)
    # «0.0 -» and not a sign, so that one source's entropy is 0 and not -0.
    return 0.0 - math.fsum(p * math.log2(p) for p in parts) if parts else math.nan


def evenness(counts: Iterable[float]) -> float:
    """Return Pielou's evenness: entropy as a part of the most it could be, 0 to 1.

    NaN for fewer than two sources. Pielou, E. C. (1966). The measurement of diversity in
    different types of biological collections. Journal of Theoretical Biology 13, 131-144.
    """
    parts = _parts(counts)
    return entropy(parts) / math.log2(len(parts)) if len(parts) > 1 else math.nan


def effective_number(counts: Iterable[float]) -> float:
    """Return how many equally quoted sources would be as diverse: 2 to the entropy.

    Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology
    54, 427-432 (the number of order 1).
    """
    return float(2 ** entropy(counts))


def hhi(counts: Iterable[float]) -> float:
    """Return the Herfindahl-Hirschman index: the sum of squared shares, 1/n to 1.

    It is the probability that two attributions drawn with replacement are by the same source.
    Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54, 761-762.
    """
    parts = _parts(counts)
    return math.fsum(p * p for p in parts) if parts else math.nan


def gini(counts: Iterable[float]) -> float:
    """Return the Gini coefficient: 0 when all are quoted alike, (n-1)/n when only one is.

    Counts of 0 are sources, too. Gini, C. (1912). Variabilità e mutabilità; computed as in
    Sen, A. (1973). On Economic Inequality, chapter 2.

    >>> gini([0, 0, 0, 8])
    0.75
    """
    ordered = sorted(_counts(counts))
    size, total = len(ordered), math.fsum(ordered)
    if not total:
        return math.nan
    ranked = math.fsum(rank * count for rank, count in enumerate(ordered, 1))
    return 2 * ranked / (size * total) - (size + 1) / size


def top_share(counts: Iterable[float], k: int) -> float:
    """Return what part of all is by the `k` most quoted sources (concentration ratio), 0 to 1.

    Hall, M. & Tideman, N. (1967). Measures of concentration. Journal of the American Statistical
    Association 62, 162-168. Raises ValueError when `k` is below 1.
    """
    if k < 1:
        raise ValueError(f"the share of the {k} most quoted sources: give 1 or more")
    parts = sorted(_parts(counts), reverse=True)
    return math.fsum(parts[:k]) if parts else math.nan


def wilson(hits: int, trials: int, *, confidence: float = CONFIDENCE) -> Interval:
    """Return the share of `hits` among `trials` with Wilson's score interval.

    It takes the trials for independent of each other; attributions of one article are not, so
    `wilson_clustered` suits them better. Without trials nothing is known: NaN, 0 and 1. Raises
    ValueError when the numbers cannot be, or `confidence` is not between 0 and 1.

    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.

    >>> [round(bound, 3) for bound in wilson(1, 10)]
    [0.1, 0.018, 0.404]
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials}: hits must be between 0 and the number of trials")
    if not trials:
        return Interval(math.nan, 0.0, 1.0)
    return Interval(hits / trials, *_score(hits / trials, trials, confidence))


def wilson_clustered(
    clusters: Iterable[tuple[int, int]], *, confidence: float = CONFIDENCE
) -> ClusteredInterval:
    """Return a share with Wilson's interval widened for attributions that come by documents.

    `clusters` are (hits, trials), one a document. The number of trials is divided by the design
    effect, the variance of the share between documents over that of independent trials, where it
    is above 1. It cannot be estimated (NaN, and the interval is that of `wilson`) from one
    document, or where the share is 0 or 1. Raises ValueError as `wilson`.

    Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary
    data. Biometrics 48, 577-585.
    """
    counted = [(hits, trials) for hits, trials in clusters if trials or hits]
    hits, trials = sum(h for h, _ in counted), sum(t for _, t in counted)
    for found, of in counted:
        wilson(found, of, confidence=confidence)
    plain = wilson(hits, trials, confidence=confidence)
    if len(counted) < 2 or plain.share in (0.0, 1.0):
        return ClusteredInterval(*plain, math.nan)
    share, size = plain.share, len(counted)
    squares = math.fsum((found - share * of) ** 2 for found, of in counted)
    between = size / (size - 1) * squares / trials**2
    effect = between / (share * (1 - share) / trials)
    bounds = _score(share, trials / max(effect, 1.0), confidence)
    return ClusteredInterval(share, *bounds, effect)


def _score(share: float, trials: float, confidence: float) -> tuple[float, float]:
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence}: give one between 0 and 1, such as 0.95")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = share + z * z / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    scale = 1 + z * z / trials
    # Rounding must not put a share of 0 or 1 outside of its own interval.
    return (
        min(max((middle - reach) / scale, 0.0), share),
        max(min((middle + reach) / scale, 1.0), share),
    )


def _counts(counts: Iterable[float]) -> list[float]:
    found = [*counts]
    if any(not count >= 0 for count in found):
        raise ValueError("counts must be numbers of 0 or more")
    return found


def _parts(counts: Iterable[float]) -> list[float]:
    """Return what part of all each count is, without those that are 0."""
    found = _counts(counts)
    total = math.fsum(found)
    return [count / total for count in found if count] if total else []
