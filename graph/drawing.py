"""The drawing of the network: a pyvis Network that shows itself on a page of its own.

pyvis keeps the nodes and edges; the page is ours, because pyvis's template loads scripts from
elsewhere and runs what stands in labels.
"""

from __future__ import annotations

import html
import json
import webbrowser
from copy import deepcopy
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from pyvis.network import Network  # type: ignore[import-untyped]  # ships no types

from quoth.graph.appearance import LOOKS
from quoth.graph.errors import StoreError
from quoth.graph.facts import read_facts
from quoth.graph.one_attribution import QUERY
from quoth.graph.page_choice import choose
from quoth.graph.page_data import CORE, VERSION, PageData
from quoth.graph.page_index import PageIndex
from quoth.graph.page_picture import MOST_SOURCES, Picture
from quoth.graph.pyvis_picture import add_picture, changes_since, snapshot
from quoth.graph.rendering import counted, render, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from rdflib import Dataset

    from quoth.graph.facts import Facts
    from quoth.graph.page_choice import Choice

HEIGHT = 680
"""Pixels that the drawing takes in a notebook."""

_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "hideEdgesOnDrag": True, "hideEdgesOnZoom": True},
    "nodes": {"borderWidth": 2},
    "edges": {"arrowStrikethrough": False, "selectionWidth": 2},
}


class Options(TypedDict, total=False):
    """What `draw` may be told: which part of the graph, how many nodes, under which title."""

    title: str | None
    max_nodes: int
    focus: str | None
    query: str | None


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
        self.query: dict[str, int] = {}
        self.data = data
        self.picture = picture
        add_picture(self, picture)
        self._made = snapshot(self)

    def set_options(self, options: str) -> None:
        """Take vis-network's options from JSON, which may follow ``const options =``.

        Raises ValueError where it is none.
        """
        try:
            self.options = json.loads(options[options.find("{") :].strip().removesuffix(";"))
        except json.JSONDecodeError as error:
            raise ValueError(f"the options are no JSON: {error}") from None

    def core(self) -> dict[str, Any]:
        """Return the page's core, what was changed of the picture since it was made included."""
        return {
            "version": VERSION,
            "live": False,
            "title": self.title,
            "summary": self.summary,
            "notes": self.notes,
            "quoth": f"quoth {version('quoth')}",
            **self.data.columns,
            "sources": {**self.data.columns["sources"], **self.picture.columns()},
            "groups": self.picture.group_columns(),
            "query": self.query,
            "options": self.options,
            "looks": LOOKS,
            "sparql": QUERY,
            **changes_since(self._made, self),
            "texts": texts(),
        }

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """Return the page; the arguments are pyvis's and change nothing."""
        # One after another: packed they take a tenth of the memory.
        blocks = ((name, self.data.block(name)) for name in self.data.names())
        return self._render(chain([(CORE, self.core())], blocks))

    def live_html(self, blocks: str) -> str:
        """Return the page without its further blocks, which it fetches when it needs them.

        `blocks` is their address, with ``{name}`` in it.
        """
        core = {**self.core(), "live": True, "blocks": blocks}
        return self._render([(CORE, core)], live=True)

    def _render(self, blocks: Iterable[tuple[str, object]], *, live: bool = False) -> str:
        return render(blocks, title=self.title, summary=self.summary, notes=self.notes, live=live)

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
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads '
            'allow-modals" '
            f'style="width: 100%; height: {HEIGHT}px; border: 0" '
            f'srcdoc="{html.escape(self.generate_html())}"></iframe>'
        )


def draw(
    dataset: Dataset,
    *,
    title: str | None = None,
    max_nodes: int = MOST_SOURCES,
    focus: str | None = None,
    query: str | None = None,
) -> Drawing:
    """Return the network of the sources in `dataset`, whose default graph is the union.

    Nodes have the IRI of the source as their id, `SourceType` as their ``group``, and a dashed
    outline where the source is not named. Of many sources the `max_nodes` most quoted are nodes;
    the page has the others in groups. `focus`, a source, and `query`, SPARQL, choose a part of
    the graph; see `quoth.graph.page_choice.choose`, which raises QueryError.
    """
    facts = read_facts(dataset)
    choice = choose(dataset, facts, query=query, focus=focus)
    index = PageIndex(choice.facts, choice.documents)
    picture = Picture(index, max_nodes, focus=choice.focus)
    drawing = Drawing(PageData(dataset, index), picture, title=title)
    drawing.notes = _notes(choice, facts, query)
    drawing.query = {
        "max_nodes": max_nodes,
        **({"query": True} if query is not None else {}),
        **({"focus": index.source_numbers[choice.focus]} if choice.focus else {}),
    }
    return drawing


def page(dataset: Dataset, **options: Unpack[Options]) -> str:
    """Return the page of the network in `dataset` as HTML that needs no other file.

    The options are those of `draw`. The same content and options give the same page.
    """
    return draw(dataset, **options).generate_html()


def write_page(dataset: Dataset, path: str | Path, **options: Unpack[Options]) -> None:
    """Write the page of the network in `dataset` to `path`, in UTF-8.

    The options are those of `draw`. Raises StoreError when the file cannot be written.
    """
    draw(dataset, **options).write_html(path)


def _notes(choice: Choice, facts: Facts, query: str | None) -> list[str]:
    """Return what is said of a page that holds a part of the graph alone."""
    figures = {
        "attributions": f"{len(choice.facts.sources):,}",
        "all": counted("attributions", len(facts.sources)),
    }
    notes = []
    if query is not None:
        notes.append(str(texts()["only_query"]).format(**figures))
    if choice.focus is not None:
        source = facts.whole.label(choice.focus)
        notes.append(str(texts()["only_focus"]).format(source=source, **figures))
    return notes


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
