"""The graph as a worker has it: a folder as it stands now, or a file held in memory.

A read-only store shows the state in which it was opened. What tells whether there is a newer one
is the names, sizes and times of the files that Oxigraph commits to.
"""

import hashlib
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox
from rdflib import Dataset

from quoth.graph.damage import FolderStore, damage_told
from quoth.graph.errors import QueryError, StoreError
from quoth.graph.file_backend import write_atomically
from quoth.graph.folder_backend import FolderBackend
from quoth.graph.folder_state import LOG, State, folder_state
from quoth.graph.formats import COMPRESSED, FORMATS, SUFFIXES, format_of, serialize
from quoth.graph.terms import from_ox
from quoth.graph.vocabulary import PREFIXES

_LONGEST_LOG = 1 << 20
"""Bytes: some 50 ms of reading."""
_FILES = (".trig", ".nq")


class OpenGraph(Protocol):
    """A graph that is asked, and changed where it was opened for that."""

    where: str
    """The place, for messages."""

    stamp: State
    """What tells the state that is open from another."""

    store: ox.Store
    dataset: Dataset

    derived: dict[str, Any]
    """What was made of the state that is open and is kept as long as that is."""

    def refresh(self) -> None:
        """Open the graph anew where somebody has changed it."""

    def reopen(self) -> None:
        """Open the graph anew."""

    def update(self, sparql: str) -> None:
        """Run a SPARQL Update, whole or not at all, and make sure that it stays."""


def open_graph(path: Path, *, writable: bool) -> OpenGraph:
    """Open the graph at `path`, which must exist. Raises StoreError as `quoth.graph.store`."""
    suffix = path.suffix.lower()
    if suffix == COMPRESSED and not path.is_dir():
        raise StoreError(
            f"{path}: a compressed file is not served: import it into a folder "
            f"(quoth import {path} -g FOLDER), and serve that"
        )
    if suffix in _FILES and not path.is_dir():
        return FileGraph(path)
    if suffix in SUFFIXES and not path.is_dir():
        raise StoreError(
            f"{path}: a graph is kept in .trig or .nq, or in a folder; "
            f"import a {suffix} file into one"
        )
    return FolderGraph(path, writable=writable)


def etag(stamp: State) -> str:
    """Return a short name for a state."""
    return hashlib.sha256(repr(stamp).encode()).hexdigest()[:16]


class FolderGraph:
    """A folder of Oxigraph's."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path = path
        self.where = str(path)
        self.writable = writable
        self.reopen()

    def refresh(self) -> None:
        """Open the folder anew where another process has changed it."""
        if not self.writable and folder_state(self.path) != self.stamp:
            self.reopen()

    def reopen(self) -> None:
        """Open the folder anew."""
        backend = FolderBackend(self.path, read_only=not self.writable, create=False)
        self.store, self.dataset = backend.store, backend.dataset
        # What is written during the opening is seen as a change afterwards.
        self.stamp = backend.state
        self.derived: dict[str, Any] = {}

    def update(self, sparql: str) -> None:
        """Run a SPARQL Update in one transaction.

        It is in the log when this returns, and stays whatever happens to this process. Tables are
        written once the log has grown: readers go through the log when they open the folder, but
        new tables make them open it again.
        """
        with damage_told(self.where):
            self.store.update(sparql, prefixes=dict(PREFIXES))
            if sum(size for name, size, _ in folder_state(self.path) if name.endswith(LOG)) > (
                _LONGEST_LOG
            ):
                self.store.flush()
        self.stamp, self.derived = folder_state(self.path), {}


class FileGraph:
    """A TriG or N-Quads file, held in memory and written back whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)
        self.format = format_of(path)
        self.reopen()

    def refresh(self) -> None:
        """Read the file anew where another process has changed it."""
        if _file_stamp(self.path) != self.stamp:
            self.reopen()

    def reopen(self) -> None:
        """Read the file anew."""
        self.stamp = _file_stamp(self.path)
        store = ox.Store()
        try:
            store.bulk_load(path=self.path, format=FORMATS[self.format])
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read ({error.strerror or error})") from error
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.path}: is no valid {self.format} file: {error}") from None
        self.store = store
        self.derived: dict[str, Any] = {}
        self.dataset = Dataset(store=FolderStore(store, self.where), default_union=True)

    def update(self, sparql: str) -> None:
        """Run a SPARQL Update and write the file; where that fails nothing has changed."""
        self.refresh()
        try:
            self.store.update(sparql, prefixes=dict(PREFIXES))
            quads = list(self.store)
            if any(_has_no_name(term) for quad in quads for term in (quad.subject, quad.object)):
                raise QueryError(NAMELESS)
            content = serialize(from_ox(quads), self.format)
            if _file_stamp(self.path) != self.stamp:
                raise StoreError(
                    f"{self.path}: another process has changed it meanwhile; nothing was written. "
                    "Repeat the update"
                )
            _write(self.path, content)
        finally:
            self.reopen()


NAMELESS = (
    "quoth's graphs hold no blank nodes and no triple terms, in which one graph could not be told "
    "from another: give every node an IRI, and use variables in WHERE"
)


def _has_no_name(term: object) -> bool:
    return isinstance(term, ox.BlankNode | ox.Triple)


def _write(path: Path, content: bytes) -> None:
    try:
        write_atomically(path.resolve(), content)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error


def _file_stamp(path: Path) -> State:
    try:
        state = path.stat()
    except FileNotFoundError:
        raise StoreError(f"{path}: there is no such graph; `quoth build` makes one") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    return ((str(state.st_ino), state.st_size, state.st_mtime_ns),)
