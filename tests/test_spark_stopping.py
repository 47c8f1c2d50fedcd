"""A document that hangs costs itself on Spark, as on one machine; told without Spark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from obedient import Obedient, load, story

from quoth.extractors.records import Document
from quoth.graph.readings import Extracts
from quoth.running.plan import records
from quoth.running.pool import WorkerPool
from quoth.spark.documents import COLUMNS
from quoth.spark.extraction import Work
from quoth.spark.files import Folder
from quoth.spark.layout import Shard, finished, forget_failed
from quoth.spark.reader import stoppable

pytestmark = pytest.mark.slow  # it starts processes that hang

LIMIT = 0.5
DOCUMENTS = sorted(
    [
        *(story(f"{number}") for number in range(6)),
        story("hangs", "sleep 600"),
        story("crashes", "crash"),
        story("fails", "fail"),
    ],
    key=lambda document: document.key,
)


def shard(folder: Path, reader: Callable[[], Extracts], number: int = 0) -> Shard:
    """Read all documents as one shard."""
    rows = [{name: getattr(d, name) for name in ("key", *COLUMNS)} for d in DOCUMENTS]
    frame = pd.DataFrame([{**row, "shard": number, "digest": ""} for row in rows])
    work = Work(location=str(folder), reader=reader, fingerprints={number: "f"}, compress=False)
    (made,) = work([frame])
    return Shard.from_json(made["record"][0])


def failures(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = pq.read_table(folder / "failures/shard-00000.parquet").to_pylist()
    return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Shard]]:
    folder = tmp_path_factory.mktemp("graph")
    reader = stoppable(load, 0.0, LIMIT)
    yield folder, shard(folder, reader)
    reader().close()


def test_what_hangs_is_stopped_and_the_rest_is_read(made: tuple[Path, Shard]) -> None:
    folder, record = made
    assert (record.documents, record.failures) == (6, 3)
    names = [
        row["id"] for row in pq.read_table(folder / "documents/shard-00000.parquet").to_pylist()
    ]
    assert names == [d.id for d in DOCUMENTS if d.id.isdigit()]


def test_the_failures_are_those_of_one_machine(made: tuple[Path, Shard]) -> None:
    told: dict[str, tuple[str, str]] = {}

    def on_error(document: Document, error: Exception) -> None:
        told[document.id] = (error.kind, str(error))  # type: ignore[attr-defined]

    with WorkerPool(load, records(), workers=2, time_limit=LIMIT) as pool:
        for _ in pool.extract(DOCUMENTS, on_error=on_error):
            pass
    found = failures(made[0])
    assert {row["id"]: (row["kind"], row["reason"]) for row in found} == told
    assert told["hangs"] == ("TimeLimit", "took longer than 0.5 s, twice; --time-limit allows more")
    assert [row["key"] for row in found] == sorted(row["key"] for row in found)


def test_the_process_that_reads_is_kept_for_the_next_task() -> None:
    # Each task has the function anew.
    one, other = stoppable(load, 0.0, LIMIT)(), stoppable(load, 0.0, LIMIT)()
    assert one is other
    assert one is not stoppable(load, 0.0, 2 * LIMIT)()


def test_a_function_without_a_name_will_do(tmp_path: Path) -> None:
    def nameless() -> Extracts:
        class Unsigned(Obedient):
            record = None  # type: ignore[assignment]

        return Unsigned()

    pool = stoppable(nameless, 0.0, None)()
    try:
        assert [e.document.id for e in pool.extract([story("a")])] == ["a"]
    finally:
        pool.close()


def test_shards_with_failures_are_made_anew_on_demand(made: tuple[Path, Shard]) -> None:
    folder = Folder(str(made[0]))
    assert finished(folder, 0, "f") == made[1]
    whole = Shard.from_json(made[1].to_json().replace('"failures": 3', '"failures": 0'))
    folder.put("_shards/shard-00007.json", whole.to_json().encode())
    folder.put("_shards/shard-00008.json", b"something else")
    forget_failed(folder)
    assert finished(folder, 0, "f") is None
    assert folder.names("_shards") == ["_shards/shard-00007.json", "_shards/shard-00008.json"]
