"""Everything that stands in some documents, read together.

One question for many documents, answered by the store's own engine where it has one: to ask for
each attribution by itself would take most of the time that a page takes.
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

Node = dict[str, list[str]]
"""Property to values, each once and sorted: IRIs as text, literals as their words."""

_WORDS = str(NIF.anchorOf)

_PATTERNS = (
    # Of a span its words are enough: its IRI holds the offsets.
    "?s said:inDocument ?document ; nif:anchorOf ?o BIND(nif:anchorOf AS ?p)",
    "?s said:inDocument ?document ; a said:Attribution ; ?p ?o",
    "?s said:inDocument ?document ; a said:Claim ; ?p ?o",
    "?s said:inDocument ?document ; a said:Mention ; ?p ?o",
    "?s said:inDocument ?document ; a said:OwnVoice ; said:sentence ?o BIND(said:sentence AS ?p)",
    "?claim said:inDocument ?document ; said:proposition ?s . ?s ?p ?o",
)


class Nodes:
    """What a graph says of the spans, acts, claims and propositions in some documents."""

    def __init__(self, triples: Iterable[tuple[str, ...]]) -> None:
        found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, object_ in triples:
            found[subject][predicate].add(object_)
        self._nodes: dict[str, Node] = {
            subject: {predicate: sorted(objects) for predicate, objects in node.items()}
            for subject, node in found.items()
        }

    def all(self, subject: str, predicate: str) -> Sequence[str]:
        """Return the values of a property, sorted."""
        return self._nodes.get(subject, {}).get(predicate, ())

    def first(self, subject: str, predicate: str) -> str:
        """Return the first of them, an empty text where there is none."""
        return next(iter(self.all(subject, predicate)), "")

    def words(self, span: str) -> str:
        """Return the words of a span."""
        return self.first(span, _WORDS)

    def spans(self) -> Iterator[tuple[str, str]]:
        """Yield the spans in the documents with their words."""
        for iri, node in self._nodes.items():
            if words := node.get(_WORDS):
                yield iri, words[0]


def nodes_in(dataset: Dataset, documents: Sequence[str]) -> Nodes:
    """Return what `dataset` says of the nodes in these documents, given by their IRIs."""
    if isinstance(dataset.store, Memory):
        return Nodes(_from_memory(dataset, documents))
    return Nodes(_from_engine(dataset, documents))


def _from_engine(dataset: Dataset, documents: Sequence[str]) -> Iterator[tuple[str, ...]]:
    values = " ".join(URIRef(iri).n3() for iri in documents)
    for pattern in _PATTERNS:
        where = f"VALUES ?document {{ {values} }} {pattern}"
        yield from _rows(dataset, f"SELECT ?s ?p ?o WHERE {{ {where} }}")


def _from_memory(dataset: Dataset, documents: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for document in documents:
        for subject in set(dataset.subjects(SAID.inDocument, URIRef(document))):
            for _, predicate, object_ in dataset.triples((subject, None, None)):
                yield str(subject), str(predicate), str(object_)
                if predicate == SAID.proposition:
                    for _, name, value in dataset.triples((object_, None, None)):
                        yield str(object_), str(name), str(value)


def texts_of(dataset: Dataset, claims: Collection[str]) -> dict[str, str]:
    """Return the words of these claims, given by their IRIs, wherever they stand."""
    if isinstance(dataset.store, Memory):
        return {
            iri: text
            for iri in sorted(claims)
            for text in sorted(map(str, dataset.objects(URIRef(iri), SAID.text)))
        }
    values = " ".join(URIRef(iri).n3() for iri in sorted(claims))
    sparql = f"SELECT ?s ?o WHERE {{ VALUES ?s {{ {values} }} ?s said:text ?o }}"
    return {claim: text for claim, text, *_ in sorted(_rows(dataset, sparql))}


def claim_texts(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    """Yield every claim with its words."""
    if isinstance(dataset.store, Memory):
        return ((str(claim), str(text)) for claim, text in dataset.subject_objects(SAID.text))
    return _rows(dataset, "SELECT ?s ?o WHERE { ?s said:text ?o }")


def cue_words(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    """Yield every act that has a cue with the words of it."""
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
