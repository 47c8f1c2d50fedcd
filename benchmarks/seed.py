"""Meaning on the seed article: ``python benchmarks/seed.py [SEED_FOLDER]``.

Compares the attributions of the article with ``gold.json``: of those found (their content overlaps
the gold's more than any other's), how often canonical source, class, anonymity, stance, addressee,
medium, time, nesting and links are right. Prints what is wrong.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quoth.extractors.pipeline import DEFAULT, load
from quoth.extractors.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.records import Attribution, Extraction

SEED = Path(__file__).parents[2] / "shared" / "seed"
SAME = 0.5
"""Overlap (Dice) from which on two contents are the same."""
Record = dict[str, Any]
Judged = tuple[str, object, object, bool]
"""A part, what the gold has, what was found, whether that is right."""


def simple(name: str) -> str:
    """Return a name without article, case and punctuation at its end."""
    return re.sub(r"^(the|a|an) ", "", " ".join(name.lower().split())).strip(" .,;–—-’'\"”")


def overlap(attribution: Attribution, gold: Record) -> float:
    """Return the share of characters that the contents have in common (Dice)."""
    ours = {i for span in attribution.content for i in range(span.begin, span.end)}
    theirs = {i for begin, end in gold["content"] for i in range(begin, end)}
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0


def align(extraction: Extraction, golds: list[Record]) -> dict[str, Attribution]:
    """Return for each gold attribution that was found the one that it is, one to one."""
    pairs = sorted(
        ((overlap(a, g), number, g["id"]) for number, a in enumerate(extraction) for g in golds),
        key=lambda pair: -pair[0],
    )
    found: dict[str, Attribution] = {}
    taken: set[int] = set()
    attributions = extraction.attributions
    for share, number, name in pairs:
        if share >= SAME and number not in taken and name not in found:
            found[name] = attributions[number]
            taken.add(number)
    return found


def same_source(attribution: Attribution, gold: Record) -> bool:
    """Whether the canonical source is the gold's, under one of its names."""
    wanted = simple(gold["canonical_source"])
    names = {simple(n) for s in attribution.sources for n in (s.label, *s.aliases)}
    return wanted in names or any(wanted.startswith(f"{name} ") for name in names if " " in name)


def judge(
    extraction: Extraction, golds: list[Record]
) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return how many of each part are asked for, how many are right, and what is wrong."""
    found = align(extraction, golds)
    keys = {a.key: name for name, a in found.items()}
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for gold in golds:
        a = found.get(gold["id"])
        judged = [("found", gold["content_text"], None, a is not None)]
        if a is not None:
            judged += [*_who(a, gold), *_plain(a, gold), *_circumstances(a, gold)]
            judged += _relations(a, gold, keys)
        for part, wanted, got, good in judged:
            asked[part] += 1
            right[part] += good
            if not good:
                wrong.append(f"{gold['id']:4} {part}: wanted {wanted!r}, got {got!r}")
    return asked, right, wrong


def _who(a: Attribution, gold: Record) -> Iterator[Judged]:
    yield "source", gold["canonical_source"], a.source.label, same_source(a, gold)
    wanted = (gold["source_class"], gold["anonymity"])
    got = (a.source.type.value, a.source.anonymity.value)
    yield "class and anonymity", wanted, got, wanted == got


def _plain(a: Attribution, gold: Record) -> Iterator[Judged]:
    values = {
        "stance": a.stance,
        "speech_act": a.speech_act,
        "certainty": a.claim and a.claim.certainty,
        "claim_polarity": a.claim and a.claim.polarity,
        "role": a.mention and a.mention.described_as,
        "time": a.time and a.time.edtf,
    }
    for part, got in values.items():
        if gold.get(part):
            yield part, gold[part], got, got == gold[part]


def _circumstances(a: Attribution, gold: Record) -> Iterator[Judged]:
    if gold.get("addressee"):
        got = a.addressee_mention and a.addressee_mention.span.text
        good = got is not None and simple(gold["addressee"]).startswith(simple(got))
        yield "addressee", gold["addressee"], got, good
    if gold.get("medium"):
        got = a.channel and a.channel.span.text
        yield "medium", gold["medium"], got, got is not None and gold["medium"] in got


def _relations(a: Attribution, gold: Record, keys: dict[str, str]) -> Iterator[Judged]:
    if gold.get("nested_in"):
        got = keys.get(a.nested_in or "")
        yield "chain", gold["nested_in"], got, got == gold["nested_in"]
    links = [(link.type.value, keys.get(link.target or "")) for link in a.links]
    for kind, targets in (gold.get("links") or {}).items():
        if isinstance(targets, list):
            good = any((kind, target) in links for target in targets)
        else:
            good = any(kind == found for found, _ in links)
        yield "links", (kind, targets), links, good


def judge_file(path: Path, extractor: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return what `judge` does for the gold file of an article that lies beside it."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    (extraction,) = load(extractor).extract([read(path.parent / gold["document"])])
    return judge(extraction, gold["attributions"])


def figures(path: Path, extractor: str) -> dict[str, float]:
    """Return how many of each part are right, which the gate watches."""
    asked, right, _ = judge_file(path, extractor)
    return {part: float(right[part]) for part in asked}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=Path, nargs="?", default=SEED)
    parser.add_argument("--extractor", default=DEFAULT)
    arguments = parser.parse_args()
    asked, right, wrong = judge_file(arguments.seed / "gold.json", arguments.extractor)
    for part in asked:
        print(f"{part:22} {right[part]:2} of {asked[part]}")
    print("\n".join(wrong))


if __name__ == "__main__":
    main()
