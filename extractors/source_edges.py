"""Where the mention of a source ends: no mark, no date and no aside belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.constituents import LONGEST_CLIMB, Constituents
from quoth.extractors.dates.expressions import find_dates
from quoth.extractors.quoted import MARKS
from quoth.extractors.tree import SUBJECTS

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.quoted import QuotedTokens
    from quoth.extractors.tree import Tree

DATING = frozenset(("on", "late", "early", "earlier", "later", "again"))
"""Words between a source and the day on which it spoke («the ministry late on Tuesday»)."""
DATES = frozenset(("weekday", "day", "month-day", "unit"))
"""Kinds of dates that tell when somebody spoke; «officials in 2031» are others than today's."""
TURNING = frozenset(("contrary", "unlike", "despite", "regardless"))
"""Words that open an aside which does not say who somebody is."""
NAMING_TAGS = frozenset(("DT", "NN", "NNS", "NNP", "NNPS", "PRP$", "CD", "WP", "WDT", "WP$", "CC"))
"""Tags that open an apposition, a relative clause or the next of several, which do."""


class SourceEdges:
    """Cuts mentions to the words that say who somebody is, in one parsed document."""

    def __init__(self, tree: Tree, quoted: QuotedTokens) -> None:
        self.tree = tree
        self.quoted = quoted
        self.parts = Constituents(tree)

    def bare(self, span: Range, cue: int, content: list[Range]) -> Range | None:
        """Return the mention in `span` of who says `content` by the cue at a token.

        None where nothing of it can be anybody, and the cue has no subject either.
        """
        begin, end = self._without_marks(*span)
        if begin >= end or not self._has_letter(begin, end):
            return self._subject_outside(cue)
        if self._is_said(begin, end, cue, content):
            return self._subject_outside(cue)
        end = self._before_content(begin, end, content)
        end = self._before_date(begin, end)
        end = self._before_aside(begin, end)
        return begin, end

    def _without_marks(self, begin: int, end: int) -> Range:
        """Strip marks that belong to a quotation which reaches beyond the mention."""
        while begin < end and self._is_stray(begin, begin, end):
            begin += 1
        while begin < end and self._is_stray(end - 1, begin, end):
            end -= 1
        return begin, end

    def _is_stray(self, i: int, begin: int, end: int) -> bool:
        if self.tree.is_blank(i) or self.tree.forms[i] == ",":
            return True
        if self.tree.forms[i] not in MARKS:
            return False
        region = self.quoted.around(i)
        paired = any(self.tree.forms[k] in MARKS for k in range(begin, end) if k != i)
        return not paired if region is None else not begin <= region.begin < region.end <= end

    def _has_letter(self, begin: int, end: int) -> bool:
        return any(c.isalpha() for form in self.tree.forms[begin:end] for c in form)

    def _is_said(self, begin: int, end: int, cue: int, content: list[Range]) -> bool:
        """Whether a mention stands in a quotation that the cue stands outside of, as said there.

        A title may well be a source: then it is all that the quotation marks hold.
        """
        region = self.quoted.utterance(begin, cue)
        if region is None:
            return False
        first, last = self.quoted.inside(region)
        is_whole = begin <= first and last <= end
        return not is_whole or any(b < region.end and region.begin < e for b, e in content)

    def _subject_outside(self, cue: int) -> Range | None:
        """Return the nearest subject of a cue that stands with it outside all quotations.

        Without one of its own that is the subject of a verb above («says that “… it has sunk” and
        warns …», where the parser joins the last two).
        """
        tree, region = self.tree, self.quoted.around(cue)
        verb = cue
        for _ in range(LONGEST_CLIMB):
            subjects = [
                c
                for c in tree.children[verb]
                if tree.deps[c] in SUBJECTS and tree.is_word(c) and self.quoted.around(c) is region
            ]
            if subjects:
                nearest = min(subjects, key=lambda c: abs(c - cue))
                return self._without_marks(*self.parts.phrase(nearest))
            if tree.heads[verb] == verb:
                break
            verb = tree.heads[verb]
        return None

    def _before_content(self, begin: int, end: int, content: list[Range]) -> int:
        """Return where the mention ends before a content that begins in it and goes on after it."""
        return next((b for b, e in content if begin < b < end < e), end)

    def _before_date(self, begin: int, end: int) -> int:
        """Return where the mention ends before the day at its end («the minister on Friday»)."""
        doc, tree = self.tree.doc, self.tree
        offset = doc[begin].idx
        text = doc[begin:end].text
        date = next((d for d in find_dates(text) if d.end == len(text)), None)
        if date is None or date.kind not in DATES:
            return end
        cut = next(i for i in range(begin, end) if doc[i].idx - offset >= date.begin)
        if any(tree.is_verb(i) for i in range(begin, cut)):
            # «The film, which opens on Friday»: the day is that of the clause.
            return end
        dated = cut
        while cut > begin + 1 and (tree.words[cut - 1] in DATING or tree.forms[cut - 1] == ","):
            cut -= 1
        is_hung = cut < dated or tree.deps[dated] in ("npadvmod", "nmod", "tmod")
        is_noun = cut > begin and tree.tags[cut - 1][:1] in "NP"
        return cut if is_hung and is_noun else end

    def _before_aside(self, begin: int, end: int) -> int:
        """Return where the mention ends before an aside that reaches to its end.

        It has a clause of its own («contrary to what Osei says») or turns against somebody.
        """
        tree = self.tree
        comma = next((i for i in range(end - 1, begin, -1) if tree.forms[i] == ","), None)
        if comma is None or tree.tags[comma + 1] in NAMING_TAGS:
            return end
        has_clause = any(
            tree.deps[i] in SUBJECTS
            and not tree.tags[i].startswith("W")
            and i < tree.heads[i] < end
            for i in range(comma + 1, end)
        )
        return comma if has_clause or tree.words[comma + 1] in TURNING else end
