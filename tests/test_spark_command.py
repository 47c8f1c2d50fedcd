"""``quoth spark``, as it is installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from spark_run import QUICK_START, needs_java

pytestmark = [
    pytest.mark.slow,  # it starts Java
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
]


@needs_java
def test_the_command(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Edda Thorvane said it would rain."}\n')
    command = [str(Path(sys.executable).with_name("quoth")), "spark"]

    def run(*words):
        return subprocess.run(
            [*command, *words],
            cwd=tmp_path,
            env={**os.environ, "JAVA_TOOL_OPTIONS": QUICK_START},
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("a.jsonl", "-o", "graph", "--extractor", "rules", "--shards", "1", "--no-links")
    assert done.returncode == 0, done.stderr
    assert "graph: 1 documents in 1 parts (0 there already), 1 attributions" in done.stderr
    assert b"Edda Thorvane" in (tmp_path / "graph" / "quads" / "shard-00000.nq").read_bytes()
    failed = run("nowhere.parquet", "-o", "other")
    assert failed.returncode == 1
    assert failed.stderr == "quoth: nowhere.parquet: no such file or folder\n"
