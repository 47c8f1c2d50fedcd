"""Whom the subjects of claims mean: ``python benchmarks/subjects.py gum-coref.jsonl``.

For every proposition whose subject is resolved to a source: right where the annotators' chain of
the subject holds a name that is the source's, or else the source's first mention (GUM; its news and
interviews, which took no part in the fitting). Subjects that have no chain are counted apart.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accuracy import gold_of
from speakers import same

from quoth.extractors.pipeline import DEFAULT, load
from quoth.extractors.records import Document

if TYPE_CHECKING:
    from quoth.extractors.records import Proposition, Source, Span

GENRES = ("news", "interview")
PRONOUNS = frozenset(("i", "we", "he", "she", "they"))
Record = dict[str, Any]


def chain_in(record: Record, begin: int, end: int) -> int | None:
    """Return the number of the chain whose widest mention lies between the offsets."""
    widest: tuple[int, int] | None = None
    for number, chain in enumerate(record["coref"]):
        for mention in chain["mentions"]:
            first, last = mention["span"]
            if begin <= first and last <= end:
                widest = max(widest or (0, 0), (last - first, number))
    return widest[1] if widest else None


def form_of(subject: Span) -> str:
    """Return the row of a subject: pronoun or other."""
    return "pronoun" if subject.text.lower() in PRONOUNS else "name or description"


def count(
    record: Record, proposition: Proposition, source: Source, counts: Counter[tuple[str, str]]
) -> None:
    """Count a proposition's subject, which is said to be `source`, as right or wrong."""
    said = proposition.subject
    assert said is not None
    begin, end = map(int, source.key.split("-"))
    chain = chain_in(record, said.begin, said.end)
    if chain is None:
        verdict = "no chain"
    else:
        mentions = record["coref"][chain]["mentions"]
        names = [record["text"][slice(*m["span"])] for m in mentions if m["prop"] == "PROPN"]
        right = same([source.label, *source.aliases], names) or chain == chain_in(
            record, begin, end
        )
        verdict = "right" if right else "wrong"
    for row in (form_of(said), "all"):
        counts[row, verdict] += 1


def judge(path: Path, extractor: str) -> tuple[int, Counter[tuple[str, str]]]:
    """Return how many subjects stand in claims, and of each row how many are right or wrong."""
    records = [r for r in gold_of(path) if r["meta"]["genre"] in GENRES]
    documents = (Document(text=r["text"], id=r["id"]) for r in records)
    counts: Counter[tuple[str, str]] = Counter()
    subjects = 0
    for record, extraction in zip(records, load(extractor).extract(documents), strict=True):
        sources = {source.key: source for source in extraction.sources}
        for claim in (a.claim for a in extraction if a.claim):
            for proposition in claim.propositions:
                said = proposition.subject
                # What stands outside the claim is the source's own mention.
                if said is None or not any(s.begin <= said.begin < s.end for s in claim.spans):
                    continue
                subjects += 1
                if proposition.subject_source is not None:
                    count(record, proposition, sources[proposition.subject_source], counts)
    return subjects, counts


def figures(path: Path, extractor: str) -> dict[str, float]:
    """Return the share, in per cent, of resolved subjects that are right."""
    _, counts = judge(path, extractor)
    right, wrong = counts["all", "right"], counts["all", "wrong"]
    return {"right": 100 * right / (right + wrong)}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--extractor", default=DEFAULT)
    arguments = parser.parse_args()
    subjects, counts = judge(arguments.gold, arguments.extractor)
    print(f"{subjects} subjects in claims")
    for row in sorted({row for row, _ in counts}):
        right, wrong, none = (counts[row, v] for v in ("right", "wrong", "no chain"))
        print(
            f"{row:20} {right + wrong + none:4} resolved   {right + wrong:4} judged   "
            f"right {100 * right / max(1, right + wrong):5.1f}"
        )


if __name__ == "__main__":
    main()
