"""The choice of extractor, the minimum of confidence and the comparison, through the command."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TEXT = (
    "The harbour wall at Norvik will reopen on Friday, minister Ada Holm said on Monday.\n\n"
    "Divers want the wall to be inspected again, and plan to strike.\n\n"
    "According to two officials, the divers were never paid."
)


def quoth(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("quoth")), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wall.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["model", "rules"])
def test_the_extractor_is_the_one_that_was_named(folder: Path, name: str) -> None:
    found = quoth("extract", "wall.txt", "--extractor", name, "-f", "jsonl", folder=folder)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["extractor"]["name"] == name


def test_an_extractor_that_there_is_not_is_told(folder: Path) -> None:
    found = quoth("extract", "wall.txt", "--extractor", "oracle", folder=folder)
    assert found.returncode == 2
    assert "oracle" in found.stderr
    assert "rules" in found.stderr
    assert "Traceback" not in found.stderr


def table(*arguments: str, folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(quoth(*arguments, folder=folder).stdout)))


def test_a_minimum_of_confidence_leaves_out_the_rest(folder: Path) -> None:
    everything = table("extract", "wall.txt", "-f", "csv", folder=folder)
    most = max(row["confidence"] for row in everything)
    sure = table("extract", "wall.txt", "-f", "csv", "--min-confidence", most, folder=folder)
    assert [row["confidence"] for row in sure] == [most]
    assert len(sure) < len(everything)
    refused = quoth("extract", "wall.txt", "--min-confidence", "2", folder=folder)
    assert refused.returncode == 2


def test_confidence_is_in_the_graph(folder: Path) -> None:
    built = quoth("build", "wall.txt", "-g", "g.trig", "--min-confidence", "0.7", folder=folder)
    assert built.returncode == 0, built.stderr
    asked = quoth(
        "query", "SELECT ?c { ?a said:confidence ?c }", "-g", "g.trig", "-f", "csv", folder=folder
    )
    values = [float(line) for line in asked.stdout.split()[1:]]
    assert values
    assert min(values) >= 0.7


def test_differences_are_shown_and_counted(folder: Path) -> None:
    found = quoth("compare", "wall.txt", "--all", folder=folder)
    assert found.returncode == 0, found.stderr
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert {"found by", "source (model)", "source (rules)", "at", "claim"} <= set(rows[0])
    (said,) = (row for row in rows if row["cue"] == "said")
    assert said["found by"] == "both"
    assert said["source (model)"] == "minister Ada Holm"
    assert "alike" in found.stderr
    assert len(table("compare", "wall.txt", folder=folder)) < len(rows)
