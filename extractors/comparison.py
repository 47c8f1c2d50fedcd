"""Where two extractions of one document agree and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quoth.extractors.records import Attribution, Extraction, Span

ALIKE = 0.5
"""Dice coefficient of the characters of two contents from which on they count as the same."""


class Agreement(Enum):
    """How two extractions stand to one attribution."""

    SAME = "same"
    SOURCE = "other source"
    FIRST = "first only"
    SECOND = "second only"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One attribution in the eyes of two extractors; None where one of them does not see it."""

    first: Attribution | None
    second: Attribution | None

    @property
    def agreement(self) -> Agreement:
        """Whether both see it, and with the same source."""
        if self.second is None:
            return Agreement.FIRST
        if self.first is None:
            return Agreement.SECOND
        same = _same_source(self.first, self.second)
        return Agreement.SAME if same else Agreement.SOURCE

    @property
    def begin(self) -> int:
        """Where it begins in the text: the first character of its cue or content."""
        seen = [a for a in (self.first, self.second) if a is not None]
        return min(span.begin for a in seen for span in _content(a))


def compare(first: Extraction, second: Extraction) -> list[Comparison]:
    """Return every attribution of two extractions of one document, in text order.

    Contents are matched one to one, the most alike first, of those the ones with a common cue; what
    has no content («declined to comment») is matched by its cue. Raises ValueError when the
    documents differ.
    """
    if first.document.text != second.document.text:
        raise ValueError(f"{first.document.id} and {second.document.id} are not the same text")
    ours = [_letters(_content(a)) for a in first.attributions]
    theirs = [_letters(_content(a)) for a in second.attributions]
    pairs = sorted(
        (-_dice(one, other), not _same_cue(first.attributions[n], second.attributions[m]), n, m)
        for n, one in enumerate(ours)
        for m, other in enumerate(theirs)
        if _dice(one, other) >= ALIKE
    )
    partner: dict[int, int] = {}
    for _, _, n, m in pairs:
        if n not in partner and m not in partner.values():
            partner[n] = m
    found = [
        Comparison(first=a, second=second.attributions[partner[n]] if n in partner else None)
        for n, a in enumerate(first.attributions)
    ]
    found += [
        Comparison(first=None, second=b)
        for m, b in enumerate(second.attributions)
        if m not in partner.values()
    ]
    return sorted(found, key=lambda c: (c.begin, c.agreement.value))


def _content(attribution: Attribution) -> Sequence[Span]:
    return attribution.content or ([attribution.cue] if attribution.cue else [])


def _letters(spans: Sequence[Span]) -> set[int]:
    return {i for span in spans for i in range(span.begin, span.end)}


def _dice(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _same_cue(first: Attribution, second: Attribution) -> bool:
    one, other = first.cue, second.cue
    if one is None or other is None:
        return one is None and other is None
    return one.begin < other.end and other.begin < one.end


def _same_source(first: Attribution, second: Attribution) -> bool:
    one, other = first.mention, second.mention
    if one is None or other is None:
        return one is None and other is None
    return one.span.begin < other.span.end and other.span.begin < one.span.end
