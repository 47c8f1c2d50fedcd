"""The notebooks run from top to bottom, and show what is stored of them."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))

from execute import HEAVY, LEFT_OUT, executed, sources  # noqa: E402

SOURCES = sources()
each = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)


def stored(source: Path) -> nbformat.NotebookNode:
    return nbformat.read(source.with_suffix(".ipynb"), as_version=4)


def shown(notebook: nbformat.NotebookNode) -> list[Any]:
    """Return the cells with what they show: text as it is, of pictures that there is one."""
    cells = json.loads(nbformat.writes(notebook))["cells"]
    for cell in cells:
        for output in cell.get("outputs", ()):
            for kind in output.get("data", {}):
                if kind.startswith("image/"):
                    output["data"][kind] = "a picture"
    return cells


def test_there_are_four() -> None:
    assert [path.stem[2:] for path in SOURCES] == [
        "who-speaks-in-one-article",
        "unnamed-sources-across-outlets",
        "a-claims-life",
        "how-good-is-it",
    ]
    assert {path.name for path in NOTEBOOKS.glob("*.ipynb")} == {
        path.with_suffix(".ipynb").name for path in SOURCES
    }


@each
def test_text_and_notebook_are_one(source: Path) -> None:
    text = [(cell.cell_type, cell.source) for cell in jupytext.read(source).cells]
    assert text == [(cell.cell_type, cell.source) for cell in stored(source).cells]


@each
def test_what_is_stored_is_whole_and_light(source: Path) -> None:
    cells = [cell for cell in stored(source).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [o for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    text = source.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert len(text) < 3 * HEAVY
    assert not re.search(r"/home/|/root/|/tmp/|/usr/|/work/|[A-Z]:\\\\", text)


def test_the_page_is_drawn_and_not_stored() -> None:
    cells = stored(SOURCES[0]).cells
    (drawn,) = [cell for cell in cells if cell.cell_type == "code" and "g.draw()" in cell.source]
    assert drawn.outputs[0].data == {"text/html": LEFT_OUT}


@pytest.mark.slow
@each
def test_it_shows_what_is_stored(source: Path) -> None:
    assert shown(executed(source)) == shown(stored(source))
