"""Runs the notebooks and stores what they show: ``python notebooks/execute.py [NAME …]``.

A notebook is written as Markdown (``NAME.md``, in which changes can be read), and ``NAME.ipynb`` is
made of it: the same cells, with what they show when they are run. Stored is nothing that the next
run would store otherwise: no times, no versions, no random ids.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import jupytext
import nbformat
from nbclient import NotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode

HERE = Path(__file__).parent
SECONDS = 180
"""What one cell may take."""
HEAVY = 200_000
"""Characters of HTML from which on an output is not stored: a page of `g.draw()` is 1.5 MB."""
LEFT_OUT = (
    "<p><em>(A page of its own, too large to be stored here: run the cell to see it.)</em></p>"
)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def sources() -> list[Path]:
    """Return the notebooks, as Markdown."""
    return sorted(path for path in HERE.glob("[0-9]-*.md"))


def executed(source: Path) -> NotebookNode:
    """Return the notebook of a Markdown file, run from top to bottom in its folder.

    Raises `nbclient.exceptions.CellExecutionError` where a cell fails.
    """
    notebook = jupytext.read(source)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(source.parent)}},
    )
    client.execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        cell.metadata = nbformat.from_dict({})
        for output in cell.get("outputs", ()):
            if len(output.get("data", {}).get("text/html", "")) > HEAVY:
                output.data = nbformat.from_dict({"text/html": LEFT_OUT})
    nbformat.validate(notebook)
    return notebook


def main() -> None:
    """Run and store all notebooks, or those named."""
    wanted = sys.argv[1:]
    for source in sources():
        if not wanted or source.stem in wanted:
            nbformat.write(executed(source), source.with_suffix(".ipynb"))
            print(source.with_suffix(".ipynb").name)


if __name__ == "__main__":
    main()
