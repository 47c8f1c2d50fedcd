"""The folder that a run fills: local, or in a cluster's file system or object store.

A file is written under a temporary name and then moved to its own, so that it is there whole or
not at all. A worker that is killed leaves its temporary file in ``_temporary``, which the driver
removes; two workers that do the same work write the same bytes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from quoth.spark.errors import SparkError

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPORARY = "_temporary"
_ALIASES = {"s3a://": "s3://", "s3n://": "s3://"}
"""What Hadoop calls an object store, and what Arrow does."""


class Written(NamedTuple):
    """A file that is there whole: its name in the folder, its length and the sha256 of it."""

    name: str
    bytes: int
    sha256: str


class Folder:
    """A folder of files, named by a path on this machine or by a URL that Arrow knows.

    Raises SparkError when the URL names no file system that Arrow reaches.
    """

    def __init__(self, location: str) -> None:
        self.location = location
        self._system, self._root = _open(location)

    def for_spark(self, name: str) -> str:
        """Return what Spark calls the file or folder `name` of this one."""
        local = "://" not in self.location
        return f"{'file:' if local else ''}{self.location}/{name}"

    def put(self, name: str, content: bytes) -> Written:
        """Write a file, whole or not at all, in the place of the one that is there."""
        temporary, final = f"{self._root}/{TEMPORARY}/{uuid4().hex}", f"{self._root}/{name}"
        for path in (temporary, final):
            self._system.create_dir(path.rpartition("/")[0], recursive=True)
        with self._system.open_output_stream(temporary) as stream:
            stream.write(content)
        self._system.move(temporary, final)
        return Written(name, len(content), hashlib.sha256(content).hexdigest())

    def get(self, name: str) -> bytes:
        """Return what a file holds. Raises FileNotFoundError."""
        with self._system.open_input_file(f"{self._root}/{name}") as stream:
            content: bytes = stream.read()
        return content

    def sizes(self, names: Iterable[str]) -> list[int | None]:
        """Return the lengths of files in bytes, None for one that is not there."""
        found = self._system.get_file_info([f"{self._root}/{name}" for name in names])
        return [info.size for info in found]

    def names(self, folder: str = "") -> list[str]:
        """Return the names of all files, those of `folder` where one is given, sorted."""
        from pyarrow.fs import FileSelector, FileType

        root = f"{self._root}/{folder}".rstrip("/")
        selector = FileSelector(root, recursive=True, allow_not_found=True)
        found = self._system.get_file_info(selector)
        return sorted(
            info.path.removeprefix(self._root).lstrip("/")
            for info in found
            if info.type == FileType.File
        )

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._system.delete_file(f"{self._root}/{name}")

    def remove_folder(self, name: str) -> None:
        """Remove a folder and all that is in it; nothing happens where there is none."""
        from pyarrow.fs import FileType

        path = f"{self._root}/{name}"
        if self._system.get_file_info(path).type == FileType.Directory:
            self._system.delete_dir(path)


def located(output: str) -> str:
    """Return `output` as every worker understands it: a URL as it is, a path made absolute."""
    if "://" in output:
        return output.rstrip("/")
    return str(Path(output).expanduser().resolve())


def _open(location: str) -> tuple[Any, str]:
    from pyarrow import ArrowException
    from pyarrow.fs import FileSystem, LocalFileSystem

    if "://" not in location:
        return LocalFileSystem(), location
    for hadoop, arrow in _ALIASES.items():
        location = location.replace(hadoop, arrow) if location.startswith(hadoop) else location
    try:
        system, root = FileSystem.from_uri(location)
    except (ArrowException, OSError, ValueError) as error:
        raise SparkError(
            f"{location}: cannot be opened ({error}); give a path that all workers share, or an "
            "address such as s3://bucket/folder, gs://bucket/folder or hdfs://host/folder"
        ) from error
    return system, root.rstrip("/")
