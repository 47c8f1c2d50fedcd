"""The plan of the house holds: arrows run one way, and the repository stands by itself."""

import ast
import gc
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECORDS = {"quoth.extractors.records", "quoth.extractors.values"}
PARTS = {"quoth.extractors.document", "quoth.extractors.claim"}
PRINTABLE = "quoth.extractors.printable"
SHOWN = [f"quoth.extractors.{name}" for name in ("markup", "terminal", "marks")]


def _parsed(path: Path) -> ast.Module:
    """Parse a file while nothing is collected: CPython 3.11 loses count of its depth otherwise."""
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.enable()


def imports(path):
    """Return the names of the modules that the file at `path` imports, anywhere in it."""
    names = set()
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def imported(folder):
    return [(path, name) for path in (ROOT / folder).rglob("*.py") for name in imports(path)]


def starts(name, *packages):
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_extractors_know_no_rdf():
    above = ("quoth.graph", "quoth.cli", "rdflib", "pyoxigraph", "oxrdflib", "pyvis", "networkx")
    assert [f"{p}: {name}" for p, name in imported("extractors") if starts(name, *above)] == []


def test_the_graph_knows_the_records_and_no_spacy():
    wrong = [
        f"{path}: {name}"
        for path, name in imported("graph")
        if starts(name, "spacy", "quoth.cli")
        or (starts(name, "quoth.extractors") and not starts(name, *RECORDS, PRINTABLE))
    ]
    assert wrong == []


def test_the_records_know_nothing_but_python_and_how_they_are_shown():
    shown = ("values.py", "markup.py", "terminal.py", "marks.py")
    for name in ("records.py", "document.py", "claim.py", *shown):
        outside = [
            module
            for module in imports(ROOT / "extractors" / name)
            if starts(module, "quoth") and not starts(module, *RECORDS, *PARTS, PRINTABLE, *SHOWN)
        ]
        assert outside == []


def test_no_component_reaches_into_another():
    components = ROOT / "extractors" / "components"
    wrong = [
        f"{path.name}: {name}"
        for path in components.glob("*.py")
        if path.name not in {"__init__.py", "factories.py"}
        for name in imports(path)
        if starts(name, "quoth.extractors.components")
    ]
    assert wrong == []


def tracked():
    """Return the files of the repository, or skip where it is no checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip(f"not a git checkout: {listed.stderr.strip()}")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_place_on_one_machine():
    place = re.compile(rb"(?<![\w.:/<])/(?:home|root|Users|work|opt|private)/\w")
    found = [
        f"{path}: {match[0].decode()}"
        for path in tracked()
        if path.is_file()
        and not path.name.endswith(".min.js")  # others' code
        and (match := place.search(path.read_bytes()))
    ]
    assert found == []


def test_every_link_between_documents_leads_somewhere():
    link = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
    broken = [
        f"{path.name}: {target}"
        for path in tracked()
        if path.suffix == ".md"
        for target in link.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_scripts_that_are_run_can_be_run():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    steps = script.read_text(encoding="utf-8").splitlines()
    assert steps[-2:] == ["make test", "make gate"]
