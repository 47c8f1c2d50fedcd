"""One source, one claim, one origin: ``python benchmarks/identity.py TRUTH.json | GOLD.jsonl``.

Pairwise precision, recall and F1: of all pairs that belong together across documents, how many were
put together. Beside each figure stands the one of a baseline: for sources the exact name (what
the IRI alone does), for claims the exact words. Where the extra «meaning» is installed, claims and
answers are scored twice: compared by their words, and by words and meaning.

A ``.jsonl`` file is MEANTIME's: its entities with a DBpedia link are the sources, in each document
by the fullest of their names («by document»), then every name of theirs as if it stood alone («each
name»). A ``.json`` file is the truth beside a folder of articles, as ``notebooks/archive`` has it:
they are read, extracted and linked whole, so that a source or claim that was not found counts as
one that was missed. Pairs of a claim with one that the truth does not list are not judged.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pairs import Item, report

from quoth.graph.embedding import is_installed
from quoth.graph.iris import organisation_iri, person_iri
from quoth.graph.links import merge_sources
from quoth.graph.name_words import name_words
from quoth.graph.source_facts import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from quoth.graph.source_graph import SourceGraph

_NAME = re.compile(r"(?:[A-Z&][\w.&'’-]*|of|and|the)(?:\s+(?:[A-Z&][\w.&'’-]*|of|and|the))*")
_WORDS = re.compile(r"\w+")


# ---------------------------------------------------------------- MEANTIME


def meantime(path: Path) -> None:
    """Print the figures for the linked people and organisations of MEANTIME."""
    entities = [
        (record["id"], entity["etype"], entity["link"], names)
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for entity in record["coref"]
        if entity["etype"] in {"PER", "ORG"} and entity["link"]
        if (names := _names(record["text"], entity))
    ]
    report("MEANTIME, by document", _meantime_items(entities))
    alone = [(d, kind, link, [name]) for d, kind, link, names in entities for name in names]
    report("MEANTIME, each name", _meantime_items(alone))


def _names(text: str, entity: dict[str, Any]) -> list[str]:
    """Return the names among the mentions: without what stands beside a name in its phrase."""
    spans = [m["span"] for m in entity["mentions"] if m["type"] == "NAM"]
    words = {" ".join(text[span[0][0] : span[-1][1]].split()) for span in spans}
    names = {word.removeprefix("the ").split(" (")[0] for word in words}
    whole = {name for name in names if _NAME.fullmatch(name)}
    return sorted(whole or names, key=lambda name: (-len(name), name))


def _meantime_items(entities: Iterable[tuple[str, str, str, list[str]]]) -> list[Item]:
    sources: dict[str, SourceFacts] = {}
    described = []
    for document, kind, link, (name, *aliases) in entities:
        iri = str(person_iri(name) if kind == "PER" else organisation_iri(name))
        source = sources.setdefault(iri, SourceFacts(iri, name))
        source.aliases |= set(aliases)
        source.documents.add(document)
        described.append((document, link, iri))
    canonical = {merge.source: merge.canonical for merge in merge_sources(sources)}
    return [Item(d, link, canonical.get(iri, iri), iri) for d, link, iri in described]


# ---------------------------------------------------------------- articles with a truth


def archive(path: Path, where: str | None) -> None:
    """Print the figures for the articles beside the truth at `path`."""
    import quoth

    truth = json.loads(path.read_text(encoding="utf-8"))
    with quoth.open(where) as graph:
        if not graph.document_entries():
            graph.add(documents(path.parent))
        print(graph.relink(meaning=False))
        keys = {entry.id.rpartition("/")[2]: entry.key for entry in graph.document_entries()}
        report("sources, across documents", _source_items(graph, truth["sources"], keys))
        _report_sets("copies", _copies(graph, keys), set(_true_copies(truth.get("copies", []))))
        _report_claims(graph, truth, keys, "by words")
        if is_installed():
            print(graph.relink(meaning=True))
            _report_claims(graph, truth, keys, "by words and meaning")


def _report_claims(
    graph: SourceGraph, truth: dict[str, Any], keys: dict[str, str], how: str
) -> None:
    claims = _Claims(graph, keys)
    items = claims.items(truth["claims"])
    report(f"claims, {how}", items, across=False)
    print(f"{'':34} {claims.missed} of {len(items)} claims of the truth were not extracted")
    _report_negatives(claims, truth.get("hardNegatives", []))
    _report_denials(graph, claims, truth.get("denials", []))


def documents(folder: Path) -> Iterable[Any]:
    """Yield the articles of a folder, with what its list of them says."""
    import quoth

    listed = folder / f"{folder.name}.json"
    if not listed.exists():
        yield from quoth.read_all(sorted(folder.glob("*.txt")))
        return
    for entry in json.loads(listed.read_text(encoding="utf-8")):
        given = {k: v for k, v in entry.items() if k in {"publisher", "url", "title", "author"}}
        yield quoth.read(folder / entry["file"], id=entry["file"], date=entry["date"], **given)


def _source_items(
    graph: SourceGraph, truth: dict[str, list[dict[str, Any]]], keys: dict[str, str]
) -> list[Item]:
    """Return each source that speaks in a document; one that was not found is nobody's pair."""
    rows = graph.query(
        """SELECT ?doc ?name ?iri ?canonical WHERE {
             ?d said:inDocument ?doc ; said:describes ?iri ; said:label|said:alias ?name .
             OPTIONAL { ?iri said:canonical ?canonical } }"""
    )
    described = {
        (str(doc).rpartition("doc-")[2], _bare(str(name))): (iri, canonical or iri)
        for doc, name, iri, canonical in rows
    }
    items = []
    for name, places in truth.items():
        for place in places:
            if place.get("role", "speaks") != "speaks":
                continue
            key = keys[place["document"]]
            found = [
                described[key, _bare(called)]
                for called in (name, *place["names"])
                if (key, _bare(called)) in described
            ]
            baseline, canonical = found[0] if found else (None, None)
            items.append(Item(key, name, canonical, baseline))
    return items


