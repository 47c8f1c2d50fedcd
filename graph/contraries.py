"""Who answers a claim by what is said, in other words than the claim's own.

Who denies, doubts, confirms or could not verify something answers whoever said it: the words of the
one stand in the claim of the other, though the claims need not be so alike as to be one. And who
says «I took no bribe» contradicts who says that a bribe was taken, whatever the verb of saying.
Clauses are compared, not whole claims. A clause is answered by one that has most of the weight of
its words (a containment, Broder 1997), weighed by their rarity, and does not give other numbers
or names.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rdflib.term import Node

from quoth.graph.claim_facts import Voice
from quoth.graph.claim_wording import Words, claim_words, light_verbs
from quoth.graph.clauses import Clause, clauses
from quoth.graph.told import Told, overlap
from quoth.graph.vocabulary import SAID
from quoth.graph.word_likeness import WordLikeness

CONTAINED, WHOLE = 0.6, 1.0
"""Share of the weight of a clause's words that the other claim must have; and where nothing tells
that somebody did the same, in one document."""
LONGER = 2
"""Times as many words that a clause may have where nobody knows whom it speaks of."""
FEWEST_SHARED = 2
"""Content words, no names, that both must share: one is a topic."""
MOST_HAVING = 200
"""Claims with a word beyond which it is too common to find claims by."""
_ACTS = {
    "deny": SAID.denies,
    "doubt": SAID.disputes,
    "confirm": SAID.confirms,
    "unverified": SAID.couldNotVerify,
}
_ITSELF = re.compile(r"\b(?:I|[Ww]e|[Mm]e|[Uu]s|[Mm]y|[Oo]ur)\b")
_AGREE = (SAID.confirms, SAID.couldNotVerify)
_LANGUAGE = "en"
_ROUNDING = 1e-9


class Statement(NamedTuple):
    """A clause of a claim, who says it and how: what is compared.

    `relation` is how its attribution answers whoever says the same, None where it holds it itself;
    `names` are whom the claim speaks of, `verbs` stems of what may be a main verb of it.
    """

    voice: Voice
    claim: Told
    clause: Clause
    relation: Node | None
    names: frozenset[str]
    verbs: frozenset[str]


class Contrary(NamedTuple):
    """An attribution that answers the claim of another one, how, and how sure that is."""

    voice: Voice
    relation: Node
    claim: Told
    to: Voice
    strength: float


def relation_of(voice: Voice) -> Node | None:
    """Return how an attribution answers those who hold its own claim; None if it holds it."""
    return SAID.denies if voice.rejects else _ACTS.get(voice.act)


def statements(
    claims: Mapping[str, Told], voices: Iterable[Voice], words: Words
) -> list[Statement]:
    """Return what is compared of `claims`, in the order of their ages."""
    read: dict[str, list[Clause]] = {}
    verbs_of: dict[frozenset[str], frozenset[str]] = {}
    found = []
    for voice in voices:
        claim = claims.get(voice.claim)
        relation = relation_of(voice)
        if claim is None or not claim.text or not (voice.holds or relation) or not voice.tells:
            continue
        if relation is None and not claim.stems:
            continue  # a question, or a noun phrase: «praised the minister»
        if claim.iri not in read:
            read[claim.iri] = [
                clause
                for clause in clauses(claim.text, words, negated=claim.negative)
                if not clause.is_open
            ]
        names = claim.names
        if _ITSELF.search(claim.text):
            names |= words.stems_of(" ".join(sorted(voice.called)), _LANGUAGE)[0]
        if claim.verbs not in verbs_of:
            stems, _ = words.stems_of(" ".join(sorted(claim.verbs)), _LANGUAGE)
            verbs_of[claim.verbs] = stems | _light()
        verbs = verbs_of[claim.verbs]
        # Who confirms something answers those who say it, and says it.
        relations = (relation, None) if relation == SAID.confirms else (relation,)
        found += [
            Statement(voice, claim, clause, as_, names, verbs)
            for clause in read[claim.iri]
            for as_ in relations
        ]
    return sorted(found, key=lambda s: (*s.claim.key, s.claim.iri, s.voice.iri))


def asks(statement: Statement) -> bool:
    """Whether a statement looks for claims that it answers, or that answer it."""
    return statement.relation is not None or statement.clause.negative


@cache
def _reports() -> frozenset[str]:
    return _stems(claim_words().report_nouns)


@cache
def _light() -> frozenset[str]:
    return _stems(sorted(light_verbs()))


@cache
def _weak() -> frozenset[str]:
    return _stems(claim_words().weak_verbs)


def _stems(words: Iterable[str]) -> frozenset[str]:
    stems, _ = Words().stems_of(" ".join(words), _LANGUAGE)
    return stems


def searched(statement: Statement) -> frozenset[str]:
    """Return the words by which a statement is compared: without «the claim that»."""
    return statement.clause.stems - _reports()


def telling(statement: Statement, words: WordLikeness) -> list[str]:
    """Return the words of a statement that asks of which every answer has one, the rarest first.

    Names are left out, as they are where the words that others lack are weighed.
    """
    stems = searched(statement) - statement.names
    rest = total = words.weight(stems)
    found = []
    for stem in sorted(stems, key=lambda stem: (-words.weights[stem], stem)):
        if rest < CONTAINED * total - _ROUNDING:
            break
        found.append(stem)
        rest -= words.weights[stem]
    return found


def contrary(
    ask: Statement, other: Statement, words: WordLikeness, *, own: bool
) -> Contrary | None:
    """Return who of the two answers whom, None where neither does.

    `ask` is a statement that asks, `other` one that its attribution holds; `own` says that one
    source made both, whose later statement departs from the earlier one.
    """
    agrees = ask.clause.negative == other.clause.negative
    if other.relation is not None or agrees is (ask.relation is None):
        return None
    if own and ask.relation in _AGREE:
        return None
    strength = _contained(ask, other, words, own=own) if _are_two(ask.claim, other.claim) else None
    if strength is None:
        return None
    answer, told = ask, other
    if _is_earlier(ask.claim, other.claim):
        if not own and ask.relation is not None:
            return None
        answer, told = other, ask
    relation = SAID.departsFrom if own else ask.relation or SAID.denies
    return Contrary(answer.voice, relation, told.claim, told.voice, strength)


def _are_two(one: Told, other: Told) -> bool:
    return one.document != other.document or not overlap(one.key, other.key)


def _is_earlier(one: Told, other: Told) -> bool:
    """Whether `one` was told before the other: by the day, and in one document by the place."""
    if one.document == other.document:
        return one.key < other.key
    return one.key[0] < other.key[0]


def _contained(ask: Statement, other: Statement, words: WordLikeness, *, own: bool) -> float | None:
    """Return which part of the words of `ask` the other has, None where they are two things.

    Names that only one of two statements of one source gives do not count: whoever speaks again of
    what he spoke of gives them once.
    """
    stems = searched(ask)
    shared = stems & other.clause.stems
    names = ask.names | other.names
    if len(shared - names - _weak()) < FEWEST_SHARED:
        return None
    one, two = ask.claim.subjects, other.claim.subjects
    if ask.relation is not None or own:
        one, two = ask.names, other.names
    if _disjoint(ask.clause.numbers, other.clause.numbers) or (not own and _disjoint(one, two)):
        return None
    part = words.weight(shared) / words.weight(shared | (stems - names) if own else stems)
    does_the_same = not (ask.verbs & other.verbs).isdisjoint(shared)
    if ask.relation is None:
        near = own or ask.claim.document == other.claim.document
        whole = part >= WHOLE - _ROUNDING and not ask.verbs.isdisjoint(shared)
        brief = len(other.clause.stems) <= LONGER * len(stems)
        of_one = own or not one.isdisjoint(two) or (whole and brief and not two)
        is_one = (whole and near) or (does_the_same and of_one)
    else:
        is_one = own or not shared.isdisjoint(ask.verbs | other.verbs)
    return part if is_one and part >= CONTAINED - _ROUNDING else None


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def likeness(made: Iterable[Statement]) -> WordLikeness:
    """Return what words weigh, by in how many claims of the statements each stands."""
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for statement in made:
        stems[statement.claim.iri] |= statement.clause.stems
    return WordLikeness(Counter(stem for found in stems.values() for stem in found), len(stems))


def contraries(made: Sequence[Statement], canonical: Mapping[str, str]) -> list[Contrary]:
    """Return who answers whom among `made`, each attribution and claim once, sorted."""
    words = likeness(made)
    asking = [(statement, telling(statement, words)) for statement in made if asks(statement)]
    wanted = {stem for _, stems in asking for stem in stems}
    having: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in made:
        if statement.relation is None:
            for stem in statement.clause.stems & wanted:
                having[stem].append(statement)
    found = []
    for ask, stems in asking:
        others = {
            id(other): other
            for stem in stems
            if len(having[stem]) <= MOST_HAVING
            for other in having[stem]
        }
        answers = (
            contrary(ask, other, words, own=are_of_one(ask.voice, other.voice, canonical))
            for other in others.values()
        )
        found += [answer for answer in answers if answer is not None]
    return best(found)


def are_of_one(one: Voice, other: Voice, canonical: Mapping[str, str]) -> bool:
    """Whether one source made both attributions."""
    first = {canonical.get(iri, iri) for iri in one.sources}
    return not first.isdisjoint(canonical.get(iri, iri) for iri in other.sources)


def best(found: Iterable[Contrary]) -> list[Contrary]:
    """Return each answer to a claim once, the surest of its kind, sorted."""
    surest: dict[tuple[str, str, str], Contrary] = {}
    for answer in sorted(found, key=_order):
        surest.setdefault((answer.voice.iri, str(answer.relation), answer.claim.iri), answer)
    return list(surest.values())


def _order(answer: Contrary) -> tuple[object, ...]:
    return (
        answer.voice.iri,
        str(answer.relation),
        answer.claim.iri,
        -answer.strength,
        answer.to.iri,
    )
