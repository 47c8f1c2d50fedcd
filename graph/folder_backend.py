"""Quads in a folder that Oxigraph keeps.

It is written through pyoxigraph, because oxrdflib's own writes are not atomic.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.term import Node

from quoth.graph.aside import Aside
from quoth.graph.backends import new_dataset, unseen
from quoth.graph.damage import FolderStore, damage_told
from quoth.graph.errors import GraphError, StoreError
from quoth.graph.folder_state import TABLE, State, folder_state, manifests
from quoth.graph.kept_answers import KeptAnswers
from quoth.graph.kept_properties import KeptProperties
from quoth.graph.kept_tables import FOLDER, KeptTables
from quoth.graph.packing import ox_quads_of
from quoth.graph.sparql_data import replacement
from quoth.graph.table_upkeep import Upkeep, WatchedStore, keep
from quoth.graph.terms import Quad, from_ox, to_ox, to_ox_pattern

BULK = 5_000
"""Quads from which on Oxigraph's loader, four times as fast, is worth the files that it makes."""

BUFFERED = 50_000
"""Quads in small steps that the engine keeps in memory before they are written out. Left to itself
it lets each of its twelve tables fill 128 MB."""

UNTIDY = 4
"""Bulk steps from which on their files are put in order: Oxigraph itself lets so many wait."""
GROWTH = 1.5
"""How large a folder must have become, beside its size in order, to be put in order again."""

_PAUSES = (0.01, 0.03, 0.1, 0.3, 1.0)
"""Seconds between a reader's attempts to open a folder that its writer changes meanwhile."""


