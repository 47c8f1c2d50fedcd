"""Accuracy of an extractor on gold files: ``python benchmarks/accuracy.py GOLD.jsonl …``.

The figures are those of the scorer that comes with the corpora (``--scorer score.py``), which says
what each means. A gold file that annotates the outermost relation alone (PolNeAR) is compared with
the attributions of depth 0 (``--outermost``). ``--predictions`` keeps what was compared.
``--group "^([a-z-]+)_"`` tells the figures by what the pattern finds in the documents' names, such
as the publisher.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from quoth.extractors.pipeline import DEFAULT, load
from quoth.extractors.records import Attribution, Document, Extraction

SCORER = Path(__file__).parents[2] / "shared" / "benchmark" / "score.py"
ROWS = ("content", "content+source")
LEFT_OUT = ("image_credit", "bibliography")
Record = dict[str, Any]


def gold_of(path: Path) -> list[Record]:
    """Return the documents of a gold file; relations marked as credits are left out."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    for document in documents:
        document["attributions"] = [
            a for a in document["attributions"] if not any(a.get(mark) for mark in LEFT_OUT)
        ]
    return documents


def spans_of(attribution: Attribution) -> Record:
    """Return source, cue and content as the scorer reads them."""
    mention, cue = attribution.mention, attribution.cue
    return {
        "source": [[mention.span.begin, mention.span.end]] if mention else [],
        "cue": [[cue.begin, cue.end]] if cue else [],
        "content": [[span.begin, span.end] for span in attribution.content],
    }


@cache
def extractions_of(path: Path, extractor: str) -> tuple[Extraction, ...]:
    """Return what an extractor finds in the texts of a gold file, kept for the next figure."""
    documents = (Document(text=record["text"], id=record["id"]) for record in gold_of(path))
    return tuple(load(extractor).extract(documents))


def predict(path: Path, extractor: str, *, outermost: bool) -> list[Record]:
    """Return what an extractor finds in the texts of a gold file, in the gold's format.

    Predictions inside a stretch that the annotators did not judge (``meta.unjudged``) are left out.
    """
    predictions = []
    for record, extraction in zip(gold_of(path), extractions_of(path, extractor), strict=True):
        unjudged = record.get("meta", {}).get("unjudged", [])
        found = [spans_of(a) for a in extraction if not (outermost and a.depth)]
        judged = [a for a in found if not _inside(a["content"], unjudged)]
        predictions.append({"id": record["id"], "attributions": judged})
    return predictions


def _inside(content: list[list[int]], stretches: list[list[int]]) -> bool:
    return bool(content) and any(
        begin <= content[0][0] and content[-1][1] <= end for begin, end in stretches
    )


def scorer(path: Path = SCORER) -> Any:
    """Load the scorer; raises FileNotFoundError when it is not there."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.exists():
        raise FileNotFoundError(f"no scorer at {path}: name it with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--extractor", default=DEFAULT)
    parser.add_argument("--outermost", action="store_true")
    parser.add_argument("--predictions", type=Path, help="folder for the predictions")
    parser.add_argument("--group", type=re.compile, help="pattern over the documents' names")
    arguments = parser.parse_args()
    score = scorer(arguments.scorer)
    for path in arguments.gold:
        gold = gold_of(path)
        predictions = predict(path, arguments.extractor, outermost=arguments.outermost)
        if arguments.predictions:
            arguments.predictions.mkdir(parents=True, exist_ok=True)
            lines = "".join(json.dumps(p) + "\n" for p in predictions)
            (arguments.predictions / path.name).write_text(lines, encoding="utf-8")
        print(f"{path.name}\n{score.report(score.score(gold, predictions))}\n")
        for name in sorted(groups := grouped(gold, arguments.group)):
            part = [p for p in predictions if p["id"] in groups[name]]
            known = [g for g in gold if g["id"] in groups[name]]
            relations = score.score(known, part)["relations"]
            figures = (f"{key} {100 * relations[key]['f1']:.1f}" for key in ROWS)
            print(f"{name:24} {len(known):4} documents  {'  '.join(figures)}")


def grouped(gold: list[Record], pattern: re.Pattern[str] | None) -> dict[str, set[str]]:
    """Return the names of the documents by what the pattern's first group finds in them."""
    groups: dict[str, set[str]] = {}
    for document in gold if pattern else ():
        found = pattern.search(document["id"]) if pattern else None
        groups.setdefault(found[1] if found else "other", set()).add(document["id"])
    return groups


if __name__ == "__main__":
    main()
