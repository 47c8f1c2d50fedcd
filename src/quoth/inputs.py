"""The documents that a command is given."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import typer

from quoth.extractors.reading import Input, ReadingError, find_inputs, read
from quoth.running.journal import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from quoth.extractors.records import Document
    from quoth.failures import Failures


def day(moment: datetime | None) -> date | None:
    """Return the day that an option names."""
    return moment.date() if moment else None


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the options say of the documents; it overrides what their headers say."""

    date: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    title: str | None = None
    id: str | None = None

    def given(self) -> dict[str, Any]:
        """Return what is known by name, as `quoth.extractors.reading.read` takes it."""
        return {name: value for name, value in asdict(self).items() if value is not None}


class Inputs:
    """The documents that `paths` name, found at once and read one by one.

    A document that comes twice, with the same id (or URL) and text, is yielded once. Inputs for
    which `unless`, given an input and its stamp, is true are left unread. Raises
    typer.BadParameter when an option that describes one document is given for several.
    """

    def __init__(self, paths: Sequence[str | Input], known: Known, failures: Failures) -> None:
        self._known = known
        self._failures = failures
        self._found: list[Input] = list(find_inputs(paths, on_error=failures.unreadable))
        for name in ("url", "title", "id"):
            if getattr(known, name) is not None and len(self._found) > 1:
                raise typer.BadParameter(
                    f"it describes one document, and here are {len(self._found)}; "
                    "give one file, or leave the option out",
                    param_hint=f"'--{name}'",
                )

        self.read = 0
        """How many documents were read so far."""
        self.duplicates = 0
        """How many of them were there before in the same run."""
        self.unread = 0
        """How many inputs were left unread."""
        self.unless: Callable[[Input, Stamp | None], bool] | None = None
        self.current: tuple[Input, Stamp | None] = (Input("", ""), None)
        """The input that the last document came from, as it was before it was read."""

    @property
    def paths(self) -> list[str]:
        """The paths of the files, with ``-`` for standard input."""
        return [item.path for item in self._found]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents():
            self.read += 1
            yield document

    def _documents(self) -> Iterator[Document]:
        seen: set[str] = set()
        for item in self._to_be_read():
            try:
                document = read(item.path, **{"id": item.id, **self._known.given()})
            except ReadingError as error:
                self._failures.unreadable(error, item)
                continue
            if document.key in seen:
                self.duplicates += 1
                continue
            seen.add(document.key)
            yield document

    def _to_be_read(self) -> Iterator[Input]:
        for item in self._found:
            stamp = Stamp.of(item)
            if self.unless is not None and self.unless(item, stamp):
                self.unread += 1
                continue
            self.current = item, stamp
            yield item
