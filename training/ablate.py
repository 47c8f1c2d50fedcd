"""What each part of the model's decision is worth: ``python training/ablate.py CORPORA``.

Reads the dev part with the network that the package holds, takes away a kind of reading or of
evidence, and fits and judges what is left by cross-validation over documents: content+source F1.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from calibrate import Judged, best_threshold, cross_fitted, judge
from corpus import read

from quoth.extractors.neural.candidates import EVIDENCE
from quoth.extractors.neural.network import Network

RULES = ("rules", "rules_content", "rules_source")
CHAIN = ("path", "nothing", "loss")
TAGGER = ("head", "in_cue", "in_source", "in_content")


def best_only(judged: list[Judged]) -> list[Judged]:
    """Return the network's first reading of each cue alone."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for item in judged:
        key = (item.document, item.reading.head)
        if key not in seen and item.reading.evidence[EVIDENCE.index("by_network")]:
            seen.add(key)
            kept.append(item)
    return kept


def own_only(judged: list[Judged]) -> list[Judged]:
    """Return the network's readings, those of the rules and the mixtures left out."""
    return [j for j in judged if j.reading.evidence[EVIDENCE.index("by_network")]]


def blind(judged: list[Judged], names: tuple[str, ...]) -> list[Judged]:
    """Return the readings with some of the evidence set to nought."""
    columns = {EVIDENCE.index(name) for name in names}
    return [
        replace(
            j,
            reading=replace(
                j.reading,
                evidence=[0.0 if n in columns else v for n, v in enumerate(j.reading.evidence)],
            ),
        )
        for j in judged
    ]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    documents = list(read(parser.parse_args().corpora / "polnear-dev.jsonl"))
    judged, total = judge(Network.load(), documents)
    variants = {
        "everything": judged,
        "without the rules' readings": own_only(judged),
        "without the rules' readings and their evidence": blind(own_only(judged), RULES),
        "the network's best reading alone": best_only(judged),
        "the same without the rules' evidence": blind(best_only(judged), RULES),
        "without the scores of the chain": blind(judged, CHAIN),
        "without the tagger's logits": blind(judged, TAGGER),
    }
    print("| what is left | content+source F1 | readings | oracle recall |\n|---|---|---|---|")
    for name, items in variants.items():
        _, score = best_threshold(items, cross_fitted(items), total)
        reached = len({(j.document, n) for j in items for n in j.matches})
        print(f"| {name} | {100 * score:.1f} | {len(items)} | {100 * reached / total:.1f} |")


if __name__ == "__main__":
    main()
