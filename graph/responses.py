"""Who answers whom across documents: a response to a claim answers it where others tell it, too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rdflib.term import Node

from quoth.graph.claim_facts import ClaimFacts, Voice
from quoth.graph.clusters import Cluster
from quoth.graph.contraries import Contrary, relation_of
from quoth.graph.source_facts import document_of
from quoth.graph.vocabulary import ID, SAID

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


_UNNAMED = str(ID["local-"])
"""How the IRIs of sources begin that only one document knows."""


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
    answers that claim elsewhere too (`_across`). Nobody answers himself, and documents of one
    origin count as one.
    """
    makers: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in facts.voices.values():
        makers[voice.claim].append(voice)
    found = dict(_direct(answering))
    answers = _answers(answering.inside, found.values())
    for cluster in clusters:
        for made in _across(cluster, makers, answers, facts, answering):
            found.setdefault((made.attribution, made.relation, made.claim), made)
    return sorted(found.values(), key=lambda r: (r.attribution, r.relation, r.claim))


def _across(
    cluster: Cluster,
    makers: Mapping[str, Sequence[Voice]],
    answers: Mapping[str, Sequence[_Answer]],
    facts: ClaimFacts,
    answering: Answering,
) -> Iterator[Response]:
    """Yield who answers the claims of a cluster elsewhere.

    Where it was told and answered many times, not every answer is tied to every telling, which
    would be their product: each answer to one telling of each who holds the claim at least, and
    each telling to one answer of each who answers.
    """
    canonical, origin = answering.canonical, answering.origin
    seen: set[tuple[str, Node, frozenset[str]]] = set()
    for claim in cluster.members:
        given = [*_own(makers.get(claim.iri, ())), *answers.get(claim.iri, ())]
        # Which of them are tied hangs on their order, and graphs give them in none.
        for answer in sorted(given, key=lambda answer: (answer.by, answer.relation)):
            by = facts.voices.get(answer.by)
            answerer = _speakers(by, canonical)
            for told in cluster.members:
                if _are_one(told.document, claim.document, origin):
                    continue
                to = _answered(makers.get(told.iri, ()), by, canonical)
                if to is None:
                    continue
                ends = {
                    (answer.by, answer.relation, _speakers(to, canonical)),
                    (told.iri, answer.relation, answerer),
                }
                if ends <= seen:
                    continue
                seen |= ends
                yield Response(
                    attribution=answer.by,
                    relation=answer.relation,
                    claim=told.iri,
                    to=to.iri,
                    similarity=min(cluster.similarity, answer.strength),
                    evidence=answer.evidence,
                )


def _speakers(voice: Voice | None, canonical: Mapping[str, str]) -> frozenset[str]:
    """Return who says an attribution, those without a name as one."""
    sources = voice.sources if voice else ()
    return frozenset("" if iri.startswith(_UNNAMED) else canonical.get(iri, iri) for iri in sources)


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
) -> Voice | None:
    """Return the first attribution that holds the claim and is somebody else's."""
    own = {canonical.get(iri, iri) for iri in by.sources} if by else set()
    for voice in _in_order(makers):
        sources = {canonical.get(iri, iri) for iri in voice.sources}
        if voice.holds and not sources <= own:
            return voice
    return None


def _in_order(voices: Iterable[Voice]) -> Iterator[Voice]:
    return iter(sorted(voices, key=lambda voice: voice.iri))
