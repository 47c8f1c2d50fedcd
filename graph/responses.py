"""Who answers whom across documents: a response to a claim answers it wherever it is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rdflib.term import Node

from quoth.graph.claim_facts import ClaimFacts, Voice
from quoth.graph.clusters import Cluster
from quoth.graph.vocabulary import SAID

_ACTS = {
    "deny": SAID.denies,
    "doubt": SAID.disputes,
    "confirm": SAID.confirms,
    "unverified": SAID.couldNotVerify,
}
_CARRIED = frozenset((SAID.denies, SAID.disputes, SAID.confirms, SAID.couldNotVerify))
"""What holds of a claim told elsewhere as well: not that somebody declined to comment on one."""


class Response(NamedTuple):
    """An attribution that answers a claim of another document.

    `similarity` is the cluster's; `evidence` the words that carry the answer, None where these
    are the attribution's own cue; `to` an attribution that makes the claim.
    """

    attribution: str
    relation: Node
    claim: str
    to: str
    similarity: float
    evidence: Node | None


def responses(
    facts: ClaimFacts,
    clusters: Iterable[Cluster],
    inside: Sequence[tuple[str, str, Node, Node]],
    canonical: Mapping[str, str],
    origin: Mapping[str, str],
) -> list[Response]:
    """Return who answers claims of other documents, sorted.

    `inside` are the responses inside documents (`responses_inside`). An attribution that rejects,
    doubts, confirms or could not verify its own claim answers the same claim elsewhere; one
    that answers another's claim in its document answers that claim elsewhere too. Nobody answers
    himself, and documents of one origin (`origin`, copy to original) count as one.
    """
    makers: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in facts.voices.values():
        makers[voice.claim].append(voice)
    answers: defaultdict[str, list[tuple[str, str, Node, Node]]] = defaultdict(list)
    for response in inside:
        if response[2] in _CARRIED:
            answers[response[1]].append(response)
    found: dict[tuple[str, Node, str], Response] = {}
    for cluster in clusters:
        for claim in cluster.members:
            own = [(v.iri, r, None) for v in makers[claim.iri] if (r := _relation(v)) is not None]
            others = [(by, relation, words) for by, _, relation, words in answers[claim.iri]]
            for by, relation, words in (*own, *others):
                for told in cluster.members:
                    if _origin(told.document, origin) == _origin(claim.document, origin):
                        continue
                    if to := _answered(makers[told.iri], facts.voices.get(by), canonical):
                        made = Response(by, relation, told.iri, to, cluster.similarity, words)
                        found.setdefault((by, relation, told.iri), made)
    return sorted(found.values(), key=lambda r: (r.attribution, r.relation, r.claim))


def _relation(voice: Voice) -> Node | None:
    """Return how an attribution answers those who hold its own claim."""
    if voice.rejects:
        return SAID.denies
    return _ACTS.get(voice.act)


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
