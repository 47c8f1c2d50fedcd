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


class _Answer(NamedTuple):
    by: str
    relation: Node
    evidence: Node | None
    strength: float


def responses(
    facts: ClaimFacts,
    clusters: Iterable[Cluster],
    inside: Sequence[tuple[str, str, Node, Node]],
    canonical: Mapping[str, str],
    origin: Mapping[str, str],
    contraries: Sequence[Contrary] = (),
) -> list[Response]:
    """Return who answers claims, sorted, but for what `inside` tells already.

    `inside` are the responses inside documents (`responses_inside`). An attribution that rejects,
    doubts, confirms or could not verify its own claim answers the same claim elsewhere; one
    that answers another's claim, in its document or by what it says (`contraries`), answers that
    claim elsewhere too. Nobody answers himself, and documents of one origin (`origin`, copy to
    original) count as one.
    """
    makers: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in facts.voices.values():
        makers[voice.claim].append(voice)
    answers: defaultdict[str, list[_Answer]] = defaultdict(list)
    for by, claim, relation, words in inside:
        if relation in _CARRIED:
            answers[claim].append(_Answer(by, relation, words, 1.0))
    found = dict(_direct(contraries, inside, origin))
    for response in found.values():
        answers[response.claim].append(
            _Answer(response.attribution, response.relation, None, response.similarity)
        )
    for cluster in clusters:
        for claim in cluster.members:
            own = [
                _Answer(v.iri, relation, None, 1.0)
                for v in makers[claim.iri]
                if (relation := relation_of(v)) is not None
            ]
            for by, relation, words, strength in (*own, *answers[claim.iri]):
                for told in cluster.members:
                    if _origin(told.document, origin) == _origin(claim.document, origin):
                        continue
                    if to := _answered(makers[told.iri], facts.voices.get(by), canonical):
                        similarity = min(cluster.similarity, strength)
                        made = Response(by, relation, told.iri, to, similarity, words)
                        found.setdefault((by, relation, told.iri), made)
    return sorted(found.values(), key=lambda r: (r.attribution, r.relation, r.claim))


def _direct(
    contraries: Iterable[Contrary],
    inside: Iterable[tuple[str, str, Node, Node]],
    origin: Mapping[str, str],
) -> Iterator[tuple[tuple[str, Node, str], Response]]:
    """Yield the responses to claims by what is said, by attribution, relation and claim."""
    told = {(by, relation, claim) for by, claim, relation, _ in inside}
    for voice, relation, claim, to, strength in contraries:
        key = voice.iri, relation, claim.iri
        document = document_of(voice.claim)
        copied = document != claim.document and (
            _origin(str(document), origin) == _origin(claim.document, origin)
        )
        if key not in told and not copied:
            yield key, Response(voice.iri, relation, claim.iri, to.iri, strength, None)


def _origin(document: str, origin: Mapping[str, str]) -> str:
    return origin.get(document, document)


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
