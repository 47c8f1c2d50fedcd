"""Quads in a folder that Oxigraph keeps.

It is written through pyoxigraph, because oxrdflib's own writes are not atomic.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.term import Node

from quoth.graph.backends import new_dataset
from quoth.graph.damage import FolderStore, damage_told
from quoth.graph.errors import StoreError
from quoth.graph.folder_state import folder_state, manifests
from quoth.graph.kept_tables import KeptTables
from quoth.graph.sparql_data import replacement
from quoth.graph.table_upkeep import Upkeep, WatchedStore, keep
from quoth.graph.terms import Quad, from_ox, to_ox, to_ox_node, to_ox_term

BULK = 5_000
"""Quads from which on Oxigraph's loader, four times as fast, is worth the files that it makes."""

_SNAPSHOTS, _PAUSE = 5, 0.05
"""How often a reader tries to open a folder whose writer tidies up, and seconds between."""


class FolderBackend:
    """Quads in an Oxigraph store: a folder."""

    def __init__(self, path: Path, *, read_only: bool, create: bool) -> None:
        self.where = str(path)
        is_store = (path / "CURRENT").is_file()
        if not is_store and (read_only or not create):
            raise StoreError(f"{path}: there is no such graph; `quoth build` makes one")
        if path.is_file() or (not is_store and path.is_dir() and any(path.iterdir())):
            raise StoreError(
                f"{path}: holds something else. A graph is a file ending in .trig or .nq, "
                "or a folder of its own"
            )
        before = folder_state(path) if is_store else ()
        try:
            if not read_only:
                path.mkdir(parents=True, exist_ok=True)
            self.store = _snapshot(path) if read_only else ox.Store(path)
        except RuntimeError:
            with damage_told(self.where):
                raise
        except OSError as error:
            if is_store and "No such file" in str(error):
                with damage_told(self.where):
                    raise
            if "lock" in str(error).lower():
                problem = "another process is writing to it; wait until it ends, or open read-only"
            else:
                problem = f"cannot be opened ({error})"
            raise StoreError(f"{path}: {problem}") from error
        self.read_only = read_only
        self._path = path
        self._upkeep = Upkeep(KeptTables(path, before), is_new=not is_store)
        # What a writer did meanwhile may be in the store or not: then nothing is kept.
        is_known = read_only and before == folder_state(path)
        tables = KeptTables(path, before) if is_known else None
        kind = FolderStore if read_only else WatchedStore
        self.dataset = new_dataset(kind(self.store, self.where, tables))

    def match(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches all."""
        with damage_told(self.where):
            found = self.store.quads_for_pattern(
                None if subject is None else to_ox_node(subject),
                None if predicate is None else ox.NamedNode(str(predicate)),
                None if object is None else to_ox_term(object),
                None if graph is None else ox.NamedNode(graph),
            )
            yield from from_ox(found)

    def change(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Delete and insert in one transaction of Oxigraph's."""
        if not delete:
            self.insert([to_ox(quad) for quad in insert])
            return
        with self._writing():
            self.store.update(replacement(delete, insert))
        self._upkeep.changed(delete, insert)

    def insert(self, quads: Sequence[ox.Quad]) -> None:
        """Insert many quads in one step: as files of their own where they are worth it."""
        with self._writing():
            if len(quads) < BULK:
                self.store.extend(quads)
            else:
                self.store.bulk_extend(quads)
        self._upkeep.inserted(quads)

    def save(self) -> None:
        """Write the store's buffers out, which also keeps the next opening fast."""
        if self.read_only:
            return
        with self._writing():
            self.store.flush()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with damage_told(self.where):
            try:
                yield
            except OSError as error:
                raise StoreError(f"{self.where}: cannot be written ({error})") from error

    def close(self) -> None:
        """Let go of the folder and its lock, and leave its tables ready for those who read it."""
        tables = {} if self.read_only else self._upkeep.tables(self.dataset, self._shown)
        opened = manifests(self._path) if tables else frozenset()
        self.dataset.close()
        del self.store
        if tables and manifests(self._path) == opened:
            # Closing writes files, and with them the state that the tables are of; a writer who
            # came at once would have begun a manifest of its own.
            keep(tables, KeptTables(self._path, folder_state(self._path)))

    def _shown(self, store: ox.Store) -> Dataset:
        return new_dataset(FolderStore(store, self.where))


def _snapshot(path: Path) -> ox.Store:
    """Open the store at `path` for reading, as it is now.

    A writer beside it may throw a file away between the list of files and its opening: the next
    list names what is there. A folder that is being made, or whose making was cut off, lacks some
    of the engine's tables, which a writer will add: it holds nothing yet.
    """
    for _ in range(_SNAPSHOTS - 1):
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            if "Column family not found" in str(error):
                return ox.Store()
            if "No such file" not in str(error):
                raise
            time.sleep(_PAUSE)
    return ox.Store.read_only(str(path))
