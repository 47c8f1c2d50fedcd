"""What the components hand on to one another on the `Doc`: plain data that spaCy can serialise.

A draft is an attribution in the making: token ranges and labels, to which each component adds its
own keys. ``doc._.attributions`` holds the drafts in text order, ``doc.spans["quotations"]`` the
quotations.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict, cast

from spacy.tokens import Doc

Range = tuple[int, int]
"""Tokens, as first and one past the last."""

QUOTATIONS = "quotations"


class Draft(TypedDict):
    """An attribution in the making; all ranges count tokens, end exclusive.

    From the attribution component: `head` is the cue's head token (None without a cue), `word`
    part of speech and lemma of the cue (``v:say``, empty without), `frame` how the cue takes its
    content, `source` and `cue` None where the text has none, `content` its pieces in order (empty
    for «declined to comment»), `log_odds` the evidence for it, `passive` whether the cue is.
    From later components: `outer` is the position of the next outer draft, `depth` 0 for an
    outermost one; `who` and `whom` are positions of the entities that say and are told it, and
    their `…_sureness` the probability that the words mean them; the others are described where they
    are made.
    """

    head: int | None
    word: str
    frame: str
    source: Range | None
    cue: Range | None
    content: list[Range]
    log_odds: float
    passive: bool
    outer: NotRequired[int | None]
    depth: NotRequired[int]
    speech_act: NotRequired[str]
    cue_negated: NotRequired[bool]
    cue_certainty: NotRequired[str]
    cue_future: NotRequired[bool]
    stance: NotRequired[str]
    addressee: NotRequired[Range | None]
    channel: NotRequired[tuple[int, int, str] | None]
    time: NotRequired[tuple[int, int, int] | None]
    anonymity_reason: NotRequired[Range | None]
    who: NotRequired[list[int]]
    whom: NotRequired[list[int]]
    who_sureness: NotRequired[float]
    whom_sureness: NotRequired[float]
    claim: NotRequired[Reading | None]
    links: NotRequired[list[Link]]


class Entity(TypedDict):
    """A source as one document knows it.

    `first` are the tokens of its first mention or, for a source that the text leaves out
    («it was alleged»), of the cue or content without one; `count` how many it says they are.
    """

    label: str
    type: str
    anonymity: str
    aliases: list[str]
    affiliation: str | None
    count: int | None
    first: Range


class Reading(TypedDict):
    """What a claim says: modality by its words, propositions as token ranges.

    A proposition is (subject, predicate, object, lemma, confidence); subject and object may be
    None. `triggers` are the tokens that the modality rests on. From the sources' component: `about`
    are (mention, position of the entity, probability) inside the content, `subjects` for each
    proposition the position of the entity that its subject means, None where it means none.
    """

    negative: bool
    certainty: str
    triggers: list[int]
    future: bool
    propositions: list[tuple[Range | None, Range, Range | None, str, float]]
    about: NotRequired[list[tuple[Range, int, float]]]
    subjects: NotRequired[list[int | None]]


class Link(TypedDict):
    """A response to another draft's claim: `target` its position (None when not found)."""

    type: str
    evidence: Range
    target: int | None
    confidence: float


def drafts_of(doc: Doc) -> list[Draft]:
    """Return the drafts of `doc`; an empty list when no component has made any."""
    return cast("list[Draft]", doc._.attributions or [])


def extent(draft: Draft) -> Range:
    """Return the range from the first to one past the last token of the content.

    Raises ValueError for a draft without content.
    """
    if not draft["content"]:
        raise ValueError("the draft has no content")
    return draft["content"][0][0], draft["content"][-1][1]


def position(draft: Draft) -> tuple[int, int]:
    """Return the key that puts drafts in text order: first token of cue or content, then cue."""
    cue = draft["cue"] or (0, 0)
    first = [begin for begin, _ in draft["content"]]
    return min([*first, cue[0]] if draft["cue"] else first), cue[0]


def entities_of(doc: Doc) -> list[Entity]:
    """Return the sources of `doc`; an empty list when no component has made any."""
    return cast("list[Entity]", doc._.sources or [])


def own_claims_of(doc: Doc) -> list[Draft]:
    """Return the drafts of the document's own claims; empty when no component has made any."""
    return cast("list[Draft]", doc._.own_claims or [])


def register_extensions() -> None:
    """Make quoth's attributes of a `Doc` known to spaCy; calling it again changes nothing.

    ``doc._.attributions`` and ``doc._.own_claims`` hold drafts, ``doc._.sources`` entities.
    """
    for name in ("attributions", "own_claims", "sources"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
