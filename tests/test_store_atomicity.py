"""A change that is broken off is undone: by an error, a kill, a full disk."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph
import pytest
from examples import leak, newer, permits

from quoth.graph import StoreError, open_graph


class TestAtomicity:
    @pytest.mark.parametrize("stop_after", [0, 1, 5])
    def test_a_change_that_breaks_half_way_is_undone(
        self, monkeypatch: pytest.MonkeyPatch, stop_after: int
    ) -> None:
        graph = open_graph()
        graph.add([permits(), leak()])
        before = graph.export("nquads")
        add = type(graph.dataset).addN
        calls = []

        def breaks(dataset: object, quads: Iterable[object]) -> object:
            calls.append(1)
            if len(calls) == 1:
                some = [quad for quad, _ in zip(quads, range(stop_after), strict=False)]
                add(dataset, some)  # type: ignore[arg-type]
                raise KeyboardInterrupt
            return add(dataset, quads)  # type: ignore[arg-type]

        monkeypatch.setattr(type(graph.dataset), "addN", breaks)
        with pytest.raises(KeyboardInterrupt):
            graph.add(newer(permits()))
        assert graph.export("nquads") == before

    def test_a_folder_is_whole_after_a_kill(self, tmp_path: Path) -> None:
        script = (
            "import os, signal, sys; sys.path.insert(0, sys.argv[1])\n"
            "from examples import denial, leak, permits\n"
            "from quoth.graph import open_graph\n"
            "graph = open_graph(sys.argv[2])\n"
            "def documents():\n"
            "    yield denial()\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
            "graph.add([permits(), leak()])\n"
            "graph.add(documents())\n"
        )
        place = tmp_path / "news.quoth"
        subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parent), str(place)], check=False
        )
        expected = open_graph()
        expected.add([permits(), leak()])
        with open_graph(place) as graph:
            assert graph.export("nquads") == expected.export("nquads")

    def test_a_folder_whose_making_was_cut_off_is_empty(self, tmp_path: Path) -> None:
        place = tmp_path / "news.quoth"
        script = "import pyoxigraph, sys; pyoxigraph.Store(sys.argv[1])"
        for _ in range(20):
            shutil.rmtree(place, ignore_errors=True)
            with subprocess.Popen([sys.executable, "-c", script, str(place)]) as maker:
                while not (place / "CURRENT").exists() and maker.poll() is None:
                    pass
                maker.kill()
            with suppress(RuntimeError):
                pyoxigraph.Store.read_only(str(place))
                continue
            break
        else:
            pytest.skip("the folder was whole each time")
        with open_graph(place, read_only=True) as graph:
            assert graph.document_entries() == ()
        with open_graph(place) as graph:
            assert graph.add(permits()) == 1

    def test_a_file_that_cannot_be_written_stays_as_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = tmp_path / "news.trig"
        with open_graph(place) as graph:
            graph.add(permits())
        before = place.read_bytes()
        graph = open_graph(place)

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match=r"news\.trig: cannot be written .*No space left"):
            graph.add(leak())
        assert place.read_bytes() == before
        assert [path.name for path in tmp_path.iterdir()] == ["news.trig"]
