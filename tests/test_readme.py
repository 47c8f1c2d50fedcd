"""What the README shows can be pasted and works."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language, containing):
    """Return the code block of the README in `language` that holds `containing`."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (found,) = [text for text in blocks if containing in text]
    return found


@pytest.fixture
def folder(tmp_path):
    """Make a folder with the files that the README speaks of."""
    samples = ROOT / "src" / "quoth" / "samples"
    shutil.copy(samples / "03-minister-denial.txt", tmp_path / "article.txt")
    (tmp_path / "articles").mkdir()
    for path in sorted(samples.glob("0[13]-*.txt")):
        shutil.copy(path, tmp_path / "articles")
    row = {"body": (samples / "05-inquiry-hearing.txt").read_text(encoding="utf-8")}
    (tmp_path / "dump.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    return tmp_path


def run(arguments, folder):
    programs = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": os.pathsep.join([programs, os.environ["PATH"]])}
    done = subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are written for a shell")
def test_the_commands_run(folder):
    script = block("sh", "quoth extract")
    shown = run(["bash", "-euo", "pipefail", "-c", script], folder)
    assert "Isabel Ortega" in shown
    made = {path.name for path in folder.iterdir()}
    assert {"said.jsonl", "news.quoth", "explore.html"} <= made


@pytest.mark.slow
def test_the_python_runs(folder):
    script = block("python", "import quoth") + "    print(len(graph.ask('sources')))\n"
    *shown, sources = run([sys.executable, "-c", script], folder).splitlines()
    assert any("Isabel Ortega" in line for line in shown)
    assert int(sources) > 0


def test_the_commands_of_make_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        wanted = set(re.findall(r"^make (\w+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        assert wanted
        assert wanted <= targets
