"""Train the model: batches, loss, averaging, the log of runs."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from network import Encoder, Reader
from sequence import negative_log_likelihood
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from pathlib import Path

    from prepare import Cue, Example

    from quoth.extractors.neural.inputs import Labels


MASK_PIECE = 103
"""``[MASK]`` in BERT's vocabulary, the last of its special pieces."""

Report = Callable[[int, "Model", float], None]


@dataclass(frozen=True)
class Settings:
    """What a run is made with."""

    epochs: int = 6
    batch: int = 8
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.01
    dropout: float = 0.2
    """Share of an encoder layer's outputs that a step leaves out; twice that before the tagger."""
    mask: float = 0.08
    """Share of word pieces that a step hides from the encoder: names are not learned by heart."""
    average: float = 0.995
    """Share that a step leaves of the running average of the weights, which is what is kept."""
    cues: int = 40
    """Cues and words that are none, of one window, at most."""
    seed: int = 1


class Model(nn.Module):
    """Encoder and reader together."""

    def __init__(self, labels: Labels, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = Encoder(labels.word_sizes(), dropout)
        self.reader = Reader(labels.pair_sizes())


def encode(
    model: Model, batch: list[Example], device: str, mask_share: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Return the word vectors and the tagger's logits of the examples, padded.

    `mask_share` of the word pieces are hidden, by torch's chance.
    """
    pieces = _pad([e.window.pieces for e in batch], device)
    if mask_share:
        hidden = (torch.rand(pieces.shape, device=device) < mask_share) & (pieces > MASK_PIECE)
        pieces = pieces.masked_fill(hidden, MASK_PIECE)
    real = _pad([np.ones(len(e.window.pieces)) for e in batch], device).float()
    mask = (real > 0)[:, None, None, :]
    owners = _pad([e.window.piece_words + 1 for e in batch], device)
    first = _pad([e.window.first for e in batch], device)
    heads = _pad([e.heads for e in batch], device)
    features = _pad([e.features for e in batch], device)
    return model.encoder(pieces, owners, first, heads, features, mask=mask)


def losses(
    model: Model, batch: list[Example], settings: Settings, chance: random.Random, device: str
) -> Tensor:
    """Return the loss of a batch: heads of cues, roles of words, roles by cue, existence."""
    vectors, logits = encode(model, batch, device, settings.mask)
    tags = _pad([e.tags for e in batch], device).float()
    core = _pad([e.core for e in batch], device).float()
    valid = _pad([np.ones(len(e.core)) for e in batch], device).float()
    each = functional.binary_cross_entropy_with_logits(logits.float(), tags, reduction="none")
    head_loss = (each[..., 0] * core).sum() / tags[..., 0].mul(core).sum().clamp(min=1)
    role_loss = (each[..., 1:].mean(-1) * valid).sum() / valid.sum()
    chosen: list[tuple[int, Cue]] = []
    for number, example in enumerate(batch):
        gold = [c for c in example.cues if c.gold]
        other = [c for c in example.cues if not c.gold]
        chance.shuffle(other)
        chosen += [(number, c) for c in (gold + other)[: settings.cues]]
    rows = torch.tensor([n for n, _ in chosen], device=device)
    anchors = torch.tensor([c.anchor for _, c in chosen], device=device)
    pairs = _pad([c.pairs for _, c in chosen], device)
    roles = _pad([c.roles for _, c in chosen], device)
    exists = torch.tensor([float(c.gold) for _, c in chosen], device=device)
    width = pairs.shape[1]
    role_logits, edge_logits, exist_logits = model.reader(
        vectors[:, :width], rows, anchors, pairs, valid[rows][:, :width]
    )
    per_word = functional.cross_entropy(
        role_logits.float().transpose(1, 2), roles, reduction="none"
    )
    per_word = per_word * valid[rows][:, :width]
    pair_loss = per_word.sum() / (20.0 * exists.sum().clamp(min=1))
    with torch.autocast(device, enabled=False):
        whole = negative_log_likelihood(
            role_logits.float(), edge_logits.float(), roles, valid[rows][:, :width]
        )
    path_loss = whole.sum() / exists.sum().clamp(min=1)
    exist_loss = functional.binary_cross_entropy_with_logits(exist_logits.float(), exists)
    return head_loss + role_loss + pair_loss + 0.1 * path_loss + 0.5 * exist_loss


def batches(
    examples: list[Example], size: int, chance: random.Random | None
) -> list[list[Example]]:
    """Return batches of examples of like length, in random order if there is chance."""
    noise = chance.random if chance else (lambda: 0.0)
    order = sorted(examples, key=lambda e: len(e.window.pieces) * (1 + 0.2 * noise()))
    groups = [order[n : n + size] for n in range(0, len(order), size)]
    if chance:
        chance.shuffle(groups)
    return groups


def train(
    labels: Labels, examples: list[Example], settings: Settings, start: Path, report: Report
) -> Model:
    """Return the trained model; calls `report` with epoch, model and mean loss after each epoch.

    `start` are the encoder's pretrained weights (safetensors) or those of an earlier run (``.pt``).
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    model = Model(labels, settings.dropout)
    if start.suffix == ".pt":
        model.load_state_dict(torch.load(start, map_location="cpu"))
    else:
        model.encoder.load_pretrained(start)
    model.to(device)
    # Half of all parameters, of which a step sees a hundredth: they stay as they are pretrained.
    model.encoder.pieces.requires_grad_(False)
    average = copy.deepcopy(model).eval().requires_grad_(False)
    body = list(model.encoder.layers.parameters())
    inside = {id(p) for p in [*body, *model.encoder.pieces.parameters()]}
    head = [p for p in model.parameters() if id(p) not in inside]
    optimiser = torch.optim.AdamW(
        [
            {"params": body, "lr": settings.encoder_rate},
            {"params": head, "lr": settings.head_rate},
        ],
        weight_decay=settings.decay,
        fused=True,
    )
    steps = settings.epochs * math.ceil(len(examples) / settings.batch)
    warm = settings.warm_up * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.02, (steps - n) / (steps - warm)))
    )
    step = 0
    for epoch in range(settings.epochs):
        model.train()
        total, begun = 0.0, time.time()
        groups = batches(examples, settings.batch, chance)
        for group in groups:
            with torch.autocast(device, dtype=torch.bfloat16):
                loss = losses(model, group, settings, chance, device)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *head], 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            _average(average, model, min(settings.average, step / (step + 10)))
            total += loss.item()
            if step % 50 == 0:
                print(
                    f"{step}/{steps} loss {loss.item():.3f} {time.time() - begun:.0f} s", flush=True
                )
        report(epoch, average, total / len(groups))
    return average


@torch.no_grad()
def _average(average: Model, model: Model, keep: float) -> None:
    learned = [
        (mean, new)
        for mean, new in zip(average.parameters(), model.parameters(), strict=True)
        if new.requires_grad
    ]
    means, news = zip(*learned, strict=True)
    torch._foreach_lerp_(means, news, 1.0 - keep)


def _pad(rows: list[np.ndarray], device: str) -> Tensor:
    width = max(len(row) for row in rows)
    out = np.zeros((len(rows), width, *rows[0].shape[1:]), dtype=np.int64)
    for n, row in enumerate(rows):
        out[n, : len(row)] = row
    return torch.from_numpy(out).to(device)
