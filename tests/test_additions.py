"""How documents are gathered into steps of the store: the fewer the better, each whole."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from obedient import Obedient, story
from rdflib import URIRef

from quoth.extractors.records import Document
from quoth.graph import StoreError, additions, batches, open_graph
from quoth.graph.additions import Outcome
from quoth.graph.batches import LEAST_PATIENCE, PATIENCE
from quoth.graph.folder_backend import FolderBackend

SHOUTED, SPOKEN = "HARBOUR GAZETTE", "Harbour Gazette"


class Clock:
    """Time that passes only while documents are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        for module in (additions, batches):
            monkeypatch.setattr(module, "monotonic", lambda: self.now)

    def documents(self, count: int, seconds: float) -> Iterator[Document]:
        """Yield so many, each of which takes so many seconds."""
        for number in range(count):
            self.now += seconds
            yield story(str(number))


@pytest.mark.parametrize("seconds", [0.3, 2.0])
def test_a_kill_costs_a_quarter_of_the_time_at_most(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    clock = Clock(monkeypatch)
    saved = [0.0]

    def on_added(_document: Document, _outcome: Outcome) -> None:
        allowed = min(PATIENCE, max(LEAST_PATIENCE, clock.now / 4))
        assert clock.now - saved[-1] <= allowed + 2 * seconds
        if clock.now > saved[-1]:
            saved.append(clock.now)

    with open_graph(extractor=Obedient()) as graph:
        assert graph.add(clock.documents(150, seconds), on_added=on_added) == 150
    if seconds == 0.3:
        # 45 seconds in steps that grow from half a second to ten.
        assert len(saved) < 20
        assert saved[-2] - saved[-3] > 6 * LEAST_PATIENCE


class Steps:
    """What a folder is asked to do, and whether it fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, changes_fail: bool = False) -> None:
        self.loaded: list[int] = []
        self.changes = 0
        load, change = FolderBackend.load, FolderBackend.change

        def counting_load(backend: FolderBackend, content: bytes, graphs: list[URIRef]) -> None:
            self.loaded.append(sum("graph-" in name and len(name) > 60 for name in graphs))
            load(backend, content, graphs)

        def counting_change(backend: FolderBackend, *quads: Any) -> None:
            self.changes += 1
            if changes_fail:
                raise StoreError("the disk is full")
            change(backend, *quads)

        monkeypatch.setattr(FolderBackend, "load", counting_load)
        monkeypatch.setattr(FolderBackend, "change", counting_change)


NEXT = [story("b"), story("c", publisher=SPOKEN), story("d")]


def test_a_name_that_changes_goes_with_the_documents_that_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps(monkeypatch)
    first = story("a", publisher=SHOUTED)
    with open_graph(tmp_path / "news.quoth", extractor=Obedient()) as graph:
        graph.add(first)
        assert graph.add(NEXT) == 3
        found = graph.export("nquads")
    assert (steps.loaded, steps.changes) == ([1, 2], 1)
    with open_graph(extractor=Obedient()) as graph:
        graph.add([first, *NEXT])
        assert graph.export("nquads") == found
    assert f'prefLabel> "{SPOKEN}"' in found


def test_what_cannot_be_changed_costs_only_the_documents_that_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Steps(monkeypatch, changes_fail=True)
    failed: list[str] = []
    with open_graph(tmp_path / "news.quoth", extractor=Obedient()) as graph:
        graph.add(story("a", publisher=SHOUTED))
        written = graph.add(NEXT, on_error=lambda document, _: failed.append(document.id))
        assert (written, failed) == (2, ["c"])
        assert [entry.id for entry in graph.document_entries()] == ["a", "b", "d"]


class TestStoringAside:
    """A batch is stored while the next one is made."""

    def test_documents_are_read_meanwhile(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read, load = Event(), FolderBackend.load
        monkeypatch.setattr(batches, "BATCH", 1)

        def waiting_load(backend: FolderBackend, *given: Any) -> None:
            assert read.wait(30), "nothing is read while a batch is stored"
            load(backend, *given)

        def documents() -> Iterator[Document]:
            yield story("a")
            read.set()
            yield story("b")
            yield story("c")

        monkeypatch.setattr(FolderBackend, "load", waiting_load)
        told: list[str] = []
        with open_graph(tmp_path / "news.quoth", extractor=Obedient()) as graph:
            graph.add(documents(), on_added=lambda document, _: told.append(document.id))
            assert told == ["a", "b", "c"]
            assert [entry.id for entry in graph.document_entries()] == told

    def test_one_that_comes_again_waits_for_its_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(batches, "BATCH", 1)
        told: list[tuple[str, Outcome]] = []
        with open_graph(tmp_path / "news.quoth", extractor=Obedient()) as graph:
            graph.add(
                [story("a"), story("a"), story("b")],
                on_added=lambda document, outcome: told.append((document.id, outcome)),
            )
        assert told == [("a", Outcome.NEW), ("a", Outcome.THERE), ("b", Outcome.NEW)]

    def test_what_cannot_be_stored_costs_only_its_batch(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load = FolderBackend.load
        monkeypatch.setattr(batches, "BATCH", 1)

        def failing_load(backend: FolderBackend, content: bytes, graphs: list[URIRef]) -> None:
            if b'"b"' in content:
                raise StoreError("the disk is full")
            load(backend, content, graphs)

        monkeypatch.setattr(FolderBackend, "load", failing_load)
        failed: list[str] = []
        with open_graph(tmp_path / "news.quoth", extractor=Obedient()) as graph:
            written = graph.add(
                [story(name) for name in "abc"],
                on_error=lambda document, _: failed.append(document.id),
            )
            assert (written, failed) == (2, ["b"])
            assert [entry.id for entry in graph.document_entries()] == ["a", "c"]

    def test_an_error_nobody_takes_is_raised(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing_load(*_given: Any) -> None:
            raise StoreError("the disk is full")

        monkeypatch.setattr(FolderBackend, "load", failing_load)
        with (
            open_graph(tmp_path / "news.quoth", extractor=Obedient()) as graph,
            pytest.raises(StoreError, match="the disk is full"),
        ):
            graph.add([story("a"), story("b")])
