"""Attributions to answers and pictures: the RDF graph, its queries and its drawing.

`open_graph` opens a `SourceGraph`; `quads` maps an extraction to RDF and `extraction` maps it
back; `list_queries` names the questions; `validate` checks a dataset against the vocabulary's
shapes. Everything is imported when it is first used, because rdflib takes its time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from quoth.graph.errors import AliasError, GraphError, QueryError, RecordError, StoreError

if TYPE_CHECKING:
    from quoth.graph.catalogue import list_queries
    from quoth.graph.mapping import quads
    from quoth.graph.reconstruction import extraction
    from quoth.graph.results import Result
    from quoth.graph.source_graph import SourceGraph
    from quoth.graph.store import open_graph
    from quoth.graph.validation import validate

__all__ = [
    "AliasError",
    "GraphError",
    "QueryError",
    "RecordError",
    "Result",
    "SourceGraph",
    "StoreError",
    "extraction",
    "list_queries",
    "open_graph",
    "quads",
    "validate",
]

_HOMES = {
    "Result": "results",
    "SourceGraph": "source_graph",
    "extraction": "reconstruction",
    "list_queries": "catalogue",
    "open_graph": "store",
    "quads": "mapping",
    "validate": "validation",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
