"""Vectors of claims, kept in a folder's graph from one linking to the next.

A vector is a function of the claim's text, of what its words weigh and of the network. The weights
follow from all claims, so the vectors serve as long as no document comes or goes: whenever links
are inferred again because the alias table has changed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from quoth.graph.embedding import DIMENSIONS, MODEL, Embeds, Floats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quoth.graph.embedding import Weighed

_KEY = 16
"""Bytes of a text's key."""


class KeptVectors:
    """The vectors of `embedding`, read from the folder `place` where they are there."""

    def __init__(self, embedding: Embeds, place: Path) -> None:
        self._embedding = embedding
        self._file = place / f"vectors-{MODEL}.npz"

    def vectors(self, texts: Sequence[Weighed]) -> Floats:
        """Return a vector of length 1 for each text, (texts, 384), and keep them."""
        keys = [sha256(repr(text).encode()).digest()[:_KEY] for text in texts]
        known = self._read()
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        made = self._embedding.vectors(list(new.values()))
        found = {**known, **dict(zip(new, made, strict=True))}
        used = dict.fromkeys(keys)
        if new or len(used) < len(known):
            self._write({key: found[key] for key in used})
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for row, key in enumerate(keys):
            vectors[row] = found[key]
        return vectors

    def _read(self) -> dict[bytes, Floats]:
        try:
            with np.load(self._file, allow_pickle=False) as kept:
                keys, vectors = kept["keys"], kept["vectors"]
        except (OSError, ValueError, LookupError, EOFError, BadZipFile):
            # Not there, cut off, or something else: they are made.
            return {}
        if vectors.shape != (len(keys), DIMENSIONS) or vectors.dtype != np.float32:
            return {}
        return {bytes(key): vector for key, vector in zip(keys, vectors, strict=True)}

    def _write(self, found: dict[bytes, Floats]) -> None:
        keys = np.frombuffer(b"".join(found), dtype=np.uint8).reshape(len(found), _KEY)
        vectors = np.array(list(found.values()), dtype=np.float32).reshape(-1, DIMENSIONS)
        draft = self._file.with_suffix(f".{os.getpid()}.tmp")
        # On a disk that is full they are made again next time.
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            try:
                with draft.open("wb") as stream:
                    np.savez(stream, keys=keys, vectors=vectors)
                draft.replace(self._file)
            finally:
                draft.unlink(missing_ok=True)
