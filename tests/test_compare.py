"""The choice of extractor, the minimum of confidence and the comparison, through the command."""

import csv
import io
import json
from pathlib import Path

import pytest
from commands import quoth

# A language model is loaded.
pytestmark = pytest.mark.slow


TEXT = (
    "The harbour wall at Norvik will reopen on Friday, minister Ada Holm said on Monday.\n\n"
    "Divers want the wall to be inspected again, and plan to strike.\n\n"
    "According to two officials, the divers were never paid."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wall.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["model", "rules"])
def test_the_extractor_is_the_one_that_was_named(folder: Path, name: str) -> None:
    found = quoth("extract", "wall.txt", "--extractor", name, "-f", "jsonl", cwd=folder)
    assert json.loads(found.out)["extractor"]["name"] == name


def test_an_extractor_that_there_is_not_is_told(folder: Path) -> None:
    found = quoth("extract", "wall.txt", "--extractor", "oracle", status=2, cwd=folder)
    assert "oracle" in found.err
    assert "rules" in found.err


def table(*arguments: str, cwd: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(quoth(*arguments, cwd=cwd).out)))


def test_a_minimum_of_confidence_leaves_out_the_rest(folder: Path) -> None:
    everything = table("extract", "wall.txt", "-f", "csv", cwd=folder)
    most = max(row["confidence"] for row in everything)
    sure = table("extract", "wall.txt", "-f", "csv", "--min-confidence", most, cwd=folder)
    assert [row["confidence"] for row in sure] == [most]
    assert len(sure) < len(everything)
    quoth("extract", "wall.txt", "--min-confidence", "2", status=2, cwd=folder)


def test_confidence_is_in_the_graph(folder: Path) -> None:
    quoth("build", "wall.txt", "-g", "g.trig", "--min-confidence", "0.7", cwd=folder)
    asked = quoth(
        "query", "SELECT ?c { ?a said:confidence ?c }", "-g", "g.trig", "-f", "csv", cwd=folder
    )
    values = [float(line) for line in asked.out.split()[1:]]
    assert values
    assert min(values) >= 0.7


def test_differences_are_shown_and_counted(folder: Path) -> None:
    found = quoth("compare", "wall.txt", "--all", cwd=folder)
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert {"found by", "source (model)", "source (rules)", "at", "claim"} <= set(rows[0])
    (said,) = (row for row in rows if row["cue"] == "said")
    assert said["found by"] == "both"
    assert said["source (model)"] == "minister Ada Holm"
    assert "alike" in found.err
    assert len(table("compare", "wall.txt", cwd=folder)) < len(rows)
