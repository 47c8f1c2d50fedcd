"""From the network's answers for one cue to its source, its cue and its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.neural.inputs import CONTENT, CUE, NONE, ROLES, SOURCE
from quoth.extractors.quoted import EDGE_PUNCTUATION

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.neural.inputs import Ints
    from quoth.extractors.neural.network import Floats
    from quoth.extractors.tree import Tree


Roles = tuple["Range", "Range | None", "list[Range]", float]
"""Cue, source and content in tokens of the text, and the margin."""
EVIDENCE = ("head", "exists", "margin")


@dataclass(frozen=True)
class Reading:
    """The roles of one cue in tokens of the text, and how sure the network is.

    `evidence` are the logit of the tagger (a cue's head), that of the reader (an attribution) and
    the margin: the mean log-probability of the roles of the words that have one. `log_odds` is
    what they say together, calibrated.
    """

    head: int
    cue: Range
    source: Range | None
    content: list[Range]
    evidence: tuple[float, float, float]
    log_odds: float


def log_odds(evidence: tuple[float, float, float], weights: dict[str, float]) -> float:
    """Return the log-odds that the evidence gives; `weights` has ``bias`` and `EVIDENCE`."""
    named = zip(EVIDENCE, evidence, strict=True)
    return weights["bias"] + sum(weights[name] * value for name, value in named)


def best_paths(log_probabilities: Floats, change: float) -> Ints:
    """Return for every anchor the likeliest sequence of roles (anchors, words).

    `log_probabilities` has the shape (anchors, words, roles). A change from one word to the next
    between content and none costs `change`; cues and sources may be one word long (Viterbi 1967).
    """
    anchors, words, roles = log_probabilities.shape
    cost = np.zeros((roles, roles), dtype=np.float32)
    cost[NONE, CONTENT] = cost[CONTENT, NONE] = change
    back = np.zeros((words, anchors, roles), dtype=np.int64)
    score = log_probabilities[:, 0]
    for t in range(1, words):
        options = score[:, :, None] - cost
        back[t] = options.argmax(1)
        score = options.max(1) + log_probabilities[:, t]
    paths = np.zeros((anchors, words), dtype=np.int64)
    last = score.argmax(1)
    rows = np.arange(anchors)
    for t in range(words - 1, -1, -1):
        paths[:, t] = last
        last = back[t][rows, last]
    return paths


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
        content = [p for piece in content for p in _without(piece, cue) if _has_word(tree, p)]
        if not content:
            return None
    sources = _runs(tree, words, path == SOURCE)
    weights = dict(zip(words.tolist(), probabilities[:, SOURCE].tolist(), strict=True))
    source = max(
        (r for r in sources if _has_word(tree, r)),
        key=lambda r: sum(weights.get(i, 0.0) for i in range(*r)),
        default=None,
    )
    chosen = probabilities[np.arange(len(path)), path]
    spoken = chosen[path > 0] if (path > 0).any() else chosen
    margin = float(np.log(spoken + 1e-4).mean())
    return cue, source, content, margin


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


def _without(piece: Range, hole: Range) -> list[Range]:
    begin, end = piece
    if hole[1] <= begin or hole[0] >= end:
        return [piece]
    return [part for part in ((begin, hole[0]), (hole[1], end)) if part[0] < part[1]]


def probabilities_of(logits: Floats) -> Floats:
    """Return the softmax over the last axis, which has `ROLES` entries."""
    if logits.shape[-1] != ROLES:
        raise ValueError(f"expected {ROLES} roles, got {logits.shape[-1]}")
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    result: Floats = shifted / shifted.sum(-1, keepdims=True)
    return result
