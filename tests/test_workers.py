"""Worker processes: in order, whatever happens to one of them; the fake extractor is `obedient`."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from obedient import Obedient, load, load_and_die, load_nothing, story
from strategies import extractions

from quoth.extractors.records import Document, Extraction
from quoth.graph import open_graph
from quoth.graph.mapping import mapped
from quoth.graph.packing import pack, packed, quads_of, unpack
from quoth.graph.terms import from_ox
from quoth.running.plan import ExtractionError, Failed, Found, quads, records
from quoth.running.pool import WorkerPool
from quoth.running.schedule import WAITING, Schedule
from quoth.running.workers import AHEAD_SIZE, WorkerError

CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")


def pool(workers: int = 2, time_limit: float | None = None) -> WorkerPool[Extraction]:
    return WorkerPool(load, records(), workers=workers, time_limit=time_limit)


def stories(orders: dict[int, str], count: int = 12) -> list[Document]:
    return [story(f"{number:02}", orders.get(number, "")) for number in range(count)]


def run(
    pool: WorkerPool[Extraction], documents: list[Document]
) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Extract; return the ids that were found, in order, and what failed: kind and reason."""
    failed: dict[str, tuple[str, str]] = {}

    def on_error(document: Document, error: Exception) -> None:
        failed[document.id] = (error.kind, str(error))  # type: ignore[attr-defined]

    with pool:
        found = [found.document.id for found in pool.extract(documents, on_error=on_error)]
    return found, failed


def without(number: int) -> list[str]:
    return [f"{n:02}" for n in range(12) if n != number]


def test_workers_find_in_order_what_one_process_finds() -> None:
    # The first ones take longest.
    documents = stories({0: "sleep 0.3", 1: "sleep 0.2"}, 40)
    with pool(3) as three:
        assert list(three.extract(documents)) == list(Obedient().extract(documents))


def test_a_document_larger_than_a_socket_holds_goes_through() -> None:
    documents = [story(str(number), "rain " * AHEAD_SIZE) for number in range(6)]
    found, failed = run(pool(), documents)
    assert (len(found), failed) == (6, {})


