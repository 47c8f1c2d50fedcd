"""Properties of a graph as columns: one scan of one property, as text, kept for the next use.

Networks and measures join columns in Python, which takes time in proportion to the graph's size on
rdflib's own store and on Oxigraph alike.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rdflib import RDF, URIRef

from quoth.graph.damage import FolderStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Dataset

Column = dict[str, tuple[str, ...]]
"""Subject to objects, each once and sorted: IRIs as text, literals as their words."""


class Columns:
    """The columns of `dataset`, whose default graph is the union; each is read once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._columns: dict[str, Column] = {}
        # One text for each IRI, however many columns it stands in: a third of the memory.
        self._one: dict[str, str] = {}
        self._instances: dict[str, frozenset[str]] = {}

    def __getitem__(self, predicate: str) -> Column:
        """Return the objects of `predicate` by subject."""
        if predicate not in self._columns:
            self._columns[predicate] = self._gathered(self._scan(predicate))
        return self._columns[predicate]

    def of(self, class_: str, predicate: str) -> Column:
        """Return the objects of `predicate` for what is of the class `class_`.

        Quicker than the whole column where most subjects are of other classes, as there are many
        more spans in a document than attributions.
        """
        key = f"{class_} {predicate}"
        if key not in self._columns:
            self._columns[key] = self._gathered(self._scan(predicate, of=class_))
        return self._columns[key]

    def instances(self, class_: str) -> frozenset[str]:
        """Return what is of the class `class_`."""
        if class_ not in self._instances:
            one = self._one.setdefault
            self._instances[class_] = frozenset(
                one(subject, subject) for subject, _ in self._scan(str(RDF.type), class_)
            )
        return self._instances[class_]

    def _scan(
        self, predicate: str, object_: str | None = None, *, of: str | None = None
    ) -> Iterator[tuple[str, str]]:
        store = self._dataset.store
        if isinstance(store, FolderStore):
            yield from store.scan(predicate, object_, of=of)
            return
        members = None if of is None else self.instances(of)
        wanted = None if object_ is None else URIRef(object_)
        for subject, _, found in self._dataset.triples((None, URIRef(predicate), wanted)):
            if members is None or str(subject) in members:
                yield str(subject), str(found)

    def _gathered(self, pairs: Iterable[tuple[str, str]]) -> Column:
        one = self._one.setdefault
        found: defaultdict[str, set[str]] = defaultdict(set)
        for subject, object_ in pairs:
            found[one(subject, subject)].add(one(object_, object_))
        return {subject: tuple(sorted(objects)) for subject, objects in found.items()}
