"""A folder's property tables, kept inside it for one state of its graph alone, and asked by SQL.

The engine takes seconds for a named question that reads a large graph; the same question in SQL
takes tenths, over tables of two columns (`quoth.graph.property_tables`) that a writer leaves ready
(`quoth.graph.table_upkeep`). They are no second truth: they count as long as no file of the store
has changed since they were made, and what they cannot answer in the same way, the engine does.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from hashlib import sha256
from importlib.util import find_spec
from itertools import chain, islice
from typing import TYPE_CHECKING

from quoth.graph.errors import QueryError
from quoth.graph.kept_answers import LONG
from quoth.graph.kept_tables import FOLDER
from quoth.graph.results import LongAnswer, Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd
    from rdflib.term import Identifier

    from quoth.graph.catalogue import NamedQuery
    from quoth.graph.folder_state import State

VERSION = 1
"""Goes up when the tables become others: those of an earlier version count no more."""
_END = ".duckdb"


class KeptProperties:
    """The property tables of the folder `path` in the state in which it was opened."""

    def __init__(self, path: Path, state: State) -> None:
        self.folder = path / FOLDER
        known = sha256(repr((VERSION, state)).encode()).hexdigest()[:20]
        self.file = self.folder / f"properties-{known}{_END}"
        self.draft = self.folder / f"properties-draft-{os.getpid()}{_END}"
        """Where a writer makes those that are to be."""

    @staticmethod
    def can_be_kept() -> bool:
        """Return whether there are DuckDB and pyarrow, which make the tables."""
        return all(map(find_spec, ("duckdb", "pyarrow")))

    @property
    def are_there(self) -> bool:
        """Whether they are kept, and can be read."""
        return self.file.is_file() and self.can_be_kept()

    def answer(self, query: NamedQuery, bindings: Mapping[str, Identifier]) -> Result | None:
        """Return the answer to `query`, None where only the engine can give it."""
        if not self.are_there:
            return None
        import duckdb

        from quoth.graph import property_answers
        from quoth.graph.sql_expressions import Untranslatable

        # Cut off, or of another version of DuckDB: the engine answers.
        with suppress(Untranslatable, duckdb.Error, OSError):
            return Result(*property_answers.answer(self.file, query.text, bindings))
        return None

    @contextmanager
    def row_by_row(
        self, query: NamedQuery, bindings: Mapping[str, Identifier]
    ) -> Iterator[Result | LongAnswer | None]:
        """Give the answer to `query`, the rows of a long one being read within the block.

        None where only the engine can give it, which shows in its first rows. What fails later
        raises QueryError.
        """
        with ExitStack() as stack:
            found: Result | LongAnswer | None = None
            if self.are_there:
                import duckdb

                from quoth.graph import property_answers
                from quoth.graph.sql_expressions import Untranslatable

                with suppress(Untranslatable, duckdb.Error, OSError):
                    asked = property_answers.row_by_row(self.file, query.text, bindings)
                    columns, rows = stack.enter_context(asked)
                    first = tuple(islice(rows, LONG))
                    is_long = len(first) == LONG
                    found = (
                        LongAnswer(columns, chain(first, _told(rows)))
                        if is_long
                        else Result(columns, first)
                    )
            yield found

    def strings(self, sparql: str) -> pd.DataFrame | None:
        """Return the rows of a SELECT query as the characters of their terms, in no order.

        None where only the engine can tell them.
        """
        if not self.are_there:
            return None
        import duckdb

        from quoth.graph import property_answers
        from quoth.graph.sql_expressions import Untranslatable

        with suppress(Untranslatable, duckdb.Error, OSError):
            return property_answers.strings(self.file, sparql)
        return None

    def drafted(self) -> KeptProperties:
        """Return these as they are in the draft."""
        other = copy(self)
        other.file = self.draft
        return other

    def keep(self) -> None:
        """Let the draft, if there is one, be the tables of this state; others are taken away."""
        if not self.draft.is_file():
            return
        with suppress(OSError):
            for other in self.folder.glob(f"properties-*{_END}*"):
                if other != self.draft:
                    other.unlink(missing_ok=True)
            self.draft.replace(self.file)

    def discard(self) -> None:
        """Take away a draft that is not to be kept."""
        with suppress(OSError):
            for other in self.folder.glob(f"{self.draft.name}*"):
                other.unlink(missing_ok=True)


def _told(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield `rows`; what DuckDB finds to fail on the way is told as such."""
    import duckdb

    try:
        yield from rows
    except duckdb.Error as error:
        raise QueryError(f"the answer broke off: {error}; ask again") from error
