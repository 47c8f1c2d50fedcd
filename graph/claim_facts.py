"""What the claims of a graph say, who makes them and who answers, read by whole patterns."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import DCTERMS, RDF, Literal
from rdflib.term import Node

from quoth.graph.claim_wording import Words, asks, light_verbs
from quoth.graph.source_facts import SourceFacts, document_of
from quoth.graph.sources import Match
from quoth.graph.told import Told
from quoth.graph.vocabulary import ACT, ID, LINKS_GRAPH, SAID, VAL

_CLAIM = re.compile(r"/claim-(?P<document>[0-9a-f]{20})(?P<pieces>(?:-\d+-\d+)+)(?:-by-|$)")
_BEGIN = re.compile(r"#char=(\d+),")
_OTHER_ACTS = (
    "predict",
    "suggest",
    "warn",
    "ask",
    "request",
    "order",
    "propose",
    "promise",
    "praise",
    "apologise",
    "want",
    "no-comment",
)
"""Acts by which nobody tells that something is so."""
LAST_DAY = "9999-12-31"
"""The day of a document that has none: nothing is a copy of it, or later than it."""


@dataclass(slots=True)
class Voice:
    """An attribution for linking: who says its claim, how it stands to it, and by which act.

    `claim` is empty where it has none («could not verify that»).
    """

    iri: str
    claim: str
    sources: set[str] = field(default_factory=set)
    holds: bool = True
    """Whether its source holds the claim, instead of rejecting or withholding."""
    rejects: bool = False
    act: str = ""
    """deny, doubt, confirm or unverified, of an act that has taken place; else empty."""
    tells: bool = True
    """Whether it says that something is so, instead of warning, asking, promising …"""
    called: frozenset[str] = frozenset()
    """The names by which its sources are spoken of."""


@dataclass(slots=True)
class ClaimFacts:
    """The claims of a graph by IRI, the attributions by IRI, and the days of the documents."""

    claims: dict[str, Told]
    texts: dict[str, str]
    voices: dict[str, Voice]
    days: dict[str, str]


def read_claims(
    match: Match,
    sources: Mapping[str, SourceFacts],
    canonical: Mapping[str, str],
    words: Words | None = None,
) -> ClaimFacts:
    """Read what linking claims takes.

    `canonical` gives each merged source the one that stands for it, whose name is what the
    claims speak of when they say «she». `words` reads the claims: one that knows what stands in
    lower case in the rest of an archive, where `match` reads a part of it.
    """
    days = {str(d): str(day) for d, _, day, _ in match(None, DCTERMS.issued, None, None)}
    texts: dict[str, Literal] = {}
    for claim, _, text, _ in match(None, SAID.text, None, None):
        if isinstance(text, Literal):
            texts[str(claim)] = text
    negative = {str(c) for c, *_ in match(None, SAID.polarity, VAL.negative, None)}
    propositions = {str(p): str(c) for c, _, p, _ in match(None, SAID.proposition, None, None)}
    spoken_of = _spoken_of(match, sources, canonical, propositions)
    comparable = _comparable(texts, _stating(match, propositions))
    verbs = _verbs(match, propositions)
    subjects = _subjects(match, sources, canonical, propositions)
    words = Words() if words is None else words
    wordings = {
        iri: words.read(text, text.language or "en", sorted(spoken_of.get(iri, ())))
        for iri, text in texts.items()
    }
    claims: dict[str, Told] = {}
    for iri, wording in wordings.items():
        place = _CLAIM.search(iri)
        if place is None:
            continue
        offsets = place["pieces"].split("-")
        names = words.names_of(wording)
        document = str(ID[f"doc-{place['document']}"])
        day = days.get(document, LAST_DAY)
        claims[iri] = Told(
            iri=iri,
            key=(day, place["document"], int(offsets[1]), int(offsets[-1])),
            stems=wording.stems if iri in comparable else frozenset(),
            numbers=wording.numbers,
            names=names,
            # A negation anywhere counts: «There was no folder. There was a cup.»
            negative=iri in negative or wording.negated,
            document=document,
            verbs=frozenset(verbs.get(iri, ())),
            text=str(texts[iri]) if _is_english(texts[iri].language) else "",
            opposites=wording.opposites,
            subjects=_subjects_in(subjects.get(iri, ()), names, words),
        )
    voices = _voices(match)
    for voice in voices.values():
        voice.called = _called(voice, sources, canonical)
        if not _tells(str(texts.get(voice.claim, ""))):
            voice.rejects, voice.act = False, ""
    return ClaimFacts(claims, {i: str(t) for i, t in texts.items()}, voices, days)


def _subjects(
    match: Match,
    sources: Mapping[str, SourceFacts],
    canonical: Mapping[str, str],
    propositions: Mapping[str, str],
) -> Mapping[str, set[str]]:
    """Return, by claim, what the subjects of its propositions are called."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for proposition, _, text, _ in match(None, SAID.subjectText, None, None):
        if str(proposition) in propositions:
            found[propositions[str(proposition)]].add(str(text))
    for proposition, _, iri, _ in match(None, RDF.subject, None, None):
        source = sources.get(canonical.get(str(iri), str(iri)))
        if source is not None and str(proposition) in propositions:
            found[propositions[str(proposition)]].add(_short_name(source))
    return found


def _subjects_in(called: Iterable[str], names: frozenset[str], words: Words) -> frozenset[str]:
    """Return those of the `names` of a claim that its subjects are called by, as stems."""
    return frozenset(stem for name in called for stem in words.stems_of(name, "en")[0]) & names


