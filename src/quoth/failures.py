"""What went wrong with some of a command's inputs: told at once, kept in a file, tried again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from quoth.extractors.reading import STANDARD_INPUT, Input
from quoth.output import open_output, tell
from quoth.running.plan import kind_and_reason

if TYPE_CHECKING:
    from collections.abc import Collection

    from quoth.extractors.reading import ReadingError
    from quoth.extractors.records import Document


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One line of the file: which input (a path, and the id that its text is given) failed and why.

    `document` is the id of the document, None where the input could not be read; `kind` names
    the sort of error.
    """

    input: str | None
    name: str | None
    document: str | None
    kind: str
    reason: str


class Failures:
    """Inputs that failed: each is told at once on standard error, and the rest goes on."""

    def __init__(self) -> None:
        self.found: list[Failure] = []
        self._inputs: set[Input] = set()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.found)

    @property
    def documents(self) -> int:
        """How many of them are documents that were read."""
        return sum(failure.document is not None for failure in self.found)

    def unreadable(self, error: ReadingError, source: Input | None = None) -> None:
        """Tell that an input could not be read."""
        found = source or Input(error.path, Path(error.path).name)
        self._inputs.add(found)
        # Which line or row of the input it was, stands before the reason.
        self._add(error, found, None, str(error).removeprefix(f"{found.path}: "))
        tell(str(error))

    def unprocessed(
        self, document: Document, error: Exception, source: Input | None = None
    ) -> None:
        """Tell that a document could not be extracted or added."""
        _, reason = kind_and_reason(error)
        self._add(error, source, document.id, reason)
        tell(f"{document.id}: {reason}")

    def _add(
        self, error: Exception, source: Input | None, document: str | None, reason: str
    ) -> None:
        path, name = (source.path, source.id) if source else (None, None)
        kind, _ = kind_and_reason(error)
        self.found.append(
            Failure(input=path, name=name, document=document, kind=kind, reason=reason)
        )

    def has(self, source: Input) -> bool:
        """Whether the input could not be read, or not all of it."""
        return source in self._inputs

    def write(self, target: str) -> None:
        """Write them to `target`, a file name or ``-``, as JSON Lines.

        They are in the order of the inputs' names, whatever was found first: the same failures
        give the same bytes. Raises OSError when it cannot be written.
        """
        lines = sorted(json.dumps(asdict(failure), ensure_ascii=False) for failure in self.found)
        with open_output(target) as stream:
            stream.writelines(f"{line}\n" for line in lines)

    def exit(self) -> None:
        """End the command with status 1 if anything failed."""
        if self.count:
            raise typer.Exit(1)


class Retried:
    """What a file of failures says is to be tried once more.

    Raises typer.BadParameter when the file `path` cannot be read or holds something else.
    """

    def __init__(self, path: str) -> None:
        self._wanted: dict[Input, set[str] | None] = {}
        try:
            with Path(path).open(encoding="utf-8") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        self._want(_failure(line, f"{path}, line {number}"))
        except (OSError, UnicodeDecodeError) as error:
            raise typer.BadParameter(
                f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})",
                param_hint="'--retry'",
            ) from error

    def _want(self, failure: Failure) -> None:
        if failure.input is None:
            return
        if failure.input == STANDARD_INPUT:
            raise typer.BadParameter(
                "it names standard input, which holds something else by now; build it once more "
                "from there: what the graph holds is passed over",
                param_hint="'--retry'",
            )
        source = Input(failure.input, failure.name or failure.input)
        documents = self._wanted.setdefault(source, set())
        if failure.document is None:
            self._wanted[source] = None
        elif documents is not None:
            documents.add(failure.document)

    @property
    def inputs(self) -> list[Input]:
        """The inputs, each once."""
        return list(self._wanted)

    def wants(self, document: Document, source: Input) -> bool:
        """Whether a document of the input `source` is among what failed."""
        wanted: Collection[str] | None = self._wanted.get(source)
        return wanted is None or document.id in wanted


def _failure(line: str, where: str) -> Failure:
    try:
        record: dict[str, Any] = json.loads(line)
        return Failure(**record)
    except (ValueError, TypeError) as error:
        raise typer.BadParameter(
            f"{where}: no line of a file that --failures has written", param_hint="'--retry'"
        ) from error
