"""What tells one state of an Oxigraph folder from another: the files that it commits to."""

import os
from pathlib import Path

from quoth.graph.errors import StoreError

LOG, TABLE = ".log", ".sst"
_COMMITTED = (TABLE, LOG)

State = tuple[tuple[str, int, int], ...]
"""Name, size in bytes and time of change in nanoseconds of each file, by name."""


def folder_state(path: Path) -> State:
    """Return the state of the folder: of its current manifest, its logs and its tables.

    It is empty where a file went while it was looked at.

    Raises StoreError when the folder cannot be read.
    """
    found = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.endswith(_COMMITTED) or entry.name.startswith(("MANIFEST", "CURREN")):
                    state = entry.stat()
                    found.append((entry.name, state.st_size, state.st_mtime_ns))
    except FileNotFoundError:
        # Gone while it was looked at, as a table is after compaction: another state, surely.
        return ()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    return tuple(sorted(found))


def manifests(path: Path) -> frozenset[str]:
    """Return the names of the folder's manifests: whoever opens it to write begins a new one.

    They are read by name alone, since a writer's log may go while its state is looked at. There are
    none where the folder is gone or cannot be read.
    """
    return frozenset(file.name for file in path.glob("MANIFEST*"))
