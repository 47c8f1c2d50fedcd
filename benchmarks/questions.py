"""How long each named question takes on a synthetic graph, beside pyoxigraph asked directly.

The graph is written in quads, not extracted: documents of twenty attributions, with the shares of
denials, nesting, unnamed sources, clusters, merged names and wire copies that an archive of news
might have. CPU seconds are the best of three runs, on a folder or with ``--memory``.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from quoth.graph import list_queries, open_graph
from quoth.graph.backends import Backend
from quoth.graph.catalogue import NamedQuery
from quoth.graph.damage import FolderStore
from quoth.graph.folder_backend import FolderBackend
from quoth.graph.memory_backend import MemoryBackend
from quoth.graph.source_graph import SourceGraph
from quoth.graph.terms import Quad, day, decimal, integer, plain, to_ox, to_ox_term
from quoth.graph.vocabulary import (
    ACT,
    ID,
    LINKS_GRAPH,
    NIF,
    PREFIXES,
    SAID,
    SOURCES_GRAPH,
    VAL,
)

A_DOCUMENT = 20
OUTLETS = 40
REPEATS = 3
ACTS = ("say", "say", "say", "say", "assert", "insist", "warn", "criticise", "confirm")
WORDS = ("harbour", "bridge", "ferry", "council", "budget", "inquiry", "water", "school", "storm")
ANSWERS = (SAID.denies, SAID.disputes, SAID.confirms, SAID.couldNotVerify)
VALUES = {"subject": "Person 7 Vance", "source": "Person 7 Vance", "outlet": "Outlet 7"}
"""Of the parameters that must be given; the person is one of the most quoted."""


class Synthetic:
    """A graph of `attributions` attributions; the same number gives the same graph."""

    def __init__(self, attributions: int) -> None:
        self.attributions = attributions
        self.draw = random.Random(20240206)
        self.people = max(20, attributions // 20)
        self.clusters = max(5, attributions // 20)
        self.quads: list[Quad] = []
        self.graph = SOURCES_GRAPH

    def __iter__(self) -> Iterator[Quad]:
        self._sources()
        for number in range(-(-self.attributions // A_DOCUMENT)):
            self._document(number)
            yield from self.quads
            self.quads = []

    def _add(self, subject: URIRef, *pairs: tuple[Node, Node]) -> None:
        self.quads += [(subject, predicate, object_, self.graph) for predicate, object_ in pairs]

    def _link(self, subject: URIRef, predicate: URIRef, object_: Node) -> None:
        self.quads.append((subject, predicate, object_, LINKS_GRAPH))

    def _source(self, iri: URIRef, kind: URIRef, anonymity: str, *names: str) -> None:
        self._add(iri, (RDF.type, kind), (SAID.anonymity, VAL[anonymity]))
        for name, label in zip(names, (SKOS.prefLabel, SKOS.altLabel), strict=False):
            self._add(iri, (label, Literal(name, lang="en")))

    def _sources(self) -> None:
        for number in range(self.people):
            names = (f"Person {number} Vance", f"Vance {number}")
            self._source(ID[f"person-{number}"], SAID.Person, "named", *names)
            if number % 50 == 49:
                self._link(ID[f"person-{number}"], SAID.canonical, ID[f"person-{number - 40}"])
        for number in range(OUTLETS):
            self._source(ID[f"org-{number}"], SAID.Organisation, "named", f"Outlet {number}")

    def _person(self) -> URIRef:
        return ID[f"person-{int(self.people * self.draw.random() ** 3)}"]

    def _document(self, number: int) -> None:
        key = f"{number:020x}"
        self.graph = ID[f"graph-{key}-rules"]
        issued = date(2021, 1, 1) + timedelta(days=number % 1000)
        self._add(
            ID[f"doc-{key}"],
            (RDF.type, SAID.Document),
            (DCTERMS.title, Literal(f"Report {number}", lang="en")),
            (DCTERMS.identifier, plain(f"{number}.txt")),
            (DCTERMS.issued, day(issued)),
            (DCTERMS.publisher, ID[f"org-{number % OUTLETS}"]),
        )
        if number % 20 == 19:
            self._link(ID[f"doc-{key}"], SAID.copyOf, ID[f"doc-{number - 1:020x}"])
        places = range(min(A_DOCUMENT, self.attributions - number * A_DOCUMENT))
        for place in places:
            self._attribution(key, place * 100, issued)
        for place in places[::3]:
            self._own(key, ID[f"org-{number % OUTLETS}"], 10_000 + place * 100)

    def _attribution(self, key: str, begin: int, issued: date) -> None:
        chance = self.draw.random
        act = ID[f"att-{key}-{begin}-{begin + 4}"]
        source = self._person()
        if chance() < 0.3:
            source = ID[f"local-{key}-{begin}-{begin + 9}"]
            self._source(source, SAID.Person, "unnamed", "an official")
            if chance() < 0.2:
                reason = self._span(key, begin + 60, begin + 90, "not authorised to speak")
                self._add(act, (SAID.anonymityReason, reason))
        rejects = chance() < 0.05
        kind = "deny" if rejects else self.draw.choice(ACTS)
        nested = begin // 100 % 7 == 6
        self._add(
            act,
            (RDF.type, SAID.Attribution),
            (SAID.source, source),
            (SAID.quotationType, VAL[self.draw.choice(("direct", "indirect"))]),
            (SAID.cue, self._span(key, begin, begin + 4, "said")),
            (SAID.cueLemma, plain("say")),
            (SAID.depth, integer(int(nested))),
        )
        self._act(act, key, begin, kind, "rejecting" if rejects else "committed")
        if nested:
            self._add(act, (SAID.nestedIn, ID[f"att-{key}-{begin - 100}-{begin - 96}"]))
        if chance() < 0.05:
            self._add(act, (SAID.addressee, ID[f"org-{self.draw.randrange(OUTLETS)}"]))
        if chance() < 0.3:
            self._add(act, (SAID.saidFrom, day(issued - timedelta(days=2))))
        if begin and chance() < 0.05:
            earlier = ID[f"claim-{key}-{begin - 90}-{begin - 10}"]
            self._add(act, (self.draw.choice(ANSWERS), earlier))

    def _own(self, key: str, outlet: URIRef, begin: int) -> None:
        act = ID[f"own-{key}-{begin}-{begin + 80}"]
        self._add(act, (RDF.type, SAID.OwnVoice), (SAID.source, outlet), (SAID.depth, integer(0)))
        self._act(act, key, begin, "say", "committed")

    def _act(self, act: URIRef, key: str, begin: int, kind: str, stance: str) -> None:
        self._add(
            act,
            (SAID.inDocument, ID[f"doc-{key}"]),
            (SAID.speechAct, ACT[kind]),
            (SAID.stance, VAL[stance]),
            (SAID.confidence, decimal(0.9)),
            (SAID.sentence, self._span(key, begin, begin + 95, f"sentence {begin}")),
            (SAID.claim, self._claim(key, begin)),
        )

    def _span(self, key: str, begin: int, end: int, words: str) -> URIRef:
        iri = ID[f"doc-{key}#char={begin},{end}"]
        self._add(
            iri,
            (RDF.type, SAID.Span),
            (SAID.inDocument, ID[f"doc-{key}"]),
            (NIF.beginIndex, integer(begin)),
            (NIF.endIndex, integer(end)),
            (NIF.anchorOf, plain(words)),
        )
        return iri

    def _claim(self, key: str, begin: int) -> URIRef:
        chance = self.draw.random
        claim = ID[f"claim-{key}-{begin + 10}-{begin + 90}"]
        proposition = ID[f"prop-{key}-{begin + 10}-{begin + 90}-1"]
        words = self.draw.choices(WORDS, k=6)
        self._add(
            claim,
            (RDF.type, SAID.Claim),
            (SAID.inDocument, ID[f"doc-{key}"]),
            (SAID.text, Literal(f"the {' '.join(words)} will open", lang="en")),
            (SAID.proposition, proposition),
        )
        self._add(
            proposition,
            (RDF.type, SAID.Proposition),
            (SAID.subjectText, plain(f"the {words[0]}")),
            (SAID.predicateText, plain("will open")),
        )
        if chance() < 0.3:
            self._add(claim, (SAID.about, self._person()))
        if chance() < 0.2:
            cluster = ID[f"cluster-{self.draw.randrange(self.clusters)}"]
            self._link(claim, SAID.inCluster, cluster)
        return claim


def values(query: NamedQuery) -> dict[str, str]:
    """Return values for the parameters of `query` that have no default."""
    return {p.name: VALUES[p.name] for p in query.parameters if p.default is None}


def best(ask: Callable[[], object]) -> float:
    """Return the least of some runs' CPU seconds."""
    seconds = []
    for _ in range(REPEATS):
        begin = time.process_time()
        ask()
        seconds.append(time.process_time() - begin)
        if seconds[0] > 5:
            break
    return min(seconds)


