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
from typing import Any

from quoth.extractors.pipeline import DEFAULT, load
from quoth.extractors.reading import read
from quoth.extractors.records import Attribution, Extraction

SEED = Path(__file__).parents[2] / "shared" / "seed"
Record = dict[str, Any]


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
        if share >= 0.5 and number not in taken and name not in found:  # noqa: PLR2004
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

    def check(part: str, gold: Record, wanted: object, got: object, *, good: bool) -> None:
        asked[part] += 1
        right[part] += good
        if not good:
            wrong.append(f"{gold['id']:4} {part}: wanted {wanted!r}, got {got!r}")

    for gold in golds:
        a = found.get(gold["id"])
        check("found", gold, gold["content_text"], None, good=a is not None)
        if a is None:
            continue
        check("source", gold, gold["canonical_source"], a.source.label, good=same_source(a, gold))
        kind = (gold["source_class"], gold["anonymity"])
        ours = (a.source.type.value, a.source.anonymity.value)
        check("class and anonymity", gold, kind, ours, good=kind == ours)
        if gold.get("stance"):
            check("stance", gold, gold["stance"], a.stance.value, good=gold["stance"] == a.stance)
        if gold.get("speech_act"):
            good = gold["speech_act"] == a.speech_act
            check("speech act", gold, gold["speech_act"], a.speech_act.value, good=good)
        if gold.get("certainty"):
            got = a.claim and a.claim.certainty.value
            check("certainty", gold, gold["certainty"], got, good=got == gold["certainty"])
        if gold.get("claim_polarity"):
            got = a.claim and a.claim.polarity.value
            check("polarity", gold, gold["claim_polarity"], got, good=got == gold["claim_polarity"])
        if gold.get("role"):
            got = a.mention and a.mention.described_as
            check("role", gold, gold["role"], got, good=got == gold["role"])
        if gold.get("addressee"):
            names = {n for s in a.addressees for n in (s.label, *s.aliases)}
            span = a.addressee_mention and a.addressee_mention.span.text
            good = span is not None and simple(span).startswith(simple(gold["addressee"])[:12])
            check("addressee", gold, gold["addressee"], (span, names), good=good)
        if gold.get("medium"):
            got = a.channel and a.channel.span.text
            check("medium", gold, gold["medium"], got, good=bool(got) and gold["medium"] in got)
        if gold.get("time"):
            got = a.time and a.time.edtf
            check("time", gold, gold["time"], got, good=got == gold["time"])
        if gold.get("nested_in"):
            got = keys.get(a.nested_in or "")
            check("chain", gold, gold["nested_in"], got, good=got == gold["nested_in"])
        for link, targets in (gold.get("links") or {}).items():
            ours_ = [(ln.type.value, keys.get(ln.target or "")) for ln in a.links]
            if isinstance(targets, list):
                good = any((link, target) in ours_ for target in targets)
            else:
                good = any(kind == link for kind, _ in ours_)
            check("links", gold, (link, targets), ours_, good=good)
    return asked, right, wrong


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=Path, nargs="?", default=SEED)
    parser.add_argument("--extractor", default=DEFAULT)
    arguments = parser.parse_args()
    gold = json.loads((arguments.seed / "gold.json").read_text(encoding="utf-8"))
    document = read(arguments.seed / gold["document"])
    (extraction,) = load(arguments.extractor).extract([document])
    asked, right, wrong = judge(extraction, gold["attributions"])
    for part in asked:
        print(f"{part:22} {right[part]:2} of {asked[part]}")
    print("\n".join(wrong))


if __name__ == "__main__":
    main()
