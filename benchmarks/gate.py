"""The evaluation gate: ``python benchmarks/gate.py`` fails when accuracy has fallen.

``floors.json`` holds, for every corpus, its file, its sha256, which benchmark measures it
(``accuracy``: F1 of the relations in per cent; the others say themselves what their figures are)
and the lowest value that each figure may have. Corpora lie beside the project (``--corpora``) or in
it; one that is missing is passed over with a message, one whose fingerprint differs fails.
``--raise`` lifts the floors to what is measured and takes up new figures;
``--lower CORPUS --because "…"`` is the only way down, and the reason is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path
from typing import Any

import dates
import factuality
import nesting
import seed
import speakers
import subjects
from accuracy import gold_of, predict, scorer

ROOT = Path(__file__).parents[1]
FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.3
"""How far a floor lies below what was measured: other processors round other bits."""
BENCHMARKS = {
    "dates": dates.figures,
    "factuality": factuality.figures,
    "nesting": nesting.figures,
    "seed": seed.figures,
    "speakers": speakers.figures,
    "subjects": subjects.figures,
}
Floors = dict[str, dict[str, Any]]


def measure(path: Path, entry: dict[str, Any]) -> dict[str, float]:
    """Return the figures of a corpus's benchmark, rounded down to one decimal."""
    if entry["benchmark"] != "accuracy":
        found = BENCHMARKS[entry["benchmark"]](path, entry["extractor"])
    else:
        gold = gold_of(path)
        predictions = predict(path, entry["extractor"], outermost=entry["outermost"])
        relations = scorer().score(gold, predictions)["relations"]
        found = {name: 100 * value["f1"] for name, value in relations.items()}
    return {name: math.floor(10 * value) / 10 for name, value in found.items()}


def find(entry: dict[str, Any], corpora: Path) -> Path | None:
    """Return the corpus file, None when it is nowhere."""
    places = (ROOT / entry["file"], corpora / entry["file"])
    return next((place for place in places if place.exists()), None)


def floors_of(measured: dict[str, float]) -> dict[str, float]:
    """Return the floors that a measurement sets."""
    return {figure: round(value - MARGIN, 1) for figure, value in measured.items()}


def check(name: str, entry: dict[str, Any], measured: dict[str, float]) -> list[str]:
    """Return what has fallen below its floor, a line each."""
    return [
        f"{name}: {figure} {measured[figure]:.1f} is below its floor {floor:.1f}"
        for figure, floor in entry["floors"].items()
        if measured[figure] < floor
    ]


def main() -> int:
    """Run the command line; 0 when nothing fell, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--raise", dest="lift", action="store_true")
    parser.add_argument("--lower", metavar="CORPUS")
    parser.add_argument("--because", metavar="REASON")
    arguments = parser.parse_args()
    if arguments.lower and not arguments.because:
        parser.error("--lower needs a reason: --because '…'")
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    failures = []
    try:
        scorer()
    except FileNotFoundError as error:
        print(f"gate: skipped, {error}")
        return 0
    for name, entry in floors.items():
        path = find(entry, arguments.corpora)
        if path is None:
            print(f"{name}: skipped, no {entry['file']}")
            continue
        fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
        if fingerprint != entry["sha256"]:
            failures.append(f"{name}: {path.name} is not the corpus that the floors were set on")
            continue
        measured = measure(path, entry)
        print(name, "  ".join(f"{figure} {value:.1f}" for figure, value in measured.items()))
        if arguments.lower == name:
            entry["floors"] = floors_of(measured)
            entry.setdefault("lowered", []).append(arguments.because)
        fallen = check(name, entry, measured)
        failures += fallen
        if arguments.lift and not fallen:
            lifted = floors_of(measured)
            entry["floors"] = {k: max(v, entry["floors"].get(k, v)) for k, v in lifted.items()}
    if arguments.lift or arguments.lower:
        text = json.dumps(floors, indent=2, ensure_ascii=False)
        FLOORS.write_text(text + "\n", encoding="utf-8")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
