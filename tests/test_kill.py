"""A build that is killed late leaves a graph that opens, and whole documents."""

import subprocess
import sys
from pathlib import Path

import pytest

KILL = Path(__file__).parents[1] / "benchmarks" / "kill.py"


@pytest.mark.slow
def test_killed_builds_leave_whole_documents() -> None:
    done = subprocess.run(
        [sys.executable, str(KILL), "--kills", "1", "--documents", "12", "--seed", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 kills within")
