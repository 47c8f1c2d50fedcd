"""Tables of a folder's graph, kept as Parquet inside the folder for one state of it alone.

They are never a second truth: a table counts as long as no file of the store has changed since it
was made, and only where the folder was opened for reading.
"""

import os
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from quoth.graph.folder_state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

FOLDER = "tables"
VERSION = 1
"""Goes up when a table gets other columns: what an earlier version has kept counts no more."""


class KeptTables:
    """The tables of the folder `path` in the state in which it was opened.

    Without pyarrow, which reads and writes Parquet, and where the folder cannot be written to,
    every table is made anew. Those of a state before a writer came hold for what it leaves alone
    (`quoth.graph.table_upkeep`).
    """

    def __init__(self, path: Path, state: State) -> None:
        self.folder = path / FOLDER
        self.state = sha256(repr((VERSION, state)).encode()).hexdigest()[:20]

    @staticmethod
    def can_be_kept() -> bool:
        """Return whether there is pyarrow to keep tables with."""
        return find_spec("pyarrow") is not None

    def get(self, name: str, make: "Callable[[], pd.DataFrame]") -> "pd.DataFrame":
        """Return the table called `name`, made by `make` where it is not kept."""
        if not self.can_be_kept():
            return make()
        kept = self.read(name)
        if kept is not None:
            return kept
        frame = make()
        self.keep(name, frame)
        return frame

    def size(self, name: str) -> int:
        """Return how many bytes the table called `name` is kept in, 0 if it is not."""
        try:
            return self._file(name).stat().st_size
        except OSError:
            return 0

    def read(self, name: str) -> "pd.DataFrame | None":
        """Return the table called `name`, None where it is not kept or cut off."""
        import pandas as pd

        try:
            return pd.read_parquet(self._file(name))
        except (OSError, ValueError):  # pyarrow's errors are these
            return None

    def keep(self, name: str, frame: "pd.DataFrame") -> None:
        """Write the table whole, and take those of earlier states away.

        On a disk that is full, or not ours to write on, nothing is kept.
        """
        file = self._file(name)
        draft = file.with_suffix(f".{os.getpid()}.tmp")
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            try:
                frame.to_parquet(draft)
                draft.replace(file)
            finally:
                draft.unlink(missing_ok=True)
            for other in self.folder.glob("*.parquet"):
                if not other.stem.endswith(self.state):
                    other.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}-{self.state}.parquet"
