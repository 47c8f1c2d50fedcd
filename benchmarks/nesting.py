"""Attributions inside others: ``python benchmarks/nesting.py GOLD.jsonl …``.

Precision, recall and F1 of (content, source, nested_in) on gold files that say which attribution
stands in whose content (GUM). A nested attribution is right when its content and its source match
the gold's, as the scorer of the corpora has it, and the attribution around it is the one that
matches the gold's. «chance for» tells how many nested ones have their outer one found at all.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from accuracy import LEFT_OUT, extractions_of, scorer, spans_of

from quoth.extractors.pipeline import DEFAULT

WORD = re.compile(r"\w+")
Record = dict[str, Any]
Sets = dict[str, set[int]]


def sets_of(words: list[tuple[int, int]], attribution: Record) -> Sets:
    """Return for each role the numbers of the words that its spans touch."""
    return {
        role: {
            number
            for number, (first, last) in enumerate(words)
            if any(first < end and begin < last for begin, end in attribution[role])
        }
        for role in ("source", "cue", "content")
    }


def judge(
    record: Record, predicted: list[tuple[Record, int | None]], score: Any
) -> tuple[int, int, int, int]:
    """Return how many nested ones are right, predicted, in the gold, and have their outer found.

    `predicted` are attributions with the position of the one that they are nested in. Positions in
    the gold are those of the file, what is left out of the scoring included.
    """
    words = [match.span() for match in WORD.finditer(record["text"])]
    everything = record["attributions"]
    kept = [
        n
        for n, a in enumerate(everything)
        if a["content"] and not any(a.get(mark) for mark in LEFT_OUT)
    ]
    golds = [sets_of(words, everything[n]) for n in kept]
    ours = [sets_of(words, one) for one, _ in predicted]
    pairs = dict(score.match(golds, ours))
    outers = {kept[i]: j for i, j in pairs.items()}
    nested = [i for i, n in enumerate(kept) if everything[n].get("nested_in") is not None]
    right = reachable = 0
    for i in nested:
        outer = outers.get(everything[kept[i]]["nested_in"])
        reachable += outer is not None
        j = pairs.get(i)
        right += (
            j is not None
            and outer is not None
            and predicted[j][1] == outer
            and score.source_matches(golds[i]["source"], ours[j]["source"])
        )
    return right, sum(outer is not None for _, outer in predicted), len(nested), reachable


def counts(path: Path, extractor: str) -> tuple[int, int, int, int]:
    """Return the sums of `judge` over the documents of a gold file."""
    score = scorer()
    totals = [0, 0, 0, 0]
    with path.open(encoding="utf-8", newline="\n") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    for record, extraction in zip(records, extractions_of(path, extractor), strict=True):
        found = [a for a in extraction if a.content]
        positions = {a.key: n for n, a in enumerate(found)}
        predicted = [(spans_of(a), positions.get(a.nested_in or "")) for a in found]
        for place, number in enumerate(judge(record, predicted, score)):
            totals[place] += number
    return totals[0], totals[1], totals[2], totals[3]


def f1(right: int, predicted: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall, 0 to 100."""
    return 200 * right / (predicted + gold) if predicted + gold else 0.0


def figures(path: Path, extractor: str) -> dict[str, float]:
    """Return the F1, in per cent, that the gate watches."""
    right, predicted, gold, _ = counts(path, extractor)
    return {"nested": f1(right, predicted, gold)}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--extractor", default=DEFAULT)
    arguments = parser.parse_args()
    for path in arguments.gold:
        right, predicted, gold, reachable = counts(path, arguments.extractor)
        precision, recall = 100 * right / max(1, predicted), 100 * right / max(1, gold)
        print(
            f"{path.name:22} P {precision:5.1f}  R {recall:5.1f}  "
            f"F1 {f1(right, predicted, gold):5.1f}   right {right}, predicted {predicted}, "
            f"gold {gold}, chance for {reachable}"
        )


if __name__ == "__main__":
    main()
