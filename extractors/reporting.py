"""The reporting clause of a quotation, found by position: «…», said X — X said: «…» — X: «…».

Parsers go astray around quotation marks; where people write down what was said word for word, the
order of marks, commas, names and verbs is the better guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, Range
from quoth.extractors.quoted import MARKS, Quoted, QuotedTokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.frames import Frames
    from quoth.extractors.lexicon import CueLexicon
    from quoth.extractors.tree import Tree

WINDOW = 40
"""Tokens that a reporting clause may reach away from its quotation."""
LONGEST_SPEAKER = 8
SHORTEST_SPEECH = 4
"""Words from which on a quotation that no syntax explains counts as speech."""
QUOTING_FRAMES = ("before", "finite", "that", "around:parataxis", "quote")
STOPS = frozenset((".", "?", "!", ";"))
DASHES = frozenset(("—", "–", "--", "―", "-"))
COLONS = DASHES | {":"}
SPEECH_ENDS = frozenset((",", "?", "!", "."))


class Reporting:
    """Finds the clause that reports a quotation, in one parsed document."""

    def __init__(
        self, tree: Tree, quoted: QuotedTokens, frames: Frames, lexicon: CueLexicon
    ) -> None:
        self.tree = tree
        self.quoted = quoted
        self.frames = frames
        self.lexicon = lexicon

    def find(self, region: Quoted) -> Draft | None:
        """Return a draft for the quotation, None when no clause beside it reports it."""
        for verb in (*self._after(region), *self._before(region)):
            word = self._quoting_word(verb)
            if word is not None:
                return self._draft(region, verb, word)
        return self._speaker_line(region) or self._signature(region)

    def _after(self, region: Quoted) -> Iterator[int]:
        """Yield the verbs after the quotation, up to the end of the clause."""
        tree = self.tree
        last = self._last_inside(region)
        if tree.forms[last] == "." and region.closed:
            return
        i = region.end
        while i < min(tree.size, region.end + WINDOW):
            if tree.is_blank(i) and "\n" in tree.forms[i]:
                return
            if self.quoted.around(i) is not None or tree.forms[i] in STOPS:
                return
            if tree.is_verb(i) and tree.deps[i] not in ("aux", "auxpass", "amod"):
                yield i
            elif tree.deps[i] == "amod" and self._follows(region, i):
                # The parser takes «tweeted» before a name for its attribute.
                yield i
            i += 1

    def _before(self, region: Quoted) -> Iterator[int]:
        """Yield the verbs of the clause that leads up to the quotation, the nearest first."""
        tree = self.tree
        i = region.begin - 1
        while i >= 0 and tree.is_blank(i):
            # A line that ends in a colon introduces the next one.
            if "\n" in tree.forms[i] and not (i and tree.forms[i - 1] == ":"):
                return
            i -= 1
        if i < 0 or tree.forms[i] in STOPS:
            return
        for j in range(i, max(-1, i - WINDOW), -1):
            if self.quoted.around(j) is not None or tree.forms[j] in STOPS:
                return
            if tree.is_blank(j) and "\n" in tree.forms[j]:
                return
            if tree.is_verb(j) and tree.deps[j] not in ("aux", "auxpass", "amod"):
                yield j

    def _quoting_word(self, verb: int) -> str | None:
        """Return the verb as a lexicon word if it is one that introduces what is said."""
        tree = self.tree
        word = "v:" + self.frames.lemmas.verb(tree.words[verb], tree.tags[verb])
        best = max(self.lexicon.evidence(word, frame)["lexicon=frame"] for frame in QUOTING_FRAMES)
        seen = self.lexicon.evidence(word, "before")["lexicon=word"]
        return word if best > 0.0 and seen > -1.0 else None

    def _draft(self, region: Quoted, verb: int, word: str) -> Draft:
        source, passive, _ = self.frames.parts.agent_of(verb)
        if source is None or self.quoted.around(source[0]) is not None:
            source = self._neighbour(verb)
        cue = self.frames.parts.verb_group(verb)
        return Draft(
            head=verb,
            word=word,
            frame="quote",
            source=source,
            cue=cue,
            content=[self.content(region)],
            log_odds=2.0,
            passive=passive,
        )

    def _neighbour(self, verb: int) -> Range | None:
        """Return the noun phrase that stands beside the verb, before or (inverted) after it."""
        tree = self.tree
        end = verb
        while end > 0 and tree.deps[end - 1] in ("aux", "neg", "advmod"):
            end -= 1
        begin = end
        while begin > 0 and _nominal(tree, begin - 1) and self.quoted.around(begin - 1) is None:
            begin -= 1
        if begin < end:
            return begin, end
        begin = end = verb + 1
        while end < tree.size and _nominal(tree, end) and self.quoted.around(end) is None:
            end += 1
        return (begin, end) if begin < end else None

    def _speaker_line(self, region: Quoted) -> Draft | None:
        """Return the draft of «Name: “…”», the colon or dash being the cue."""
        tree = self.tree
        mark = region.begin - 1
        while mark >= 0 and tree.is_blank(mark) and "\n" not in tree.forms[mark]:
            mark -= 1
        if mark < 1 or tree.forms[mark] not in COLONS:
            return None
        begin = mark
        while begin > 0 and _nominal(tree, begin - 1) and mark - begin < LONGEST_SPEAKER:
            begin -= 1
        starts_line = begin == 0 or "\n" in tree.forms[begin - 1] or tree.forms[begin - 1] in STOPS
        if begin == mark or not starts_line or not tree.tags[mark - 1].startswith("NNP"):
            return None
        return self._of_mark(region, mark, (begin, mark))

    def _signature(self, region: Quoted) -> Draft | None:
        """Return the draft of «“…” — Name» on a line of its own, the dash being the cue."""
        tree = self.tree
        before, mark = region.begin - 1, region.end
        if before >= 0 and "\n" not in tree.forms[before]:
            return None
        while mark < tree.size and tree.is_blank(mark) and "\n" not in tree.forms[mark]:
            mark += 1
        if mark + 1 >= tree.size or tree.forms[mark] not in DASHES:
            return None
        begin = mark + 1
        while begin < tree.size and tree.is_blank(begin) and "\n" not in tree.forms[begin]:
            begin += 1
        end = begin
        while end < tree.size and "\n" not in tree.forms[end] and end - begin <= WINDOW:
            end += 1
        name = tree.trim(begin, end, STOPS)
        if name[0] >= name[1] or not tree.tags[name[0]].startswith("NNP"):
            return None
        return self._of_mark(region, mark, name)

    def _of_mark(self, region: Quoted, mark: int, source: Range) -> Draft:
        return Draft(
            head=mark,
            word="p:" + self.tree.forms[mark],
            frame="quote",
            source=source,
            cue=(mark, mark + 1),
            content=[self.content(region)],
            log_odds=1.0,
            passive=False,
        )

    def is_speech(self, region: Quoted) -> bool:
        """Whether a quotation is long enough for speech, or punctuated as in «“Lost?” she said»."""
        if region.words >= SHORTEST_SPEECH:
            return True
        if region.words == 1:
            return False
        comma_follows = self.tree.forms[region.end : region.end + 1] == [","]
        return self.tree.forms[self._last_inside(region)] in SPEECH_ENDS or (
            comma_follows and self.is_set_off(region)
        )

    def is_set_off(self, region: Quoted) -> bool:
        """Whether a quotation opens a sentence or follows a comma or colon, as speech does."""
        tree = self.tree
        before = region.begin - 1
        while before >= 0 and tree.is_blank(before):
            before -= 1
        opens = before < 0 or tree.sentence(before)[1] <= region.begin + 1
        return opens or tree.forms[before] in (",", ":")

    def inverted(self, region: Quoted) -> Draft | None:
        """Return the draft of a quotation right before its verb («“…”, tweeted @seabird»)."""
        found = next((v for v in self._after(region) if self._follows(region, v)), None)
        word = self._quoting_word(found) if found is not None else None
        return self._draft(region, found, word) if found is not None and word else None

    def _follows(self, region: Quoted, i: int) -> bool:
        """Whether a verb form comes right after the quotation."""
        begin = region.end
        while begin < i and self.tree.forms[begin] == ",":
            begin += 1
        return begin == i and self.tree.is_verb(i)

    def content(self, region: Quoted) -> Range:
        """Return the quotation as content, white space trimmed, marks kept."""
        return self.tree.trim(region.begin, region.end)

    def _last_inside(self, region: Quoted) -> int:
        """Return the last token before the closing mark."""
        last = region.end - 1
        while last > region.begin and (self.tree.forms[last] in MARKS or self.tree.is_blank(last)):
            last -= 1
        return last


def _nominal(tree: Tree, i: int) -> bool:
    return tree.tags[i][:2] in ("NN", "PR", "DT", "JJ", "CD", "PO") or tree.words[i] == "of"
