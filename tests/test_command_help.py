"""The command's help: every command, its examples, the reference, how quick it is."""

import re
import resource
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from commands import installed, quoth

ROOT = Path(__file__).parents[1]

COMMANDS = (
    *("demo", "extract", "build", "compare"),
    *("ask", "query", "explore", "serve", "export", "import", "stats", "validate", "remove"),
    *("link", "spark", "sources"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    for flag in ("--help", "-h"):
        shown = quoth(command, flag).out
        assert re.search(rf"Examples:\n    quoth {command} ", shown) or (
            f"| quoth {command}" in shown
        )
    options = re.findall(r"^  (-\S+.*)$", shown, re.MULTILINE)
    assert all(re.search(r"\s{2,}\S|^-", line) for line in options)


def test_the_help_lists_the_commands():
    listed = re.findall(r"^  (\w+)  +\S", quoth("--help").out.split("Commands:")[1], re.MULTILINE)
    assert tuple(listed) == COMMANDS


@pytest.mark.slow
def test_the_reference_is_what_the_program_says(capsysbinary):
    runpy.run_path(str(ROOT / "docs" / "cli_reference.py"), run_name="__main__")
    printed = capsysbinary.readouterr().out
    committed = (ROOT / "docs" / "cli.md").read_bytes()
    assert printed == committed, "docs/cli.md is out of date: make docs"


@pytest.mark.slow
def test_help_is_quick_and_loads_nothing_heavy():
    def cpu_seconds():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        installed("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cpu_seconds() for _ in range(3)) < 0.5
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from quoth.cli import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    modules = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in loaded.splitlines()}
    assert "typer" in modules
    assert not modules & {"spacy", "rdflib", "pyoxigraph", "pandas", "networkx", "numpy", "rich"}


def test_version():
    assert re.fullmatch(r"quoth \d+\.\d+\.\d+\S*\n", installed("--version").out)
