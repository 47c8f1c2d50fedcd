"""What holds across documents, inferred anew and written whole: ``id:graph-links``.

Sources that are one, claims told again, who answers whom, and copies are a function of all other
graphs, so the same documents give the same links, in whatever order they came.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import DC, RDF, SKOS, URIRef
from rdflib.term import Node

from quoth.extractors.records import digest
from quoth.graph.changes import difference
from quoth.graph.claim_facts import (
    LAST_DAY,
    ClaimFacts,
    read_claims,
    responses_inside,
)
from quoth.graph.claim_wording import Words
from quoth.graph.clusters import Cluster, clusters
from quoth.graph.contraries import contraries, statements
from quoth.graph.copies import Text, copies
from quoth.graph.decisions import Decision, Kind, read_decisions
from quoth.graph.embedding import MODEL, Embedding, Embeds, is_installed
from quoth.graph.identity import pairs
from quoth.graph.kept_vectors import KeptVectors
from quoth.graph.responses import Answering, Response, responses
from quoth.graph.source_facts import SourceFacts, read_sources
from quoth.graph.sources import Match
from quoth.graph.terms import Quad, decimal, plain
from quoth.graph.unification import Merge, unify
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID

if TYPE_CHECKING:
    from quoth.graph.backends import Backend

WORDS = "words"
"""How claims were compared where no model was there, for `said:claimComparison`."""


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """How much holds across documents.

    Sources merged into others, clusters and the claims in them, responses to claims of other
    documents, and documents that copy others; `meaning` whether claims were compared by what they
    mean, beside their words.
    """

    merged_sources: int
    clusters: int
    clustered_claims: int
    responses: int
    copies: int
    meaning: bool


def relink(backend: "Backend", *, meaning: bool | None = None) -> LinkCounts:
    """Make ``id:graph-links`` what the documents and the alias table want, in one change.

    `meaning`: compare claims by what they mean, too; None where the extra is installed. Raises
    ModelError when the model is not installed or damaged.
    """
    embedding = _embedding(backend) if meaning or (meaning is None and is_installed()) else None
    match = backend.match
    decisions = read_decisions(match)
    sources = read_sources(match)
    names = list(_name_quads(sources, decisions))
    merges = merge_sources(sources, decisions)
    canonical = {merge.source: merge.canonical for merge in merges}
    words = Words()
    facts = read_claims(match, sources, canonical, words)
    grouped = clusters(list(facts.claims.values()), embedding)
    origin = copies(_texts(match, facts, sources))
    said = statements(facts.claims, facts.voices.values(), words)
    answering = Answering(responses_inside(match), contraries(said, canonical), canonical, origin)
    answers = responses(facts, grouped, answering)
    quads: list[Quad] = [
        *merge_quads(merges),
        *names,
        *cluster_quads(grouped, comparison(meaning=embedding is not None)),
        *copy_quads(origin),
        *response_quads(answers, _cues(match, answers)),
    ]
    change = difference(match(None, None, None, LINKS_GRAPH), quads)
    if change.delete or change.insert:
        backend.change(*change)
    return LinkCounts(
        merged_sources=len(merges),
        clusters=len(grouped),
        clustered_claims=sum(len(cluster.members) for cluster in grouped),
        responses=len(answers),
        copies=len(origin),
        meaning=embedding is not None,
    )


def _embedding(backend: "Backend") -> Embeds:
    model = Embedding.load()
    return model if backend.spare is None else KeptVectors(model, backend.spare)


def merge_sources(
    sources: dict[str, SourceFacts], decisions: Iterable[Decision] = ()
) -> list[Merge]:
    """Return which of `sources` are merged: by the decisions, else by rules."""
    told = defaultdict(list)
    for decision in decisions:
        told[decision.kind].append((decision.source, decision.other))
    merged = [*told[Kind.MERGE], *_renamed(sources, told[Kind.ALIAS])]
    # Homonyms are told apart by the user: no rule may bring them together again.
    apart = [*told[Kind.SPLIT]]
    apart += [(d.source, str(d.into)) for d in decisions if d.kind is Kind.HOMONYM]
    return unify(sources, pairs(sources), merged, apart)


def _renamed(
    sources: dict[str, SourceFacts], aliases: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield the sources that the user's aliases name, each with whom the alias belongs to."""
    called: defaultdict[str, list[str]] = defaultdict(list)
    for source in sources.values():
        called[source.name.casefold()].append(source.iri)
    for iri, name in aliases:
        for other in called[name.casefold()]:
            same_type = other.partition("-")[0] == iri.partition("-")[0]
            if iri in sources and same_type and other != iri:
                yield iri, other


