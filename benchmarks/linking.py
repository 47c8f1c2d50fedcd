"""What linking costs: ``python benchmarks/linking.py [CLAIMS]`` (100,000 unless given).

A synthetic graph in a folder, ten attributions a document, their words drawn by Zipf's law from the
English ones of the tokenizer; every twentieth claim is told again in another document, half of
these with a word changed, and every fiftieth is a denial of one told before. Prints the processor's
seconds and the highest memory, claims compared by words, then by meaning, too, if that is
installed.
"""

from __future__ import annotations

import json
import random
import resource
import sys
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDF, SKOS, XSD, Literal, URIRef

from quoth.graph import open_graph
from quoth.graph.embedding import is_installed
from quoth.graph.vocabulary import ACT, ID, SAID, SOURCES_GRAPH, VAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.graph.terms import Quad

PER_DOCUMENT, WORDS, BATCH = 10, 9, 200_000
CALENDAR = 28
SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]


def synthetic(claims: int) -> Iterator[Quad]:
    """Yield the quads that linking reads, of so many claims."""
    chance = random.Random(7)
    vocabulary = _words()
    chance.shuffle(vocabulary)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
    names = ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(30_000)]
    people = [" ".join(chance.choices(names, k=2)).title() for _ in range(claims // 20)]
    for name in dict.fromkeys(people):
        yield _person(name), RDF.type, SAID.Person, SOURCES_GRAPH
        yield _person(name), SKOS.prefLabel, Literal(name, lang="en"), SOURCES_GRAPH
    told: list[tuple[list[str], URIRef]] = []
    for number in range(claims):
        document = f"{number // PER_DOCUMENT:020x}"
        speaker = _person(chance.choice(people))
        subject = speaker
        if told and number % 20 == 0:
            words, subject = chance.choice(told)
            words = list(words)
            words[0] = words[0] if number % 40 else chance.choice(vocabulary)
        else:
            words = chance.choices(vocabulary, cum_weights=weights, k=WORDS)
        told.append((words, subject))
        yield from _attribution(document, number, words, (speaker, subject))


def _words() -> list[str]:
    tokenizer = files("quoth.extractors") / "weights" / "tokenizer.json"
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return [word for word in vocabulary if word.isascii() and word.isalpha() and len(word) > 3]


def _person(name: str) -> URIRef:
    return ID[f"person-{name.lower().replace(' ', '-')}"]


def _attribution(
    document: str, number: int, words: list[str], people: tuple[URIRef, URIRef]
) -> Iterator[Quad]:
    graph = ID[f"graph-{document}-synthetic"]
    speaker, subject = people
    begin = number % PER_DOCUMENT * 100
    place = f"{document}-{begin}-{begin + 90}"
    act, claim = ID[f"att-{place}"], ID[f"claim-{place}"]
    denies = number % 50 == 0
    if begin == 0:
        day = Literal(f"2031-03-{number % CALENDAR + 1:02}", datatype=XSD.date)
        yield ID[f"doc-{document}"], DCTERMS.issued, day, graph
    yield act, RDF.type, SAID.Attribution, graph
    yield act, SAID.inDocument, ID[f"doc-{document}"], graph
    yield act, SAID.source, speaker, graph
    yield act, SAID.claim, claim, graph
    yield act, SAID.cue, ID[f"doc-{document}#char={begin},{begin + 5}"], graph
    yield act, SAID.stance, VAL.rejecting if denies else VAL.committed, graph
    yield act, SAID.speechAct, ACT.deny if denies else ACT.say, graph
    yield act, SAID.cuePolarity, VAL.positive, graph
    yield claim, RDF.type, SAID.Claim, graph
    yield claim, SAID.polarity, VAL.positive, graph
    yield claim, SAID.text, Literal(" ".join(words), lang="en"), graph
    proposition = ID[f"prop-{place}-1"]
    yield claim, SAID.proposition, proposition, graph
    yield proposition, SAID.predicateLemma, Literal(words[3]), graph
    yield proposition, RDF.subject, subject, graph


def main() -> None:
    """Make the graph, link it, and print what that cost."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder, open_graph(Path(folder) / "graph") as graph:
        quads = list(synthetic(claims))
        for begin in range(0, len(quads), BATCH):
            graph._backend.change([], quads[begin : begin + BATCH])  # noqa: SLF001 - no document
        print(f"{claims} claims, {len(quads)} quads")
        quads.clear()
        for meaning in (False, True) if is_installed() else (False,):
            begin = process_time()
            counts = graph.relink(meaning=meaning)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{process_time() - begin:6.1f} CPU s, peak {peak} MB  {counts}", flush=True)


if __name__ == "__main__":
    main()
