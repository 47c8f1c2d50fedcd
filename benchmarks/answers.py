"""Who answers whom, and who changed position: ``python benchmarks/answers.py TRUTH.json …``.

The articles beside each truth are read, extracted and linked whole. An answer of the truth
(`denials`) is found when a link of that kind (denying and disputing are one kind) leads from its
words to some telling of what it answers. A link that leads elsewhere is wrong where the truth is
complete, as it is in ``benchmarks/answers``; of ``notebooks/archive`` it lists the answers to 28
claims only, so that links to others are counted as not listed. Links count once for each
attribution and claim answered, whatever the number of its tellings. Answers marked `optional` are
right when found, and not missed when they are not. A change is found when the question
«changed-position» gives both passages.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from identity import documents

from quoth.graph.embedding import is_installed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from quoth.graph.source_graph import SourceGraph

_KINDS = {"denies": "no", "disputes": "no", "confirms": "yes", "couldNotVerify": "unverified"}
"""What counts as one kind of answer; that somebody declined to comment is none."""


class Made(NamedTuple):
    """A link of a graph: its documents by name, the words of both ends, its kind."""

    source: str
    said: tuple[tuple[int, int], ...]
    kind: str
    target: str
    told: tuple[tuple[int, int], ...]
    attribution: str
    claim: str


class Tally(NamedTuple):
    """Answers of the truth, those found, links that are right, wrong or not listed."""

    wanted: int
    found: int
    right: int
    wrong: list[Made]

    @property
    def precision(self) -> float:
        """Share of the links that are right."""
        return self.right / (self.right + len(self.wrong)) if self.right else 0.0


class Truth:
    """What is true of some articles: where its words stand."""

    def __init__(self, path: Path) -> None:
        self.listed = json.loads(path.read_text(encoding="utf-8"))
        self.texts = {p.name: p.read_text(encoding="utf-8") for p in path.parent.glob("*.txt")}

    def place(self, passage: dict[str, str]) -> tuple[str, tuple[int, int]]:
        """Return the document of a passage, and begin and end of its words."""
        begin = self.texts[passage["document"]].index(passage["text"])
        return passage["document"], (begin, begin + len(passage["text"]))

    def clusters(self) -> dict[str, list[tuple[str, tuple[int, int]]]]:
        """Return where each claim of the truth is told."""
        return {
            name: [self.place(member) for member in told["members"]]
            for name, told in self.listed["claims"].items()
        }

    def answers(self) -> list[tuple[tuple[str, tuple[int, int]], str, str, bool]]:
        """Return the answers: where, to which claim, of which kind, and whether optional."""
        return [
            (self.place(a), a["of"], _KINDS[a["kind"]], a.get("optional", False))
            for a in self.listed["denials"]
            if a["kind"] in _KINDS
        ]


def covers(pieces: Sequence[tuple[int, int]], wanted: tuple[int, int]) -> bool:
    """Whether `pieces` of a text hold half of the words from `wanted` on, or more."""
    begin, end = wanted
    shared = sum(max(0, min(e, end) - max(b, begin)) for b, e in pieces)
    return 2 * shared >= end - begin


def made_links(graph: SourceGraph) -> list[Made]:
    """Return all answers that `graph` has, each once."""
    names = {entry.key: entry.id.rpartition("/")[2] for entry in graph.document_entries()}
    rows = graph.query(
        """SELECT DISTINCT ?a ?kind ?target ?own ?begin ?end ?doc WHERE {
             ?link said:linkFrom ?a ; said:linkType ?kind ; said:linkTo ?target .
             ?a said:inDocument ?doc .
             OPTIONAL { ?a said:claim ?own }
             OPTIONAL { ?a said:cue ?cue . ?cue nif:beginIndex ?begin ; nif:endIndex ?end }
           } ORDER BY ?a ?kind ?target"""
    )
    found = []
    for a, relation, target, own, begin, end, doc in rows:
        kind = _KINDS.get(str(relation).rpartition("#")[2])
        if kind is None:
            continue
        key, told = _pieces(str(target))
        said = list(_pieces(str(own))[1]) if own else []
        if begin is not None:
            said.append((int(begin), int(end)))
        source = names[str(doc).rpartition("doc-")[2]]
        found.append(Made(source, tuple(said), kind, names[key], told, str(a), str(target)))
    return found


def _pieces(claim: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the document's key and the offsets that a claim's IRI holds."""
    key, *numbers = claim.partition("claim-")[2].partition("-by-")[0].split("-")
    offsets = [int(number) for number in numbers]
    return key, tuple(zip(offsets[::2], offsets[1::2], strict=True))


