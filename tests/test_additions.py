"""How documents are gathered into steps of the store: the fewer the better, each whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from obedient import Obedient, story

from quoth.extractors.records import Document
from quoth.graph import StoreError, additions, open_graph
from quoth.graph.additions import LEAST_PATIENCE, PATIENCE, Outcome
from quoth.graph.folder_backend import FolderBackend

SHOUTED, SPOKEN = "HARBOUR GAZETTE", "Harbour Gazette"


class Clock:
    """Time that passes only while documents are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr(additions, "monotonic", lambda: self.now)

    def documents(self, count: int, seconds: float) -> Iterator[Document]:
        """Yield so many, each of which takes so many seconds."""
        for number in range(count):
            self.now += seconds
            yield story(str(number))


@pytest.mark.parametrize("seconds", [0.3, 2.0])
def test_a_kill_costs_a_tenth_of_the_time_at_most(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    clock = Clock(monkeypatch)
    saved = [0.0]

    def on_added(_document: Document, _outcome: Outcome) -> None:
        allowed = min(PATIENCE, max(LEAST_PATIENCE, clock.now / 10))
        assert clock.now - saved[-1] <= allowed + 2 * seconds
        if clock.now > saved[-1]:
            saved.append(clock.now)

    with open_graph(extractor=Obedient()) as graph:
        assert graph.add(clock.documents(150, seconds), on_added=on_added) == 150
    if seconds == 0.3:
        # 45 seconds in steps that grow from half a second to more than four.
        assert len(saved) < 40
        assert saved[-2] - saved[-3] > 6 * LEAST_PATIENCE


class Steps:
    """What a folder is asked to do, and whether it fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, changes_fail: bool = False) -> None:
        self.loaded: list[int] = []
        self.changes = 0
        load, change = FolderBackend.load, FolderBackend.change

        def counting_load(backend: FolderBackend, parts: Any) -> None:
            self.loaded.append(sum("graph-" in name and len(name) > 60 for name in parts))
            load(backend, parts)

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
