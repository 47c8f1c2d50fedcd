"""When something was said: the date expression that belongs to the cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.dates.expressions import Expression, find_dates
from quoth.extractors.dates.values import FUTURE, OPEN, PAST
from quoth.extractors.drafts import Draft, Range, drafts_of
from quoth.extractors.tree import Tree, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

Dated = tuple[Range, Expression]

PUBLISHING = frozenset(("released", "published", "issued", "posted", "made", "given", "sent"))
"""Participles that date what is quoted («according to a report published on Monday»)."""
LONGEST_CLIMB = 8
LONGEST_STEP = 2
"""Words («on», «late») between a cue and the date right after it."""


class Times:
    """Give each draft its `time`: the tokens of a date expression and its direction, or None.

    The expression belongs to the cue when the parse hangs it there, also through a noun («said in
    a statement on Tuesday»), when it directly follows the cue, or when it opens the sentence
    before the source («Last week, the ministry said …»). What stands inside the content or the
    source dates something else.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `time` on every draft; returns the same `doc`."""
        tree = tree_of(doc)
        found: dict[int, list[Dated]] = {}
        for draft in drafts_of(doc):
            draft["time"] = None
            head = draft["head"]
            if head is None:
                continue
            begin, end = tree.sentence(head)
            if begin not in found:
                found[begin] = list(_dated(doc, begin, end))
            time = next((d for d in _by_place(found[begin], head) if _dates(tree, draft, d)), None)
            if time is not None:
                draft["time"] = (*time[0], direction(tree, time[0]))
        return doc


def _dated(doc: Doc, begin: int, end: int) -> Iterator[Dated]:
    """Yield the date expressions of a sentence with their tokens."""
    offset = doc[begin].idx
    for expression in find_dates(doc[begin:end].text):
        span = doc.char_span(
            offset + expression.begin, offset + expression.end, alignment_mode="expand"
        )
        if span is not None and len(span.text) == expression.end - expression.begin:
            yield (span.start, span.end), expression


def _by_place(dates: list[Dated], head: int) -> list[Dated]:
    """Return the expressions, those nearest to the cue first."""
    return sorted(dates, key=lambda dated: abs(dated[0][0] - head))


def _dates(tree: Tree, draft: Draft, dated: Dated) -> bool:
    (begin, end), _ = dated
    if any(b < end and begin < e for b, e in draft["content"]):
        return False
    head, cue, source = draft["head"], draft["cue"], draft["source"]
    assert head is not None
    assert cue is not None
    inside_source = source is not None and source[0] <= begin < source[1]
    if _hangs_on(tree, begin, end, head, source if inside_source else None):
        return True
    if inside_source:
        return False
    if cue[1] <= begin <= cue[1] + LONGEST_STEP:
        return all(not tree.is_verb(i) for i in range(cue[1], begin))
    opens = begin - tree.sentence(begin)[0] <= LONGEST_STEP
    first = min(source[0], cue[0]) if source else cue[0]
    return opens and end <= first and not any(tree.is_verb(i) for i in range(end, first))


def _hangs_on(tree: Tree, begin: int, end: int, head: int, source: Range | None) -> bool:
    """Whether the parse leads from the expression up to the cue without passing another verb.

    From inside the source only a participle of publishing leads there.
    """
    i = begin
    while begin <= tree.heads[i] < end and tree.heads[i] != i:
        i = tree.heads[i]
    published = False
    for _ in range(LONGEST_CLIMB):
        i, below = tree.heads[i], i
        if i == head:
            return source is None or published
        if i == below:
            return False
        if tree.is_verb(i):
            if tree.words[i] not in PUBLISHING or tree.deps[i] not in ("acl", "relcl"):
                return False
            published = True
        if source is not None and published and not source[0] <= i < source[1]:
            return True
    return False


def direction(tree: Tree, expression: Range) -> int:
    """Return where the clause around an expression lies: `PAST`, `OPEN` or `FUTURE`."""
    i = expression[0]
    for _ in range(LONGEST_CLIMB):
        if tree.is_verb(i) or tree.tags[i] == "MD" or tree.heads[i] == i:
            break
        i = tree.heads[i]
    if not tree.is_verb(i):
        return OPEN
    before = {tree.words[c] for c in tree.children[i] if tree.deps[c] in ("aux", "auxpass")}
    if before & {"will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "could", "should"}:
        return OPEN if before & {"have", "'ve", "’ve"} else FUTURE
    if "to" in before or (tree.tags[i] == "VBG" and before & {"is", "are", "'s", "'re", "am"}):
        return FUTURE
    if tree.tags[i] == "VBD" or before & {"was", "were", "had", "did", "has", "have"}:
        return PAST
    return OPEN