def merge_quads(merges: Iterable[Merge]) -> Iterator[Quad]:
    """Yield that sources are merged, by which rule, why, and how sure it is."""
    for merge in merges:
        source, canonical = URIRef(merge.source), URIRef(merge.canonical)
        link = ID[f"same-{digest(source, canonical)[:20]}"]
        yield source, SAID.canonical, canonical, LINKS_GRAPH
        yield link, RDF.type, SAID.IdentityLink, LINKS_GRAPH
        yield link, SAID.identityOf, source, LINKS_GRAPH
        yield link, SAID.identityWith, canonical, LINKS_GRAPH
        yield link, SAID.rule, plain(merge.rule), LINKS_GRAPH
        yield link, SAID.reason, plain(merge.reason), LINKS_GRAPH
        yield link, SAID.confidence, decimal(merge.confidence), LINKS_GRAPH


def _name_quads(sources: dict[str, SourceFacts], decisions: Iterable[Decision]) -> Iterator[Quad]:
    """Yield the names that only the alias table gives, where queries look for names."""
    for decision in decisions:
        source = sources.get(decision.source)
        if decision.kind is Kind.ALIAS and source and decision.other not in source.documented:
            name = plain(decision.other)
            yield URIRef(decision.source), SKOS.altLabel, name, LINKS_GRAPH


def comparison(*, meaning: bool) -> str:
    """Return how claims are compared, for `said:claimComparison`."""
    return f"{WORDS} + {MODEL}" if meaning else WORDS


def cluster_quads(grouped: Iterable[Cluster], compared: str) -> Iterator[Quad]:
    """Yield the clusters of claims; `compared` says how."""
    for cluster in grouped:
        earliest = cluster.members[0].iri
        iri = ID[f"cluster-{earliest.removeprefix(str(ID['claim-']))}"]
        yield iri, RDF.type, SAID.ClaimCluster, LINKS_GRAPH
        yield iri, SAID.claimComparison, plain(compared), LINKS_GRAPH
        yield iri, SAID.confidence, decimal(cluster.similarity), LINKS_GRAPH
        for claim in cluster.members:
            yield URIRef(claim.iri), SAID.inCluster, iri, LINKS_GRAPH


def copy_quads(origin: Mapping[str, str]) -> Iterator[Quad]:
    """Yield which documents are copies of which, by IRI."""
    for copy, original in origin.items():
        yield URIRef(copy), SAID.copyOf, URIRef(original), LINKS_GRAPH


def response_quads(answers: Iterable[Response], cues: Mapping[str, Node]) -> Iterator[Quad]:
    """Yield who answers claims, here and elsewhere; `cues` are those of the attributions."""
    for answer in answers:
        by, claim = URIRef(answer.attribution), URIRef(answer.claim)
        relation = URIRef(str(answer.relation))
        evidence = answer.evidence or cues.get(answer.attribution)
        if evidence is None:
            continue
        yield by, relation, claim, LINKS_GRAPH
        if relation == SAID.departsFrom:
            continue  # no answer to anybody
        link = ID[f"link-across-{digest(by, relation, claim)[:20]}"]
        yield link, RDF.type, SAID.ClaimLink, LINKS_GRAPH
        yield link, SAID.linkFrom, by, LINKS_GRAPH
        yield link, SAID.linkType, relation, LINKS_GRAPH
        yield link, SAID.linkTo, claim, LINKS_GRAPH
        yield link, SAID.linkToAttribution, URIRef(answer.to), LINKS_GRAPH
        yield link, SAID.linkEvidence, evidence, LINKS_GRAPH
        yield link, SAID.confidence, decimal(answer.similarity), LINKS_GRAPH


def _cues(match: Match, answers: Iterable[Response]) -> dict[str, Node]:
    wanted = {answer.attribution for answer in answers if answer.evidence is None}
    if not wanted:
        return {}
    cues = match(None, SAID.cue, None, None)
    return {str(iri): cue for iri, _, cue, _ in cues if str(iri) in wanted}


def _texts(match: Match, facts: ClaimFacts, sources: dict[str, SourceFacts]) -> list[Text]:
    """Return the documents for comparing, the claims of each in text order."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for claim in sorted(facts.claims.values(), key=lambda claim: claim.key):
        words[claim.document].append(facts.texts[claim.iri])
    outlets = {str(d): str(name) for d, _, name, _ in match(None, DC.publisher, None, None)}
    hashes = {str(d): str(hash_) for d, _, hash_, _ in match(None, SAID.textHash, None, None)}
    speaking: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources.values():
        for document in source.documents:
            speaking[document] |= {source.name, *source.aliases}
    return [
        Text(
            iri=document,
            day=facts.days.get(document, LAST_DAY),
            outlet=outlets.get(document, ""),
            credited=frozenset(speaking[document]),
            claims=tuple(claims),
            hash=hashes.get(document, ""),
        )
        for document, claims in sorted(words.items())
    ]
