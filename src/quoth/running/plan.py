"""What worker processes are to do, and the forms in which they send what they found."""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from quoth.extractors.records import Document, Extraction, Extractor
    from quoth.graph.packing import Packed
    from quoth.graph.readings import Extracts

T = TypeVar("T")


class Form(NamedTuple, Generic[T]):
    """How a worker packs what it found, and how that is unpacked for whoever takes it."""

    pack: Callable[[Extraction], bytes]
    unpack: Callable[[Document, Extractor | None, bytes], T]


@dataclass(frozen=True)
class Plan:
    """What a worker needs to know; both are pickled by name."""

    load: Callable[[], Extracts]
    """Returns the extractor."""

    pack: Callable[[Extraction], bytes]
    fork: bool = sys.platform == "linux"
    """Whether workers are forked from the process that loads, or each loads by itself."""


class Found(NamedTuple):
    """A worker's answer about the document of that `number`: what it found, packed."""

    number: int
    packed: bytes


class Failed(NamedTuple):
    """A worker's answer about a document that could not be extracted."""

    number: int
    kind: str
    reason: str


class GivenUp(NamedTuple):
    """What stands for the answer about a document that nobody will read."""

    number: int


Answer = Found | Failed | GivenUp


class ExtractionError(Exception):
    """A document could not be extracted in a worker; `kind` is the name of what happened."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason or kind)
        self.kind = kind


def kind_and_reason(error: Exception) -> tuple[str, str]:
    """Return the kind and the reason of a failure, as files of failures have them."""
    kind = type(error).__name__
    return getattr(error, "kind", kind), str(error) or kind


def named(extractor: str, *, min_confidence: float) -> Extracts:
    """Return the extractor called `extractor`, as `quoth.extractors.pipeline.load` does.

    Whoever only names it to other processes need not import spaCy.
    """
    from quoth.extractors.pipeline import load

    return load(extractor, min_confidence=min_confidence)


def records() -> Form[Extraction]:
    """Return the form of records: what is found comes as `Extraction`."""
    return Form(_pickled, _unpickled)


def quads() -> Form[Packed]:
    """Return the form of quads: what is found comes as N-Quads, which need only be stored."""
    from quoth.graph.packing import pack, unpack

    def unpacked(document: Document, extractor: Extractor | None, packed: bytes) -> Packed:
        assert extractor is not None  # quads are made for those that name themselves
        return unpack(document, extractor, packed)

    return Form(pack, unpacked)


def _pickled(extraction: Extraction) -> bytes:
    return pickle.dumps(extraction, pickle.HIGHEST_PROTOCOL)


def _unpickled(_document: Document, _extractor: Extractor | None, packed: bytes) -> Extraction:
    extraction: Extraction = pickle.loads(packed)  # from a worker of this process
    return extraction
