"""The network at run time: two ONNX graphs on one thread, checked before they are used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from quoth.extractors.neural.inputs import Labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from quoth.extractors.neural.inputs import Ints
    from quoth.extractors.neural.windows import Window

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

FOLDER = "weights"
CARD = "model.json"


class DamagedModelError(OSError):
    """A file of the model is missing or is not the one that was released."""


@dataclass(frozen=True)
class Network:
    """The trained network with its labels, thresholds and tokenizer.

    Windows go through one at a time, without padding: what is quantised at run time would otherwise
    depend on the company, and so would the answer.
    """

    card: dict[str, Any]
    labels: Labels
    tokenizer: bytes
    encoder: Any
    reader: Any

    @classmethod
    @cache
    def load(cls) -> Network:
        """Load the network that comes with the package; raises as `open` does."""
        return cls.open(files("quoth.extractors") / FOLDER)

    @classmethod
    def open(cls, path: Path | Traversable) -> Network:
        """Open the network in a folder, which may stand in a zip file.

        Raises DamagedModelError when a file is missing or differs from its sha256 in
        ``model.json``.
        """
        import onnxruntime  # type: ignore[import-untyped]  # ships no types

        try:
            card = json.loads((path / CARD).read_text(encoding="utf-8"))
            data = {name: (path / name).read_bytes() for name in card["sha256"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedModelError(f"{path}: no whole model ({error}); reinstall") from error
        for name, expected in card["sha256"].items():
            if hashlib.sha256(data[name]).hexdigest() != expected:
                raise DamagedModelError(
                    f"{path / name} is not the file that was released with quoth; reinstall"
                )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        sessions = [
            onnxruntime.InferenceSession(data[name], options, providers=["CPUExecutionProvider"])
            for name in ("encoder.onnx", "reader.onnx")
        ]
        labels = Labels(tuple(card["tags"]), tuple(card["deps"]))
        return cls(card, labels, data["tokenizer.json"], *sessions)

    def encode(self, window: Window, heads: Ints, features: Ints) -> tuple[Floats, Floats]:
        """Return the word vectors (1, words, …) and the tagger's logits (words, 4) of a window."""
        vectors, logits = self.encoder.run(
            None,
            {
                "pieces": window.pieces[None],
                "owners": window.piece_words[None] + 1,
                "first": window.first[None],
                "heads": heads[None],
                "features": features[None],
            },
        )
        return vectors, logits[0]

    def read(
        self, vectors: Floats, anchors: Sequence[int], pairs: Sequence[Ints]
    ) -> tuple[Floats, Floats, Floats]:
        """Return role logits (anchors, words, 4), edges (…, 6) and existence logits (anchors).

        `anchors` are positions in the window, `pairs` their `TextInputs.pairs`.
        """
        roles, edges, exists = self.reader.run(
            None,
            {
                "vectors": vectors,
                "anchors": np.array(anchors, dtype=np.int64),
                "pairs": np.stack(pairs),
            },
        )
        return roles, edges, exists
