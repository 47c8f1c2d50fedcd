"""A document that kills whoever reads it costs itself, and not the job; told without Spark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from obedient import Obedient, story

from quoth.extractors.records import Document, Extraction
from quoth.spark import extraction
from quoth.spark.documents import COLUMNS
from quoth.spark.extraction import Work
from quoth.spark.layout import Shard


class Killed(BaseException):
    """What ends an attempt as no error does that is caught."""


class Mortal(Obedient):
    """Killed at the documents called `fatal`, or at the one that comes after so many."""

    def __init__(self, *fatal: str, after: int | None = None) -> None:
        self.fatal, self.left = fatal, after

    def extract(
        self,
        documents: Iterator[Document],
        *,
        on_error: Callable[[Document, Exception], None] | None = None,
    ) -> Iterator[Extraction]:
        for document in documents:
            if document.id in self.fatal or self.left == 0:
                raise Killed
            self.left = None if self.left is None else self.left - 1
            yield from super().extract([document], on_error=on_error)


def attempts(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *readers: Mortal
) -> Iterator[Shard | None]:
    """Read one shard of six documents with each of the `readers`; what became of each attempt."""
    documents = sorted((story(str(number)) for number in range(6)), key=lambda d: d.key)
    rows = [{name: getattr(d, name) for name in ("key", *COLUMNS)} for d in documents]
    frame = pd.DataFrame([{**row, "shard": 0, "digest": ""} for row in rows])
    for number, reader in enumerate(readers):
        monkeypatch.setattr(extraction, "attempt", lambda number=number: number)
        work = Work(
            location=str(folder), reader=lambda it=reader: it, fingerprints={0: "f"}, compress=False
        )
        try:
            (made,) = work([frame])
        except Killed:
            yield None
        else:
            yield Shard.from_json(made["record"][0])


def test_a_document_that_always_kills_is_left_out_in_the_third_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = attempts(tmp_path, monkeypatch, *[Mortal("3")] * 3)
    assert (first, second) == (None, None)
    assert third is not None
    assert (third.documents, third.failures) == (5, 1)
    failed = pq.read_table(tmp_path / "failures" / "shard-00000.parquet").to_pylist()
    assert [(row["id"], "was killed" in row["reason"]) for row in failed] == [("3", True)]


def test_two_of_them_are_left_out_in_the_fourth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *others, fourth = attempts(tmp_path, monkeypatch, *[Mortal("1", "4")] * 4)
    assert others == [None, None, None]
    assert fourth is not None
    assert (fourth.documents, fourth.failures) == (4, 2)


def test_what_is_killed_once_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    *others, last = attempts(tmp_path, monkeypatch, Mortal(after=2), Mortal())
    assert others == [None]
    assert last is not None
    assert (last.documents, last.failures) == (6, 0)
