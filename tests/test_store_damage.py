"""A damaged folder is told as such, at opening or while it is read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import corpus

from quoth.graph import SourceGraph, StoreError, open_graph


class TestDamage:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        with open_graph(tmp_path / "news") as graph:
            graph.add(corpus())
        return tmp_path / "news"

    @pytest.mark.parametrize("read_only", [False, True])
    @pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*", "*.sst"])
    @pytest.mark.parametrize("missing", [False, True])
    def test_is_told_at_opening(
        self, folder: Path, name: str, missing: bool, read_only: bool
    ) -> None:
        for file in folder.glob(name):
            if missing:
                file.unlink()
            else:
                os.truncate(file, min(20, file.stat().st_size // 2))
        with pytest.raises(StoreError, match=r"news: the graph is damaged \(.*build it anew"):
            open_graph(folder, read_only=read_only)

    @pytest.mark.parametrize(
        "use",
        [
            SourceGraph.stats,
            SourceGraph.documents,
            SourceGraph.validate,
            SourceGraph.network,
            lambda graph: graph.export("nquads"),
            lambda graph: graph.query("SELECT * { ?s ?p ?o }"),
            lambda graph: graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"),
        ],
    )
    def test_is_told_while_reading(
        self, folder: Path, use: Callable[[SourceGraph], object]
    ) -> None:
        for file in sorted(folder.glob("*.sst"))[1:]:  # the first tells the version, at opening
            content = bytearray(file.read_bytes())
            content[0] ^= 0xFF  # in the first block of data, which opening does not read
            file.write_bytes(content)
        with (
            open_graph(folder, read_only=True) as graph,
            pytest.raises(StoreError, match=r"news: the graph is damaged \(.*build it anew"),
        ):
            use(graph)
