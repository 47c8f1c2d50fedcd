"""How the saying itself is told: ``python benchmarks/factuality.py MEANTIME.jsonl``.

Certainty, polarity and time of the cues of speech and cognition, as MEANTIME annotates them, given
the gold cue. Macro-F1 is the mean over the values that the gold has; beside it what the most
frequent value alone would get.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from accuracy import gold_of

from quoth.extractors.modality import Modality
from quoth.extractors.pipeline import rules
from quoth.extractors.tree import Tree
from quoth.extractors.values import Certainty

Pairs = list[tuple[str, str]]


def macro_f1(pairs: Pairs) -> float:
    """Return the mean of the F1 of every value in the gold; pairs are (gold, predicted)."""
    scores = []
    for value in sorted({gold for gold, _ in pairs}):
        right = sum(gold == got == value for gold, got in pairs)
        total = sum((gold == value) + (got == value) for gold, got in pairs)
        scores.append(2 * right / total)
    return sum(scores) / len(scores)


def judge(path: Path, *, errors: bool = False) -> dict[str, Pairs]:
    """Return for each part the (gold, predicted) values of the cues; `errors` prints the wrong."""
    nlp, modality = rules(), Modality.load()
    pairs: dict[str, Pairs] = {"certainty": [], "polarity": [], "time": []}
    for record in gold_of(path):
        doc = nlp.make_doc(record["text"])
        for name, pipe in nlp.pipeline:
            doc = pipe(doc) if not name.startswith("quoth_") or name == "quoth_paragraphs" else doc
        tree = Tree(doc)
        for gold in record["attributions"]:
            if gold["certainty"] is None:
                continue
            span = doc.char_span(*gold["cue"][0], alignment_mode="expand")
            told = modality.of(tree, span.root.i)
            unsure = told.certainty is Certainty.UNDERSPECIFIED
            polarity = "UNDERSPECIFIED" if unsure else "NEG" if told.negative else "POS"
            values = {
                "certainty": told.certainty.value.upper(),
                "polarity": polarity,
                "time": "FUTURE" if told.future else "NON_FUTURE",
            }
            for part, value in values.items():
                pairs[part].append((gold[part], value))
                if errors and gold[part] != value:
                    words = doc[max(0, span.start - 14) : span.end + 8].text.replace("\n", " ")
                    print(f"{part}: {gold[part]} not {value}: [{span.text}] {words}")
    return pairs


def figures(path: Path, extractor: str) -> dict[str, float]:
    """Return the macro-F1, in per cent, that the gate watches; no extractor is asked."""
    return {part: 100 * macro_f1(pairs) for part, pairs in judge(path).items()}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    for part, found in judge(arguments.gold, errors=arguments.errors).items():
        majority = Counter(gold for gold, _ in found).most_common(1)[0][0]
        right = sum(gold == got for gold, got in found)
        print(
            f"{part:10} {len(found)}  macro-F1 {100 * macro_f1(found):5.1f}  "
            f"right {100 * right / len(found):5.1f}  "
            f"always {majority}: {100 * macro_f1([(g, majority) for g, _ in found]):5.1f}"
        )


if __name__ == "__main__":
    main()
