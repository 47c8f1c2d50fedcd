"""A damaged folder, told as such: what Oxigraph says of one it cannot read, in a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Graph
from rdflib.query import Result
from rdflib.term import Identifier

from quoth.graph.errors import StoreError
from quoth.graph.kept_answers import KeptAnswers
from quoth.graph.kept_properties import KeptProperties
from quoth.graph.kept_tables import KeptTables
from quoth.graph.vocabulary import PREFIXES


@contextmanager
def damage_told(where: str) -> Iterator[None]:
    """Raise StoreError where the engine finds that the folder `where` does not hold together."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        # pyoxigraph has no exception of its own for this: a RuntimeError may be something else.
        if isinstance(error, RuntimeError) and "corrupt" not in str(error).lower():
            raise
        raise StoreError(
            f"{where}: the graph is damaged ({' '.join(str(error).split())}): "
            "restore it from a copy or build it anew"
        ) from error


class FolderStore(OxigraphStore):
    """The store of a folder for rdflib; reading one that is damaged raises StoreError.

    `tables`, `answers` and `properties` are those kept of it, None where its state may change.
    """

    def __init__(
        self,
        store: ox.Store,
        where: str,
        tables: KeptTables | None = None,
        answers: KeptAnswers | None = None,
        properties: KeptProperties | None = None,
    ) -> None:
        super().__init__(store=store)
        self._where = where
        self.tables = tables
        self.answers = answers
        self.properties = properties

    @contextmanager
    def reading(self) -> Iterator[ox.Store]:
        """Give pyoxigraph's store to read from; what shows it to be damaged is a StoreError."""
        with damage_told(self._where):
            yield self._inner  # closing lets go of it, and with it of the folder

    def csv(self, sparql: str) -> bytes:
        """Return the rows of a SELECT query over all graphs as CSV, as SPARQL 1.1 writes it."""
        with damage_told(self._where):
            found = self._inner.query(
                sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True
            )
            assert isinstance(found, ox.QuerySolutions)
            written = found.serialize(format=ox.QueryResultsFormat.CSV)
            assert written is not None
            return written

    def triples(self, triple_pattern: Any, context: Graph | None = None) -> Iterator[Any]:
        """Yield the triples that match, each with its graphs."""
        with damage_told(self._where):
            yield from super().triples(triple_pattern, context)

    def __len__(self, context: Graph | None = None) -> int:
        with damage_told(self._where):
            return super().__len__(context)

    def contexts(self, triple: Any = None) -> Any:
        """Yield the named graphs, or those that hold `triple`."""
        with damage_told(self._where):
            yield from super().contexts(triple)

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's name
        initBindings: Mapping[str, Identifier],  # noqa: N803 - rdflib's name
        queryGraph: str,  # noqa: N803 - rdflib's name
        **kwargs: object,
    ) -> Result:
        """Answer a query, read to its last row, since any row may be the damaged one."""
        with damage_told(self._where):
            result = super().query(query, initNs, initBindings, queryGraph, **kwargs)
            rows: Iterable[object] = result.bindings if result.type == "SELECT" else ()
            list(rows)
        return result

    def scan(
        self, predicate: str, object: str | None = None, *, of: str | None = None
    ) -> Iterator[tuple[str, str]]:
        """Yield subject and object of all triples with `predicate`, of every graph, as text.

        `object` is an IRI that they must have, `of` a class that their subjects must be of. They
        never become rdflib's terms, which takes most of the time that `triples` needs.
        """
        kind = "" if of is None else f"?s a <{of}> . "
        found = "?o" if object is None else f"<{object}> BIND(<{object}> AS ?o)"
        sparql = f"SELECT ?s ?o WHERE {{ {kind}?s <{predicate}> {found} }}"
        with damage_told(self._where):
            rows = self._inner.query(sparql, use_default_graph_as_union=True)
            assert isinstance(rows, ox.QuerySolutions)
            for subject, value in rows:
                if not (isinstance(subject, ox.Triple) or isinstance(value, ox.Triple)):
                    yield subject.value, value.value

    def rows(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a SELECT query over all graphs as text, quoth's prefixes bound.

        They never become rdflib's terms, which takes most of the time that `query` needs.
        """
        with damage_told(self._where):
            found = self._inner.query(
                sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True
            )
            assert isinstance(found, ox.QuerySolutions)
            for row in found:
                yield tuple("" if term is None else term.value for term in row)
