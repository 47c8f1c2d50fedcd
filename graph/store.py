"""Opens a graph: in memory, in a file, or in a folder."""

from os import PathLike, fspath
from pathlib import Path

from quoth.graph.backends import Backend, FileBackend, FolderBackend, MemoryBackend
from quoth.graph.errors import StoreError
from quoth.graph.formats import SUFFIXES
from quoth.graph.source_graph import Extracts, SourceGraph

_FILES = (".trig", ".nq")


def open_graph(
    where: str | PathLike[str] | None = None,
    *,
    extractor: Extracts | None = None,
    read_only: bool = False,
    create: bool = True,
) -> SourceGraph:
    """Open the graph at `where`, which is made if it is not there and `create` is true.

    None is a graph in memory; a name ending in ``.trig`` or ``.nq`` a file, held in memory and
    written back whole; any other name a folder, kept by Oxigraph, for more than memory holds.
    `extractor` reads the documents that are added. A read-only graph must exist, is never
    written to, and of a folder shows the state in which it was opened.

    Raises StoreError when `where` cannot be opened, is damaged, is locked by another process,
    or is an address on the web.
    """
    return SourceGraph(
        _backend(where, read_only=read_only, create=create),
        extractor=extractor,
        read_only=read_only,
    )


def _backend(where: str | PathLike[str] | None, *, read_only: bool, create: bool) -> Backend:
    if where is None:
        return MemoryBackend()
    name = fspath(where)
    if "://" in name:
        raise StoreError(
            f"{name}: a SPARQL endpoint cannot be opened; give a file ending in .trig or .nq, "
            "or a folder"
        )
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix in _FILES and not path.is_dir():
        return FileBackend(path, read_only=read_only, create=create)
    if suffix in SUFFIXES and not path.is_dir():
        raise StoreError(
            f"{name}: a graph is kept in .trig or .nq, or in a folder; "
            f"import a {suffix} file into one"
        )
    return FolderBackend(path, read_only=read_only, create=create)