def direct(store: ox.Store, query: NamedQuery) -> list[list[object]]:
    """Ask pyoxigraph itself, and take the value of every cell of its answer."""
    found = store.query(
        query.text,
        prefixes=dict(PREFIXES),
        use_default_graph_as_union=True,
        substitutions={
            ox.Variable(name): to_ox_term(term)
            for name, term in query.bindings(values(query)).items()
        },
    )
    assert isinstance(found, ox.QuerySolutions)
    return [[getattr(cell, "value", None) for cell in row] for row in found]


def measure(backend: Backend, store: ox.Store | None, only: list[str]) -> None:
    """Print a line a question: rows, seconds through `ask`, and beside pyoxigraph's own."""
    graph = SourceGraph(backend)
    print(f"{'question':18} {'rows':>7} {'ask s':>8} {'direct s':>8} {'overhead':>8}")
    for query in list_queries():
        if only and query.name not in only:
            continue
        rows = len(graph.ask(query.name, **values(query)))
        seconds = best(lambda query=query: graph.ask(query.name, **values(query)))  # type: ignore[misc]
        line = f"{query.name:18} {rows:7} {seconds:8.3f}"
        if store is not None:
            own = best(lambda query=query: direct(store, query))  # type: ignore[misc]
            line += f" {own:8.3f} {100 * (seconds / own - 1):7.0f}%"
        print(line, flush=True)


def main() -> None:
    """Make the graph and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attributions", type=int, default=100_000)
    parser.add_argument("--memory", action="store_true", help="a graph in memory")
    parser.add_argument("--folder", type=Path, help="keep the graph here, or use what is there")
    parser.add_argument("questions", nargs="*", help="the names of some; all without")
    options = parser.parse_args()
    if options.memory:
        memory = MemoryBackend()
        memory.change([], list(Synthetic(options.attributions)))
        measure(memory, None, options.questions)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch) / "graph"
        if not folder.exists():
            with open_graph(folder):
                pass
            store = ox.Store(folder)
            store.bulk_extend(map(to_ox, Synthetic(options.attributions)))
            store.optimize()
            store.flush()
            del store
        backend = FolderBackend(folder, read_only=True, create=False)
        assert isinstance(backend.dataset.store, FolderStore)
        backend.dataset.store.answers = None  # every one of the runs is to ask the engine
        measure(backend, backend.store, options.questions)


if __name__ == "__main__":
    main()
