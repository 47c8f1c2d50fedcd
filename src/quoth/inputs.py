"""The documents that a command is given."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from quoth.extractors.readers.finding import holds_one
from quoth.extractors.readers.packing import unpacked_name
from quoth.extractors.reading import Input, ReadingOptions, Sieve, documents_of, find_inputs
from quoth.output import tell
from quoth.running.journal import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from quoth.extractors.reading import LeftOut, ReadingError
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
        """Return what is known by name, as the fields of a document."""
        return {name: value for name, value in asdict(self).items() if value is not None}


_KINDS = 5
"""Kinds of files that are passed over which a report names."""
_OF_ONE = ("url", "title", "id")
"""What can be known of one document alone."""


class Inputs:
    """The documents that `paths` name, read one by one.

    `paths` are files, folders, patterns, addresses and ``-``; what they name is found at once, what
    is in the files when it comes. `read` counts the documents so far, `duplicates` those left out
    because they had come before, `foreign` those set aside because they are not English (unless
    `any_language`), each of which is told; `passed` counts the files in folders that are of no kind
    that quoth reads, and `strays` the tables there that have no field of the text, both by the ends
    of their names. Where nothing but such tables is found, they have failed. Inputs for which
    `unless`, given an input and its stamp, is true are left `unread`; `current` is the input that
    the last document came from, with its stamp of before it was read. Raises typer.BadParameter
    when an option that describes one document is given for several.
    """

    def __init__(
        self,
        paths: Sequence[str | Input],
        known: Known,
        failures: Failures,
        *,
        reading: ReadingOptions | None = None,
        any_language: bool = False,
    ) -> None:
        self._known = known
        self.passed: Counter[str] = Counter()
        self.strays: Counter[str] = Counter()
        self._failures = failures
        self._reading = reading or ReadingOptions()
        self._any_language = any_language
        self._found: list[Input] = list(
            find_inputs(paths, on_error=failures.unreadable, on_passed=self._pass_over)
        )
        unnamed = self._reading.format
        self._all_single = all(holds_one(item, unnamed) for item in self._found)
        for name in _OF_ONE:
            if getattr(known, name) is not None and not self._is_one:
                raise self._describes_one(name)
        self.read = 0
        self.duplicates = 0
        self.foreign = 0
        self.unread = 0
        self.unless: Callable[[Input, Stamp | None], bool] | None = None
        self.current: tuple[Input, Stamp | None] = (Input("", ""), None)

    @property
    def _is_one(self) -> bool:
        return self._all_single and len(self._found) <= 1

    @property
    def paths(self) -> list[str]:
        """The paths of the files, with ``-`` for standard input."""
        return [item.path for item in self._found]

    @property
    def total(self) -> int | None:
        """How many documents there are, None where a file may hold several."""
        return len(self._found) if self._all_single else None

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents():
            self.read += 1
            if self.read == 2:
                # What a file is whose name does not tell is seen only now.
                for name in _OF_ONE:
                    if getattr(self._known, name) is not None:
                        raise self._describes_one(name)
            yield document

    def _documents(self) -> Iterator[Document]:
        sieve, known = Sieve(english_only=not self._any_language), self._known.given()
        alone: list[tuple[ReadingError, Input]] = []

        def stray(error: ReadingError) -> None:
            self.strays[_kind(error.path)] += 1
            if sieve.is_unused:
                alone.append((error, self.current[0]))

        for item in self._to_be_read():
            found = documents_of(
                item,
                on_error=partial(self._failures.unreadable, source=item),
                on_stray=stray,
                options=self._reading,
                **known,
            )
            for document in found:
                left_out = sieve.left_out(document)
                if left_out is None:
                    yield document
                else:
                    self._leave_out(left_out)
        if sieve.is_unused and not self.unread:
            self.strays.clear()
            for error, item in alone:
                self._failures.unreadable(error, source=item)

    def _to_be_read(self) -> Iterator[Input]:
        for item in self._found:
            stamp = Stamp.of(item)
            if self.unless is not None and self.unless(item, stamp):
                self.unread += 1
                continue
            self.current = item, stamp
            yield item

    def _describes_one(self, option: str) -> typer.BadParameter:
        here = len(self._found) if len(self._found) != 1 else "several in one file"
        return typer.BadParameter(
            f"it describes one document, and here are {here}; give one file, or leave the option "
            "out",
            param_hint=f"'--{option}'",
        )

    def _leave_out(self, left_out: LeftOut) -> None:
        if left_out.why == "repeat":
            self.duplicates += 1
            return
        self.foreign += 1
        document = left_out.document
        tell(
            f"{document.id}: set aside: its language seems to be {left_out.language!r}, and quoth "
            "reads English; --any-language reads it all the same"
        )

    def _pass_over(self, path: str) -> None:
        self.passed[_kind(path)] += 1

    @property
    def left_out(self) -> list[str]:
        """How many documents were not wanted, a few words for each reason."""
        told = [(self.duplicates, "came twice"), (self.foreign, "set aside (not in English)")]
        return [f"{count:,} {why}" for count, why in told if count]

    @property
    def passed_over(self) -> list[str]:
        """How many files in folders hold no documents, in a few words, or none."""
        sorts = [(self.passed, "files of other kinds"), (self.strays, "tables without a text")]
        told = [f"{found.total():,} {what} ({_by_kind(found)})" for found, what in sorts if found]
        return [f"{' and '.join(told)} passed over"] if told else []

    def report(self) -> str:
        """Return what was left out, for the end of a command: empty where nothing was."""
        return ", ".join([*self.left_out, *self.passed_over])


def _kind(path: str) -> str:
    # What packs it does not matter: an archive of archives is of the kind that is in it.
    return Path(unpacked_name(path)[0]).suffix.lower() or "without an ending"


def _by_kind(found: Counter[str]) -> str:
    kinds = [f"{kind} {count:,}" for kind, count in found.most_common(_KINDS)]
    return ", ".join([*kinds, *(["…"] if len(found) > _KINDS else [])])
