"""Why a source is not named: «on condition of anonymity because …», «not authorised to speak»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, Range, drafts_of
from quoth.extractors.tree import Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_REST = r"[^.,;:”\"»\n]*"
REASON = re.compile(
    r"(?:\b(?:spoke|speaking|talked|talking|insisted)\s+)?\bon\s+(?:the\s+)?condition\s+of\s+"
    rf"(?:strict\s+)?anonymity(?:,?\s+(?:because|as|since|given|citing|to)\b{_REST})?"
    r"|\b(?:asked|asking|requested|requesting|wished|wishing|declined|declining|refused|refusing"
    r"|preferred)\s+(?:not\s+)?to\s+(?:not\s+)?be\s+(?:named|identified|quoted\s+by\s+name)\b"
    rf"(?:,?\s+(?:because|as|since|given|citing|for\s+fear)\b{_REST})?"
    rf"|\brequest(?:ed|ing)\s+anonymity\b(?:,?\s+(?:because|as|since|to|citing)\b{_REST})?"
    r"|\bwhose\s+(?:full\s+)?(?:name|identity)\s+(?:is|was|has\s+been)\s+(?:being\s+)?withheld\b"
    rf"{_REST}"
    r"|\b(?:is|are|was|were)(?:\s+not|n['’]t)\s+(?:publicly\s+)?(?:authori[sz]ed|allowed|permitted)"
    rf"\s+to\s+(?:speak|talk|comment|discuss|brief|disclose)\b{_REST}"
)
"""The formulas of the news agencies, with the reason that follows them."""


class Reasons:
    """Give each draft `anonymity_reason`: the tokens of a formula outside its content, or None.

    It stands in the sentence of the cue, or in the next one if nothing else is attributed there.
    Whether the source is unnamed at all is not asked here.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set the key on every draft; returns the same `doc`."""
        tree = tree_of(doc)
        drafts = drafts_of(doc)
        cues = [d["cue"] for d in drafts if d["cue"]]
        known: dict[int, list[Range]] = {}
        for draft in drafts:
            draft["anonymity_reason"] = None
            if draft["cue"] is None:
                continue
            here = tree.sentence(draft["cue"][0])
            found = self._reasons(doc, tree, here, known)
            if here[1] < tree.size:
                following = tree.sentence(here[1])
                found = found + [
                    reason
                    for reason in self._reasons(doc, tree, following, known)
                    if not any(_meets(cue, following) and not _meets(cue, reason) for cue in cues)
                ]
            draft["anonymity_reason"] = next((r for r in found if _outside(r, draft)), None)
        return doc

    def _reasons(
        self, doc: Doc, tree: Tree, sentence: Range, known: dict[int, list[Range]]
    ) -> list[Range]:
        begin, end = sentence
        if begin not in known:
            offset = doc[begin].idx
            spans = (
                doc.char_span(offset + m.start(), offset + m.end(), alignment_mode="contract")
                for m in REASON.finditer(doc[begin:end].text)
            )
            found = (tree.trim(s.start, s.end, frozenset(",")) for s in spans if s is not None)
            known[begin] = [r for r in found if r[0] < r[1]]
        return known[begin]


def _meets(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _outside(reason: Range, draft: Draft) -> bool:
    return not any(_meets(reason, piece) for piece in draft["content"])
