"""Which attribution stands inside which: «the agency said two officials had told it that …»."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, drafts_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Nesting:
    """Give each draft `outer` (the position of the next outer draft, or None) and `depth`.

    A draft is nested in another when its cue stands inside the other's content; of several the
    shortest content is the next outer one. Two that stand in each other's content: the surer is
    the outer.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `outer` and `depth` on every draft; returns the same `doc`."""
        drafts = drafts_of(doc)
        holders = _holders(drafts)
        for number, draft in enumerate(drafts):
            around = [
                other
                for other in holders[_anchor(draft)]
                if other != number and _is_outer(drafts, other, number)
            ]
            draft["outer"] = min(around, key=lambda n: (_length(drafts[n]), n), default=None)
        for number, draft in enumerate(drafts):
            draft["depth"] = _depth(drafts, number)
        return doc


def _anchor(draft: Draft) -> int:
    return draft["head"] if draft["head"] is not None else draft["content"][0][0]


def _length(draft: Draft) -> int:
    return sum(end - begin for begin, end in draft["content"])


def _holders(drafts: list[Draft]) -> dict[int, list[int]]:
    """Return for each token that is some draft's anchor the drafts whose content holds it."""
    anchors = sorted({_anchor(draft) for draft in drafts})
    holders: dict[int, list[int]] = {anchor: [] for anchor in anchors}
    for number, draft in enumerate(drafts):
        for begin, end in draft["content"]:
            for anchor in anchors[bisect_left(anchors, begin) : bisect_left(anchors, end)]:
                holders[anchor].append(number)
    return holders


def _is_outer(drafts: list[Draft], outer: int, inner: int) -> bool:
    """Whether `outer`, whose content holds `inner`'s anchor, is not itself inside `inner`."""
    one, other = drafts[outer], drafts[inner]
    anchor = _anchor(one)
    mutual = any(begin <= anchor < end for begin, end in other["content"])
    if not mutual:
        return True
    return (one["log_odds"], -outer) > (other["log_odds"], -inner)


def _depth(drafts: list[Draft], number: int) -> int:
    depth, seen = 0, {number}
    outer = drafts[number].get("outer")
    while outer is not None:
        if outer in seen:
            # A ring of three or more: cut it where it closes.
            drafts[number]["outer"] = None
            return 0
        seen.add(outer)
        depth += 1
        outer = drafts[outer].get("outer")
    return depth
