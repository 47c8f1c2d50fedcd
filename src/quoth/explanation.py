"""An article with its attributions marked and explained: every part, and what it rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quoth.extractors.assembly import voice_of
from quoth.extractors.printable import printable
from quoth.extractors.terminal import SIGNS, STYLES
from quoth.extractors.values import Certainty, LinkType, Polarity, Temporality
from quoth.output import PIPE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from rich.console import RenderableType

    from quoth.extractors.records import (
        Attribution,
        Claim,
        Document,
        Extraction,
        Mention,
        Source,
        Span,
    )

LINE = re.compile(r"\S[^\n]*")
LEGEND = "[content] {source} <cue>, each with the number of its attribution"
ANSWERS = {
    LinkType.DENIES: "denies",
    LinkType.DISPUTES: "disputes",
    LinkType.CONFIRMS: "confirms",
    LinkType.DECLINES_TO_COMMENT: "declines to comment on",
    LinkType.COULD_NOT_VERIFY: "could not verify",
}
Row = tuple[str, str]
Marks = dict[tuple[int, int, str], list[int]]


def write_explanations(extractions: Iterable[Extraction], stream: TextIO) -> None:
    """Write each article line by line, the attributions that begin in a line explained under it.

    Marks and colours stand for source, cue and content. What the document says in its own voice is
    explained only where it hedges. Control characters of the text are left out.
    """
    console = Console(
        file=stream, width=None if stream.isatty() else PIPE_WIDTH, highlight=False, emoji=False
    )
    for extraction in extractions:
        for part in _Explainer(extraction).parts():
            console.print(part)


class _Explainer:
    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.document = extraction.document
        self.numbers = {a.key: n for n, a in enumerate(extraction, 1)}
        self.by_key = {a.key: a for a in extraction}
        self.labels = {source.key: source.label for source in extraction.sources}
        self.marks: Marks = defaultdict(list)
        for a in extraction:
            for kind, spans in (
                ("source", [a.mention.span] if a.mention else []),
                ("cue", [a.cue] if a.cue else []),
                ("content", a.content),
            ):
                for span in spans:
                    self.marks[span.begin, span.end, kind].append(self.numbers[a.key])

    def parts(self) -> Iterator[RenderableType]:
        yield Text(printable(_heading(self.document)), style="bold")
        yield Text(f"{LEGEND}\n", style="dim")
        text, begin = self.document.text, self.document.begin
        for line in LINE.finditer(text):
            if line.start() < begin:
                yield Text(printable(text[line.start() : min(begin, line.end())]), style="dim")
            if line.end() <= begin:
                continue
            yield self._marked(max(begin, line.start()), line.end())
            explained = [
                self._explained(a)
                for a in self.extraction
                if line.start() <= _begin(a) < line.end()
            ]
            hedged = [
                self._hedge(a)
                for a in self.extraction.own_claims
                if line.start() <= _begin(a) < line.end() and a.claim and a.claim.modality
            ]
            yield Padding(Group(*explained, *hedged), (0, 0, 1, 4))

    def _marked(self, begin: int, end: int) -> Text:
        """Return a line of the text with the marks of the attributions that touch it."""
        opening: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        closing: dict[int, list[tuple[int, str]]] = defaultdict(list)
        styled = []
        for (first, last, kind), numbers in self.marks.items():
            if first >= end or last <= begin:
                continue
            start, stop = max(first, begin), min(last, end)
            left, right = SIGNS[kind]
            opening[start].append((-stop, kind, left + ",".join(map(str, numbers)) + " "))
            closing[stop].append((-start, right))
            styled.append((start, stop, STYLES[kind]))
        marked = Text()
        places = sorted({begin, end, *opening, *closing})
        for place, following in zip(places, [*places[1:], end], strict=True):
            for _, sign in sorted(closing[place]):
                marked.append(sign, style="dim")
            for _, _, sign in sorted(opening[place]):
                marked.append(sign, style="dim")
            style = " ".join(s for b, e, s in styled if s and b <= place < e)
            words = self.document.text[place:following]
            marked.append(printable(words, edges=True), style=style)
        return marked

    def _explained(self, a: Attribution) -> RenderableType:
        grid = Table.grid(padding=(0, 2, 0, 0))
        rows: list[Row] = [
            (str(self.numbers[a.key]), str(a)),
            *self._source(a),
            *self._cue(a),
            *self._claim(a.claim),
            *self._setting(a),
            *self._relations(a),
            ("confidence", f"{a.confidence:.0%}"),
        ]
        for number, (name, value) in enumerate(rows):
            style = "bold" if number == 0 else ""
            grid.add_row(Text(name, style=style or "dim"), Text(printable(value), style=style))
        return grid

    def _source(self, a: Attribution) -> Iterator[Row]:
        if a.mention is None:
            what = "goes on from what was said before" if a.cue is None else "not given"
            yield "source", f"{what}: {' and '.join(map(_described, a.sources))}"
        else:
            yield "source", self._meaning(a.mention, a.sources)
        if a.anonymity_reason is not None:
            yield "not named", f"because «{a.anonymity_reason}»"

    def _meaning(self, mention: Mention, sources: tuple[Source, ...]) -> str:
        role = mention.described_as
        words = [f"«{mention}» means", " and ".join(map(_described, sources))]
        if role and role != str(mention):
            words.append(f"as «{role}»")
        words.append(f"({mention.form}, {mention.confidence:.0%} sure)")
        return " ".join(words)

    def _cue(self, a: Attribution) -> Iterator[Row]:
        if a.cue is None:
            yield "cue", f"none; {a.speech_act}, so {a.stance}"
            return
        told = [str(a.speech_act)]
        if a.cue_polarity is Polarity.NEGATIVE:
            told.append("negated")
        yield "cue", f"«{a.cue}» ({a.cue_lemma}): {', '.join(told)}, so {a.stance}"
        unsaid = []
        if a.cue_certainty is not Certainty.CERTAIN:
            unsaid.append(f"{a.cue_certainty} only")
        if a.cue_temporality is Temporality.FUTURE:
            unsaid.append("still to come")
        if unsaid:
            yield "was it said", ", ".join(unsaid)

    def _claim(self, claim: Claim | None) -> Iterator[Row]:
        if claim is None:
            return
        modality = f"{claim.polarity}, {claim.certainty}, {claim.temporality}"
        if claim.modality:
            modality += f", by {_quoted(claim.modality)}"
        yield "claim", modality
        for p in claim.propositions:
            words = [str(part) for part in (p.subject, p.predicate, p.object) if part is not None]
            who = f" (the subject is {self.labels[p.subject_source]})" if p.subject_source else ""
            yield "reading", f"{' | '.join(words)}{who}"
        about = dict.fromkeys(self.labels[key] for m in claim.about for key in m.refers_to)
        if about:
            yield "about", ", ".join(about)

    def _setting(self, a: Attribution) -> Iterator[Row]:
        yield "quotation", str(a.quotation)
        if a.addressee_mention is not None:
            yield "to", self._meaning(a.addressee_mention, a.addressees)
        if a.channel is not None:
            yield "through", f"«{a.channel.span}»: {a.channel.medium}"
        if a.time is not None:
            anchor = f", from {a.time.anchor}" if a.time.anchor else ""
            yield "when", f"«{a.time.span}»: {a.time.edtf}{anchor}"

    def _relations(self, a: Attribution) -> Iterator[Row]:
        if a.nested_in is not None:
            chain, outer = [a], self.by_key.get(a.nested_in)
            while outer is not None:
                chain.append(outer)
                outer = self.by_key.get(outer.nested_in or "")
            names = [" and ".join(source.label for source in one.sources) for one in chain]
            yield "chain", " ← ".join([*names, voice_of(self.document).label])
        for link in a.links:
            number = self.numbers.get(link.target or "")
            target = f"{number}" if number else "something not found in the text"
            sure = f", {link.confidence:.0%} sure" if number else ""
            yield "answer", f"{ANSWERS[link.type]} {target}, by «{link.evidence}»{sure}"

    def _hedge(self, a: Attribution) -> RenderableType:
        claim = a.claim
        assert claim is not None
        words = f"own voice: {claim.polarity}, {claim.certainty}, {claim.temporality}"
        return Text(printable(f"{words}, by {_quoted(claim.modality)}"), style="dim")


def _heading(document: Document) -> str:
    known = (document.publisher, document.author, document.date and document.date.isoformat())
    return " · ".join([str(document), *(str(fact) for fact in known if fact)])


def _begin(a: Attribution) -> int:
    spans = [*a.content, *([a.cue] if a.cue else []), *([a.mention.span] if a.mention else [])]
    return min(span.begin for span in spans)


def _described(source: Source) -> str:
    facts = [str(source.type), str(source.anonymity)]
    if source.count:
        facts.append(f"{source.count} of them")
    if source.affiliation:
        facts.append(f"of {source.affiliation}")
    if source.aliases:
        facts.append(f"also {', '.join(source.aliases)}")
    return f"{source.label} ({', '.join(facts)})"


def _quoted(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"«{span}»" for span in spans)
