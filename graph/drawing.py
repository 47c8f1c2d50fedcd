"""The drawing of the network: a pyvis Network that shows itself on a page of its own.

pyvis keeps the nodes and edges; the page is ours, because pyvis's template loads scripts from
elsewhere and runs what stands in labels.
"""

from __future__ import annotations

import html
import math
import webbrowser
from collections import Counter, defaultdict
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyvis.network import Network  # type: ignore[import-untyped]  # ships no types
from rdflib import SKOS, URIRef

from quoth.extractors.values import Anonymity
from quoth.graph.appearance import ARROWS, DASHES, OUTLINES, SHAPES, look_of
from quoth.graph.errors import StoreError
from quoth.graph.evidence import evidence
from quoth.graph.layout import positions
from quoth.graph.network import by_attributions, most_quoted, network
from quoth.graph.rendering import counted, render, texts
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import networkx as nx
    from rdflib import Dataset

MOST_SOURCES = 300
"""How many sources a drawing shows: those with the most attributions."""

MOST_EDGES = 1000
"""How many edges between them it shows: those with the most attributions."""

CLAIMS_OF_A_SOURCE = 50
"""How many attributions of a source can be read on the page."""

CLAIMS_OF_AN_EDGE = 10
"""How many attributions behind an edge can be read there at least."""

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
    page. Nodes and edges may be changed or added as with pyvis. `title` stands at the head of
    the page, `summary` and `notes` beneath; `details` is what the page shows of the sources and
    their claims.
    """

    def __init__(
        self, *, title: str, summary: str, notes: list[str], details: dict[str, Any]
    ) -> None:
        super().__init__(directed=True, cdn_resources="in_line", height=f"{HEIGHT}px")
        self.options = deepcopy(_OPTIONS)
        self.title = title
        self.summary = summary
        self.notes = notes
        self.details = details

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """Return the page; the arguments are pyvis's and change nothing."""
        shown = {"nodes": self.nodes, "edges": self.edges, "options": self.options}
        return render(
            {**shown, **self.details}, title=self.title, summary=self.summary, notes=self.notes
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

    Of more than `MOST_SOURCES` sources those with the most attributions are drawn, and the page
    says so. Nodes have the IRI of the source as their id, `SourceType` as their ``group``, and a
    dashed outline where the source is not named.
    """
    whole = network(dataset)
    drawn = most_quoted(whole, nodes=MOST_SOURCES, edges=MOST_EDGES)
    claims = {
        iri for node in drawn.nodes.values() for iri in node["attributions"][:CLAIMS_OF_A_SOURCE]
    }
    for *_, edge in drawn.edges(data=True):
        claims.update(edge["attributions"][:CLAIMS_OF_AN_EDGE])
    entries, documents = evidence(dataset, claims)
    order = {entry["id"]: number for number, entry in enumerate(entries)}

    def shown(iris: Iterable[str]) -> list[int]:
        return sorted(order[iri] for iri in iris if iri in order)

    drawing = Drawing(
        title=title or texts()["title"],
        summary=_summary(whole),
        notes=_notes(whole, drawn),
        details={
            "sources": [
                {**_source(dataset, iri, node), "claims": shown(node["attributions"])}
                for iri, node in sorted(drawn.nodes.items(), key=by_attributions)
            ],
            "claims": entries,
            "documents": documents,
            "picture": texts()["picture"].format(
                nodes=counted("sources", len(drawn)), edges=counted("edges", drawn.size())
            ),
        },
    )
    _add_nodes(drawing, drawn)
    _add_edges(drawing, drawn, shown)
    return drawing


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


def _summary(whole: nx.MultiDiGraph[str]) -> str:
    speaking = [node for node in whole.nodes.values() if node["weight"]]
    if not speaking:
        return str(texts()["summary_empty"])
    unnamed = sum(node["anonymity"] != Anonymity.NAMED for node in speaking)
    return str(
        texts()["summary"].format(
            attributions=counted("attributions", whole.graph["attributions"]),
            sources=counted("sources", len(speaking)),
            unnamed=counted("unnamed", unnamed),
            documents=counted("documents", whole.graph["documents"]),
        )
    )


def _notes(whole: nx.MultiDiGraph[str], drawn: nx.MultiDiGraph[str]) -> list[str]:
    if len(drawn) == len(whole) and drawn.size() == whole.size():
        return []
    figures = {
        "drawn": len(drawn),
        "nodes": len(whole),
        "drawn_edges": drawn.size(),
        "edges": whole.size(),
    }
    return [texts()["limited"].format(**{name: f"{n:,}" for name, n in figures.items()})]


def _source(dataset: Dataset, iri: str, node: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page's list and panel say of a source."""

    def names(predicate: URIRef, of: Iterable[str]) -> list[str]:
        return sorted({str(name) for o in of for name in dataset.objects(URIRef(o), predicate)})

    told = ("label", "type", "anonymity", "weight", "committed", "rejecting")
    return {
        "id": iri,
        **{name: node[name] for name in (*told, "uncommitted", "unknown")},
        "documents": len(node["documents"]),
        "aliases": [name for name in names(SKOS.altLabel, [iri]) if name != node["label"]],
        "affiliations": names(SKOS.prefLabel, names(SAID.affiliation, [iri])),
    }


def _add_nodes(drawing: Drawing, drawn: nx.MultiDiGraph[str]) -> None:
    most = max((node["weight"] for node in drawn.nodes.values()), default=0)
    looks = {
        iri: look_of(node["label"], node["weight"], most=most) for iri, node in drawn.nodes.items()
    }
    places = positions(drawn, {iri: look.box for iri, look in looks.items()})
    for iri, node in drawn.nodes.items():
        look = looks[iri]
        x, y = places[iri]
        drawing.add_node(
            iri,
            label=look.label,
            shape=SHAPES[node["type"]],
            group=node["type"],
            anonymity=node["anonymity"],
            size=look.size,
            font={"size": look.font},
            x=x,
            y=round(y - look.box[1] / 2 + look.size),
            shapeProperties={"borderDashes": OUTLINES[node["anonymity"]]},
        )


def _add_edges(
    drawing: Drawing, drawn: nx.MultiDiGraph[str], shown: Callable[[Iterable[str]], list[int]]
) -> None:
    between = Counter(frozenset(edge) for edge in drawn.edges())
    before: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, (origin, target, edge) in enumerate(drawn.edges(data=True)):
        # Edges between the same two bend apart, those of the other direction to the other side.
        bend = 0.16 * (1 + before[origin, target])
        before[origin, target] += 1
        alone = between[frozenset((origin, target))] == 1
        drawing.add_edge(
            origin,
            target,
            id=f"edge-{number}",
            kind=edge["kind"],
            weight=edge["weight"],
            claims=shown(edge["attributions"]),
            width=round(2 + math.log2(edge["weight"]), 1),
            dashes=DASHES.get(edge["kind"], False),
            arrows={"to": ARROWS[edge["kind"]]},
            smooth=False if alone else {"type": "curvedCW", "roundness": round(bend, 2)},
        )
