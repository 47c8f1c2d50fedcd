"""Which input each document under way came from, and which inputs are finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.reading import Input
    from quoth.extractors.records import Document
    from quoth.failures import Failures, Retried
    from quoth.inputs import Inputs
    from quoth.running.journal import Journal, Stamp


@dataclass
class _Opened:
    source: Input
    stamp: Stamp | None
    left: int = 0
    is_read: bool = False
    has_failed: bool = False


class Ledger:
    """Follows documents from their inputs to where they are settled.

    Every document that `documents` yields must be handed to `settle`, once, when it is in the
    graph, set aside, or has failed.
    """

    def __init__(self, inputs: Inputs, failures: Failures, journal: Journal | None = None) -> None:
        self._inputs = inputs
        self._failures = failures
        self._journal = journal
        self._sources: dict[int, _Opened] = {}
        self._current: _Opened | None = None
        if journal is not None:
            inputs.unless = journal.is_finished

    def documents(self, retried: Retried | None = None) -> Iterator[Document]:
        """Yield the documents of the inputs, of `retried` only those that are to be tried again."""
        for document in self._inputs:
            opened = self._opened()
            if retried is None or retried.wants(document, opened.source):
                self._sources[id(document)] = opened
                opened.left += 1
                yield document
        self._finish_reading()

    def settle(self, document: Document, *, failed: bool = False) -> Input | None:
        """Return the input that a document came from, which is settled now."""
        opened = self._sources.pop(id(document), None)
        if opened is None:
            return None
        opened.left -= 1
        opened.has_failed |= failed
        self._finish(opened)
        return opened.source

    def _opened(self) -> _Opened:
        """Return the input that is being read, and note where it is another than before."""
        source, stamp = self._inputs.current
        if self._current is None or self._current.source is not source:
            self._finish_reading()
            self._current = _Opened(source, stamp)
        return self._current

    def _finish_reading(self) -> None:
        if self._current is not None:
            self._current.is_read = True
            self._finish(self._current)
            self._current = None

    def _finish(self, opened: _Opened) -> None:
        is_whole = opened.is_read and not opened.left and not opened.has_failed
        if self._journal is not None and is_whole and not self._failures.has(opened.source):
            self._journal.finish(opened.source, opened.stamp)
