"""How likely a reading is to be right: a logistic regression on its evidence and its products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from quoth.extractors.neural.candidates import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

Doubles = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


LIMIT = 3.0
"""Standard deviations from the mean beyond which evidence counts no further."""
SURE = 12.0


@dataclass(frozen=True)
class Surety:
    """Weights of the evidence, standardised, and of the products of any two of its numbers.

    `mean` and `deviation` have the length of `EVIDENCE`, `weights` that of `products_of`.
    """

    mean: Doubles
    deviation: Doubles
    weights: Doubles
    bias: float

    @classmethod
    def of(cls, card: dict[str, Any]) -> Surety:
        """Return what a model's card holds.

        Raises KeyError where something is missing and ValueError where the numbers are not those
        of `EVIDENCE`.
        """
        if tuple(card["evidence"]) != EVIDENCE:
            raise ValueError("the evidence is not that which this version gathers")
        mean, deviation, weights = (
            np.array(card[name], dtype=np.float64) for name in ("mean", "deviation", "weights")
        )
        return cls(mean, deviation, weights, float(card["bias"]))

    @classmethod
    def blank(cls) -> Surety:
        """Return one that holds every reading for as likely as not."""
        size = len(EVIDENCE)
        zeros = np.zeros(size + size * (size + 1) // 2)
        return cls(np.zeros(size), np.ones(size), zeros, 0.0)

    def card(self) -> dict[str, Any]:
        """Return what `of` reads."""
        return {
            "evidence": list(EVIDENCE),
            "mean": self.mean.tolist(),
            "deviation": self.deviation.tolist(),
            "weights": self.weights.tolist(),
            "bias": self.bias,
        }

    def log_odds(self, evidence: Sequence[Sequence[float]]) -> Doubles:
        """Return the log-odds for each row of evidence."""
        found = self.bias + products_of(self.scaled(evidence)) @ self.weights
        result: Doubles = np.clip(found, -SURE, SURE)
        return result

    def scaled(self, evidence: Sequence[Sequence[float]]) -> Doubles:
        """Return the evidence in standard deviations from its mean, within `LIMIT`."""
        rows = (np.array(evidence, dtype=np.float64) - self.mean) / self.deviation
        result: Doubles = np.clip(rows, -LIMIT, LIMIT)
        return result


def products_of(scaled: Doubles) -> Doubles:
    """Return the numbers of each row and the products of any two of them (rows, n + n(n+1)/2)."""
    one, other = np.triu_indices(scaled.shape[1])
    result: Doubles = np.concatenate([scaled, scaled[:, one] * scaled[:, other]], 1)
    return result
