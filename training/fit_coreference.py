"""Fit the weights that choose antecedents: ``python training/fit_coreference.py CORPORA``.

Trains on GUM's coreference (news and interviews left out: they measure it) and on GAP. For every
pronoun, and every definite noun that points back, whose chain has a candidate, the candidates are
ranked: a conditional logit with a Gaussian prior, by L-BFGS. Writes
``extractors/lexicons/coreference.json`` and prints the share of right choices on a fifth of the
documents that took no part.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from quoth.extractors.antecedents import Antecedents, Features, class_of
from quoth.extractors.drafts import drafts_of
from quoth.extractors.lemmas import Lemmatizer
from quoth.extractors.names import Names, SourceWords
from quoth.extractors.phrases import PhraseReader
from quoth.extractors.pipeline import rules
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.resolution import Resolver, wanted_types
from quoth.extractors.tree import Tree
from quoth.extractors.values import SourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTS = Path(__file__).parents[1] / "extractors" / "lexicons" / "coreference.json"
LEFT_OUT = ("news", "interview")
PRONOUNS = frozenset(("he", "she", "him", "her", "his", "it", "its", "they", "them", "their"))
PRIOR = 4.0
EXPECTED = {"spoke_last": 0.5, "source.spoke_last": 1.0, "subject": 0.5}
"""What newswire is known for, where the other texts of training say little."""
HELD_OUT = 5
Choice = tuple[str, list[Features], list[bool]]


def choices(record: dict[str, Any], words: SourceWords) -> Iterator[Choice]:
    """Yield (class, features of the candidates, which are right) of a document's mentions."""
    nlp = rules()
    doc = nlp(record["text"])
    tree = Tree(doc)
    names = Names(tree, words, Lemmatizer.of(nlp))
    reader = PhraseReader(names)
    antecedents = Antecedents(tree, QuotedTokens(doc, tree).numbers, {})
    resolver = Resolver(tree, reader, words, antecedents)
    for draft in sorted(drafts_of(doc), key=lambda d: d.get("depth", 0)):
        resolver.sources(draft, [])
    sources = {d["source"] for d in drafts_of(doc)}
    chain_of = _chains(record)
    for i in range(tree.size):
        is_pronoun = tree.words[i] in PRONOUNS
        if not (is_pronoun or (tree.words[i] in words["pointing_back"] and i)):
            continue
        if not is_pronoun and tree.words[i - 1] != "the":
            continue
        chain = chain_of(doc[i].idx)
        if chain is None:
            continue
        phrase = reader.read((i, i + 1) if is_pronoun else (i - 1, i + 1))
        wanted = wanted_types(phrase.head) if is_pronoun else (SourceType.ORGANISATION,)
        candidates = resolver.candidates(phrase, wanted, named=not is_pronoun)
        ranked = antecedents.features(
            phrase, candidates, resolver.spoken, is_source=phrase.range in sources
        )
        right = [
            any(chain_of(doc[p.token].idx) == chain for p in resolver.known[n].before(i))
            for n, _ in ranked
        ]
        if any(right) and not all(right):
            yield class_of(phrase), [features for _, features in ranked], right


def _chains(record: dict[str, Any]) -> Any:
    """Return a function from a word's offset to the number of the chain that it heads."""
    if "pronoun" in record:
        spans = [(record["pronoun"], 0)]
        spans += [(c["span"], 0 if c["coref"] else 1) for c in record["candidates"]]
        return lambda at: next((n for (b, e), n in spans if b <= at < e), None)
    heads = {
        mention["head"][0]: number
        for number, chain in enumerate(record["coref"])
        for mention in chain["mentions"]
    }
    return heads.get


def fit(data: list[Choice]) -> dict[str, float]:
    """Return the weights under which the right candidates are likeliest."""
    index: dict[str, int] = {}
    rows: list[tuple[np.ndarray, np.ndarray]] = []
    for _, ranked, _ in data:
        for features in ranked:
            for name in features:
                index.setdefault(name, len(index))
    for _, ranked, right in data:
        matrix = np.zeros((len(ranked), len(index)))
        for row, features in enumerate(ranked):
            for name, value in features.items():
                matrix[row, index[name]] = value
        rows.append((matrix, np.array(right)))

    mean = np.array([_expected(name.split(".", 1)[1]) for name in index])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        away = weights - mean
        total, gradient = PRIOR * away @ away, 2 * PRIOR * away
        for matrix, right in rows:
            scores = matrix @ weights
            scores -= scores.max()
            odds = np.exp(scores)
            all_, good = odds / odds.sum(), odds * right / (odds * right).sum()
            total -= np.log((odds * right).sum() / odds.sum())
            gradient += matrix.T @ (all_ - good)
        return float(total), gradient

    found = minimize(loss, mean, jac=True, method="L-BFGS-B")
    return {name: round(float(found.x[n]), 3) for name, n in sorted(index.items())}


def _expected(name: str) -> float:
    if name.startswith("distance="):
        return -0.5 * int(name[-1])
    return EXPECTED.get(name, 0.0)


def share(data: list[Choice], weights: dict[str, float]) -> dict[str, tuple[int, int]]:
    """Return for each class how many choices there are and how many are right."""
    counts: dict[str, tuple[int, int]] = {}
    for kind, ranked, right in data:
        scores = [sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in ranked]
        total, good = counts.get(kind, (0, 0))
        counts[kind] = total + 1, good + right[int(np.argmax(scores))]
    return counts


def main() -> None:
    """Run the command line."""
    corpora = Path(sys.argv[1])
    words = SourceWords.load()
    data: list[list[Choice]] = []
    for name in ("gum-coref.jsonl", "gap-development.jsonl", "gap-validation.jsonl"):
        for line in (corpora / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["meta"].get("genre") not in LEFT_OUT:
                data.append(list(choices(record, words)))
    held_out = [c for n, d in enumerate(data) if n % HELD_OUT == 0 for c in d]
    weights = fit([c for n, d in enumerate(data) if n % HELD_OUT for c in d])
    for kind, (total, good) in sorted(share(held_out, weights).items()):
        first = sum(r[0] for k, _, r in held_out if k == kind)
        print(
            f"{kind:5} {total:5}  right {100 * good / total:.1f}  latest {100 * first / total:.1f}"
        )
    weights = fit([c for d in data for c in d])
    lines = ",\n".join(f"  {json.dumps(n)}: {w}" for n, w in weights.items() if w)
    WEIGHTS.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
