"""What the model is told of the words beside their letters: syntax, quotations, the rules' view.

All of it is categories, as whole numbers that index embeddings; 0 stands for «none» or «unknown».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.quoted import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quoth.extractors.drafts import Draft
    from quoth.extractors.quoted import QuotedTokens
    from quoth.extractors.tree import Tree

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

SHAPES = 9
QUOTED = 6
SURENESS = (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
"""Log-odds of the rules, the bounds of the classes that the model sees."""
HEAD_REACH = 8
NONE, CUE, SOURCE, CONTENT = range(4)
ROLES = 4
DISTANCES = 33
PLACES = 7
"""Sentences between a word and the cue: three before to three after."""
PARAGRAPHS = 5
REGIONS = 5


@dataclass(frozen=True)
class Labels:
    """The tagger's and the parser's labels that the model was trained with."""

    tags: tuple[str, ...]
    deps: tuple[str, ...]

    def word_sizes(self) -> list[int]:
        """Return how many categories each column of `word_features` has."""
        sureness = len(SURENESS) + 2
        return [
            len(self.tags) + 1,
            len(self.deps) + 1,
            SHAPES,
            QUOTED,
            2 * HEAD_REACH + 1,
            sureness,
            2 * (ROLES - 1) + 1,
        ]

    def pair_sizes(self) -> list[int]:
        """Return how many categories each column of `pair_features` has."""
        relations = PLACES + 3 * (len(self.deps) + 1) + 3
        return [DISTANCES, relations, 2 * ROLES + 1, REGIONS, PARAGRAPHS]


def shape_of(form: str) -> int:
    """Return the class of a word's shape: case, digits, punctuation, white space."""
    if form.isalpha():
        if form.islower():
            return 1
        if form.istitle():
            return 2
        return 3 if form.isupper() else 4
    if any(c.isalpha() for c in form):
        return 5
    if any(c.isdigit() for c in form):
        return 6
    return 7 if form in MARKS else 8


