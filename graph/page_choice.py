"""Which part of a graph goes into a page: what a query yields, or a source with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quoth.graph.errors import QueryError
from quoth.graph.execution import run
from quoth.graph.network import EdgeKind, links
from quoth.graph.page_links import ActLinks
from quoth.graph.source_names import SourceNames
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rdflib import Dataset

    from quoth.graph.facts import Facts
    from quoth.graph.whole import Whole

_YIELDS = "attributions, sources, claims or documents"


@dataclass(frozen=True)
class Choice:
    """The `facts` that a page is about, and the `documents` to list beside those they stand in.

    `focus` is the IRI of the source that it is about, None where it is about no one in particular.
    """

    facts: Facts
    documents: Collection[str] = field(default=())
    focus: str | None = None


def choose(
    dataset: Dataset, facts: Facts, *, query: str | None = None, focus: str | None = None
) -> Choice:
    """Return what of `facts`, those of all of `dataset`, goes into a page.

    `query` is a SPARQL query that yields IRIs of attributions, sources, claims or documents: in
    are the attributions that these are, make, hold or contain. `focus` is a source, by its label,
    another name or its IRI: in are its attributions and those that connect it to others. With
    both, what is in for both.

    Raises QueryError when the query is wrong or yields none of these, when no source is called
    `focus` or several are, and when nothing is left.
    """
    choice = Choice(facts, facts.whole.documents)
    if query is not None:
        choice = _queried(dataset, facts, query)
    if focus is None:
        return choice
    source = SourceNames(facts.whole).find(focus)
    chosen = _around(facts, source).intersection(choice.facts.sources)
    if query is not None and not chosen:
        raise QueryError(
            f"nothing that the query yields has to do with {facts.whole.label(source)!r}: "
            "leave one of the two out"
        )
    return Choice(facts.only(a for a in facts.sources if a in chosen), focus=source)


def _queried(dataset: Dataset, facts: Facts, query: str) -> Choice:
    found = run(dataset, query)
    yielded = {cell for row in found.rows for cell in row if isinstance(cell, str)}
    documents = _documents(facts.whole, yielded)
    chosen = _attributions(facts, yielded)
    chosen.update(facts.in_documents(yielded & set(facts.whole.documents)).sources)
    if not chosen and not documents:
        columns = ", ".join(f"?{name}" for name in found.columns)
        told = f"only other values in {columns}" if found.rows else "no rows at all"
        raise QueryError(
            f"the query yields no {_YIELDS} of this graph, but {told}; let it yield their IRIs: "
            "SELECT ?attribution WHERE { ?attribution said:speechAct act:deny }"
        )
    return Choice(facts.only(a for a in facts.sources if a in chosen), documents)


def _attributions(facts: Facts, yielded: Collection[str]) -> set[str]:
    """Return the attributions among `yielded`, and those by their sources or with their claims."""
    canonical = facts.whole.columns[SAID.canonical]
    sources = {canonical.get(iri, (iri,))[0] for iri in yielded}
    claims = facts.whole.claims
    return {
        attribution
        for attribution, speakers in facts.sources.items()
        if attribution in yielded
        or not sources.isdisjoint(speakers)
        or not set(yielded).isdisjoint(claims.get(attribution, ()))
    }


def _documents(whole: Whole, yielded: Collection[str]) -> list[str]:
    """Return the documents among `yielded`, and those whose own claims are."""
    own = [act for act in whole.columns.instances(SAID.OwnVoice) if _is_in(whole, act, yielded)]
    places = whole.columns[SAID.inDocument]
    standing = {document for act in own for document in places.get(act, ())}
    return sorted(standing.union(yielded).intersection(whole.documents))


def _is_in(whole: Whole, act: str, yielded: Collection[str]) -> bool:
    claims = whole.columns[SAID.claim].get(act, ())
    return act in yielded or any(claim in yielded for claim in claims)


def _around(facts: Facts, source: str) -> set[str]:
    """Return the attributions by a source, and those that connect it to others."""
    acts = ActLinks(facts.whole)
    own = {act for act, speakers in facts.sources.items() if source in speakers}
    beside = {other for act in own for other in acts.involved(act)}
    return own | beside.intersection(facts.sources) | set(_connecting(facts, source))


def _connecting(facts: Facts, source: str) -> Iterable[str]:
    for kind in EdgeKind:
        for origin, target, attribution in links(facts, kind):
            if source in (origin, target):
                yield attribution
