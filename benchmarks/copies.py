"""Which documents are copies of others: ``python benchmarks/copies.py [--documents N]``.

The method of `quoth.graph.copies`, containment of runs of words, beside MinHash with locality-
sensitive hashing (datasketch), which estimates Jaccard's similarity of the same runs. Two sets: the
archive of ``notebooks/archive``, whose truth names the copies, and N documents of invented words, a
tenth of which are copies as desks make them: cut, with a sentence of their own, some words changed.
Figures are of pairs of a copy and another of its origin; seconds of CPU, and memory at its peak.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import quoth
from quoth.graph.copies import FEWEST, Text, copies, shingles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ARCHIVE = Path(__file__).parents[1] / "notebooks" / "archive"
THRESHOLDS = (0.2, 0.35, 0.5, 0.7)
PERMUTATIONS = 128

Pairs = set[frozenset[str]]


def archive() -> tuple[list[Text], Pairs]:
    """Return the archive's documents, their sentences as claims, and the pairs of copies."""
    truth = json.loads((ARCHIVE / "truth.json").read_text(encoding="utf-8"))
    texts = []
    for document in quoth.read_collection(ARCHIVE / "archive.json"):
        sentences = re.split(r"(?<=[.!?”])\s+", document.text[document.begin :])
        day = str(document.date)
        texts.append(Text(document.id, day, str(document.publisher), frozenset(), tuple(sentences)))
    return texts, _pairs(truth["copies"])


def invented(count: int, seed: int = 7) -> tuple[list[Text], Pairs]:
    """Return `count` documents, a tenth of which are copies, and the pairs of these."""
    choose = random.Random(seed)
    words = [f"w{number:x}" for number in range(20_000)]

    def sentence() -> str:
        return " ".join(choose.choices(words, k=choose.randint(12, 28)))

    everyday = [sentence() for _ in range(40)]
    stories: list[list[str]] = []
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(count):
        if number > count // 10 and choose.random() < 0.1:
            origin = choose.randrange(number)
            kept = stories[origin]
            least = max(2, round(0.65 * len(kept)))
            cut = kept[: choose.randint(least, len(kept))]
            stories.append([sentence(), *(_edited(line, choose) for line in cut)])
            groups[origin].append(number)
        else:
            own = [sentence() for _ in range(choose.randint(8, 30))]
            stories.append([*own, *choose.sample(everyday, 2)])
    texts = [
        Text(f"d{number:06}", f"{number:08}", "", frozenset(), tuple(story))
        for number, story in enumerate(stories)
    ]
    # Copies of copies: those of one origin are one group.
    root = list(range(count))
    for origin, found in groups.items():
        for number in found:
            root[number] = origin
    for number in range(count):
        while root[root[number]] != root[number]:
            root[number] = root[root[number]]
    together: defaultdict[int, list[str]] = defaultdict(list)
    for number in range(count):
        together[root[number]].append(texts[number].iri)
    return texts, _pairs(together.values())


def _edited(line: str, choose: random.Random) -> str:
    if choose.random() < 0.8:
        return line
    words = line.split()
    words[choose.randrange(len(words))] = "edited"
    return " ".join(words)


def by_containment(texts: Sequence[Text]) -> Pairs:
    """Return the pairs of one origin as quoth finds them."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for copy, origin in copies(texts).items():
        groups[origin].append(copy)
    return _pairs([origin, *found] for origin, found in groups.items())


def by_minhash(threshold: float) -> Callable[[Sequence[Text]], Pairs]:
    """Return what finds the pairs whose estimated similarity is at least `threshold`."""

    def find(texts: Sequence[Text]) -> Pairs:
        from datasketch import MinHash, MinHashLSH

        index, signatures = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), {}
        for text in texts:
            found = shingles(text.claims)
            if len(found) < FEWEST:
                continue
            signature = MinHash(num_perm=PERMUTATIONS)
            signature.update_batch([number.to_bytes(4, "little") for number in sorted(found)])
            signatures[text.iri] = signature
            index.insert(text.iri, signature)
        return {
            frozenset((iri, other))
            for iri, signature in signatures.items()
            for other in index.query(signature)
            if other != iri and signature.jaccard(signatures[other]) >= threshold
        }

    return find


def _pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def report(name: str, texts: Sequence[Text], truth: Pairs, find: Callable[..., Pairs]) -> None:
    """Print how well and how quickly `find` tells the copies among `texts`."""
    begun = time.process_time()
    found = find(texts)
    seconds = time.process_time() - begun
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<16} P {precision:6.1%}  R {recall:6.1%}  of {len(truth)} pairs"
        f"  {seconds:7.2f} s  peak {megabytes} MB",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    methods = {
        "containment": by_containment,
        **{f"MinHash {value}": by_minhash(value) for value in THRESHOLDS},
    }
    parser.add_argument("--only", choices=list(methods), help="for a peak of memory of its own")
    options = parser.parse_args()
    if options.only:
        methods = {options.only: methods[options.only]}
    for heading, (texts, truth) in {
        "archive": archive(),
        f"{options.documents} invented": invented(options.documents),
    }.items():
        print(heading)
        for name, find in methods.items():
            report(name, texts, truth, find)


if __name__ == "__main__":
    main()
