"""Write the trained model as it ships: ONNX, eight bits, with labels, thresholds and checksums."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

if TYPE_CHECKING:
    from pathlib import Path

    from network import Encoder, Reader
    from train import Model

OPSET = 17


class _Encoder(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, pieces: Tensor, owners: Tensor, first: Tensor, heads: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor]:
        found: tuple[Tensor, Tensor] = self.encoder(pieces, owners, first, heads, features)
        return found


class _Reader(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, vectors: Tensor, anchors: Tensor, pairs: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        rows = torch.zeros_like(anchors)
        valid = torch.ones_like(pairs[..., 0], dtype=vectors.dtype)
        found: tuple[Tensor, Tensor, Tensor] = self.reader(vectors, rows, anchors, pairs, valid)
        return found


def export(model: Model, folder: Path, tokenizer: Path, card: dict[str, Any]) -> None:
    """Write ``encoder.onnx``, ``reader.onnx``, ``tokenizer.json`` and ``model.json``."""
    folder.mkdir(exist_ok=True)
    model.eval()
    words, pieces, anchors = 7, 9, 3
    zeros = torch.zeros
    features = len(model.encoder.inner)
    columns = len(model.reader.tables)
    whole = folder / "whole.onnx"
    torch.onnx.export(
        _Encoder(model.encoder),
        (
            zeros(1, pieces, dtype=torch.long),
            zeros(1, pieces, dtype=torch.long),
            zeros(1, words, dtype=torch.long),
            zeros(1, words, dtype=torch.long),
            zeros(1, words, features, dtype=torch.long),
        ),
        str(whole),
        input_names=["pieces", "owners", "first", "heads", "features"],
        output_names=["vectors", "logits"],
        dynamic_axes={
            "pieces": {1: "pieces"},
            "owners": {1: "pieces"},
            "first": {1: "words"},
            "heads": {1: "words"},
            "features": {1: "words"},
        },
        opset_version=OPSET,
        dynamo=False,
    )
    quantize_dynamic(
        whole,
        folder / "encoder.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True},
    )
    whole.unlink()
    torch.onnx.export(
        _Reader(model.reader),
        (
            torch.randn(1, words, model.encoder.word.out_features),
            zeros(anchors, dtype=torch.long),
            zeros(anchors, words, columns, dtype=torch.long),
        ),
        str(folder / "reader.onnx"),
        input_names=["vectors", "anchors", "pairs"],
        output_names=["roles", "edges", "exists"],
        dynamic_axes={
            "vectors": {1: "words"},
            "anchors": {0: "anchors"},
            "pairs": {0: "anchors", 1: "words"},
        },
        opset_version=OPSET,
        dynamo=False,
    )
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    names = ("encoder.onnx", "reader.onnx", "tokenizer.json")
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    text = json.dumps({**card, "sha256": sums}, indent=1, ensure_ascii=False)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8")