def tally(truth: Truth, links: Sequence[Made]) -> Tally:
    """Return how many answers of `truth` are among `links`, and what else these are."""
    clusters, answers = truth.clusters(), truth.answers()
    found: set[int] = set()
    right: set[Hashable] = set()
    wrong: dict[Hashable, Made] = {}
    for link in links:
        told = {
            name
            for name, places in clusters.items()
            if any(document == link.target and covers(link.told, at) for document, at in places)
        }
        hits = [
            number
            for number, ((document, at), of, kind, _) in enumerate(answers)
            if document == link.source and covers(link.said, at) and of in told
            if kind == link.kind
        ]
        found.update(hits)
        key = (link.attribution, frozenset(told) or link.claim, link.kind)
        if hits:
            right.add(key)
        else:
            wrong[key] = link
    wanted = {number for number, answer in enumerate(answers) if not answer[3]}
    return Tally(len(wanted), len(found & wanted), len(right), list(wrong.values()))


def changes_found(truth: Truth, graph: SourceGraph) -> tuple[int, list[str]]:
    """Return how many changes of the truth the question gives, and those that it gives besides."""
    rows = [tuple(map(str, row)) for row in graph.ask("changed-position")]
    found: set[int] = set()
    others = []
    for who, before, _, _, after, *_ in rows:
        hits = [
            number
            for number, change in enumerate(truth.listed.get("changes", []))
            if {who.split()[-1]} & set(change["source"].split())
            and _alike(before, change["before"]["text"])
            and _alike(after, change["after"]["text"])
        ]
        found.update(hits)
        if not hits:
            others.append(f"{who}: {before!r} … {after!r}")
    return len(found), others


def _alike(text: str, wanted: str) -> bool:
    """Whether most words of `wanted` are in `text`."""
    words = set(wanted.casefold().split())
    return 2 * len(words & set(text.casefold().split())) >= len(words)


def report(truth: Truth, graph: SourceGraph, how: str, *, complete: bool, verbose: bool) -> None:
    """Print the figures, with `verbose` what is wrong and what is missed."""
    made = made_links(graph)
    counted = tally(truth, made)
    recall = counted.found / counted.wanted if counted.wanted else 0.0
    print(
        f"{how:24} answers: {counted.found} of {counted.wanted} found (R {100 * recall:.1f}), "
        f"{counted.right} links right, {len(counted.wrong)} "
        f"{'wrong' if complete else 'not listed'} (P {100 * counted.precision:.1f}), "
        f"{len(made)} made with all tellings"
    )
    changes, others = changes_found(truth, graph)
    wanted = len(truth.listed.get("changes", []))
    print(f"{'':24} changes: {changes} of {wanted} found, {len(others)} others")
    if verbose:
        for line in _wrong(truth, counted):
            print("   wrong:", line)
        for other in dict.fromkeys(others):
            print("   other change:", other)
        for line in _missed(truth, made):
            print("   missed:", line)


def _wrong(truth: Truth, counted: Tally) -> Iterator[str]:
    for link in counted.wrong:
        yield " ".join(
            f"{link.source[:2]} {_words(truth, link.source, link.said)!r} {link.kind} "
            f"{link.target[:2]} {_words(truth, link.target, link.told)!r}".split()
        )


def _missed(truth: Truth, made: Sequence[Made]) -> Iterator[str]:
    clusters = truth.clusters()
    by_document = defaultdict(list)
    for link in made:
        by_document[link.source].append(link)
    for (document, at), of, kind, optional in truth.answers():
        hit = any(
            covers(link.said, at)
            and link.kind == kind
            and any(d == link.target and covers(link.told, told) for d, told in clusters[of])
            for link in by_document[document]
        )
        if not hit and not optional:
            yield f"{document[:2]} {truth.texts[document][slice(*at)]!r} {kind} of {of}"


def _words(truth: Truth, document: str, pieces: Sequence[tuple[int, int]]) -> str:
    return " … ".join(truth.texts[document][begin:end] for begin, end in pieces)


def main() -> None:
    """Score every file that the command line names."""
    import quoth

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path, nargs="+")
    parser.add_argument("--graph", help="where the graph of the articles is kept between runs")
    parser.add_argument("--verbose", action="store_true", help="what is wrong and what is missed")
    given = parser.parse_args()
    for path in given.truth:
        truth = Truth(path)
        with quoth.open(given.graph) as graph:
            if not graph.document_entries():
                graph.add(documents(path.parent))
            print(path)
            for meaning in (False, True) if is_installed() else (False,):
                graph.relink(meaning=meaning)
                report(
                    truth,
                    graph,
                    "words and meaning" if meaning else "words",
                    complete="sources" not in truth.listed,
                    verbose=given.verbose,
                )


if __name__ == "__main__":
    main()