class TextInputs:
    """The categories of one parsed text.

    `drafts` are the rules' candidates for it, hopeless ones included.
    """

    def __init__(
        self, tree: Tree, quoted: QuotedTokens, drafts: Sequence[Draft], labels: Labels
    ) -> None:
        self.tree = tree
        self.labels = labels
        size = tree.size
        numbers = {dep: n for n, dep in enumerate(labels.deps, 1)}
        self.deps: Ints = np.array([numbers.get(dep, 0) for dep in tree.deps], dtype=np.int64)
        self.heads: Ints = np.array(tree.heads, dtype=np.int64)
        self.left: Ints = np.array(tree.edges[0], dtype=np.int64)
        self.right: Ints = np.array(tree.edges[1], dtype=np.int64)
        starts = np.zeros(size, dtype=np.int64)
        starts[tree.starts] = 1
        self.sentences: Ints = np.cumsum(starts)
        breaks = [tree.is_blank(i) and "\n" in tree.forms[i] for i in range(size)]
        self.paragraphs: Ints = np.cumsum(np.array(breaks, dtype=np.int64))
        self.regions: Ints = np.zeros(size, dtype=np.int64)
        self._quotation_states(quoted)
        self.drafts: dict[int, Draft] = {}
        for draft in drafts:
            if draft["head"] is not None:
                self.drafts[draft["head"]] = draft
        self.words = self._word_features(drafts)

    def _quotation_states(self, quoted: QuotedTokens) -> None:
        self.states: Ints = np.zeros(self.tree.size, dtype=np.int64)
        for number, region in enumerate(quoted.regions, 1):
            self.regions[region.begin : region.end] = number
            self.states[region.begin : region.end] = 2 if region.closed else 3
            self.states[region.begin] = 1
            if region.closed:
                self.states[region.end - 1] = 4
            if region.words <= 1:
                self.states[region.begin : region.end] = 5

    def _word_features(self, drafts: Sequence[Draft]) -> Ints:
        tree, size = self.tree, self.tree.size
        tags = {tag: n for n, tag in enumerate(self.labels.tags, 1)}
        shapes = {form: shape_of(form) for form in set(tree.forms)}
        columns = np.zeros((size, len(self.labels.word_sizes())), dtype=np.int64)
        columns[:, 0] = [tags.get(tag, 0) for tag in tree.tags]
        columns[:, 1] = self.deps
        columns[:, 2] = [shapes[form] for form in tree.forms]
        columns[:, 3] = self.states
        reach = np.clip(self.heads - np.arange(size), -HEAD_REACH, HEAD_REACH)
        columns[:, 4] = reach + HEAD_REACH
        for draft in sorted(drafts, key=lambda d: d["log_odds"]):
            sure = ROLES - 1 if draft["log_odds"] >= 0 else 0
            for begin, end in draft["content"]:
                columns[begin:end, 6] = CONTENT + sure
        for draft in sorted(drafts, key=lambda d: d["log_odds"]):
            sure = ROLES - 1 if draft["log_odds"] >= 0 else 0
            if draft["source"]:
                columns[slice(*draft["source"]), 6] = SOURCE + sure
            if draft["cue"]:
                columns[slice(*draft["cue"]), 6] = CUE + sure
            if draft["head"] is not None:
                columns[draft["head"], 5] = 1 + sum(draft["log_odds"] >= s for s in SURENESS)
        return columns

    def pairs(self, anchor: int, words: Ints) -> Ints:
        """Return the categories of the pairs of `anchor` with each of `words` (token indices).

        Shape: words, columns of `Labels.pair_sizes`: signed distance, place in the tree, the
        rules' role, quotation and paragraph, each as seen from the anchor.
        """
        columns = np.zeros((len(words), len(self.labels.pair_sizes())), dtype=np.int64)
        gap = words - anchor
        steps = np.minimum(16, np.floor(2 * np.log2(np.maximum(1, np.abs(gap)))) + 1)
        columns[:, 0] = np.where(gap == 0, 0, np.where(gap > 0, steps, steps + 16)).astype(np.int64)
        columns[:, 1] = self._relations(anchor, words)
        columns[:, 2] = self._rule_roles(anchor, words)
        here, there = self.regions[anchor], self.regions[words]
        columns[:, 3] = np.where(
            here == 0, np.where(there == 0, 0, 1), np.where(there == 0, 2, 3 + (there != here))
        )
        columns[:, 4] = np.clip(self.paragraphs[words] - self.paragraphs[anchor], -2, 2) + 2
        return columns

    def _relations(self, anchor: int, words: Ints) -> Ints:
        labels = len(self.labels.deps) + 1
        begin, end = int(words[0]), int(words[-1]) + 1
        line = np.clip(self.sentences[begin:end] - self.sentences[anchor], -3, 3) + 3
        head = int(self.heads[anchor])
        above = int(self.heads[head])
        for level, node in ((2, above), (1, head), (0, anchor)):
            if level and node == (head if level == 2 else anchor):
                continue
            base = PLACES + level * labels
            for child in self.tree.children[node]:
                first, last = max(begin, int(self.left[child])), min(end, int(self.right[child]))
                if first < last:
                    line[first - begin : last - begin] = base + self.deps[child]
            if begin <= node < end:
                line[node - begin] = PLACES + 3 * labels + level
        found: Ints = line[words - begin]
        return found

    def _rule_roles(self, anchor: int, words: Ints) -> Ints:
        draft = self.drafts.get(anchor)
        roles = np.zeros(len(words), dtype=np.int64)
        if draft is None:
            return roles
        roles += 1 + (ROLES if draft["log_odds"] >= 0 else 0)
        pieces = [(piece, CONTENT) for piece in draft["content"]]
        pieces += [(piece, SOURCE) for piece in (draft["source"],) if piece]
        pieces += [(piece, CUE) for piece in (draft["cue"],) if piece]
        base = int(roles[0]) if len(roles) else 0
        for (begin, end), role in pieces:
            roles[np.searchsorted(words, begin) : np.searchsorted(words, end)] = base + role
        return roles
