"""An invented archive with as many sources as wanted, for measuring the page.

Ten attributions a document. A few sources are quoted often and most seldom, three in ten are not
named; some speak to each other, of each other, deny each other, or are told of by an agency. The
words are made of syllables and drawn by Zipf's law, so that texts compress about as news does.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import pyoxigraph as ox

from quoth.extractors.records import (
    Attribution,
    Claim,
    ClaimLink,
    Document,
    Extraction,
    Extractor,
    Mention,
    Proposition,
    Source,
    Span,
    Utterance,
)
from quoth.extractors.values import (
    Anonymity,
    Certainty,
    LinkType,
    MentionForm,
    QuotationType,
    SourceType,
    SpeechAct,
    Stance,
)
from quoth.graph.mapping import mapped
from quoth.graph.terms import to_ox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PER_DOCUMENT = 10
EXTRACTOR = Extractor(name="invented", version="1", model="none")
UNNAMED = 0.3
"""Of the sources."""

_VOCABULARY, _CLAIM_WORDS = 6000, (6, 22)
_FIRST_DAY = date(2031, 1, 1)
_CUES = (
    ("said", "say", SpeechAct.SAY, Stance.COMMITTED),
    ("warned", "warn", SpeechAct.WARN, Stance.COMMITTED),
    ("denied", "deny", SpeechAct.DENY, Stance.REJECTING),
    ("suggested", "suggest", SpeechAct.SUGGEST, Stance.UNCOMMITTED),
    ("announced", "announce", SpeechAct.ANNOUNCE, Stance.COMMITTED),
)
_ROLES = ("an official", "a harbour worker", "two people familiar with the plan", "a resident")
_BATCH = 300
"""Documents whose quads are made at a time: memory holds one batch."""


def fill(place: Path, *, sources: int, attributions: int) -> None:
    """Put an archive into a new folder of quoth's."""
    store = ox.Store(place)
    batch: list[ox.Quad] = []
    shared: set[ox.Quad] = set()
    for number, extraction in enumerate(archive(sources=sources, attributions=attributions)):
        found = mapped(extraction)
        batch += [*found.own, *map(to_ox, found.provenance)]
        shared.update(map(to_ox, found.sources))
        if number % _BATCH == _BATCH - 1:
            store.bulk_extend(batch)
            batch = []
    store.bulk_extend([*batch, *shared])
    store.flush()


