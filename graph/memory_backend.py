"""Quads in rdflib's memory store."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rdflib import URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from quoth.graph.backends import new_dataset, unseen
from quoth.graph.packing import quads_of
from quoth.graph.terms import Quad

_DEFAULT_GRAPH_NAMES = (None, DATASET_DEFAULT_GRAPH_ID)


class MemoryBackend:
    """Quads in rdflib's memory store."""

    where = "memory"
    is_shared = False
    loads_aside = False
    spare: Path | None = None

    def __init__(self) -> None:
        self.dataset = new_dataset()

    def match(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches all."""
        context = None if graph is None else self.dataset.get_context(graph)
        for s, p, o, name in self.dataset.quads((subject, predicate, object, context)):
            yield s, p, o, None if name in _DEFAULT_GRAPH_NAMES else URIRef(str(name))

    def change(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Delete and insert in one step; an interruption half-way is undone."""
        try:
            self._apply(delete, insert)
        except BaseException:
            self._apply(insert, delete)
            raise

    def load(self, content: bytes, graphs: Iterable[URIRef]) -> None:
        """Insert many quads, N-Quads that stand in `graphs`, in one step."""
        self.change([], [*quads_of(content)])

    def _apply(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        graphs = {
            name: self.dataset.default_graph if name is None else self.dataset.graph(name)
            for name in {name for *_, name in (*delete, *insert)}
        }
        for s, p, o, name in delete:
            graphs[name].remove((s, p, o))
        self.dataset.addN((s, p, o, graphs[name]) for s, p, o, name in insert)
        for name, graph in graphs.items():
            if name is not None and len(graph) == 0:
                self.dataset.remove_graph(graph)

    def save(self, *, wait: bool = True) -> None:
        """Do nothing: memory ends with the process."""

    def close(self, on_step: Callable[[], object] = unseen) -> None:
        """Free the memory."""
        self.dataset.close()
