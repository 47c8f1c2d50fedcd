"""Which document is to be done next, and which answer is to be handed on next.

Answers are handed on in the order of the documents, whoever is done first, so that what is made of
them does not depend on the number of workers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quoth.running.plan import Answer, Failed, Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quoth.extractors.records import Document

WAITING = 1_000
"""Documents that may be under way at most, those included that wait for an earlier one."""
WAITING_SIZE = 100_000_000
"""Bytes of answers that wait at most, or else nothing new is begun."""


@dataclass(frozen=True, eq=False)
class Task:
    """A document to be extracted: `alone` is one that was with a worker when that was lost."""

    number: int
    document: Document
    alone: bool = False

    @property
    def size(self) -> int:
        """How many code points there are to be read."""
        return len(self.document.text)


class Schedule:
    """The documents of one run, from the first that is taken to the last that is handed on."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = enumerate(documents)
        self._again: deque[Task] = deque()
        self._peeked: Task | None = None
        self._is_empty = False
        self._under_way: dict[int, Document] = {}
        self._answers: dict[int, Answer] = {}
        self._size = 0
        self._next = 0

    @property
    def is_over(self) -> bool:
        """Whether every document was handed on."""
        return self._is_empty and not self._under_way

    def peek(self) -> Task | None:
        """Return the task that is to be begun next, or None if there is none now."""
        if self._again:
            return self._again[0]
        if self._peeked is None and self._may_begin():
            number, document = next(self._documents, (0, None))
            if document is None:
                self._is_empty = True
            else:
                self._peeked = Task(number, document)
                self._under_way[number] = document
        return self._peeked

    def _may_begin(self) -> bool:
        is_full = len(self._under_way) >= WAITING or self._size >= WAITING_SIZE
        return not self._is_empty and not is_full

    def take(self) -> Task:
        """Return the task that `peek` showed; it is begun now."""
        if self._again:
            return self._again.popleft()
        task, self._peeked = self._peeked, None
        assert task is not None
        return task

    def put_back(self, task: Task) -> None:
        """Take a task back that was not begun."""
        self._again.appendleft(task)

    def lost(self, tasks: Iterable[Task], kind: str, reason: str) -> None:
        """Take note that a worker was lost with `tasks`.

        They will be done again, one by one; one that was alone with its worker has failed, for
        the `reason` given.
        """
        for task in tasks:
            if task.alone:
                self.answered(Failed(task.number, kind, reason))
            else:
                self._again.append(replace(task, alone=True))

    def answered(self, answer: Answer) -> None:
        """Keep an answer until it is its turn."""
        self._answers[answer.number] = answer
        self._size += _size(answer)

    def handed_on(self) -> Iterator[tuple[Document, Answer]]:
        """Yield the documents whose turn it is, with their answers."""
        while self._next in self._answers:
            answer = self._answers.pop(self._next)
            self._size -= _size(answer)
            document = self._under_way.pop(self._next)
            self._next += 1
            yield document, answer


def _size(answer: Answer) -> int:
    return len(answer.packed) if isinstance(answer, Found) else 0
