"""Quads in memory beside a file, which is written anew, whole, when they have changed."""

import gzip
import logging
import os
import shutil
from pathlib import Path

from quoth.graph.errors import StoreError
from quoth.graph.formats import COMPRESSED, format_of, parse_file, serialize
from quoth.graph.incoming import lost
from quoth.graph.memory_backend import MemoryBackend

_log = logging.getLogger(__name__)


class FileBackend(MemoryBackend):
    """Quads in memory, read from a TriG or N-Quads file and written back whole.

    A name ending in ``.gz`` is compressed, the same quads into the same bytes.
    """

    def __init__(self, path: Path, *, read_only: bool, create: bool) -> None:
        super().__init__()
        self.path = path.resolve()
        self.where = str(path)
        self.read_only = read_only
        self.format = format_of(path)
        self.state = self._state()
        if self.state is None and (read_only or not create):
            raise StoreError(f"{path}: there is no such graph; `quoth build` makes one")
        quads = parse_file(self.path, self.format) if self.state else []
        if what := lost(quads):
            # What is left may still be worth a look, but written anew it would pass for the whole.
            told = f"{path}: is not whole: {what}. It may have been cut"
            if not read_only:
                raise StoreError(f"{told}; copy it again, or build it anew")
            _log.warning("%s; what follows is from what is left of it", told)
        self.change([], quads)
        self.compressed = path.name.lower().endswith(COMPRESSED)
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

    def save(self, *, wait: bool = True) -> None:
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
                "nothing was written. Repeat the command, or open it again and repeat the change"
            )
        try:
            write_atomically(
                self.path, gzip.compress(content, mtime=0) if self.compressed else content
            )
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
