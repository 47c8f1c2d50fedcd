"""The conditional random field that turns the network's logits into sequences of roles.

After Lafferty, McCallum and Pereira (2001): a score for each word's role, one for each begin and
each end of a stretch of a role. Best sequences after Viterbi (1967).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.neural.inputs import CONTENT, CUE, NONE, ROLES

if TYPE_CHECKING:
    from quoth.extractors.neural.inputs import Ints
    from quoth.extractors.neural.network import Floats

IMPOSSIBLE = np.float32(-1e4)


@dataclass(frozen=True)
class Chain:
    """The potentials for some anchors over the words of a window.

    `roles` has the shape (anchors, words, 4), `begin` and `end` too: what a stretch of that role
    gains where it begins and ends, 0 for none.
    """

    roles: Floats
    begin: Floats
    end: Floats

    @classmethod
    def of(cls, roles: Floats, edges: Floats) -> Chain:
        """Return the chain of the reader's logits; `edges` (anchors, words, 6): begin, end."""
        zero = np.zeros((*roles.shape[:2], 1), dtype=np.float32)
        begin = np.concatenate([zero, edges[..., : ROLES - 1]], -1)
        end = np.concatenate([zero, edges[..., ROLES - 1 :]], -1)
        return cls(roles, begin, end)

    def only(self, rows: Ints) -> Chain:
        """Return the chain of some of the anchors, by their number."""
        return Chain(self.roles[rows], self.begin[rows], self.end[rows])

    def scores(self, paths: Ints) -> Floats:
        """Return for each anchor the score of a path (anchors, words)."""
        rows, words = np.indices(paths.shape)
        found = self.roles[rows, words, paths].sum(1)
        new = np.ones(paths.shape, dtype=bool)
        new[:, 1:] = paths[:, 1:] != paths[:, :-1]
        last = np.ones(paths.shape, dtype=bool)
        last[:, :-1] = new[:, 1:]
        found += (self.begin[rows, words, paths] * new).sum(1)
        found += (self.end[rows, words, paths] * last).sum(1)
        result: Floats = found
        return result

    def log_partition(self) -> Floats:
        """Return for each anchor the logarithm of the sum of exp(score) over all paths."""
        change = self._changes()
        score = self.roles[:, 0] + self.begin[:, 0]
        for t in range(1, self.roles.shape[1]):
            score = _log_sum(score[:, :, None] + change[:, t - 1]) + self.roles[:, t]
        result: Floats = _log_sum((score + self.end[:, -1])[:, :, None])[:, 0]
        return result

    def best(self, anchors: Ints) -> Ints:
        """Return each anchor's best path that has a content, its own word being part of the cue.

        `anchors` are the positions of the anchors' words. Beside the role, a state holds whether
        there has been a content yet.
        """
        count, words, _ = self.roles.shape
        rows = np.arange(count)
        emission = self.roles.copy()
        kept = emission[rows, anchors, CUE]
        emission[rows, anchors] = IMPOSSIBLE
        emission[rows, anchors, CUE] = kept
        change = self._changes()
        before = emission[:, 0] + self.begin[:, 0]
        after = np.full_like(before, IMPOSSIBLE)
        after[:, CONTENT] = before[:, CONTENT]
        before[:, CONTENT] = IMPOSSIBLE
        # Back pointers: the role before, and whether there had been a content by then.
        old = np.zeros((words, 2, count, ROLES), dtype=np.int8)
        first = np.zeros((words, count), dtype=bool)
        for t in range(1, words):
            over = change[:, t - 1]
            unseen, seen = before[:, :, None] + over, after[:, :, None] + over
            old[t, 0], old[t, 1] = unseen.argmax(1), seen.argmax(1)
            before, after = unseen.max(1), seen.max(1)
            first[t] = before[:, CONTENT] > after[:, CONTENT]
            after[:, CONTENT] = np.maximum(after[:, CONTENT], before[:, CONTENT])
            before += emission[:, t]
            after += emission[:, t]
            before[:, CONTENT] = IMPOSSIBLE
        paths = np.zeros((count, words), dtype=np.int64)
        role = (after + self.end[:, -1]).argmax(1)
        state = np.ones(count, dtype=np.int64)
        for t in range(words - 1, -1, -1):
            paths[:, t] = role
            state[(role == CONTENT) & first[t]] = 0
            role = old[t, state, rows, role].astype(np.int64)
        return paths

    def without(self, role: int) -> Chain:
        """Return the chain in which no word has the role."""
        roles = self.roles.copy()
        roles[..., role] = IMPOSSIBLE
        return Chain(roles, self.begin, self.end)

    def favouring(self, role: int, gain: float) -> Chain:
        """Return the chain in which every word of the role gains so much."""
        roles = self.roles.copy()
        roles[..., role] += np.float32(gain)
        return Chain(roles, self.begin, self.end)

    def nothing(self) -> Floats:
        """Return for each anchor the score of the path without any role."""
        result: Floats = self.roles[..., NONE].sum(1)
        return result

    def _changes(self) -> Floats:
        """Return what each change of role between neighbours gains (anchors, words - 1, 4, 4)."""
        changes = self.end[:, :-1, :, None] + self.begin[:, 1:, None, :]
        changes *= 1 - np.eye(ROLES, dtype=np.float32)
        result: Floats = changes
        return result


def _log_sum(scores: Floats) -> Floats:
    top = scores.max(1)
    result: Floats = top + np.log(np.exp(scores - top[:, None]).sum(1))
    return result
