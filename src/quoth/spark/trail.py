"""At which document the task of a shard was when its process was killed.

A document that kills whoever reads it would kill the next attempt too, and with the last one the
whole job. So the attempts after the first leave a trail: the document that is being read. The
attempt after that leaves it out.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from quoth.spark.files import TEMPORARY
from quoth.spark.layout import shard_name

if TYPE_CHECKING:
    from quoth.spark.files import Folder


def attempt() -> int:
    """Return how often Spark has tried this task before; 0 where there is no task."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return 0 if context is None else context.attemptNumber()


class Trail:
    """The trail of a shard's attempts in a run; `left_out` are the keys of the documents to leave.

    It lies in the folder for what is temporary, so that another run begins without one. The first
    attempt, with the number 0, leaves none: writing it costs a file a document.
    """

    def __init__(self, folder: Folder, shard: int, attempt: int) -> None:
        self._folder = folder
        self._name = shard_name(f"{TEMPORARY}/trails", shard, ".json")
        self.is_left = attempt > 0
        self.left_out: set[str] = set()
        if self.is_left:
            with suppress(FileNotFoundError):
                self.left_out.update(json.loads(folder.get(self._name)))

    def at(self, key: str) -> None:
        """Take note that the document `key` is being read."""
        self._write({*self.left_out, key})

    def end(self) -> None:
        """Take note that all were read."""
        self._write(self.left_out)

    def _write(self, keys: set[str]) -> None:
        if self.is_left:
            self._folder.put(self._name, json.dumps(sorted(keys)).encode())
