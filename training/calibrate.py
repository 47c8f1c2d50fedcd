"""Learn what tells right readings from wrong ones and choose the threshold, on the dev part.

A reading counts as right when gold has an attribution with a content of Dice 0.5 or more and a
matching source (the scorer's content+source). A logistic regression on the evidence, as in Platt
(1999), with products of any two numbers. What is reported of it (F1, reliability) is from
cross-validation over documents, as the same part serves to fit and to judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from quoth.extractors.components.attributions import Attributions
from quoth.extractors.components.model import LOOSE, ModelAttributions, without_rivals
from quoth.extractors.components.quotations import Quotations
from quoth.extractors.drafts import drafts_of
from quoth.extractors.evidence import Evidence
from quoth.extractors.lemmas import Lemmatizer
from quoth.extractors.neural.inputs import TextInputs
from quoth.extractors.neural.surety import Surety, products_of
from quoth.extractors.neural.windows import windows
from quoth.extractors.proposals import views
from quoth.extractors.syntax import load_syntax, parse

if TYPE_CHECKING:
    from corpus import Gold, GoldDocument

    from quoth.extractors.neural.candidates import Reading
    from quoth.extractors.neural.network import Floats, Network

MATCH = 0.5
GRID = np.arange(-2.0, 1.5, 0.05)
FOLDS = 5
PENALTY = 0.01
"""Inverse strength of the regression's penalty on large weights."""


@dataclass
class Judged:
    """A reading, its document and the numbers of the gold attributions that it matches."""

    document: str
    reading: Reading
    matches: frozenset[int]


def judge(network: Network, documents: list[GoldDocument]) -> tuple[list[Judged], int]:
    """Return every reading of the documents, and how many attributions gold has."""
    nlp = load_syntax()
    lemmas = Lemmatizer.of(nlp)
    rules = Attributions(Evidence.load(), lemmas, LOOSE, LOOSE)
    component = ModelAttributions(
        network, rules, lemmas, nested_threshold=0.0, rules_nested_threshold=0.0
    )
    quotations = Quotations()
    judged, total = [], 0
    for document in documents:
        doc = quotations(parse(nlp, document.text))
        candidates = drafts_of(rules(doc))
        tree, quoted = views(doc)
        inputs = TextInputs(tree, quoted, candidates, network.labels)
        readings = [
            reading
            for window in windows(tree, component.pieces)
            for reading in component.read(inputs, window)
        ]
        begins = [token.idx for token in doc]
        ends = [token.idx + len(token) for token in doc]

        def letters(
            ranges: list[tuple[int, int]], begins: list[int] = begins, ends: list[int] = ends
        ) -> set[int]:
            return {i for b, e in ranges for i in range(begins[b], ends[e - 1])}

        total += len(document.attributions)
        for reading in readings:
            content = letters(reading.content)
            source = letters([reading.source] if reading.source else [])
            matches = frozenset(
                n for n, gold in enumerate(document.attributions) if _matches(content, source, gold)
            )
            judged.append(Judged(document.id, reading, matches))
    return judged, total


def _matches(content: set[int], source: set[int], gold: Gold) -> bool:
    known = {i for b, e in gold.content for i in range(b, e)}
    if 2 * len(known & content) < MATCH * (len(known) + len(content)):
        return False
    speaker = {i for b, e in gold.source for i in range(b, e)}
    if not speaker or not source:
        return not speaker and not source
    shared = len(speaker & source)
    return shared >= min(len(speaker), len(source)) or 4 * shared >= len(speaker) + len(source)


def fit(judged: list[Judged]) -> Surety:
    """Return the regression on all readings."""
    evidence = np.array([j.reading.evidence for j in judged], dtype=np.float64)
    deviation = evidence.std(0)
    deviation[deviation == 0] = 1.0
    blank = Surety(evidence.mean(0), deviation, np.zeros(0), 0.0)
    products = products_of(blank.scaled(evidence))
    # The penalty is to weigh on all products alike, whatever their spread.
    spread = products.std(0) + 1e-9
    regression = LogisticRegression(C=PENALTY, max_iter=3000)
    regression.fit(products / spread, [bool(j.matches) for j in judged])
    weights = regression.coef_[0] / spread
    return Surety(blank.mean, deviation, weights, float(regression.intercept_[0]))


def cross_fitted(judged: list[Judged]) -> Floats:
    """Return for each reading the log-odds by a regression on the other folds' documents."""
    folds = {name: n % FOLDS for n, name in enumerate(sorted({j.document for j in judged}))}
    own = np.array([folds[j.document] for j in judged])
    found = np.zeros(len(judged))
    for fold in range(FOLDS):
        surety = fit([j for j, n in zip(judged, own, strict=True) if n != fold])
        evidence = [j.reading.evidence for j, n in zip(judged, own, strict=True) if n == fold]
        found[own == fold] = surety.log_odds(evidence)
    return found


def best_threshold(judged: list[Judged], sure: Floats, total: int) -> tuple[float, float]:
    """Return the log-odds that give the best F1 of content+source, and that F1 (0..1).

    `sure` are the log-odds of the readings, `total` the number of gold attributions.
    """
    documents: dict[str, list[Judged]] = {}
    for item, value in zip(judged, sure.tolist(), strict=True):
        item.reading.log_odds = value
        documents.setdefault(item.document, []).append(item)
    found = [(-1.0, 0.0)]
    for threshold in GRID.tolist():
        right = kept = 0
        for items in documents.values():
            likely = {id(j.reading): j for j in items if j.reading.log_odds >= threshold}
            taken: set[int] = set()
            for reading in without_rivals([j.reading for j in likely.values()]):
                kept += 1
                taken.update(sorted(likely[id(reading)].matches - taken)[:1])
            right += len(taken)
        found.append((2 * right / max(1, kept + total), threshold))
    score, threshold = max(found)
    return threshold, score


def reliability(judged: list[Judged], sure: Floats, bins: int = 10) -> list[dict[str, Any]]:
    """Return a reliability diagram (Niculescu-Mizil and Caruana 2005) as rows.

    Each has the mean confidence of its readings, the share of right ones, and their number.
    """
    rows = []
    confidence = 1 / (1 + np.exp(-sure))
    right = np.array([bool(j.matches) for j in judged], dtype=float)
    for n in range(bins):
        inside = (confidence >= n / bins) & (confidence < (n + 1) / bins)
        if inside.any():
            rows.append(
                {
                    "confidence": round(float(confidence[inside].mean()), 3),
                    "right": round(float(right[inside].mean()), 3),
                    "count": int(inside.sum()),
                }
            )
    return rows
