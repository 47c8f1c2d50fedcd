"""Which inputs of a graph are finished, so that a run that goes on need not read them again.

What a graph holds is known from the graph itself, and `quoth build` never extracts it twice; but to
know that, it must read the text. The journal of a graph that is a folder lies in it. It names the
files of which every document was written, with size and time of change: a file that is still so
has nothing new to say. It is never ahead of the graph, since a line is added when the documents
are safe, and it ends with the graph, since it lies inside.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from quoth import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.reading import Input

NAME = "journal.jsonl"


class Stamp(NamedTuple):
    """What tells one state of an input from another: size in bytes, time of change in ns."""

    size: int
    changed: int

    @classmethod
    def of(cls, source: Input) -> Stamp | None:
        """Return the stamp of a file as it is now, None for what is no file."""
        with suppress(OSError, ValueError):
            found = Path(source.path).stat()
            return cls(found.st_size, found.st_mtime_ns)
        return None


class Journal:
    """The journal in the folder `graph`, begun anew unless the run is to go on.

    `settings` is whatever decides what a text becomes; a journal of other settings is begun anew.
    """

    def __init__(self, graph: Path, settings: str, *, resume: bool) -> None:
        from quoth.graph.file_backend import write_atomically

        self._finished: dict[str, Stamp] = {}
        path = graph / NAME
        head = {"settings": sha256(settings.encode("utf-8", "surrogatepass")).hexdigest()}
        if resume:
            self._read(path, head)
        kept = ({"input": key, **stamp._asdict()} for key, stamp in self._finished.items())
        lines = [json.dumps(record) for record in (head, *kept)]
        # Written anew, since a kill may have cut the last line short.
        write_atomically(path, "".join(f"{line}\n" for line in lines).encode())
        self._file: TextIO = path.open("a", encoding="utf-8")

    def _read(self, path: Path, head: dict[str, str]) -> None:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return
        with suppress(ValueError, KeyError, TypeError):
            if not lines or json.loads(lines[0]) != head:
                return
            for line in lines[1:]:
                record = json.loads(line)
                self._finished[record["input"]] = Stamp(record["size"], record["changed"])

    def is_finished(self, source: Input, stamp: Stamp | None) -> bool:
        """Whether every document of the input is in the graph, and the input is as it was."""
        if stamp is None or not self._finished:
            return False
        return self._finished.get(_key(source)) == stamp

    def finish(self, source: Input, stamp: Stamp | None) -> None:
        """Keep that the input is finished; `stamp` is of the time before it was read."""
        if stamp is not None:
            self._file.write(json.dumps({"input": _key(source), **stamp._asdict()}) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@contextmanager
def journal_of(graph: str, settings: str, *, resume: bool) -> Iterator[Journal | None]:
    """Yield the journal of the open graph `graph`, None where that is no folder."""
    if not Path(graph).is_dir():
        yield None
        return
    journal = Journal(Path(graph), f"{__version__} {settings}", resume=resume)
    try:
        yield journal
    finally:
        journal.close()


def _key(source: Input) -> str:
    # The id of a text is a part of its document's, and depends on the folder that was named.
    return f"{os.path.realpath(source.path)}\n{source.id}"
