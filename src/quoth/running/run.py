"""One run of ``quoth build``: its documents on the way to the graph, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.graph.additions import Outcome
from quoth.output import tell
from quoth.running.ledger import Ledger
from quoth.running.memory import OFTEN, give_back
from quoth.running.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from quoth.extractors.records import Document
    from quoth.failures import Failures, Retried
    from quoth.inputs import Inputs
    from quoth.running.interruption import Interruption
    from quoth.running.journal import Journal


class Run:
    """What one run reads, leaves out and finds, for `SourceGraph.add`.

    Of the `inputs` are left out documents that were published before `since`, or do not say when,
    and what is not among the `retried`. `again` says that what the graph holds is read, too.
    """

    def __init__(
        self,
        inputs: Inputs,
        failures: Failures,
        *,
        since: date | None = None,
        retried: Retried | None = None,
        again: bool = False,
    ) -> None:
        self._inputs = inputs
        self._failures = failures
        self._since = since
        self._retried = retried
        self._again = again
        self._step: Callable[[int], None] = lambda _: None
        self._ledger = Ledger(inputs, failures)
        self.report = Report(inputs, failures)

    def documents(
        self, interruption: Interruption, step: Callable[[int], None], journal: Journal | None
    ) -> Iterator[Document]:
        """Yield the documents that are to be added, until the run is interrupted.

        `step` is told how many are settled whenever one is. Inputs that the `journal` knows as
        finished stay unread, and others are entered in it once all their documents are settled.
        """
        self._step = step
        self._ledger = Ledger(self._inputs, self._failures, journal)
        for document in interruption.until(self._ledger.documents(self._retried), tell):
            if (why := self._unwanted(document)) is None:
                yield document
            else:
                self.report.set_aside[why] += 1
                self._ledger.settle(document)
                self._step(self.report.done)

    def _unwanted(self, document: Document) -> str | None:
        if self._since is None:
            return None
        if document.date is None:
            return "without a date"
        return f"before {self._since}" if document.date < self._since else None

    def added(self, document: Document, outcome: Outcome) -> None:
        """Take note of what became of a document."""
        is_read = self._again or outcome is not Outcome.THERE
        self.report.added(document, outcome, extracted=is_read)
        self._ledger.settle(document)
        self._step(self.report.done)
        if self.report.outcomes.total() % OFTEN == 0:
            give_back()

    def failed(self, document: Document, error: Exception) -> None:
        """Take note that a document failed."""
        self._failures.unprocessed(document, error, self._ledger.settle(document, failed=True))
        self._step(self.report.done)