def test_a_killed_worker_costs_a_second_reading(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        found, failed = run(pool(), stories({5: f"die once {tmp_path / 'died'}"}))
    assert (found, failed) == ([f"{n:02}" for n in range(12)], {})
    assert "a worker was killed" in caplog.text


def test_a_document_that_kills_is_found_and_told(caplog: pytest.LogCaptureFixture) -> None:
    found, failed = run(pool(3), stories({5: "crash"}))
    assert found == without(5)
    assert list(failed) == ["05"]
    kind, reason = failed["05"]
    assert kind == "WorkerKilled"
    assert "killed, twice" in reason


@pytest.mark.slow
def test_a_document_that_hangs_is_found_and_told() -> None:
    begin = time.monotonic()
    found, failed = run(pool(time_limit=0.4), stories({3: "sleep 600"}))
    assert found == without(3)
    assert failed == {
        "03": ("TimeLimit", "took longer than 0.4 s, twice; --time-limit allows more")
    }
    assert time.monotonic() - begin < 60


def test_what_fails_by_itself_fails_at_once_with_its_reason() -> None:
    found, failed = run(pool(), stories({7: "fail"}))
    assert found == without(7)
    assert failed == {"07": ("ValueError", "it was told to fail")}


def test_without_on_error_a_failure_is_raised_and_the_pool_goes_on() -> None:
    with pool() as two:
        with pytest.raises(ExtractionError, match="told to fail"):
            list(two.extract(stories({0: "fail"})))
        assert len(list(two.extract(stories({})))) == 12


def test_a_run_that_is_given_up_leaves_nothing_to_the_next() -> None:
    with pool() as two:
        assert len(list(islice(two.extract(stories({}, 100)), 3))) == 3
        assert [found.document.id for found in two.extract([story("next")])] == ["next"]


@pytest.mark.skipif(not CHILDREN.exists(), reason="asks Linux for the children of a process")
def test_when_all_processes_are_killed_others_are_started() -> None:
    others = set(CHILDREN.read_text().split())  # a browser, say

    def killing() -> Iterator[Document]:
        yield from stories({}, 20)
        for child in set(CHILDREN.read_text().split()) - others:
            os.kill(int(child), signal.SIGKILL)
        yield from stories({}, 20)

    with pool() as two:
        assert len(list(two.extract(killing()))) == 40


def test_where_forking_is_not_safe_each_worker_loads_by_itself() -> None:
    two = pool()
    two._nursery._plan = replace(two._nursery._plan, fork=False)
    found, failed = run(two, stories({5: "crash"}))
    assert (found, list(failed)) == (without(5), ["05"])


def test_an_extractor_that_cannot_be_loaded_is_told() -> None:
    with (
        WorkerPool(load_nothing, records(), workers=2) as two,
        pytest.raises(WorkerError, match="the model is missing; reinstall"),
    ):
        list(two.extract([story("a")]))


def test_processes_that_end_while_they_load_are_told() -> None:
    with (
        WorkerPool(load_and_die, records(), workers=2) as two,
        pytest.raises(WorkerError, match="fewer --workers"),
    ):
        list(two.extract([story("a")]))


# ---------------------------------------------------------------- order


@given(st.permutations(range(10)), st.sets(st.integers(0, 9)))
def test_answers_are_handed_on_in_order_once_each(order: list[int], lost: set[int]) -> None:
    documents = stories({}, 10)
    schedule = Schedule(documents)
    tasks = []
    while schedule.peek() is not None:
        tasks.append(schedule.take())
    schedule.lost((tasks[number] for number in lost), "WorkerKilled", "killed")
    again = [schedule.take() for _ in lost]
    assert {task.number for task in again} == lost
    assert all(task.alone for task in again)
    handed = []
    for number in order:
        schedule.answered(Found(number, b""))
        handed += [document for document, _ in schedule.handed_on()]
    assert handed == documents
    assert schedule.is_over


def test_what_is_lost_alone_has_failed() -> None:
    schedule = Schedule([story("a")])
    schedule.peek()
    schedule.lost([schedule.take()], "TimeLimit", "too long")
    schedule.lost([schedule.take()], "TimeLimit", "too long")
    assert [answer for _, answer in schedule.handed_on()] == [Failed(0, "TimeLimit", "too long")]


def test_no_more_documents_are_taken_than_may_wait_for_the_first() -> None:
    taken = []

    def endless() -> Iterator[Document]:
        while True:
            taken.append(len(taken))
            yield story("a")

    schedule = Schedule(endless())
    while schedule.peek() is not None:
        schedule.take()
    assert len(taken) == WAITING


# ---------------------------------------------------------------- into a graph


@pytest.mark.slow
@given(extractions())
def test_what_is_packed_comes_out_as_it_is_mapped(extraction: Extraction) -> None:
    unpacked = unpack(extraction.document, extraction.extractor, pack(extraction))
    assert unpacked == packed(extraction)
    assert unpacked.quads() == mapped(extraction).quads()
    assert set(quads_of(unpacked.own)) == set(from_ox(mapped(extraction).own))


Read = Callable[[Path, int], str]


@pytest.mark.parametrize("place", ["news.nq", "news.quoth"])
def test_graphs_of_one_and_of_three_workers_are_the_same(tmp_path: Path, place: str) -> None:
    documents = [*stories({2: "fail"}, 30), story("00", "another text"), story("a", url="u")]
    texts = []
    for number, extractor in enumerate((Obedient(), WorkerPool(load, quads(), workers=3))):
        failed = []
        with open_graph(tmp_path / f"{number}-{place}", extractor=extractor) as graph:
            graph.add(documents, on_error=lambda d, _, failed=failed: failed.append(d.id))
            texts.append(graph.export("nquads"))
        assert failed == ["02"]
        if isinstance(extractor, WorkerPool):
            extractor.close()
    assert texts[0] == texts[1]


def test_who_reads_ahead_replaces_what_one_by_one_replaces(tmp_path: Path) -> None:
    """A newer text comes before the older one that is there: is that passed over, or replaced?"""

    class Ahead(Obedient):
        def extract(self, documents, **options):
            return super().extract(list(documents), **options)

    texts = []
    for extractor in (Obedient(), Ahead()):
        with open_graph(extractor=extractor) as graph:
            graph.add(story("a", "old"))
            graph.add([story("a", "new"), story("a", "old"), story("b")])
            texts.append(graph.export("nquads"))
    assert texts[0] == texts[1]
    assert "wasRevisionOf" in texts[0]
