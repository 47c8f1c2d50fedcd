"""What a graph offers for the analysis of its sources: tables, facts, networks, measures, page.

And answers that are too long for a list.
"""

from __future__ import annotations

from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Protocol, overload

from quoth.graph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    import networkx as nx
    import pandas as pd
    from rdflib import Dataset

    from quoth.graph.drawing import Drawing, Options
    from quoth.graph.facts import Facts, Where
    from quoth.graph.results import LongAnswer, Result
    from quoth.graph.source_measures import Measures


class HasDataset(Protocol):
    """Whatever holds quads for rdflib, whose default graph is the union."""

    @property
    def dataset(self) -> Dataset:
        """The quads."""


_COUNTS = """
SELECT (COUNT(DISTINCT ?document) AS ?documents) (COUNT(?attribution) AS ?attributions) WHERE {
  { ?document a said:Document } UNION { ?attribution a said:Attribution }
}"""


class Analysis:
    """Tables, networks and measures of the attributions in a dataset.

    For networks and measures `where` may choose among these: since and until (days), outlet and
    copies, as in `quoth.graph.facts.Where`. Each of their calls reads the graph anew; many are
    quicker made of the `facts` of one.
    """

    @contextmanager
    def ask_row_by_row(
        self: HasDataset, name: str, /, **parameters: object
    ) -> Iterator[Result | LongAnswer]:
        """Answer a named question as `ask`, for rows that are gone through once, within the block.

        A long answer of a large folder is then no list in memory.
        """
        from quoth.graph.catalogue import named_query
        from quoth.graph.questions import answer_row_by_row

        query = named_query(name)
        with answer_row_by_row(self.dataset, query, query.bindings(parameters)) as found:
            yield found

    def attributions(self: HasDataset, *, copies: bool = True) -> pd.DataFrame:
        """Return the attributions as a table; see `quoth.graph.frames.attributions`."""
        from quoth.graph import frames

        return frames.attributions(self.dataset, copies=copies)

    def sources(self: HasDataset, *, copies: bool = True) -> pd.DataFrame:
        """Return the sources as a table; see `quoth.graph.frames.sources`."""
        from quoth.graph import frames

        return frames.sources(self.dataset, copies=copies)

    def claims(self: HasDataset) -> pd.DataFrame:
        """Return the claims as a table; see `quoth.graph.frames.claims`."""
        from quoth.graph import frames

        return frames.claims(self.dataset)

    def documents(self: HasDataset) -> pd.DataFrame:
        """Return the documents as a table; see `quoth.graph.frames.documents`."""
        from quoth.graph import frames

        return frames.documents(self.dataset)

    @overload
    def network(self: HasDataset, **where: Unpack[Where]) -> nx.MultiDiGraph[str]: ...

    @overload
    def network(self: HasDataset, kind: str, **where: Unpack[Where]) -> nx.Graph[str]: ...

    def network(self: HasDataset, kind: str = "sources", **where: Unpack[Where]) -> nx.Graph[str]:
        """Return who said what of whom, or a network of another kind, for networkx.

        `kind` is a `quoth.graph.networks.NetworkKind`. See `quoth.graph.networks.network_of`,
        which says what nodes and edges carry.
        """
        from quoth.graph.facts import read_facts
        from quoth.graph.networks import network_of

        return network_of(read_facts(self.dataset).where(**where), kind)

    def measures(self: HasDataset, **where: Unpack[Where]) -> Measures:
        """Return measures of sources, outlets and claims, as tables.

        Documents that copy another one are left out unless ``copies=True`` is given.
        """
        from quoth.graph.facts import read_facts
        from quoth.graph.source_measures import Measures

        where.setdefault("copies", False)
        return Measures(read_facts(self.dataset).where(**where))

    def facts(self: HasDataset, **where: Unpack[Where]) -> Facts:
        """Return what networks and measures are made of."""
        from quoth.graph.facts import read_facts

        return read_facts(self.dataset).where(**where)

    def draw(self: HasDataset, **options: Unpack[Options]) -> Drawing:
        """Return the network as a picture that shows itself in a notebook.

        title, max_nodes, focus and query choose what is in it: see `quoth.graph.drawing.draw`.
        """
        from quoth.graph.drawing import draw

        return draw(self.dataset, **options)

    def _repr_html_(self: HasDataset) -> str:
        """Return what a notebook shows of a graph: where it is and how much it holds."""
        return f"<div><code>{escape(repr(self))}</code><br>{escape(_told(self))}</div>"

    def __rich__(self: HasDataset) -> str:
        """Return what ``rich.print`` shows of a graph, the same."""
        from rich.markup import escape as literal

        return literal(f"{self!r}\n{_told(self)}")


def _told(graph: HasDataset) -> str:
    """Return how much `graph` holds, in words."""
    from quoth.graph.execution import run

    try:
        counts = run(graph.dataset, _COUNTS).records()[0]
    except GraphError as error:  # a notebook would show a traceback
        return str(error)
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
