"""What is installed: the packages that exist, their data, and nothing under another name."""

import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "setuptools"
]
FOLDERS = {package: ROOT / folder for package, folder in SETUPTOOLS["package-dir"].items()}


def packages_in(package, folder):
    """Return the packages in `folder`: every folder with an ``__init__.py``."""
    return {
        ".".join([package, *init.parent.relative_to(folder).parts])
        for init in folder.rglob("__init__.py")
    }


def package_files():
    """Return every file of the packages, by the name that it has in the wheel."""
    return {
        "/".join([*package.split("."), path.relative_to(folder).as_posix()]): path
        for package, folder in FOLDERS.items()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_the_packages_listed_are_those_that_exist():
    existing = set().union(*(packages_in(*item) for item in FOLDERS.items()))
    assert sorted(SETUPTOOLS["packages"]) == sorted(existing)


def test_every_data_file_is_listed():
    patterns = [
        "/".join([*package.split("."), pattern])
        for package, listed in SETUPTOOLS["package-data"].items()
        for pattern in listed
    ]
    data = [name for name in package_files() if not name.endswith(".py")]
    assert [name for name in data if not any(fnmatch(name, p) for p in patterns)] == []
    assert [p for p in patterns if not any(fnmatch(name, p) for name in data)] == []


def test_the_versions_are_pinned():
    listed = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in listed if not line.startswith("#")]
    assert all(line.count("==") == 1 for line in pins)
    pinned = {_normal(line.split("==")[0]) for line in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = project["dependencies"] + extras["dev"] + extras["spark"]
    assert {_normal(name.split(">")[0]) for name in needed} <= pinned


def _normal(name):
    return name.lower().replace("_", "-")


@pytest.mark.slow
def test_the_wheel_holds_quoth_whole_and_nothing_else(tmp_path):
    # Built by the interpreter that runs the tests, from a copy: setuptools leaves its traces
    # where it builds.
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    for folder in FOLDERS.values():
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                copy = source / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    made = subprocess.run(
        [*build, "--wheel-dir", str(tmp_path), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    (wheel,) = tmp_path.glob("quoth-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    metadata = {name for name in names if name.split("/")[0].endswith(".dist-info")}
    assert names - metadata == set(package_files())
    assert any(name.endswith("/LICENSE") for name in metadata)
