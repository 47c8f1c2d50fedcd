"""The network in torch: a MiniLM encoder, a tagger of cue heads, a reader of each cue's roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
POSITIONS, PIECES = 512, 30522
FEATURE, WORD, PAIR = 24, 256, 96
DILATIONS = (1, 3, 9)
KERNEL = 5
EPSILON = 1e-12


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return x (batch, pieces, hidden), attended; `mask` is 0 or -inf, broadcastable."""
        batch, length, _ = x.shape
        q, k, v = (
            part.view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
            for part in self.qkv(x).split(HIDDEN, dim=-1)
        )
        # No dropout here: drawing that many random bits takes longer than the products.
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, HIDDEN)
        seen = functional.dropout(self.out(seen), self.dropout, self.training)
        x = self.norm1(x + seen)
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Word pieces and categories in, word vectors and the tagger's logits out."""

    def __init__(self, sizes: list[int], dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.inner = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in sizes)
        self.outer = nn.ModuleList(nn.Embedding(size, FEATURE) for size in sizes)
        for table in self.inner:
            nn.init.zeros_(table.weight)
        self.word = nn.Linear(2 * HIDDEN + FEATURE * len(sizes), WORD)
        self.word_norm = nn.LayerNorm(WORD)
        self.tags = nn.Linear(WORD, 4)
        self.dropout = dropout

    def load_pretrained(self, path: Path) -> None:
        """Load the weights of a BERT of this size from a safetensors file."""
        from safetensors.torch import load_file

        weights = load_file(path)
        self.pieces.weight.data = weights["embeddings.word_embeddings.weight"]
        segment = weights["embeddings.token_type_embeddings.weight"][0]
        self.positions.weight.data = weights["embeddings.position_embeddings.weight"] + segment
        _copy(self.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            name = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [
                    weights[f"{name}.attention.self.{part}.{kind}"]
                    for part in ("query", "key", "value")
                ]
                getattr(layer.qkv, kind).data = torch.cat(parts)
            _copy(layer.out, weights, f"{name}.attention.output.dense")
            _copy(layer.norm1, weights, f"{name}.attention.output.LayerNorm")
            _copy(layer.up, weights, f"{name}.intermediate.dense")
            _copy(layer.down, weights, f"{name}.output.dense")
            _copy(layer.norm2, weights, f"{name}.output.LayerNorm")

    def forward(
        self,
        pieces: Tensor,
        owners: Tensor,
        first: Tensor,
        heads: Tensor,
        features: Tensor,
        *,
        mask: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Return word vectors (batch, words, WORD) and logits (batch, words, 4).

        `owners` (batch, pieces) is each piece's word plus one, `first` each word's first piece,
        `heads` each word's syntactic head, `features` (batch, words, columns).
        The logits: head of a cue; in some cue; in some source; in some content.
        """
        inner = sum(table(features[..., n]) for n, table in enumerate(self.inner))
        inner = functional.pad(inner, (0, 0, 1, 0))
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]]
        x = x + inner.gather(1, owners.unsqueeze(-1).expand(-1, -1, HIDDEN))
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        words = x.gather(1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))
        above = words.gather(1, heads.unsqueeze(-1).expand(-1, -1, HIDDEN))
        outer = [table(features[..., n]) for n, table in enumerate(self.outer)]
        joined = functional.dropout(
            torch.cat([words, above, *outer], -1), 2 * self.dropout, self.training
        )
        vectors = self.word_norm(functional.gelu(self.word(joined)))
        return vectors, self.tags(vectors)


class Reader(nn.Module):
    """For one cue head: which words are its cue, its source, its content, and is it one at all."""

    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.anchor = nn.Linear(WORD, 2 * PAIR)
        self.other = nn.Linear(WORD, 2 * PAIR)
        self.tables = nn.ModuleList(nn.Embedding(size, PAIR) for size in sizes)
        self.norm = nn.LayerNorm(PAIR)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(PAIR, PAIR, KERNEL, padding=d * (KERNEL // 2), dilation=d) for d in DILATIONS
        )
        self.norms = nn.ModuleList(nn.LayerNorm(PAIR) for _ in DILATIONS)
        self.roles = nn.Linear(PAIR, 4)
        self.edges = nn.Linear(PAIR, 6)
        nn.init.zeros_(self.edges.weight)
        nn.init.zeros_(self.edges.bias)
        self.exists = nn.Sequential(nn.Linear(2 * PAIR, PAIR), nn.GELU(), nn.Linear(PAIR, 1))

    def forward(
        self, vectors: Tensor, rows: Tensor, anchors: Tensor, pairs: Tensor, valid: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return role logits (anchors, words, 4), logits of edges and existence logits (anchors).

        The edges (anchors, words, 6) are the begin and then the end of a stretch of cue, of source
        and of content.

        `vectors` (windows, words, WORD) are the words of the windows, `rows` each anchor's window
        and `anchors` its position in it, `pairs` (anchors, words, columns), `valid` (anchors,
        words) 1.0 for real words.
        """
        a_sum, a_product = self.anchor(vectors[rows, anchors]).unsqueeze(1).split(PAIR, -1)
        t_sum, t_product = self.other(vectors)[rows].split(PAIR, -1)
        x = a_sum + t_sum + a_product * t_product
        x = x + sum(table(pairs[..., n]) for n, table in enumerate(self.tables))
        valid = valid.unsqueeze(-1)
        x = functional.gelu(self.norm(x)) * valid
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            near = convolution(x.transpose(1, 2)).transpose(1, 2)
            x = norm(x + functional.gelu(near)) * valid
        at = x.gather(1, anchors.view(-1, 1, 1).expand(-1, 1, PAIR)).squeeze(1)
        summary = torch.cat([at, (x - 10.0 * (1.0 - valid)).amax(1)], -1)
        return self.roles(x), self.edges(x), self.exists(summary).squeeze(-1)


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data = weights[f"{name}.weight"]
    module.bias.data = weights[f"{name}.bias"]
