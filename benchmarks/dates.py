"""Values of date expressions: ``python benchmarks/dates.py GOLD.jsonl …``.

Each expression that the annotators marked and gave a value (GUM: ``when`` or ``from``/``to``;
MEANTIME: TIMEX3 ``value``) is read against the document's date and judged right when the value is
the same. «found» judges quoth end to end: the expression has to be found in the text. `dateparser`
reads the same words, with the document's date as its base and the past preferred.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import dateparser

from quoth.extractors.components.times import direction
from quoth.extractors.dates.expressions import find_dates, read_date
from quoth.extractors.pipeline import rules
from quoth.extractors.tree import Tree

DAY = timedelta(days=1)
WEEKDAY = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
DAY_VALUE = re.compile(r"\d{4}-\d\d-\d\d")
VALUE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
SYSTEMS = ("quoth", "quoth, found", "dateparser")
Record = dict[str, Any]


def value_of(timex: Record) -> str | None:
    """Return the gold value in EDTF, None when it is not a calendar date (a duration, a time)."""
    value = timex.get("when") or timex.get("value") or ""
    if timex.get("type", "DATE") != "DATE":
        return None
    if week := WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        first = monday + 5 * DAY if week[3] else monday
        return f"{first}/{monday + 6 * DAY}"
    ends = timex.get("from", ""), timex.get("to", "")
    if not value and all(DAY_VALUE.fullmatch(end) for end in ends):
        return "/".join(ends)
    return value if VALUE.fullmatch(value) else None


def kind_of(timex: Record, value: str) -> str:
    """Return the row of the table that an expression belongs to."""
    if DAY_VALUE.fullmatch(value) and re.search(r"\d{4}|\d/\d+/\d", timex["text"]):
        return "full date"
    if WEEKDAY.search(timex["text"]):
        return "weekday"
    return "interval" if "/" in value else {4: "year", 7: "month"}.get(len(value), "other day")


def edtf(first: date, last: date, written: str) -> str:
    """Return what the gold would write for a value that EDTF can say in a shorter way."""
    return written if VALUE.fullmatch(written) else f"{first}/{last}"


def judge(document: Record, counts: Counter[tuple[str, str]]) -> None:
    """Count for each kind of expression the gold values and those that are right."""
    text, anchor = document["text"], date_of(document)
    doc = rules().make_doc(text)
    for name, pipe in rules().pipeline:
        doc = pipe(doc) if not name.startswith("quoth_") or name == "quoth_paragraphs" else doc
    tree = Tree(doc)
    found = {(e.begin, e.end): e for e in find_dates(text)}
    for timex in document["timex"]:
        gold = value_of(timex)
        if gold is None or timex.get("dct"):
            continue
        kind = kind_of(timex, gold)
        begin, end = timex["span"][0]
        span = doc.char_span(begin, end, alignment_mode="expand")
        side = direction(tree, (span.start, span.end))
        rows = [kind, "all", *(["full date + weekday"] if kind in ("full date", "weekday") else [])]
        for row in rows:
            counts[row, "gold"] += 1
        overlapping = [e for (b, e_), e in found.items() if b < end and begin < e_]
        for system, expression in (
            ("quoth", read_date(text[begin:end]) or next(iter(find_dates(text[begin:end])), None)),
            ("quoth, found", next(iter(overlapping), None)),
        ):
            value = expression.value(anchor, side) if expression else None
            if value and edtf(value.first, value.last, value.edtf) == gold:
                for row in rows:
                    counts[row, system] += 1
        if _dateparser(text[begin:end], anchor, gold):
            for row in rows:
                counts[row, "dateparser"] += 1


def _dateparser(words: str, anchor: date | None, gold: str) -> bool:
    base = datetime(anchor.year, anchor.month, anchor.day) if anchor else datetime(1, 1, 1)  # noqa: DTZ001
    value = dateparser.parse(
        words, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    )
    return value is not None and value.date().isoformat()[: len(gold)] == gold


def date_of(document: Record) -> date | None:
    """Return the date of a document, else the one that its annotators marked as such."""
    marked = (t["value"] for t in document["timex"] if t.get("dct"))
    return _date(document["meta"].get("date") or next(marked, None))


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value and DAY_VALUE.fullmatch(value) else None


def counts_of(path: Path) -> Counter[tuple[str, str]]:
    """Return, for every row and system, how many values are right; ``gold`` counts them all."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        judge(json.loads(line), counts)
    return counts


def figures(path: Path, extractor: str) -> dict[str, float]:
    """Return the shares, in per cent, that the gate watches; no extractor is asked."""
    counts = counts_of(path)
    rows = {"full date + weekday": "quoth", "all": "quoth"}
    shares = {row: 100 * counts[row, s] / counts[row, "gold"] for row, s in rows.items()}
    return shares | {"found": 100 * counts["all", "quoth, found"] / counts["all", "gold"]}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    for path in parser.parse_args().gold:
        counts = counts_of(path)
        print(path.name)
        for row in sorted({row for row, _ in counts}):
            total = counts[row, "gold"]
            figures = (f"{s} {100 * counts[row, s] / total:5.1f}" for s in SYSTEMS)
            print(f"  {row:20} {total:4}  {'   '.join(figures)}")


if __name__ == "__main__":
    main()
