"""From the network's answers for one cue to its source, its cue and its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.neural.inputs import CONTENT, CUE, ROLES, SOURCE
from quoth.extractors.quoted import EDGE_PUNCTUATION, without

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.neural.inputs import Ints
    from quoth.extractors.neural.network import Floats
    from quoth.extractors.tree import Tree


Roles = tuple["Range", "Range | None", "list[Range]"]
"""Cue, source and content in tokens of the text."""


def read_roles(
    tree: Tree, words: Ints, anchor: int, path: Ints, probabilities: Floats
) -> Roles | None:
    """Return the roles that a path gives to the words of a window; None without content."""
    content = [r for r in _runs(tree, words, path == CONTENT, join=True) if _has_word(tree, r)]
    if not content:
        return None
    head = int(words[anchor])
    cues = _runs(tree, words, path == CUE)
    cue = next((r for r in cues if r[0] <= head < r[1]), None)
    if cue is None:
        cue = (head, head + 1)
        content = [p for piece in content for p in without(piece, cue) if _has_word(tree, p)]
        if not content:
            return None
    sources = _runs(tree, words, path == SOURCE)
    weights = dict(zip(words.tolist(), probabilities[:, SOURCE].tolist(), strict=True))
    source = max(
        (r for r in sources if _has_word(tree, r)),
        key=lambda r: sum(weights.get(i, 0.0) for i in range(*r)),
        default=None,
    )
    return cue, source, content


def _runs(tree: Tree, words: Ints, mask: np.ndarray, *, join: bool = False) -> list[Range]:
    """Return the stretches of tokens that the mask holds, trimmed of punctuation and blanks.

    White space between two words does not part them, nor, with `join`, does punctuation.
    """
    found: list[Range] = []
    for position in np.flatnonzero(mask).tolist():
        token = int(words[position])
        between = range(found[-1][1], token) if found else range(0)
        if found and all(tree.is_blank(i) or (join and not tree.is_word(i)) for i in between):
            found[-1] = (found[-1][0], token + 1)
        else:
            found.append((token, token + 1))
    trimmed = (tree.trim(begin, end, EDGE_PUNCTUATION) for begin, end in found)
    return [(begin, end) for begin, end in trimmed if begin < end]


def _has_word(tree: Tree, piece: Range) -> bool:
    return any(tree.is_word(i) for i in range(*piece))


def probabilities_of(logits: Floats) -> Floats:
    """Return the softmax over the last axis, which has `ROLES` entries."""
    if logits.shape[-1] != ROLES:
        raise ValueError(f"expected {ROLES} roles, got {logits.shape[-1]}")
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    result: Floats = shifted / shifted.sum(-1, keepdims=True)
    return result
