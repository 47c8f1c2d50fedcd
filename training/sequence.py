"""A linear-chain conditional random field over the roles of words (Lafferty et al. 2001).

Its potentials are the reader's logits of each word's role and of the begin and the end of a stretch
of a role at that word, so that a boundary is learned from what stands there, not as a constant.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

FAR = -1e4


def negative_log_likelihood(roles: Tensor, edges: Tensor, gold: Tensor, valid: Tensor) -> Tensor:
    """Return for each sequence the negative log-probability of its gold roles.

    `roles` (sequences, words, 4) and `edges` (sequences, words, 6: begin, then end, of the roles 1
    to 3) are logits, `gold` (sequences, words) the right roles, `valid` (sequences, words) 1.0 for
    real words, which come first. The word after the last has the role 0.
    """
    outside = torch.full_like(roles, FAR)
    outside[..., 0] = 0.0
    real = valid.unsqueeze(-1) > 0
    emission = functional.pad(torch.where(real, roles, outside), (0, 0, 0, 1))
    emission[:, -1, 1:] = FAR
    edges = functional.pad(torch.where(real, edges, torch.zeros_like(edges)), (0, 0, 0, 1))
    begin = functional.pad(edges[..., :3], (1, 0))
    end = functional.pad(edges[..., 3:], (1, 0))
    steps = emission.shape[1]
    changes = 1.0 - torch.eye(4, device=roles.device)
    change = (end[:, :-1, :, None] + begin[:, 1:, None, :]) * changes
    score = emission[:, 0] + begin[:, 0]
    for over, here in zip(change.unbind(1), emission[:, 1:].unbind(1), strict=True):
        score = torch.logsumexp(score.unsqueeze(-1) + over, 1) + here
    whole = torch.logsumexp(score, -1)
    path = functional.pad(gold * valid.long(), (0, 1))
    rows = torch.arange(len(path), device=path.device)[:, None]
    words = torch.arange(steps, device=path.device)[None]
    found = emission[rows, words, path].sum(1) + begin[rows[:, 0], 0, path[:, 0]]
    found = found + change[rows, words[:, :-1], path[:, :-1], path[:, 1:]].sum(1)
    return whole - found
