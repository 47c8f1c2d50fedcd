"""A build that is killed leaves a graph that opens, and whole documents: a few of many kills."""

import subprocess
import sys
from pathlib import Path

import pytest

KILL = Path(__file__).parents[1] / "benchmarks" / "kill.py"


@pytest.mark.slow
def test_killed_builds_leave_whole_documents() -> None:
    done = subprocess.run(
        [sys.executable, str(KILL), "--kills", "2", "--documents", "20"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 kills within")
