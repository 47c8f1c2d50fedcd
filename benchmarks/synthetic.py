"""Invented extractions in any number, for measuring the store: the same ones in every run.

A document holds ten attributions of one sentence each, the commonest shape in news: a source named
or not, a cue, an indirect claim, now and then a denial of the claim before. No model reads
anything: the records are made beside the text.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from quoth.extractors.records import (
    Attribution,
    Claim,
    ClaimLink,
    Document,
    Extraction,
    Extractor,
    Mention,
    Source,
    Span,
)
from quoth.extractors.values import (
    Anonymity,
    LinkType,
    MentionForm,
    QuotationType,
    SourceType,
    SpeechAct,
    Stance,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_DOCUMENT = 10
"""Attributions of a document."""
EXTRACTOR = Extractor(name="synthetic", version="1", model="none")

_FIRST = ("Edda", "Maro", "Silke", "Anselm", "Tova", "Ruben", "Ilse", "Corin", "Nadja", "Pavo")
_LAST = ("Thorvane", "Belmar", "Ostrick", "Vance", "Quillby", "Harrow", "Lindqvist", "Sabo")
_TOWNS = ("Saltmere", "Brackwater", "Norhaven", "Ullin", "Dorn", "Estry", "Feldholm", "Garsk")
_THINGS = ("ferry", "harbour", "budget", "bridge", "tramway", "reservoir", "school", "market")
_FATES = ("would close", "would be sold", "had been repaired", "cost too much", "was safe")
_CUES = (
    ("said", "say", SpeechAct.SAY, Stance.COMMITTED),
    ("warned", "warn", SpeechAct.WARN, Stance.COMMITTED),
    ("denied", "deny", SpeechAct.DENY, Stance.REJECTING),
    ("suggested", "suggest", SpeechAct.SUGGEST, Stance.UNCOMMITTED),
    ("confirmed", "confirm", SpeechAct.CONFIRM, Stance.COMMITTED),
)
_FIRST_DAY = date(2031, 1, 1)


def extractions(attributions: int) -> Iterator[Extraction]:
    """Yield documents with `attributions` attributions in all, rounded up to whole documents."""
    for number in range(-(-attributions // PER_DOCUMENT)):
        yield _extraction(number)


def _extraction(number: int) -> Extraction:
    dice = Random(number)
    sentences: list[str] = []
    parts: list[tuple[str, bool, tuple[str, str, SpeechAct, Stance], str]] = []
    for _ in range(PER_DOCUMENT):
        named = dice.random() < 0.7
        who = _person(dice) if named else f"an official in {dice.choice(_TOWNS)}"
        cue = dice.choice(_CUES)
        claim = f"the {dice.choice(_THINGS)} of {dice.choice(_TOWNS)} {dice.choice(_FATES)}"
        parts.append((who, named, cue, claim))
        sentences.append(f"{who} {cue[0]} that {claim}.")
    document = Document(
        text="\n".join(sentences),
        id=f"articles/{number:07}.txt",
        title=f"News {number}",
        date=_FIRST_DAY + timedelta(days=number % 1000),
        publisher=f"{dice.choice(_TOWNS)} Gazette",
    )
    return _found(document, sentences, parts)


def _person(dice: Random) -> str:
    """Return a name of two thousand; the lower numbers come more often, as in news."""
    rank = int(2000 * dice.random() ** 3)
    first, rest = _FIRST[rank % 10], rank // 10
    last, town = _LAST[rest % 8], rest // 8
    return f"{first} {last}{'' if not town else '-' + _LAST[town % 8] + _TOWNS[town // 8 % 8]}"


def _found(
    document: Document,
    sentences: list[str],
    parts: list[tuple[str, bool, tuple[str, str, SpeechAct, Stance], str]],
) -> Extraction:
    found: list[Attribution] = []
    sources: dict[str, Source] = {}
    begin = 0
    for sentence, (who, named, (cue, lemma, act, stance), words) in zip(
        sentences, parts, strict=True
    ):
        mention = Span(begin, begin + len(who), who)
        cue_begin = mention.end + 1
        claim_begin = cue_begin + len(cue) + 1
        content = Span(claim_begin, begin + len(sentence) - 1, f"that {words}")
        source = sources.setdefault(
            who if named else mention.key,
            Source(
                key=mention.key,
                label=who,
                type=SourceType.PERSON,
                anonymity=Anonymity.NAMED if named else Anonymity.UNNAMED,
            ),
        )
        found.append(
            Attribution(
                sources=(source,),
                sentence=Span(begin, begin + len(sentence), sentence),
                cue=Span(cue_begin, cue_begin + len(cue), cue),
                cue_lemma=lemma,
                mention=Mention(
                    span=mention,
                    form=MentionForm.NAME if named else MentionForm.DESCRIPTION,
                    refers_to=(source.key,),
                ),
                claim=Claim(spans=(content,), text=content.text),
                quotation=QuotationType.INDIRECT,
                speech_act=act,
                stance=stance,
                links=_links(act, found, content),
                confidence=0.9,
            )
        )
        begin += len(sentence) + 1
    return Extraction(
        document=document,
        extractor=EXTRACTOR,
        attributions=tuple(found),
        sources=tuple(sources.values()),
    )


def _links(act: SpeechAct, before: list[Attribution], evidence: Span) -> tuple[ClaimLink, ...]:
    if act is not SpeechAct.DENY or not before:
        return ()
    return (ClaimLink(type=LinkType.DENIES, evidence=evidence, target=before[-1].key),)