class FolderBackend:
    """Quads in an Oxigraph store: a folder.

    `state` is that of its files just before a reader opened it, or after a writer did.
    """

    is_shared = False
    loads_aside = True

    def __init__(self, path: Path, *, read_only: bool, create: bool) -> None:
        self.where = str(path)
        self.spare: Path | None = path / FOLDER
        is_store = (path / "CURRENT").is_file()
        if not is_store and (any(path.glob(f"*{TABLE}")) or any(path.glob("MANIFEST-*"))):
            raise StoreError(
                f"{path}: the graph is damaged (its file CURRENT is missing): "
                "restore it from a copy or build it anew"
            )
        if path.is_file() and read_only:
            raise StoreError(
                f"{path}: is no graph. A graph is a file ending in .trig or .nq, or a folder of "
                "its own"
            )
        if not is_store and (read_only or not create):
            raise StoreError(f"{path}: there is no such graph; `quoth build` makes one")
        if path.is_file() or (not is_store and path.is_dir() and any(path.iterdir())):
            raise StoreError(
                f"{path}: holds something else. A graph is a file ending in .trig or .nq, "
                "or a folder of its own"
            )
        before: State = folder_state(path) if is_store else ()
        self.state = before
        try:
            if read_only:
                self.store, self.state = _snapshot(path)
            else:
                path.mkdir(parents=True, exist_ok=True)
                self.store = ox.Store(path)
                self.state = folder_state(path)
        except RuntimeError:
            with damage_told(self.where):
                raise
        except OSError as error:
            if is_store and "No such file" in str(error):
                with damage_told(self.where):
                    raise
            raise StoreError(f"{path}: {_problem(error, 'opened')}") from error
        self.read_only = read_only
        self._buffered = 0
        self._aside, self._is_saved = Aside(), read_only
        self._path, self._steps, self._tidy = path, 0, 0 if read_only else _size(path)
        self._upkeep = Upkeep(KeptTables(path, before), KeptProperties(path, before))
        # What a writer did meanwhile may be in the store or not: then nothing is kept.
        is_known = read_only and bool(self.state) and self.state == folder_state(path)
        tables = KeptTables(path, self.state) if is_known else None
        answers = KeptAnswers(path, self.state) if is_known else None
        properties = KeptProperties(path, self.state) if is_known else None
        kind = FolderStore if read_only else WatchedStore
        self.dataset = new_dataset(kind(self.store, self.where, tables, answers, properties))

    def match(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches all."""
        pattern = to_ox_pattern(subject, predicate, object, graph)
        with damage_told(self.where):
            yield from from_ox(self.store.quads_for_pattern(*pattern))

    def change(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Delete and insert in one transaction of Oxigraph's."""
        with self._writing():
            if delete or len(insert) < BULK:
                if delete:
                    self.store.update(replacement(delete, insert))
                else:
                    self.store.extend(map(to_ox, insert))
                self._count(len(delete) + len(insert))
            else:
                self.store.bulk_extend(map(to_ox, insert))
                self._steps += 1
        self._upkeep.changed(delete, insert)

    def load(self, content: bytes, graphs: Iterable[URIRef]) -> None:
        """Insert many quads, N-Quads that stand in `graphs`, in one step.

        They become files of their own where they are worth it. None of them has blank nodes, to
        which the loader would give other names.
        """
        count = content.count(b"\n")
        with self._writing():
            if count < BULK:
                self.store.extend(ox_quads_of(content))
                self._count(count)
            else:
                # Bytes, since of a file the loader would ask Python for each little piece.
                self.store.bulk_load(content, format=ox.RdfFormat.N_QUADS, lenient=True)
                self._steps += 1
        self._upkeep.inserted(graphs, count)

    def _count(self, quads: int) -> None:
        self._buffered += quads
        if self._buffered >= BUFFERED:
            self.store.flush()
            self._buffered = 0

    def save(self, *, wait: bool = True) -> None:
        """Write the store's buffers out, which also keeps the next opening fast.

        What many bulk steps have left in files of their own is put in order, which lets questions
        be answered in a third of the time. It rewrites the folder, so it waits until that has
        grown by half; who only reads need not `wait` for it.
        """
        store = self.dataset.store
        if not self._is_saved or (isinstance(store, WatchedStore) and store.is_edited):
            with self._writing():
                self.store.flush()
                if self._steps >= UNTIDY and (size := _size(self._path)) > GROWTH * self._tidy:
                    if disk_usage(self._path).free > 2 * size:
                        self._aside.begin(self.store.optimize, self._ordered)
                    else:
                        self._ordered()
            self._is_saved = True
        if wait:
            self._settle()

    def _settle(self) -> None:
        """Wait until the files are in order, if they are being put so."""
        with self._told():
            self._aside.settle()

    def _ordered(self, _: GraphError | None = None) -> None:
        """Take note that the files are in order, as far as the disk has room for it."""
        self._steps, self._tidy = 0, _size(self._path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._settle()
        self._is_saved = False
        with self._told():
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        with damage_told(self.where):
            try:
                yield
            except OSError as error:
                raise StoreError(f"{self.where}: {_problem(error, 'written')}") from error

    def close(self, on_step: Callable[[], object] = unseen) -> None:
        """Let go of the folder and its lock, and leave its tables ready for those who read it.

        `on_step` is called after each step of that, which takes many where much was written.
        """
        tables, properties = {}, False
        try:
            try:
                if not self.read_only:
                    properties = self._upkeep.drafts_properties(self.dataset, on_step)
                    tables = self._upkeep.tables(self.dataset, self._shown)
                    on_step()
            finally:
                self._settle()
        finally:
            opened = manifests(self._path) if tables or properties else frozenset()
            self.dataset.close()
            del self.store
        # Closing writes files, and with them the state that the tables are of; a writer who came at
        # once would have begun a manifest of its own.
        is_ours = bool(opened) and manifests(self._path) == opened
        after = folder_state(self._path) if is_ours else ()
        if is_ours:
            keep(tables, KeptTables(self._path, after))
            KeptProperties(self._path, after).keep()
        KeptProperties(self._path, after).discard()

    def _shown(self, store: ox.Store) -> Dataset:
        return new_dataset(FolderStore(store, self.where))


_PROBLEMS = {
    "lock": "another process is writing to it; wait until it ends, or open read-only",
    "read-only file system": "is on a disk that cannot be written to: it can be asked as it is; "
    "to change it, copy it to another disk",
    "permission denied": "belongs to somebody else, and you may not write to it; copy it, or ask "
    "for the permission",
    "no space left": "the disk is full, and nothing was changed; free some space, and try again",
}
"""What the engine's and the system's errors say, in lower case, and what there is to do."""


def _problem(error: OSError, done: str) -> str:
    """Return why the folder cannot be opened or written."""
    told = (told for words, told in _PROBLEMS.items() if words in str(error).lower())
    return next(told, f"cannot be {done} ({error})")


def _size(path: Path) -> int:
    """Return the bytes of the folder's tables."""
    return sum(size for name, size, _ in folder_state(path) if name.endswith(TABLE))


def _snapshot(path: Path) -> tuple[ox.Store, State]:
    """Open the store at `path` for reading; return it, and the state of its files before.

    A writer beside it may throw a file away between the list of files and its opening: the next
    list names what is there. A folder that is being made, or whose making was cut off, lacks some
    of the engine's tables, which a writer will add: it holds nothing yet.
    """
    for pause in _PAUSES:
        before = folder_state(path)
        try:
            return ox.Store.read_only(str(path)), before
        except (OSError, RuntimeError) as error:
            if "Column family not found" in str(error):
                return ox.Store(), before
            if folder_state(path) == before:
                raise
            time.sleep(pause)
    before = folder_state(path)
    return ox.Store.read_only(str(path)), before