def _bare(name: str) -> str:
    """Return a name without titles and articles: the truth writes «Ms Vance»."""
    words = name.casefold().split()
    lists = name_words()
    while len(words) > 1 and words[0].strip(".") in lists.titles | lists.articles:
        words.pop(0)
    return " ".join(words)


class _Claims:
    """The claims of a graph, found by words of the text."""

    def __init__(self, graph: SourceGraph, keys: dict[str, str]) -> None:
        self.keys = keys
        self.missed = 0
        self.by_document: defaultdict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
        rows = graph.query(
            """SELECT ?claim ?text ?cluster WHERE {
                 ?claim a said:Claim ; said:text ?text . OPTIONAL { ?claim said:inCluster ?cluster }
               } ORDER BY ?claim"""
        )
        for claim, text, cluster in rows:
            key = str(claim).partition("claim-")[2][:20]
            self.by_document[key].append((str(claim), str(text), cluster and str(cluster)))

    def find(self, place: dict[str, str]) -> tuple[str, str, str | None] | None:
        """Return the claim whose words are most like those of the truth, if half of them are."""
        words = set(_WORDS.findall(place["text"].casefold()))

        def likeness(claim: tuple[str, str, str | None]) -> float:
            other = set(_WORDS.findall(claim[1].casefold()))
            return len(words & other) / len(words | other)

        best = max(self.by_document[self.keys[place["document"]]], key=likeness, default=None)
        return best if best is not None and likeness(best) >= 0.5 else None

    def items(self, truth: dict[str, Any]) -> list[Item]:
        """Return every claim of the truth, with its cluster and its exact words."""
        items = []
        for name, told in truth.items():
            for place in told["members"] if isinstance(told, dict) else told:
                found = self.find(place)
                self.missed += found is None
                cluster = (found[2] or found[0]) if found else None
                text = " ".join(_WORDS.findall(found[1].casefold())) if found else None
                items.append(Item(place["document"], name, cluster, text))
        return items


def _report_sets(what: str, found: set[Hashable], true: set[Hashable]) -> None:
    print(f"{what:34} {len(found & true)} of {len(true)} found, {len(found - true)} false")


def _copies(graph: SourceGraph, keys: dict[str, str]) -> set[Hashable]:
    names = {key: name for name, key in keys.items()}
    return {
        tuple(names[str(iri).rpartition("doc-")[2]] for iri in row)
        for row in graph.query("SELECT ?origin ?copy WHERE { ?copy said:copyOf ?origin }")
    }


def _true_copies(groups: Iterable[Sequence[str]]) -> Iterable[Hashable]:
    for origin, *copies in groups:
        for copy in copies:
            yield origin, copy


def _report_negatives(claims: _Claims, negatives: Sequence[dict[str, Any]]) -> None:
    together = 0
    for negative in negatives:
        one, other = claims.find(negative["a"]), claims.find(negative["b"])
        together += bool(one and other and one[2] and one[2] == other[2])
    print(f"{'claims that only look the same':34} {together} of {len(negatives)} put together")


def _report_denials(graph: SourceGraph, claims: _Claims, denials: Sequence[dict[str, Any]]) -> None:
    """Print how many answers of the truth were found to answer anything in another document."""
    rows = graph.query(
        """SELECT DISTINCT ?own ?relation WHERE {
             ?link a said:ClaimLink ; said:linkFrom ?a ; said:linkType ?relation ; said:linkTo ?c .
             ?a said:claim ?own . FILTER(STRSTARTS(STR(?link), CONCAT(STR(id:), "link-across-")))
           }"""
    )
    linked = {(str(own), str(relation).rpartition("#")[2]) for own, relation in rows}
    found = [claim for denial in denials if (claim := claims.find(denial))]
    right = sum(
        (claim[0], denial["kind"]) in linked
        for denial in denials
        if (claim := claims.find(denial)) is not None
    )
    print(
        f"{'answers across documents':34} {right} of {len(denials)} found "
        f"({len(found)} of their claims extracted), {len(linked)} made"
    )


def main() -> None:
    """Score every file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path, nargs="+")
    parser.add_argument("--graph", help="where the graph of the articles is kept between runs")
    given = parser.parse_args()
    for path in given.truth:
        if path.suffix == ".jsonl":
            meantime(path)
        else:
            archive(path, given.graph)


if __name__ == "__main__":
    main()
