"""How long networks and measures take: CPU seconds over a graph of invented attributions.

``python benchmarks/networks.py [--attributions 100000]``

The graph holds what networks are read from, and six spans an attribution; not the propositions and
the provenance that a graph built from articles has besides, which have other properties.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import DC, DCTERMS, RDF, SKOS

from quoth.graph.store import open_graph
from quoth.graph.vocabulary import ACT, ID, SAID, VAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PER_DOCUMENT = 10
PEOPLE = 2000
SPANS = 6
_FIRST_DAY = date(2031, 1, 1)


def main() -> None:
    """Make the graph, and time every network and measure in a graph that is opened anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attributions", type=int, default=100_000)
    wanted = parser.parse_args().attributions
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "news.quoth"
        store = ox.Store(where)
        store.bulk_extend(quads(wanted))
        print(f"{wanted:,} attributions, {len(store):,} quads")
        del store
        _time(where)


def _time(where: Path) -> None:
    from quoth.graph.networks import NetworkKind
    from quoth.graph.time_slices import networks_over_time

    for kind in NetworkKind:
        with open_graph(where, read_only=True) as graph:
            seconds, network = _timed(partial(graph.network, kind))
            size = f"{len(network):,} nodes, {network.size():,} edges"
            print(f"network {kind.value:12} {seconds:6.1f} s   {size}")
    with open_graph(where, read_only=True) as graph:
        facts = graph.facts()
        seconds, networks = _timed(partial(networks_over_time, facts, "told", every="day"))
        print(f"told, day by day     {seconds:6.1f} s   {len(networks):,} networks")
        measures = graph.measures()
        for name in (
            "shares",
            "diversity",
            "unnamed",
            "timeline",
            "replies",
            "contested",
            "chains",
        ):
            seconds, _ = _timed(getattr(measures, name))
            print(f"measure {name:12} {seconds:6.1f} s")
        seconds, _ = _timed(partial(measures.communities, "co-citation"))
        print(f"measure communities  {seconds:6.1f} s")


def _timed(function: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.process_time()
    found = function()
    return time.process_time() - begin, found


def quads(attributions: int) -> Iterator[ox.Quad]:
    """Yield the quads of `attributions` attributions by `PEOPLE` people and unnamed others."""
    triples = _Invented(attributions).triples()
    graph = ox.NamedNode(ID["graph-invented"])
    for subject, predicate, object_ in triples:
        node = object_ if isinstance(object_, ox.Literal) else ox.NamedNode(object_)
        yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), node, graph)


class _Invented:
    """Triples of invented attributions, the same ones in every run."""

    def __init__(self, attributions: int) -> None:
        self.attributions = attributions
        self.dice = Random(1)

    def triples(self) -> Iterator[tuple[str, str, str | ox.Literal]]:
        for number in range(PEOPLE):
            yield from self._source(ID[f"person-{number}"], f"Person {number}", VAL.named)
        depth = 0
        for number in range(self.attributions):
            if number % PER_DOCUMENT == 0:
                yield from self._document(number // PER_DOCUMENT)
            nested = number % PER_DOCUMENT > 0 and self.dice.random() < 0.1
            depth = depth + 1 if nested else 0
            yield from self._attribution(number, depth)
            yield from self._claim(number)

    def _person(self) -> str:
        """Return one of the people; those of lower number come more often, as in news."""
        return ID[f"person-{int(PEOPLE * self.dice.random() ** 3)}"]

    def _source(
        self, iri: str, name: str, anonymity: str
    ) -> Iterator[tuple[str, str, str | ox.Literal]]:
        yield iri, RDF.type, SAID.Person
        yield iri, SAID.anonymity, anonymity
        yield iri, SKOS.prefLabel, ox.Literal(name)

    def _document(self, number: int) -> Iterator[tuple[str, str, str | ox.Literal]]:
        document, outlet = ID[f"doc-{number}"], f"outlet-{self.dice.randrange(20)}"
        yield document, RDF.type, SAID.Document
        yield document, DCTERMS.issued, ox.Literal(str(_FIRST_DAY + timedelta(number % 1000)))
        yield document, DCTERMS.publisher, ID[f"org-{outlet}"]
        yield document, DC.publisher, ox.Literal(outlet)

    def _attribution(self, number: int, depth: int) -> Iterator[tuple[str, str, str | ox.Literal]]:
        iri, source, dice = ID[f"att-{number}"], self._person(), self.dice
        if dice.random() < 0.3:
            source = ID[f"local-{number}"]
            yield from self._source(source, "an official", VAL.unnamed)
        yield iri, RDF.type, SAID.Attribution
        yield iri, SAID.inDocument, ID[f"doc-{number // PER_DOCUMENT}"]
        yield iri, SAID.source, source
        yield iri, SAID.stance, VAL[dice.choice(("committed", "rejecting", "uncommitted"))]
        yield iri, SAID.speechAct, ACT[dice.choice(("say", "criticise", "deny"))]
        yield iri, SAID.claim, ID[f"claim-{number}"]
        yield iri, SAID.depth, ox.Literal(depth)
        for span in range(SPANS):
            yield f"{iri}-span-{span}", SAID.inDocument, ID[f"doc-{number // PER_DOCUMENT}"]
        if depth:
            yield iri, SAID.nestedIn, ID[f"att-{number - 1}"]
        if dice.random() < 0.2:
            yield iri, SAID.addressee, self._person()
        if number and dice.random() < 0.1:
            yield iri, SAID.denies, ID[f"claim-{dice.randrange(number)}"]

    def _claim(self, number: int) -> Iterator[tuple[str, str, str | ox.Literal]]:
        claim = ID[f"claim-{number}"]
        yield claim, RDF.type, SAID.Claim
        yield claim, SAID.inDocument, ID[f"doc-{number // PER_DOCUMENT}"]
        yield claim, SAID.text, ox.Literal(f"what was said the {number}th time")
        yield claim, SAID.about, self._person()
        if self.dice.random() < 0.3:
            yield claim, SAID.inCluster, ID[f"cluster-{number // 3}"]


if __name__ == "__main__":
    main()
