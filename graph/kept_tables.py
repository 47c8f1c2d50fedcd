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
    every table is made anew.
    """

    def __init__(self, path: Path, state: State) -> None:
        self.folder = path / FOLDER
        self.state = sha256(repr((VERSION, state)).encode()).hexdigest()[:20]

    def get(self, name: str, make: "Callable[[], pd.DataFrame]") -> "pd.DataFrame":
        """Return the table called `name`, made by `make` where it is not kept."""
        if find_spec("pyarrow") is None:
            return make()
        import pandas as pd

        file = self.folder / f"{name}-{self.state}.parquet"
        try:
            return pd.read_parquet(file)
        except (OSError, ValueError):
            # Not there, or cut off (pyarrow's errors are these): it is made.
            frame = make()
        # On a disk that is full, or not ours to write on, the table is made again next time.
        with suppress(OSError):
            self._keep(frame, file)
        return frame

    def _keep(self, frame: "pd.DataFrame", file: Path) -> None:
        """Write the table whole, and take those of earlier states away."""
        self.folder.mkdir(exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            frame.to_parquet(draft)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        for other in self.folder.glob("*.parquet"):
            if not other.stem.endswith(self.state):
                other.unlink(missing_ok=True)
