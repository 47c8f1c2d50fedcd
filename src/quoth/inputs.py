"""The documents that a command is given, and what went wrong with some of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import typer

from quoth.extractors.reading import ReadingError, find_inputs, read, read_all
from quoth.output import tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from quoth.extractors.reading import Input
    from quoth.extractors.records import Document


class Failures:
    """Inputs that failed: each is told at once on standard error, and the rest goes on."""

    def __init__(self) -> None:
        self.count = 0

    def unreadable(self, error: ReadingError) -> None:
        """Tell that an input could not be read."""
        self._tell(str(error))

    def unprocessed(self, document: Document, error: Exception) -> None:
        """Tell that a document could not be extracted or added."""
        self._tell(f"{document.id}: {error or type(error).__name__}")

    def _tell(self, message: str) -> None:
        self.count += 1
        tell(message)

    def exit(self) -> None:
        """End the command with status 1 if anything failed."""
        if self.count:
            raise typer.Exit(1)


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

    Raises typer.BadParameter when an option that describes one document is given for several.
    """

    def __init__(self, paths: list[str], known: Known, failures: Failures) -> None:
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
        known, on_error = self._known, self._failures.unreadable
        if len(self._found) != 1:
            yield from read_all(
                self._found,
                date=known.date,
                publisher=known.publisher,
                author=known.author,
                on_error=on_error,
            )
            return
        (item,) = self._found
        try:
            yield read(item.path, **{"id": item.id, **known.given()})
        except ReadingError as error:
            on_error(error)
