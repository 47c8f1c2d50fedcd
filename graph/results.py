"""What a query answers: columns and rows of plain Python values."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from quoth.graph.result_writing import write_csv, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from rich.console import Console, ConsoleOptions, RenderResult

MOST_ROWS = 60
"""How many rows a notebook or a terminal shows of a result."""


@dataclass(frozen=True, slots=True)
class Result:
    """A table: the names of its `columns`, and its `rows` in the order of the query.

    A cell is a str (an IRI too), int, float, bool, date or datetime, or None where the query
    leaves a variable unbound. An ASK query answers one row of one column, ``answer``; CONSTRUCT
    and DESCRIBE answer ``subject``, ``predicate`` and ``object``. Iterating yields the rows.

    `note` is a sentence for the reader: why an answer is empty, where that can be told.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    note: str = field(default="", compare=False)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        rows = f"{len(self):,} row{'' if len(self) == 1 else 's'}"
        return f"<Result: {rows} of {', '.join(self.columns)}>"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table as ``rich.print`` shows it: the first rows of a long one."""
        from quoth.graph.result_table import drawn

        yield from drawn(Result(self.columns, self.rows[:MOST_ROWS]), options.max_width)
        if len(self) > MOST_ROWS:
            yield f"… {len(self):,} rows"

    def records(self) -> list[dict[str, object]]:
        """Return the rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """Return the table as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame.from_records(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """Return the table as a notebook shows it: the first and last rows of a long one."""
        return self.to_pandas().to_html(
            max_rows=MOST_ROWS, show_dimensions=True, na_rep="", border=0
        )

    def to_json(self) -> str:
        """Return the rows as a JSON array of objects; days and times in ISO 8601."""
        out = io.StringIO()
        write_json(self.columns, self.rows, out)
        return out.getvalue()

    def to_csv(self, delimiter: str = ",") -> str:
        r"""Return the table as CSV (RFC 4180), or with another delimiter, with a header line.

        Text that a spreadsheet would run as a formula, because it begins with ``=``, ``+``,
        ``-``, ``@``, a tab or a carriage return, is given a leading apostrophe: it comes from
        articles that anybody may have written.

        >>> Result(("said",), (("=1+1",), ("a, b",), (-1,))).to_csv().splitlines()
        ['said', "'=1+1", '"a, b"', '-1']
        """
        out = io.StringIO()
        write_csv(self.columns, self.rows, out, delimiter)
        return out.getvalue()


class LongAnswer(NamedTuple):
    """An answer whose `rows` are gone through once, as they are read: they are in no list.

    Columns and cells are those of a `Result`, and so is the `note`: there is none.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]
    note: str = ""
