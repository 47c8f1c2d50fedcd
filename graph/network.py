"""The who-said-what network: which source tells, mentions, relays, denies or confirms which other.

The graph is read one property at a time and joined in Python, which takes time in proportion to
its size on rdflib's own store and on Oxigraph alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx
from rdflib import RDF, SKOS, Dataset, URIRef

from quoth.extractors.values import Anonymity, SourceType, Stance
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class EdgeKind(StrEnum):
    """How an edge leads from a source to another."""

    TOLD = "told"
    TALKS_ABOUT = "talks about"
    RELAYS = "relays"
    DENIES = "denies"
    DISPUTES = "disputes"
    CONFIRMS = "confirms"


_RESPONSES = {
    EdgeKind.DENIES: SAID.denies,
    EdgeKind.DISPUTES: SAID.disputes,
    EdgeKind.CONFIRMS: SAID.confirms,
}


_CANONICAL = URIRef(f"{SAID}canonical")


class _Edge(NamedTuple):
    origin: str
    target: str
    kind: EdgeKind


def network(dataset: Dataset) -> nx.MultiDiGraph[str]:
    """Return the network of the sources in `dataset`, whose default graph is the union.

    Sentences in the document's own voice are left out. Every source that something is attributed
    to, that is told something or that a claim mentions is a node; its id is its IRI, as a plain
    string. An edge's key is its `EdgeKind`, so two sources have at most one edge of a kind in each
    direction:

    ========== ===============================================================================
    told       the source said it to the other
    talks about a claim of the source mentions the other
    relays     the source reports what the other says (the other's attribution is nested in it)
    denies     the source denies, disputes or confirms a claim of the other
    disputes
    confirms
    ========== ===============================================================================

    Sources merged across documents (``said:canonical``) are one node.

    Nodes and edges carry the same account of the attributions behind them, those *by* the node
    or by the edge's origin: ``weight`` (how many), ``attributions`` (their IRIs, a sorted tuple)
    and one count for each `Stance` (``committed``, ``rejecting``, ``uncommitted``, ``unknown``;
    they sum to the weight). A node has besides ``label`` (its IRI where the graph has none),
    ``type`` (a `SourceType`), ``anonymity`` (an `Anonymity`) and ``documents`` (the IRIs of the
    documents it speaks in, a sorted tuple); an edge has besides ``kind``. The graph itself has
    ``attributions`` and ``documents``: how many there are in all.

    Nodes stand in the order of their IRIs, edges in that of their ends and kinds, so the same
    content gives the same order.
    """
    columns = _Columns(dataset)
    edges: defaultdict[_Edge, set[str]] = defaultdict(set)
    for edge, attribution in _edges(columns):
        edges[edge].add(attribution)
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for attribution, sources in columns.sources.items():
        for source in sources:
            spoken[source].add(attribution)
    ends = {end for edge in edges for end in (edge.origin, edge.target)}
    documents = columns.of(SAID.inDocument, among=columns.sources)

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        attributions=len(columns.sources),
        documents=len(set().union(*documents.values())),
    )
    describe = _Describer(columns)
    for node in sorted(ends | set(spoken)):
        own = spoken.get(node, set())
        places = set().union(*(documents.get(attribution, set()) for attribution in own))
        graph.add_node(
            node, **describe(node), **columns.account(own), documents=tuple(sorted(places))
        )
    for edge in sorted(edges):
        graph.add_edge(
            edge.origin,
            edge.target,
            key=edge.kind.value,
            kind=edge.kind.value,
            **columns.account(edges[edge]),
        )
    return graph


def by_attributions(item: tuple[str, Mapping[str, Any]]) -> tuple[int, str, str]:
    """Return what to sort an (IRI, attributes) pair of a node by: most attributions first."""
    iri, node = item
    return -node["weight"], node["label"], iri


def most_quoted(network: nx.MultiDiGraph[str], *, nodes: int, edges: int) -> nx.MultiDiGraph[str]:
    """Return the part of `network` with the most attributions, in the same order.

    It has at most `nodes` nodes and, of the edges between these, at most `edges`.
    """
    kept = {iri for iri, _ in sorted(network.nodes.items(), key=by_attributions)[:nodes]}
    between = [
        (origin, target, edge)
        for origin, target, edge in network.edges(data=True)
        if origin in kept and target in kept
    ]
    between.sort(key=lambda edge: -edge[2]["weight"])
    heaviest = {(origin, target, edge["kind"]) for origin, target, edge in between[:edges]}
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network.graph)
    part.add_nodes_from((iri, node) for iri, node in network.nodes.items() if iri in kept)
    for origin, target, kind in sorted(heaviest):
        part.add_edge(origin, target, key=kind, **network.edges[origin, target, kind])
    return part


class _Columns:
    """The properties of attributions, each as a mapping from subject to objects."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        attributions = {str(iri) for iri in dataset.subjects(RDF.type, SAID.Attribution)}
        self._merged_into = {name: min(others) for name, others in self.of(_CANONICAL).items()}
        self.sources = self.merged(self.of(SAID.source, among=attributions))
        stances = self.of(SAID.stance, among=attributions)
        self._stances = {a: _value(Stance, names) for a, names in stances.items()}

    def of(
        self, predicate: URIRef, among: Iterable[str] | None = None
    ) -> defaultdict[str, set[str]]:
        """Return the objects of `predicate` by subject; of the subjects in `among` alone."""
        wanted = None if among is None else frozenset(among)
        column: defaultdict[str, set[str]] = defaultdict(set)
        for subject, object_ in self.dataset.subject_objects(predicate):
            if wanted is None or str(subject) in wanted:
                column[str(subject)].add(str(object_))
        return column

    def merged(self, column: dict[str, set[str]]) -> defaultdict[str, set[str]]:
        """Return `column` with the sources in it that were merged into others as those."""
        return defaultdict(
            set,
            {
                subject: {self._merged_into.get(source, source) for source in sources}
                for subject, sources in column.items()
            },
        )

    def account(self, attributions: Iterable[str]) -> dict[str, object]:
        """Return what nodes and edges tell of the attributions behind them."""
        iris = tuple(sorted(attributions))
        counts = Counter(self._stances.get(iri, Stance.UNKNOWN) for iri in iris)
        return {
            "weight": len(iris),
            **{stance.value: counts[stance.value] for stance in Stance},
            "attributions": iris,
        }


def _edges(columns: _Columns) -> Iterator[tuple[_Edge, str]]:
    """Yield each edge with an attribution that it rests on, once for each such attribution."""
    sources = columns.sources
    claims = columns.of(SAID.claim, among=sources)
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    for attribution, said in claims.items():
        for claim in said:
            speakers[claim] |= sources[attribution]
    about = columns.merged(columns.of(SAID.about, among=speakers))
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for inner, outers in columns.of(SAID.nestedIn, among=sources).items():
        for outer in outers:
            inside[outer] |= sources[inner]

    targets: dict[EdgeKind, dict[str, set[str]]] = {
        EdgeKind.TOLD: columns.merged(columns.of(SAID.addressee, among=sources)),
        EdgeKind.TALKS_ABOUT: {a: _reached(said, about) for a, said in claims.items()},
        EdgeKind.RELAYS: inside,
    }
    for kind, predicate in _RESPONSES.items():
        answered = columns.of(predicate, among=sources)
        targets[kind] = {a: _reached(meant, speakers) for a, meant in answered.items()}
    for kind, reached in targets.items():
        for attribution, others in reached.items():
            for origin in sources.get(attribution, ()):
                for other in others:
                    yield _Edge(origin, other, kind), attribution


def _reached(starts: Iterable[str], onward: dict[str, set[str]]) -> set[str]:
    return set().union(*(onward.get(start, set()) for start in starts))


class _Describer:
    """Tells what a source is called, what kind it is and whether it is named."""

    def __init__(self, columns: _Columns) -> None:
        self._labels = columns.of(SKOS.prefLabel)
        self._anonymities = columns.of(SAID.anonymity)
        self._types: dict[str, str] = {}
        for type_ in SourceType:
            for source in columns.dataset.subjects(RDF.type, SAID[type_.value]):
                self._types.setdefault(str(source), type_.value)

    def __call__(self, source: str) -> dict[str, str]:
        return {
            "label": min(self._labels.get(source, ()), default=source),
            "type": self._types.get(source, SourceType.UNSPECIFIED.value),
            "anonymity": _value(Anonymity, self._anonymities.get(source, ())),
        }


def _value(values: type[Stance] | type[Anonymity], iris: Iterable[str]) -> str:
    """Return the first value that is among `iris`, else the last one, which says nothing."""
    named = {iri.rpartition("#")[2] for iri in iris}
    return next((value.value for value in values if value in named), list(values)[-1].value)
