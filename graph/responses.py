"""Who answers whom across documents: a response to a claim answers it wherever it is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rdflib.term import Node

from quoth.graph.claim_facts import ClaimFacts, Voice
from quoth.graph.clusters import Cluster
from quoth.graph.contraries import Contrary, relation_of
from quoth.graph.source_facts import document_of
from quoth.graph.vocabulary import SAID

_CARRIED = frozenset((SAID.denies, SAID.disputes, SAID.confirms, SAID.couldNotVerify))
"""What holds of a claim told elsewhere as well: not that somebody declined to comment on one."""


class Response(NamedTuple):
    """An attribution that answers a claim, of another document or of its own.

    `similarity` is the cluster's, or how much of the answer the claim answered has; `evidence` the
    words that carry the answer, None where these are the attribution's own cue; `to` an attribution
    that makes the claim.
    """

    attribution: str
    relation: Node
    claim: str
    to: str
    similarity: float
    evidence: Node | None


class Answering(NamedTuple):
    """What tells who answers whom, beside the clusters.

    `inside` are the responses inside documents (`responses_inside`), `contraries` those by what is
    said; `canonical` has for each merged source the one that stands for it, `origin` for each
    copy the original.
    """

    inside: Sequence[tuple[str, str, Node, Node]]
    contraries: Sequence[Contrary]
    canonical: Mapping[str, str]
    origin: Mapping[str, str]


class _Answer(NamedTuple):
    by: str
    relation: Node
    evidence: Node | None
    strength: float


def responses(
    facts: ClaimFacts, clusters: Iterable[Cluster], answering: Answering
) -> list[Response]:
    """Return who answers claims, sorted, but for what documents tell of themselves already.

    An attribution that rejects, doubts, confirms or could not verify its own claim answers the
    same claim elsewhere; one that answers another's claim, in its document or by what it says,
    answers that claim elsewhere too. Nobody answers himself, and documents of one origin count as
    one.
    """
    makers: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in facts.voices.values():
        makers[voice.claim].append(voice)
    found = dict(_direct(answering))
    answers = _answers(answering.inside, found.values())
    for cluster in clusters:
        for claim in cluster.members:
            for answer in (*_own(makers[claim.iri]), *answers[claim.iri]):
                for told in cluster.members:
                    if _are_one(told.document, claim.document, answering.origin):
                        continue
                    by = facts.voices.get(answer.by)
                    if to := _answered(makers[told.iri], by, answering.canonical):
                        made = Response(
                            attribution=answer.by,
                            relation=answer.relation,
                            claim=told.iri,
                            to=to,
                            similarity=min(cluster.similarity, answer.strength),
                            evidence=answer.evidence,
                        )
                        found.setdefault((answer.by, answer.relation, told.iri), made)
    return sorted(found.values(), key=lambda r: (r.attribution, r.relation, r.claim))


def _answers(
    inside: Iterable[tuple[str, str, Node, Node]], direct: Iterable[Response]
) -> defaultdict[str, list[_Answer]]:
    """Return, by claim, the answers to it that hold of the claim told elsewhere as well."""
    answers: defaultdict[str, list[_Answer]] = defaultdict(list)
    for by, claim, relation, words in inside:
        if relation in _CARRIED:
            answers[claim].append(_Answer(by, relation, words, 1.0))
    for response in direct:
        if response.relation in _CARRIED:
            answers[response.claim].append(
                _Answer(response.attribution, response.relation, None, response.similarity)
            )
    return answers


def _own(makers: Iterable[Voice]) -> Iterator[_Answer]:
    for voice in makers:
        relation = relation_of(voice)
        if relation is not None:
            yield _Answer(voice.iri, relation, None, 1.0)


def _direct(answering: Answering) -> Iterator[tuple[tuple[str, Node, str], Response]]:
    """Yield the responses by what is said, by attribution, relation and claim."""
    told = {(by, relation, claim) for by, claim, relation, _ in answering.inside}
    for voice, relation, claim, to, strength in answering.contraries:
        key = voice.iri, relation, claim.iri
        document = document_of(voice.claim) or ""
        copied = document != claim.document and _are_one(document, claim.document, answering.origin)
        if key not in told and not copied:
            yield key, Response(voice.iri, relation, claim.iri, to.iri, strength, None)


def _are_one(document: str, other: str, origin: Mapping[str, str]) -> bool:
    return origin.get(document, document) == origin.get(other, other)


def _answered(
    makers: Iterable[Voice], by: Voice | None, canonical: Mapping[str, str]
) -> str | None:
    """Return the first attribution that holds the claim and is somebody else's."""
    own = {canonical.get(iri, iri) for iri in by.sources} if by else set()
    for voice in _in_order(makers):
        sources = {canonical.get(iri, iri) for iri in voice.sources}
        if voice.holds and not sources <= own:
            return voice.iri
    return None


def _in_order(voices: Iterable[Voice]) -> Iterator[Voice]:
    return iter(sorted(voices, key=lambda voice: voice.iri))
