"""Opens a graph: in memory, in a file, in a folder, or in a SPARQL endpoint."""

import os
from os import PathLike, fspath
from pathlib import Path

from quoth.graph.backends import Backend
from quoth.graph.endpoint_address import endpoint_at, is_address
from quoth.graph.errors import StoreError
from quoth.graph.file_backend import FileBackend
from quoth.graph.folder_backend import FolderBackend
from quoth.graph.formats import SUFFIXES, suffix_of
from quoth.graph.memory_backend import MemoryBackend
from quoth.graph.readings import Extracts
from quoth.graph.source_graph import SourceGraph

_FILES = (".trig", ".nq")


def open_graph(
    where: str | PathLike[str] | None = None,
    *,
    extractor: Extracts | None = None,
    read_only: bool = False,
    create: bool = True,
) -> SourceGraph:
    """Open the graph at `where`, which is made if it is not there and `create` is true.

    None is a graph in memory; a name ending in ``.trig`` or ``.nq``, or in one of these and
    ``.gz``, a file, held in memory and written back whole; an address, ``http://…``, a SPARQL 1.1
    endpoint (see `quoth.graph.endpoint_address`); any other name a folder, kept by Oxigraph, for
    more than memory holds.
    `extractor` reads the documents that are added. A read-only graph must exist, is never
    written to, and of a folder shows the state in which it was opened.

    Raises StoreError when `where` cannot be opened, is damaged, is locked by another process,
    or is an endpoint that cannot be reached, wants another login or answers something else.
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
    if is_address(name):
        from quoth.graph.endpoint_backend import EndpointBackend

        return EndpointBackend(endpoint_at(name, os.environ), read_only=read_only)
    path = Path(name)
    suffix = suffix_of(path)
    if suffix in _FILES and not path.is_dir():
        return FileBackend(path, read_only=read_only, create=create)
    if suffix in SUFFIXES and not path.is_dir():
        raise StoreError(
            f"{name}: a graph is kept in .trig or .nq, or in a folder; "
            f"import a {suffix} file into one"
        )
    return FolderBackend(path, read_only=read_only, create=create)
