"""Answers to named questions, kept inside a folder for one state of its graph alone.

Many questions read the whole graph, which takes seconds where there are a hundred thousand
attributions, and are asked again and again. An answer counts as long as the question's text and
parameters are the same and no file of the store has changed (`quoth.graph.kept_tables` is alike).
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from contextlib import suppress
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from quoth.graph.kept_tables import FOLDER
from quoth.graph.results import Result
from quoth.graph.terms import to_ox_term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rdflib.term import Identifier

    from quoth.graph.catalogue import NamedQuery
    from quoth.graph.folder_state import State

VERSION = 1
"""Goes up when answers are written or made otherwise: those of an earlier version count no more."""
MOST = 500
"""Answers that are kept; the questions of a server's users would fill the disk else."""
LONG = 50_000
"""Rows from which on an answer takes longer to write than property tables take to answer again."""
_END = ".json.gz"
_DAYS = "days"


class KeptAnswers:
    """The answers of the folder `path` in the state in which it was opened."""

    def __init__(self, path: Path, state: State) -> None:
        self.folder = path / FOLDER
        self.state = sha256(repr((VERSION, state)).encode()).hexdigest()[:20]

    def get(
        self,
        query: NamedQuery,
        bindings: Mapping[str, Identifier],
        make: Callable[[], Result],
        *,
        is_quick: bool = False,
    ) -> Result:
        """Return the answer to `query` with `bindings`, made by `make` where it is not kept.

        What is long and `is_quick` to make again is not kept.
        """
        result = self.kept(query, bindings)
        if result is not None:
            return result
        result = make()
        if is_quick and len(result) >= LONG:
            return result
        if (content := _written(result)) is not None:
            # On a disk that is full, or not ours to write on, it is made again next time.
            with suppress(OSError):
                self._keep(content, self._file(query, bindings))
        return result

    def kept(self, query: NamedQuery, bindings: Mapping[str, Identifier]) -> Result | None:
        """Return the answer to `query` with `bindings`, None where it is not kept."""
        try:
            return _read(self._file(query, bindings))
        except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError):
            return None  # not there, cut off, or something else

    def _file(self, query: NamedQuery, bindings: Mapping[str, Identifier]) -> Path:
        values = sorted((name, str(to_ox_term(term))) for name, term in bindings.items())
        asked = sha256(f"{query.text}{values}".encode()).hexdigest()[:20]
        return self.folder / f"{query.name}-{asked}-{self.state}{_END}"

    def _keep(self, content: bytes, file: Path) -> None:
        """Write the answer whole, and take those of earlier states away."""
        self.folder.mkdir(exist_ok=True)
        of_now = f"{self.state}{_END}"
        there = list(self.folder.glob(f"*{_END}"))
        for other in there:
            if not other.name.endswith(of_now):
                other.unlink(missing_ok=True)
        if sum(other.name.endswith(of_now) for other in there) >= MOST:
            return
        draft = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            draft.write_bytes(content)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


def _written(result: Result) -> bytes | None:
    """Return the answer as compressed JSON, None where JSON cannot give it back."""
    columns = list(zip(*result.rows, strict=True)) or [()] * len(result.columns)
    types = [set(map(type, column)) for column in columns]
    days = [any(issubclass(each, date) for each in found) for found in types]
    dated = (found for found, has_days in zip(types, days, strict=True) if has_days)
    if not all(found <= {date, type(None)} for found in dated):
        return None
    table = {
        "columns": result.columns,
        "note": result.note,
        _DAYS: days,
        "cells": [
            [cell.isoformat() if isinstance(cell, date) else cell for cell in column]
            if has_days
            else column
            for column, has_days in zip(columns, days, strict=True)
        ],
    }
    return gzip.compress(json.dumps(table, ensure_ascii=False).encode(), compresslevel=1, mtime=0)


def _read(file: Path) -> Result:
    table = json.loads(gzip.decompress(file.read_bytes()))
    cells = [
        [None if cell is None else date.fromisoformat(cell) for cell in column]
        if is_days
        else column
        for column, is_days in zip(table["cells"], table[_DAYS], strict=True)
    ]
    return Result(tuple(table["columns"]), tuple(zip(*cells, strict=True)), table["note"])
