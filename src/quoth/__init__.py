"""Who said what, to whom, when, on whose word: a source-attribution knowledge graph for news.

::

    import quoth

    document = quoth.read("article.txt")  # or quoth.Document(text=…, date=…, publisher=…)
    for attribution in quoth.extract(document):
        print(attribution.source, attribution.cue, attribution.claim)

    with quoth.open("news.quoth") as graph:
        graph.add(document)
        print(graph.ask("who-said", source="Edda Thorvane").to_pandas())

Names are imported when they are first used, so that ``import quoth`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.api import extract
    from quoth.api import open_graph as open  # noqa: A004 - read as `quoth.open`, never bare
    from quoth.extractors.collection import read_collection
    from quoth.extractors.reading import ReadingError, read, read_all
    from quoth.extractors.records import (
        Attribution,
        Claim,
        Document,
        Extraction,
        Mention,
        Source,
        Span,
    )
    from quoth.graph.catalogue import list_queries
    from quoth.graph.errors import GraphError
    from quoth.graph.results import Result
    from quoth.graph.source_graph import SourceGraph

__version__ = "0.1.0"

__all__ = [
    "Attribution",
    "Claim",
    "Document",
    "Extraction",
    "GraphError",
    "Mention",
    "ReadingError",
    "Result",
    "Source",
    "SourceGraph",
    "Span",
    "__version__",
    "extract",
    "list_queries",
    "open",
    "read",
    "read_all",
    "read_collection",
]

_HOMES = {
    "Attribution": "quoth.extractors.records",
    "Claim": "quoth.extractors.records",
    "Document": "quoth.extractors.records",
    "Extraction": "quoth.extractors.records",
    "GraphError": "quoth.graph.errors",
    "Mention": "quoth.extractors.records",
    "ReadingError": "quoth.extractors.reading",
    "Result": "quoth.graph.results",
    "Source": "quoth.extractors.records",
    "SourceGraph": "quoth.graph.source_graph",
    "Span": "quoth.extractors.records",
    "extract": "quoth.api",
    "list_queries": "quoth.graph.catalogue",
    "open": "quoth.api",
    "read": "quoth.extractors.reading",
    "read_all": "quoth.extractors.reading",
    "read_collection": "quoth.extractors.collection",
}

# Type checkers read the imports above, and flag a name that is in neither.
if not TYPE_CHECKING:

    def __getattr__(name):
        """Import a public name from its home (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(_HOMES[name]), "open_graph" if name == "open" else name)
        globals()[name] = found
        return found

    def __dir__():
        """List the public names, imported or not."""
        return sorted(__all__)
