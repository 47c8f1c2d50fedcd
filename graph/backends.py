"""Where quads are kept: rdflib's memory store, a file beside it, or a folder of Oxigraph's.

Every backend shows its quads as an `rdflib.Dataset` and changes them in one step, whole or not
at all. The folder is written through pyoxigraph, because oxrdflib's own writes are not atomic.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from quoth.graph.damage import FolderStore, damage_told
from quoth.graph.errors import StoreError
from quoth.graph.formats import format_of, parse_file, serialize
from quoth.graph.terms import Quad, from_ox, to_ox, to_ox_node, to_ox_term
from quoth.graph.vocabulary import PREFIXES


class Backend(Protocol):
    """What `SourceGraph` asks of the place where its quads are."""

    dataset: Dataset
    """The quads for rdflib; its default graph is the union of all."""

    where: str
    """The place, for messages."""

    def match(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches all."""

    def change(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Delete and insert in one step that happens whole or not at all."""

    def save(self) -> None:
        """Make sure that what was changed outlives the process."""

    def close(self) -> None:
        """Let go of the place; `save` comes before."""


def _new_dataset(store: FolderStore | None = None) -> Dataset:
    dataset = Dataset(store="default" if store is None else store, default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset


class MemoryBackend:
    """Quads in rdflib's memory store."""

    where = "memory"

    def __init__(self) -> None:
        self.dataset = _new_dataset()

    def match(
        self,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
        graph: URIRef | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches all."""
        context = None if graph is None else self.dataset.get_context(graph)
        for s, p, o, name in self.dataset.quads((subject, predicate, object, context)):
            yield s, p, o, None if name in _DEFAULT_GRAPH_NAMES else URIRef(str(name))

    def change(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        """Delete and insert in one step; an interruption half-way is undone."""
        try:
            self._apply(delete, insert)
        except BaseException:
            self._apply(insert, delete)
            raise

    def _apply(self, delete: Sequence[Quad], insert: Sequence[Quad]) -> None:
        graphs = {
            name: self.dataset.default_graph if name is None else self.dataset.graph(name)
            for name in {name for *_, name in (*delete, *insert)}
        }
        for s, p, o, name in delete:
            graphs[name].remove((s, p, o))
        self.dataset.addN((s, p, o, graphs[name]) for s, p, o, name in insert)
        for name, graph in graphs.items():
            if name is not None and len(graph) == 0:
                self.dataset.remove_graph(graph)

    def save(self) -> None:
        """Do nothing: memory ends with the process."""

    def close(self) -> None:
        """Free the memory."""
        self.dataset.close()


_DEFAULT_GRAPH_NAMES = (None, DATASET_DEFAULT_GRAPH_ID)


class FileBackend(MemoryBackend):
    """Quads in memory, read from a TriG or N-Quads file and written back whole."""

    def __init__(self, path: Path, *, read_only: bool, create: bool) -> None:
        super().__init__()
        self.path = path.resolve()
        self.where = str(path)
        self.read_only = read_only
        self.format = format_of(path)
        self.state = self._state()
        if self.state is None and (read_only or not create):
            raise StoreError(f"{path}: there is no such graph; `quoth build` makes one")
        self.change([], parse_file(self.path, self.format) if self.state else [])
        self.saved = self._content() if self.state and not read_only else None

    def _content(self) -> bytes:
        return serialize(self.match(), self.format)

    def _state(self) -> tuple[int, int, int] | None:
        """Return what tells one state of the file from another, None where there is none."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read ({error.strerror})") from error
        return found.st_ino, found.st_size, found.st_mtime_ns

    def save(self) -> None:
        """Write the file anew where its quads have changed: the old one stays until it is whole.

        Raises StoreError when the file cannot be written or somebody else has changed it.
        """
        if self.read_only:
            return
        content = self._content()
        if content == self.saved:
            return
        if self._state() != self.state:
            raise StoreError(
                f"{self.path}: another process has changed it since it was opened; "
                "nothing was written. Open it again and repeat the change"
            )
        try:
            write_atomically(self.path, content)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written ({error.strerror})") from error
        self.saved, self.state = content, self._state()


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path` through a temporary file beside it, renamed once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


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
        try:
            if not read_only:
                path.mkdir(parents=True, exist_ok=True)
            self.store = ox.Store.read_only(str(path)) if read_only else ox.Store(path)
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
        self.dataset = _new_dataset(FolderStore(self.store, self.where))

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
        with self._writing():
            if delete:
                self.store.update(
                    f"DELETE DATA {{ {_sparql_data(delete)} }};"
                    f"INSERT DATA {{ {_sparql_data(insert)} }}"
                )
            else:
                self.store.extend([to_ox(quad) for quad in insert])

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
        """Let go of the folder and its lock."""
        self.dataset.close()
        del self.store


def _sparql_data(quads: Iterable[Quad]) -> str:
    """Return `quads` as the data block of an update, every term escaped as in N-Triples."""
    blocks: dict[str, list[str]] = {}
    for quad in map(to_ox, quads):
        is_default = isinstance(quad.graph_name, ox.DefaultGraph)
        head = "" if is_default else f"GRAPH {quad.graph_name}"
        blocks.setdefault(head, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return "\n".join(
        f"{head} {{ {body} }}" if head else body
        for head, body in ((head, "\n".join(lines)) for head, lines in blocks.items())
    )
