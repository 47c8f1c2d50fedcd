"""Scores what an extractor finds against gold, by the rules of the scorer of the model card.

Words are compared, not characters, and punctuation does not count. A found attribution and one of
gold are the same where their contents share enough words (a Dice coefficient of `ALIKE` and more),
the most alike first and each once. Those without content («declined to comment») are left out.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from quoth.extractors.quotation_marks import quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from quoth import Attribution

ALIKE = 0.5
WORD = re.compile(r"\w+")
Words = frozenset[int]
Spans = "Iterable[Sequence[int]]"


class Parts(NamedTuple):
    """An attribution as the words of its parts, each the position at which it begins."""

    source: Words
    cue: Words
    content: Words


class Pair(NamedTuple):
    """An attribution of `gold`, what was `found` for it, or one of them and None."""

    document: str
    gold: dict[str, Any] | None
    found: Attribution | None
    is_same_source: bool


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a gold file: JSON Lines, as ``docs/samples.md`` describes them."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def match(record: dict[str, Any], found: Iterable[Attribution]) -> list[Pair]:
    """Return each attribution that a document's gold or the extractor has, those of gold first."""
    document, text = record["id"], record["text"]
    gold = [a for a in record["attributions"] if _words(text, a["content"])]
    ours = [a for a in found if a.content]
    left, right = [_gold_parts(text, a) for a in gold], [_found_parts(text, a) for a in ours]
    candidates = sorted(
        (
            -_dice(one.content, two.content),
            -_dice(one.source, two.source),
            not one.cue & two.cue,
            i,
            j,
        )
        for i, one in enumerate(left)
        for j, two in enumerate(right)
        if _dice(one.content, two.content) >= ALIKE
    )
    partner: dict[int, int] = {}
    for *_, i, j in candidates:
        if i not in partner and j not in partner.values():
            partner[i] = j
    pairs = []
    for i, attribution in enumerate(gold):
        j = partner.get(i)
        if j is None:
            pairs.append(Pair(document, attribution, None, False))
        else:
            same = _same_source(left[i].source, right[j].source)
            pairs.append(Pair(document, attribution, ours[j], same))
    extra = set(range(len(ours))) - set(partner.values())
    return pairs + [Pair(document, None, ours[j], False) for j in sorted(extra)]


def quotation_type(text: str, content: Sequence[Sequence[int]]) -> str:
    """Return whether a content stands in quotation marks: direct, mixed or indirect."""
    words = _words(text, content)
    quoted = words & _words(text, [(q.begin, q.end) for q in quotations(text)])
    if quoted == words:
        return "direct"
    return "mixed" if quoted else "indirect"


def overlapping(text: str, content: Sequence[Sequence[int]], found: Iterable[Attribution]) -> bool:
    """Return whether any of the attributions found shares a word of content with this one."""
    words = _words(text, content)
    return any(words & _found_parts(text, attribution).content for attribution in found)


def _gold_parts(text: str, attribution: dict[str, Any]) -> Parts:
    return Parts(*(_words(text, attribution[part]) for part in Parts._fields))


def _found_parts(text: str, attribution: Attribution) -> Parts:
    mention, cue = attribution.mention, attribution.cue
    return Parts(
        _words(text, [(mention.span.begin, mention.span.end)] if mention else []),
        _words(text, [(cue.begin, cue.end)] if cue else []),
        _words(text, [(span.begin, span.end) for span in attribution.content]),
    )


def _words(text: str, spans: Spans) -> Words:
    """Return where the words begin that share a character with one of `spans`."""
    return frozenset(
        word.start()
        for word in WORD.finditer(text)
        for begin, end in spans
        if word.start() < end and begin < word.end()
    )


def _dice(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _same_source(gold: Words, found: Words) -> bool:
    if not gold or not found:
        return not gold and not found
    return _dice(gold, found) >= ALIKE or found <= gold or gold <= found
