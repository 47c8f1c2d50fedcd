"""SPARQL in notebooks: the IPython extension that ``%load_ext quoth.magic`` loads.

::

    %load_ext quoth.magic
    %sparql_graph news.quoth

    %%sparql people
    SELECT ?who WHERE { ?who a said:Person }

The table is shown, and stands in ``people`` as a pandas DataFrame. A graph may also be a
`SourceGraph` in a variable: ``%sparql_graph g``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class

from quoth.graph.errors import GraphError
from quoth.graph.source_graph import SourceGraph
from quoth.graph.store import open_graph

if TYPE_CHECKING:
    import pandas as pd
    from IPython.core.interactiveshell import InteractiveShell


@magics_class
class SparqlMagics(Magics):
    """``%sparql_graph`` and ``%%sparql``. What goes wrong is told in one line."""

    shell: InteractiveShell

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self._graph: SourceGraph | None = None
        self._opened_here = False

    @line_magic
    def sparql_graph(self, line: str) -> None:
        """Choose the graph that ``%%sparql`` asks: a folder, a file, or a variable's graph.

        A folder or file is read as it is now; after a change choose it again. Without a name
        it tells which graph is chosen.
        """
        name = line.strip()
        if not name:
            print(self._chosen())  # noqa: T201 - a line magic answers by printing
            return
        known = self.shell.user_ns.get(name)
        try:
            graph = known if isinstance(known, SourceGraph) else _open(name)
        except GraphError as error:
            raise _told(error) from None
        if self._graph is not None and self._opened_here:
            self._graph.close()
        self._graph, self._opened_here = graph, graph is not known

    @cell_magic
    def sparql(self, line: str, cell: str) -> pd.DataFrame:
        """Ask the chosen graph the query in the cell; `line` may name a variable for the table."""
        name = line.strip()
        if name and not name.isidentifier():
            raise UsageError(f"%%sparql: {name!r} is no name of a variable; write %%sparql people")
        try:
            table = self._chosen().query(cell).to_pandas()
        except GraphError as error:
            raise _told(error) from None
        if name:
            self.shell.user_ns[name] = table
        return table

    def _chosen(self) -> SourceGraph:
        if self._graph is None:
            raise UsageError("no graph is chosen: write %sparql_graph news.quoth before")
        return self._graph


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register the magics; IPython calls this for ``%load_ext quoth.magic``."""
    shell.register_magics(SparqlMagics(shell))


def _open(name: str) -> SourceGraph:
    path = name.strip("\"'")
    return open_graph(path, read_only=True, create=False)


def _told(error: GraphError) -> UsageError:
    """Return an error that IPython tells in one line, without a traceback."""
    return UsageError(" ".join(str(error).split()))
