"""Properties of many nodes read together, by one question each, and not node by node.

A store's own engine answers where there is one. It takes some microseconds for each value, so
that only those properties are asked for that a page shows.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.plugins.stores.memory import Memory

from quoth.graph.damage import FolderStore
from quoth.graph.execution import run
from quoth.graph.vocabulary import NIF, SAID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rdflib import Dataset

_WORDS = str(NIF.anchorOf)


class Nodes:
    """What `dataset` says of some nodes: the properties that were read, as text."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._values: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)

    def read(self, subjects: Iterable[str], predicates: Collection[str]) -> None:
        """Read these properties of nodes given by their IRIs, which were not read before."""
        wanted = sorted(set(subjects))
        if not wanted:
            return
        for subject, predicate, value in _read(self._dataset, wanted, predicates):
            values = self._values[subject].setdefault(predicate, [])
            if value not in values:
                values.append(value)
                values.sort()

    def all(self, subject: str, predicate: str) -> Sequence[str]:
        """Return the values of a property, each once and sorted."""
        found = self._values.get(subject)
        return () if found is None else found.get(predicate, ())

    def first(self, subject: str, predicate: str) -> str:
        """Return the first of them, an empty text where there is none."""
        found = self.all(subject, predicate)
        return found[0] if found else ""

    def every(self, subjects: Iterable[str], predicate: str) -> list[str]:
        """Return the values of a property of all these nodes."""
        return [value for subject in subjects for value in self.all(subject, predicate)]


def _read(
    dataset: Dataset, subjects: Sequence[str], predicates: Collection[str]
) -> Iterator[tuple[str, ...]]:
    if isinstance(dataset.store, Memory):
        return (
            (subject, predicate, str(value))
            for subject in subjects
            for predicate in predicates
            for value in dataset.objects(URIRef(subject), URIRef(predicate))
        )
    values = " ".join(URIRef(iri).n3() for iri in subjects)
    names = ", ".join(URIRef(iri).n3() for iri in predicates)
    where = f"VALUES ?s {{ {values} }} ?s ?p ?o FILTER(?p IN ({names}))"
    return _rows(dataset, f"SELECT ?s ?p ?o WHERE {{ {where} }}")


def sentences_in(dataset: Dataset, documents: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the sentences of all acts in these documents: their IRIs and their words."""
    iris = [URIRef(document) for document in documents]
    if isinstance(dataset.store, Memory):
        return (
            (str(sentence), str(words))
            for document in iris
            for act in dataset.subjects(SAID.inDocument, document)
            for sentence in dataset.objects(act, SAID.sentence)
            for words in dataset.objects(sentence, NIF.anchorOf)
        )
    values = " ".join(iri.n3() for iri in iris)
    where = (
        f"VALUES ?document {{ {values} }} ?act said:inDocument ?document ; said:sentence ?s ."
        " ?s nif:anchorOf ?o"
    )
    return _rows(dataset, f"SELECT ?s ?o WHERE {{ {where} }}")


def words_of(dataset: Dataset, spans: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield these spans with their words."""
    wanted = sorted(set(spans))
    if wanted:
        yield from ((iri, words) for iri, _, words in _read(dataset, wanted, [_WORDS]))


def claim_texts(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    """Yield every claim of the graph with its words."""
    if isinstance(dataset.store, Memory):
        return ((str(claim), str(text)) for claim, text in dataset.subject_objects(SAID.text))
    return _rows(dataset, "SELECT ?s ?o WHERE { ?s said:text ?o }")


def cue_words(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    """Yield every act of the graph that has a cue with the words of it."""
    if isinstance(dataset.store, Memory):
        return (
            (str(act), str(words))
            for act, cue in dataset.subject_objects(SAID.cue)
            for words in dataset.objects(cue, NIF.anchorOf)
        )
    return _rows(dataset, "SELECT ?s ?o WHERE { ?s said:cue ?cue . ?cue nif:anchorOf ?o }")


def _rows(dataset: Dataset, sparql: str) -> Iterator[tuple[str, ...]]:
    if isinstance(dataset.store, FolderStore):
        return dataset.store.rows(sparql)
    return (tuple(map(str, row)) for row in run(dataset, sparql))
