"""What a graph asks of the place where its quads are: memory, a file, a folder or an endpoint.

Every backend shows its quads as an `rdflib.Dataset` and changes them in one step, whole or not
at all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from rdflib import Dataset, URIRef
from rdflib.store import Store
from rdflib.term import Node

from quoth.graph.terms import Quad
from quoth.graph.vocabulary import PREFIXES


def unseen() -> None:
    """Take no note of a step."""


class Backend(Protocol):
    """What `SourceGraph` asks of the place where its quads are."""

    dataset: Dataset
    """The quads for rdflib; its default graph is the union of all."""

    where: str
    """The place, for messages."""

    is_shared: bool
    """Whether others may write to it at the same time."""
    loads_aside: bool
    """Whether `match` may be asked while `load` goes on in another thread."""
    spare: Path | None
    """A folder for what can be made anew at any time, None where there is none."""

    def match(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches all."""

    def change(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Delete and insert in one step that happens whole or not at all."""

    def load(self, content: bytes, graphs: Iterable[URIRef]) -> None:
        """Insert many quads, N-Quads that stand in `graphs`, in one step.

        It happens whole or not at all.
        """

    def save(self, *, wait: bool = True) -> None:
        """Make sure that what was changed outlives the process.

        Unless it is to `wait`, what only makes reading quicker may go on beside what comes next.
        """

    def close(self, on_step: Callable[[], object] = unseen) -> None:
        """Let go of the place; `save` comes before. `on_step` is called after what takes long."""


def new_dataset(store: Store | None = None) -> Dataset:
    """Return a dataset over `store` (rdflib's in memory unless given) with quoth's prefixes."""
    dataset = Dataset(store="default" if store is None else store, default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset
