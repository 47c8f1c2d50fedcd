"""``quoth demo``: the bundled articles, all the way."""

import csv
import re
import subprocess

import pytest
from commands import QUOTH, installed, quoth


def rows(text):
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.slow
def test_the_demo_goes_all_the_way_and_gives_the_same_again(tmp_path):
    demo = ("demo", "-o", "demo", "--extractor", "rules")
    first = installed(*demo, cwd=tmp_path)
    files = {path: path.read_bytes() for path in (tmp_path / "demo").rglob("*") if path.is_file()}
    names = {path.relative_to(tmp_path / "demo").parts[0] for path in files}
    assert names == {"articles", "news.trig", "explore.html"}
    commands = re.findall(r"^  (quoth query .*)$", first.out, re.MULTILINE)
    assert len(commands) == 3
    asked = subprocess.run(
        commands[0].replace("quoth", QUOTH, 1),
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(rows(asked.stdout)) > 0
    assert quoth(*demo, cwd=tmp_path).out == first.out
    assert {path: path.read_bytes() for path in files} == files
