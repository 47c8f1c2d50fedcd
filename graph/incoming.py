"""A file to be imported: its quads in the graphs they belong to, unless it is seen to be cut.

N-Quads that end after any line are valid, so a download that broke off may look like a file. But
documents name what they consist of, and exports are sorted: what is named and not described was
lost, and of a document whose last lines are missing so is the run that made its graph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import PROV, Literal

from quoth.graph.errors import StoreError
from quoth.graph.formats import parse_file
from quoth.graph.imports import document_graphs, into_graphs
from quoth.graph.nanopublications import into_quads, is_nanopublications
from quoth.graph.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quoth.graph.terms import Quad

_GRAPH = re.compile(re.escape(str(ID)) + r"graph-[0-9a-f]{20}-")
_PART = re.compile(
    re.escape(str(ID))
    + r"(?:(?:doc|att|own|claim|prop|local|voice)-[0-9a-f]{20}|(?:person|org|run|extractor)-)"
)
"""What is described wherever it is named in a document's graph or in what is said of its making."""
_ELSEWHERE = (PROV.wasRevisionOf, PROV.wasDerivedFrom)
"""Properties that name documents which another graph may hold, or none any more."""


def read_graphs(path: Path) -> list[Quad]:
    """Return the quads of the file at `path`, nanopublications as the graphs they were made of.

    Raises StoreError as `parse_file`, and where the file holds only a part of a document.
    """
    found = parse_file(path)
    if is_nanopublications(found):
        return into_quads(found)  # which may be published one by one
    found = into_graphs(found)
    if what := lost(found):
        raise StoreError(
            f"{path}: is not whole: {what}. It may have been cut; copy it again, or export it anew"
        )
    return found


def lost(quads: Sequence[Quad]) -> str:
    """Return what shows that lines are missing among `quads`, empty where nothing does."""
    described = {str(subject) for subject, *_ in quads}
    graphs = {str(graph) for graph in document_graphs(quads).values()}
    for subject, predicate, object_, graph in quads:
        name = str(graph)
        if _GRAPH.match(name) and name not in graphs:
            return f"nothing says which document the graph {name} is of"
        is_making = graph is not None and str(subject) in graphs
        if not (name in graphs or is_making) or isinstance(object_, Literal):
            continue
        if predicate in _ELSEWHERE:
            continue
        if str(object_) not in described and _PART.match(str(object_)):
            return f"{subject} names {object_}, of which it says nothing"
    return ""
