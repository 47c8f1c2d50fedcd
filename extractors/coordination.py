"""Several sources in one phrase: «Smith and Jones», «the ministry and its inspector»."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.names import Names

JOINING = frozenset(("and", "or", "nor"))
"""«&» joins the halves of one name."""
EDGES = frozenset((",", ";", "both", "either", "neither", "Both", "Either", "Neither"))
DETERMINERS = ("DT", "PRP$", "CD", "POS")


def conjuncts(names: Names, span: Range, head: int) -> list[Range]:
    """Return the phrases that a phrase with this head joins, in order; itself alone if it is one.

    Each has to be a name or to have a determiner of its own: «pilots and sailors» are one
    collective, «the mayor and two pilots» two sources. «Bosnia and Herzegovina» is one name.
    """
    tree = names.tree
    heads = [head]
    while True:
        following = next((c for c in tree.children[heads[-1]] if tree.deps[c] == "conj"), None)
        if following is None or not heads[-1] < following < span[1]:
            break
        heads.append(following)
    joints = [_joint(names, last, following) for last, following in pairwise(heads)]
    if not joints or None in joints or names.is_place(names.words_of(span)):
        return [span]
    at = [joint for joint in joints if joint is not None]
    begins, ends = [span[0], *(joint + 1 for joint in at)], [*at, span[1]]
    parts = [tree.trim(b, e, EDGES) for b, e in zip(begins, ends, strict=True)]
    apart = all(
        b <= h < e and (names.is_name(h) or tree.tags[b] in DETERMINERS or _is_possessed(names, h))
        for (b, e), h in zip(parts, heads, strict=True)
    )
    return parts if apart else [span]


def _joint(names: Names, last: int, following: int) -> int | None:
    """Return the token that joins two heads: the conjunction, else a comma."""
    words = names.tree.words
    joints = [i for i in range(last + 1, following) if words[i] in JOINING or words[i] == ","]
    return next((i for i in joints if words[i] in JOINING), next(iter(joints), None))


def _is_possessed(names: Names, head: int) -> bool:
    """Whether a noun has an owner («Marit Oskarvik's deputy»)."""
    return names.tree.child(head, "poss") is not None
