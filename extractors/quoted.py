"""Quotations beside a parse: which token stands in which, and contents fitted to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.extractors.drafts import QUOTATIONS, Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quoth.extractors.tree import Tree

MARKS = frozenset(
    ("“", "”", "„", "‟", "«", "»", '"', "＂", "「", "」", "『", "』", "``", "''", "'", "‘", "’",
     "‚", "‹", "›")
)  # fmt: skip
EDGE_PUNCTUATION = frozenset((",", ";", ":", ".", "–", "—", "-", "--"))


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation: token range with its marks, whether it is closed, how many words it has."""

    begin: int
    end: int
    closed: bool
    words: int


class QuotedTokens:
    """The quotations of a document by token."""

    def __init__(self, doc: Doc, tree: Tree) -> None:
        self.tree = tree
        self.regions: list[Quoted] = []
        self._of = [-1] * tree.size
        for number, span in enumerate(doc.spans.get(QUOTATIONS, ())):
            words = sum(1 for i in range(span.start, span.end) if tree.is_word(i))
            self.regions.append(Quoted(span.start, span.end, span.label_ == "closed", words))
            self._of[span.start : span.end] = [number] * (span.end - span.start)

    def around(self, i: int) -> Quoted | None:
        """Return the quotation that holds token i."""
        number = self._of[i]
        return self.regions[number] if number >= 0 else None

    def utterance(self, i: int, cue: int) -> Quoted | None:
        """Return the quotation that holds token i and not the cue, if somebody speaks in it.

        A title in quotation marks has no verb, as a rule.
        """
        region = self.around(i)
        if region is None or not region.closed or region.begin <= cue < region.end:
            return None
        has_verb = any(self.tree.is_verb(k) for k in range(region.begin, region.end))
        return region if has_verb else None

    @property
    def numbers(self) -> Sequence[int]:
        """For each token the position of its quotation in `regions`, -1 outside."""
        return self._of

    def touches(self, content: list[Range]) -> bool:
        """Whether an edge of the content lies in a quotation of two words or more."""
        for begin, end in content:
            for i in (begin, end - 1):
                region = self.around(i)
                if region is not None and region.words > 1:
                    return True
        return False

    def inside(self, region: Quoted) -> Range:
        """Return the region's tokens without its marks."""
        begin, end = region.begin + 1, region.end
        while end > begin and self.tree.forms[end - 1] in MARKS:
            end -= 1
        return begin, end

    def fit(self, pieces: list[Range], head: int, *holes: Range | None) -> list[Range]:
        """Fit the pieces of a content to the quotations.

        With the cue's `head` inside a quotation nothing outside it belongs to the content.
        Otherwise a piece that reaches into a quotation takes all of it. The `holes` (source, cue)
        are cut out. Pieces come back in order, disjoint, without clause punctuation at the edges.
        """
        own = self.around(head)
        if own is not None:
            first, last = self.inside(own)
            fitted = [(max(begin, first), min(end, last)) for begin, end in pieces]
        else:
            fitted = [self._widen(begin, end) for begin, end in pieces]
        fitted = [piece for piece in fitted if piece[0] < piece[1]]
        for hole in holes:
            if hole is not None:
                fitted = [part for piece in fitted for part in without(piece, hole)]
        trimmed = sorted(self.tree.trim(*piece, EDGE_PUNCTUATION) for piece in fitted)
        joined: list[Range] = []
        for begin, end in trimmed:
            if not any(self.tree.is_word(i) for i in range(begin, end)):
                continue
            if joined and begin <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((begin, end))
        return joined

    def _widen(self, begin: int, end: int) -> Range:
        for edge in (begin, end - 1):
            region = self.around(edge)
            if region is not None and region.closed:
                begin, end = min(begin, region.begin), max(end, region.end)
        return begin, end


def without(piece: Range, hole: Range) -> list[Range]:
    """Return what a token range has before and after a hole."""
    begin, end = piece
    if hole[1] <= begin or hole[0] >= end:
        return [piece]
    return [part for part in ((begin, hole[0]), (hole[1], end)) if part[0] < part[1]]