def _called(
    voice: Voice, sources: Mapping[str, SourceFacts], canonical: Mapping[str, str]
) -> frozenset[str]:
    found = [sources.get(canonical.get(iri, iri)) for iri in voice.sources]
    return frozenset(_short_name(source) for source in found if source is not None)


def _short_name(source: SourceFacts) -> str:
    # News calls people by their last names; an organisation has no short form as sure.
    return source.name.split()[-1] if source.is_person else source.name


def _tells(text: str) -> bool:
    """Whether a claim can be denied or confirmed: not what somebody refuses to do, nor asks."""
    return not asks(text) and not text.lower().startswith(("to ", "what "))


def _is_english(language: str | None) -> bool:
    # A text without a tag is taken for English, as its stems are.
    return (language or "en").partition("-")[0].lower() == "en"


def _verbs(match: Match, propositions: Mapping[str, str]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for proposition, _, lemma, _ in match(None, SAID.predicateLemma, None, None):
        if str(proposition) in propositions and str(lemma) not in light_verbs():
            found[propositions[str(proposition)]].add(str(lemma))
    return found


def _stating(match: Match, propositions: Mapping[str, str]) -> dict[str, bool]:
    """Return the claims with a proposition, and whether the predicate of one stands in the claim.

    Of a noun phrase the cue is the predicate: «praised the minister».
    """
    found: dict[str, bool] = {}
    for proposition, _, span, _ in match(None, SAID.predicateSpan, None, None):
        claim = propositions.get(str(proposition))
        place, at = _CLAIM.search(claim or ""), _BEGIN.search(str(span))
        if claim and place and at:
            _, begin, *_, end = place["pieces"].split("-")
            inside = int(begin) <= int(at[1]) < int(end)
            found[claim] = found.get(claim, False) or inside
    return found


def _comparable(texts: Mapping[str, str], stating: Mapping[str, bool]) -> set[str]:
    """Return the claims that state something: no questions, and no bare noun phrases.

    `stating` is what `_stating` gives. Those of a document none of whose claims has a proposition
    all count: whoever extracted it makes no propositions.
    """
    read = {document_of(claim) for claim in stating}
    return {
        iri
        for iri, text in texts.items()
        if not asks(text) and (stating.get(iri) or document_of(iri) not in read)
    }


def _spoken_of(
    match: Match,
    sources: Mapping[str, SourceFacts],
    canonical: Mapping[str, str],
    propositions: Mapping[str, str],
) -> dict[str, set[str]]:
    """Return, by claim, short names of the people and organisations that it is about."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    about = [(str(claim), iri) for claim, _, iri, _ in match(None, SAID.about, None, None)]
    about += [
        (propositions[str(p)], iri)
        for p, _, iri, _ in match(None, RDF.subject, None, None)
        if str(p) in propositions
    ]
    for claim, iri in about:
        source = sources.get(canonical.get(str(iri), str(iri)))
        if source is not None:
            found[claim].add(_short_name(source))
    return found


def _voices(match: Match) -> dict[str, Voice]:
    voices: dict[str, Voice] = {}
    for iri, _, claim, _ in match(None, SAID.claim, None, None):
        voices[str(iri)] = Voice(str(iri), str(claim))
    for iri, _, source, _ in match(None, SAID.source, None, None):
        voices.setdefault(str(iri), Voice(str(iri), "")).sources.add(str(source))
    _add_stances(match, voices)
    return voices


def _add_stances(match: Match, voices: Mapping[str, Voice]) -> None:
    for stance in (VAL.rejecting, VAL.unknown):
        for voice in _of(voices, match, SAID.stance, stance):
            voice.holds = False
            voice.rejects = stance == VAL.rejecting
    for act in ("deny", "doubt", "confirm", "unverified"):
        for voice in _of(voices, match, SAID.speechAct, ACT[act]):
            voice.act = act
    for act in _OTHER_ACTS:
        for voice in _of(voices, match, SAID.speechAct, ACT[act]):
            voice.tells = False
    for iri in _not_done(match):
        if undone := voices.get(str(iri)):
            undone.rejects, undone.act = False, ""


def _of(voices: Mapping[str, Voice], match: Match, predicate: Node, value: Node) -> Iterator[Voice]:
    for iri, *_ in match(None, predicate, value, None):
        if found := voices.get(str(iri)):
            yield found


def _not_done(match: Match) -> set[Node]:
    """Return the attributions whose act is negated, uncertain or still to come."""
    found = {iri for iri, *_ in match(None, SAID.cuePolarity, VAL.negative, None)}
    for certainty in (VAL.possible, VAL.underspecified):
        found |= {iri for iri, *_ in match(None, SAID.cueCertainty, certainty, None)}
    return found | {iri for iri, *_ in match(None, SAID.cueTemporality, VAL.future, None)}


def responses_inside(match: Match) -> list[tuple[str, str, Node, Node]]:
    """Return who answers which claim inside documents: attribution, claim, property, evidence."""
    parts: defaultdict[Node, dict[Node, Node]] = defaultdict(dict)
    for predicate in (SAID.linkFrom, SAID.linkTo, SAID.linkType, SAID.linkEvidence):
        for link, _, value, graph in match(None, predicate, None, None):
            if graph != LINKS_GRAPH:
                parts[link][predicate] = value
    return sorted(
        (str(p[SAID.linkFrom]), str(p[SAID.linkTo]), p[SAID.linkType], p[SAID.linkEvidence])
        for p in parts.values()
        if len(p) == 4
    )
