"""Turn the network's scores into probabilities and choose the threshold, on the dev part.

A reading counts as right when gold has an attribution with a content of Dice 0.5 or more and an
overlapping source (the scorer's content+source). Platt's method (1999): a logistic regression on
the logits of the tagger and the reader and the margin of the roles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from quoth.extractors.neural.roles import EVIDENCE, Reading, log_odds
from quoth.extractors.neural.windows import windows
from quoth.extractors.proposals import views
from quoth.extractors.syntax import load_syntax, parse

if TYPE_CHECKING:
    from corpus import Gold, GoldDocument

    from quoth.extractors.neural.network import Network

MATCH = 0.5
GRID = np.arange(-3.0, 3.0, 0.05)


@dataclass
class Judged:
    """A reading with the characters of its roles and whether gold has it."""

    document: str
    reading: Reading
    right: bool


def judge(network: Network, documents: list[GoldDocument]) -> tuple[list[Judged], int]:
    """Return every reading of the documents, and how many attributions gold has."""
    nlp = load_syntax()
    rules = Attributions(Evidence.load(), Lemmatizer.of(nlp), LOOSE, LOOSE)
    component = ModelAttributions(network, rules, 0.0)
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
            right = any(_matches(content, source, gold) for gold in document.attributions)
            judged.append(Judged(document.id, reading, right))
    return judged, total


def _matches(content: set[int], source: set[int], gold: Gold) -> bool:
    known = {i for b, e in gold.content for i in range(b, e)}
    if 2 * len(known & content) < MATCH * (len(known) + len(content)):
        return False
    speaker = {i for b, e in gold.source for i in range(b, e)}
    return bool(speaker & source) if speaker else not source


def fit(judged: list[Judged]) -> dict[str, float]:
    """Return the weights of bias, head, exists and margin."""
    inputs = [j.reading.evidence for j in judged]
    regression = LogisticRegression(C=10.0, max_iter=1000)
    regression.fit(inputs, [j.right for j in judged])
    weights = dict(zip(EVIDENCE, map(float, regression.coef_[0]), strict=True))
    return {"bias": float(regression.intercept_[0]), **weights}


def calibrated(judged: list[Judged], weights: dict[str, float]) -> list[Judged]:
    """Return the readings with the log-odds that the weights give."""
    return [
        replace(j, reading=replace(j.reading, log_odds=log_odds(j.reading.evidence, weights)))
        for j in judged
    ]


def best_threshold(judged: list[Judged], total: int) -> tuple[float, float]:
    """Return the log-odds that give the best F1 of content+source, and that F1 (0..1).

    The readings have their calibrated log-odds.
    """
    documents: dict[str, list[Judged]] = {}
    for item in judged:
        documents.setdefault(item.document, []).append(item)
    found = [(-1.0, 0.0)]
    for threshold in GRID.tolist():
        right = kept = 0
        for items in documents.values():
            sure = {id(j.reading): j for j in items if j.reading.log_odds >= threshold}
            for reading in without_rivals([j.reading for j in sure.values()]):
                kept += 1
                right += sure[id(reading)].right
        found.append((2 * right / max(1, kept + total), threshold))
    score, threshold = max(found)
    return threshold, score


def reliability(judged: list[Judged], bins: int = 10) -> list[dict[str, Any]]:
    """Return a reliability diagram (Niculescu-Mizil and Caruana 2005) as rows.

    Each has the mean confidence of its readings, the share of right ones, and their number.
    """
    rows = []
    confidence = np.array([1 / (1 + np.exp(-j.reading.log_odds)) for j in judged])
    right = np.array([j.right for j in judged], dtype=float)
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
