"""The drawing of the network: a pyvis Network that shows itself on a page of its own.

pyvis keeps the nodes and edges; the page is ours, because pyvis's template loads scripts from
elsewhere and runs what stands in labels.
"""

from __future__ import annotations

import html
import webbrowser
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyvis.network import Network  # type: ignore[import-untyped]  # ships no types

from quoth.graph.errors import StoreError
from quoth.graph.facts import read_facts
from quoth.graph.one_attribution import QUERY
from quoth.graph.page_data import CORE, VERSION, PageData
from quoth.graph.page_index import PageIndex
from quoth.graph.page_picture import Picture
from quoth.graph.pyvis_picture import add_picture, changes_since, snapshot
from quoth.graph.rendering import counted, render, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Dataset

HEIGHT = 680
"""Pixels that the drawing takes in a notebook."""

_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "hideEdgesOnDrag": True, "hideEdgesOnZoom": True},
    "nodes": {"borderWidth": 2},
    "edges": {"arrowStrikethrough": False, "selectionWidth": 2},
}


class Drawing(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis Network of sources, directed and laid out, with the evidence behind it.

    It shows itself in a notebook; `generate_html`, `write_html` and `save_graph` give quoth's
    page. Nodes and edges may be changed, added and taken out as with pyvis. `title` stands at the
    head of the page, `summary` and `notes` beneath; `data` is what the page shows besides.
    """

    def __init__(self, data: PageData, picture: Picture, *, title: str | None) -> None:
        super().__init__(directed=True, cdn_resources="in_line", height=f"{HEIGHT}px")
        self.options = deepcopy(_OPTIONS)
        self.title = title or str(texts()["title"])
        self.summary = summary(data.columns["totals"])
        self.notes: list[str] = []
        self.data = data
        self.picture = picture
        add_picture(self, picture)
        self._made = snapshot(self)

    def core(self, *, live: bool = False) -> dict[str, Any]:
        """Return the page's core, what was changed of the picture since it was made included."""
        return {
            "version": VERSION,
            "live": live,
            "title": self.title,
            "summary": self.summary,
            "notes": self.notes,
            "made": {"version": f"quoth {version('quoth')}", "note": ""},
            **self.data.columns,
            "sources": {**self.data.columns["sources"], **self.picture.columns()},
            "groups": self.picture.group_columns(),
            "options": self.options,
            "sparql": QUERY,
            **changes_since(self._made, self),
            "texts": texts(),
        }

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """Return the page; the arguments are pyvis's and change nothing."""
        blocks = {name: self.data.block(name) for name in self.data.names()}
        return render(
            {CORE: self.core(), **blocks}, title=self.title, summary=self.summary, notes=self.notes
        )

    def write_html(
        self,
        name: str | Path,
        local: bool = True,
        notebook: bool = False,
        open_browser: bool = False,
    ) -> None:
        """Write the page to the file `name`, in UTF-8, and open it where asked to.

        Raises StoreError when the file cannot be written.
        """
        path = Path(name)
        try:
            path.write_text(self.generate_html(), encoding="utf-8", newline="\n")
        except OSError as error:
            raise StoreError(
                f"{path}: the page cannot be written ({error.strerror}); "
                "give a file in a folder that exists and that you may write to"
            ) from error
        if open_browser:
            webbrowser.open(path.resolve().as_uri())

    def _repr_html_(self) -> str:
        """Return the page in a frame that keeps its scripts and styles from the notebook's."""
        return (
            f'<iframe title="{html.escape(self.title)}" '
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            f'style="width: 100%; height: {HEIGHT}px; border: 0" '
            f'srcdoc="{html.escape(self.generate_html())}"></iframe>'
        )


def draw(dataset: Dataset, *, title: str | None = None) -> Drawing:
    """Return the network of the sources in `dataset`, whose default graph is the union.

    Nodes have the IRI of the source as their id, `SourceType` as their ``group``, and a dashed
    outline where the source is not named. Of many sources the most quoted are nodes
    (`quoth.graph.page_picture`).
    """
    facts = read_facts(dataset)
    index = PageIndex(facts, facts.whole.documents)
    return Drawing(PageData(dataset, index), Picture(index), title=title)


def page(dataset: Dataset, *, title: str | None = None) -> str:
    """Return the page of the network in `dataset` as HTML that needs no other file.

    The same content and title give the same page.
    """
    return draw(dataset, title=title).generate_html()


def write_page(dataset: Dataset, path: str | Path, *, title: str | None = None) -> None:
    """Write the page of the network in `dataset` to `path`, in UTF-8.

    Raises StoreError when the file cannot be written.
    """
    draw(dataset, title=title).write_html(path)


def summary(totals: Mapping[str, int]) -> str:
    """Return in a sentence what a graph holds, whose counts are `totals`."""
    if not totals["attributions"]:
        return str(texts()["summary_empty"])
    return str(
        texts()["summary"].format(
            attributions=counted("attributions", totals["attributions"]),
            sources=counted("sources", totals["sources"]),
            unnamed=counted("unnamed", totals["unnamed_sources"] + totals["unspecified_sources"]),
            documents=counted("documents", totals["documents"]),
        )
    )
