"""Workers that are stopped end what they are at, and nothing is lost that they were given."""

import os
import signal
from itertools import islice
from pathlib import Path

import pytest
from obedient import load, story

from quoth.extractors.records import Document
from quoth.running.interruption import Interruption, interruptible
from quoth.running.plan import records
from quoth.running.pool import WorkerPool

pytestmark = pytest.mark.slow  # it starts processes that are slow

COUNT = 200


def slow(number: int, orders: str = "sleep 0.05") -> Document:
    return story(f"{number:03}", orders)


def stopped(documents: list[Document], after: int) -> tuple[list[str], list[str]]:
    """Extract, and ask to stop after so many; the ids that were found, and those that failed."""
    interruption, failed = Interruption(), []
    with WorkerPool(load, records(), workers=2, is_stopped=interruption.is_asked) as pool:
        found = []
        items = interruption.until(documents, lambda _: None)
        for extraction in pool.extract(items, on_error=lambda d, _: failed.append(d.id)):
            found.append(extraction.document.id)
            if len(found) == after:
                interruption.ask(2, None)
    return found, failed


def test_what_was_given_ahead_is_given_up() -> None:
    documents = [slow(number) for number in range(COUNT)]
    found, failed = stopped(documents, 3)
    assert found[:3] == ["000", "001", "002"]
    # All were given to the workers by then, and each may be at one, or have told of the next.
    assert len(found) < COUNT // 2
    assert found == sorted(found)
    assert failed == []


def test_what_a_worker_is_at_is_ended_though_an_earlier_one_is_given_up() -> None:
    # One worker has every other document, so that the quick ones wait for the slow ones.
    documents = [slow(number, "sleep 0.3" if number % 2 else "") for number in range(COUNT)]
    found, failed = stopped(documents, 2)
    assert {"000", "001"} < set(found)
    assert failed == []


def test_what_dies_while_it_is_ended_is_left_for_the_next_run() -> None:
    documents = [slow(number, "sleep 30" if number else "") for number in range(COUNT)]
    interruption, failed = Interruption(), []
    with WorkerPool(load, records(), workers=2, is_stopped=interruption.is_asked) as pool:
        found = pool.extract(documents, on_error=lambda d, _: failed.append(d.id))
        assert next(found).document.id == "000"
        interruption.ask(2, None)
        for worker in children(*children(os.getpid())):
            os.kill(worker, signal.SIGKILL)
        assert list(found) == []
    assert failed == []


def children(*processes: int) -> list[int]:
    places = [Path(f"/proc/{number}/task/{number}/children") for number in processes]
    return [int(word) for place in places for word in place.read_text().split()]


def test_a_pool_that_was_stopped_reads_anew() -> None:
    asked = [False]
    with WorkerPool(load, records(), workers=2, is_stopped=lambda: asked[0]) as pool:
        documents = iter([slow(number) for number in range(COUNT)])
        found = pool.extract(document for document in documents if not asked[0])
        next(found)
        asked[0] = True
        assert len(list(found)) < COUNT // 2
        asked[0] = False
        again = [slow(number) for number in range(4)]
        assert [e.document.id for e in pool.extract(again)] == ["000", "001", "002", "003"]


def test_who_was_there_before_hears_of_the_interrupt() -> None:
    interruption = Interruption()
    with interruptible(interruption) as same:
        assert same is interruption
        assert not interruption.is_asked()
        interruption.ask(15, None)
        assert interruption.is_asked()
        assert list(islice(interruption.until([1, 2], lambda _: None), 2)) == []
        with pytest.raises(KeyboardInterrupt):
            interruption.ask(15, None)