def archive(*, sources: int, attributions: int) -> Iterator[Extraction]:
    """Yield the documents of an archive: the same ones in every run."""
    writer = _Writer(sources, attributions)
    for number in range(-(-attributions // PER_DOCUMENT)):
        yield writer.document(number)


class _Writer:
    """Writes one document after another."""

    def __init__(self, sources: int, attributions: int) -> None:
        self.dice = Random(1)
        self.words = [self._word() for _ in range(_VOCABULARY)]
        self.weights = [1 / (rank + 3) for rank in range(_VOCABULARY)]
        self.unnamed = round(sources * UNNAMED)
        self.names = self._names(sources - self.unnamed)
        # Every source speaks once; the rest is said by those of lower number most.
        self.order = [*range(len(self.names)), *([-1] * self.unnamed)]
        rest = max(0, attributions - len(self.order))
        self.order += [int(len(self.names) * self.dice.random() ** 4) for _ in range(rest)]
        self.dice.shuffle(self.order)

    def _word(self) -> str:
        syllables = ("ba", "cor", "del", "em", "fo", "gar", "hin", "is", "kel", "lo", "mar", "nu")
        ends = ("", "n", "s", "ed", "ing", "er", "t", "ly")
        count = self.dice.choice((1, 2, 2, 3))
        return "".join(self.dice.choices(syllables, k=count)) + self.dice.choice(ends)

    def _names(self, number: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            first, last = (self.dice.choice(self.words).title() for _ in range(2))
            found[f"{first} {last}{self.dice.choice(self.words)}"] = None
        return list(found)

    def document(self, number: int) -> Extraction:
        """Return a document and what is found in it."""
        page = _Page(self, number)
        first = number * PER_DOCUMENT
        for who in self.order[first : first + PER_DOCUMENT]:
            page.add(self.names[who] if who >= 0 else None)
        return page.extraction()

    def phrase(self) -> str:
        """Return some words."""
        return " ".join(
            self.dice.choices(self.words, self.weights, k=self.dice.randint(*_CLAIM_WORDS))
        )


class _Page:
    """A document as it grows, sentence by sentence."""

    def __init__(self, writer: _Writer, number: int) -> None:
        self.writer, self.dice, self.number = writer, writer.dice, number
        self.text = ""
        self.sources: dict[str, Source] = {}
        self.found: list[Attribution] = []

    def add(self, name: str | None) -> None:
        """Add a sentence in which the source called `name`, or one that is not named, speaks."""
        dice = self.dice
        if self.text:
            self.text += "\n\n" if dice.random() < 0.3 else " "
        begin = len(self.text)
        who = self._say(name or dice.choice(_ROLES))
        cue, lemma, act, stance = dice.choice(_CUES)
        cue_span = self._say(f" {cue}")
        direct = dice.random() < 0.4
        about = self._say(f" {dice.choice(self.writer.names)}") if dice.random() < 0.1 else None
        content = self._say(f' "{self.writer.phrase()}"' if direct else f" {self.writer.phrase()}")
        self.text += "."
        source = self._source(who, name)
        time = None
        if dice.random() < 0.1:
            day = _FIRST_DAY + timedelta(days=self.number % 1000)
            time = Utterance(span=cue_span, edtf=day.isoformat(), first=day, last=day)
        answers = act is SpeechAct.DENY and self.found
        before = self.found[-1] if self.found else None
        self.found.append(
            Attribution(
                sources=(source,),
                sentence=Span(begin, len(self.text), self.text[begin:]),
                cue=cue_span,
                cue_lemma=lemma,
                mention=self._mention(who, source, named=name is not None),
                claim=Claim(
                    spans=(content,),
                    text=content.text.strip('"'),
                    certainty=Certainty.POSSIBLE if dice.random() < 0.2 else Certainty.CERTAIN,
                    about=() if about is None else (self._about(about),),
                    propositions=(
                        Proposition(subject=None, predicate=cue_span, lemma=lemma, object=content),
                    ),
                ),
                quotation=QuotationType.DIRECT if direct else QuotationType.INDIRECT,
                speech_act=act,
                stance=stance,
                addressees=self._addressee(before),
                time=time,
                links=(
                    (ClaimLink(type=LinkType.DENIES, evidence=cue_span, target=before.key),)
                    if answers and before
                    else ()
                ),
                confidence=round(0.5 + dice.random() / 2, 2),
            )
        )

    def _say(self, words: str) -> Span:
        begin = len(self.text) + (len(words) - len(words.lstrip()))
        self.text += words
        return Span(begin, len(self.text), self.text[begin:])

    def _source(self, where: Span, name: str | None) -> Source:
        key = f"{where.begin}-{where.end}"
        return self.sources.setdefault(
            name or key,
            Source(
                key=key,
                label=where.text,
                type=SourceType.PERSON
                if name or self.dice.random() < 0.6
                else SourceType.COLLECTIVE,
                anonymity=Anonymity.NAMED if name else Anonymity.UNNAMED,
            ),
        )

    def _mention(self, where: Span, source: Source, *, named: bool) -> Mention:
        form = MentionForm.NAME if named else MentionForm.DESCRIPTION
        return Mention(span=where, form=form, refers_to=(source.key,))

    def _about(self, where: Span) -> Mention:
        return self._mention(where, self._source(where, where.text), named=True)

    def _addressee(self, before: Attribution | None) -> Sequence[Source]:
        return before.sources if before and self.dice.random() < 0.15 else ()

    def extraction(self) -> Extraction:
        """Return the whole."""
        document = Document(
            text=self.text,
            id=f"articles/{self.number:07}.txt",
            title=f"News {self.number}: {self.writer.phrase()[:60]}",
            date=_FIRST_DAY + timedelta(days=self.number % 1000),
            publisher=f"{self.writer.words[self.number % 30].title()} Gazette",
            url=f"https://example.org/news/{self.number}",
        )
        return Extraction(
            document=document,
            extractor=EXTRACTOR,
            attributions=tuple(self.found),
            sources=tuple(self.sources.values()),
        )
