"""What became of the documents of a run, counted while it goes on and told at its end."""

from __future__ import annotations

from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.extractors.records import Document
    from quoth.failures import Failures
    from quoth.inputs import Inputs


class Report:
    """Counts of one run.

    `outcomes` counts documents by what became of them (``new``, ``changed``, ``there already``),
    `set_aside` by the reason why nobody looked into them; `words` are those that were extracted.
    """

    def __init__(self, inputs: Inputs, failures: Failures) -> None:
        self._inputs = inputs
        self._failures = failures
        self.outcomes: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()
        self.words = 0
        self._extracted = 0
        self._begin = monotonic()

    def added(self, document: Document, outcome: str, *, extracted: bool) -> None:
        """Count what became of a document, and its words if it was `extracted`."""
        self.outcomes[outcome] += 1
        if extracted:
            self._extracted += 1
            self.words += len(document.text.split())

    @property
    def tried(self) -> int:
        """How many documents were extracted, or failed at it."""
        return self._extracted + self._failures.documents

    @property
    def done(self) -> int:
        """How many documents are settled, one way or another."""
        inputs = self._inputs
        others = self._failures.count + inputs.duplicates + inputs.foreign + inputs.unread
        return self.outcomes.total() + self.set_aside.total() + others

    @property
    def _settled(self) -> int:
        """How many documents were read, but for those that wait for their turn."""
        return self.outcomes.total() + self.set_aside.total() + self._failures.documents

    @property
    def seconds(self) -> float:
        """How long the run has taken so far."""
        return monotonic() - self._begin

    def pace(self) -> str:
        """Return how fast it goes, and what failed."""
        told = [self._words_a_second()] if self.words else []
        if self._failures.count:
            told.append(f"{self._failures.count:,} failed")
        return ", ".join(told)

    def lines(self) -> list[str]:
        """Return the report: how many documents are new, and if there is more to tell, that."""
        changed = self.outcomes["new"] + self.outcomes["changed"]
        others = [
            (self._failures.count, "failed"),
            *((count, f"set aside ({why})") for why, count in sorted(self.set_aside.items())),
            (self._inputs.unread, "finished inputs not read again"),
        ]
        told = [f"{count:,} {outcome}" for outcome, count in sorted(self.outcomes.items()) if count]
        told += self._inputs.left_out
        told += [f"{count:,} {what}" for count, what in others if count]
        if self.words:
            told.append(
                f"{self.words:,} words in {duration(self.seconds)}, {self._words_a_second()}"
            )
        told += self._inputs.passed_over
        first = f"{self._settled:,} documents read, {changed:,} new or changed"
        return [first, ", ".join(told)] if told else [first]

    def _words_a_second(self) -> str:
        return f"{self.words / max(self.seconds, 1e-9):,.0f} words/s"


def duration(seconds: float) -> str:
    """Return so many seconds in words: ``12 s``, ``3 min 5 s``, ``2 h 10 min``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
