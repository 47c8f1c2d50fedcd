"""The manual of networks names all there is, and its examples run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from examples import corpus
from named_edges import ROOM

from quoth.graph import open_graph
from quoth.graph.networks import NetworkKind, network_of
from quoth.graph.source_measures import Measures

DOCS = Path(__file__).parents[1] / "docs" / "networks.md"


class TestTheManual:
    text = DOCS.read_text(encoding="utf-8")

    def test_names_every_kind_and_attribute(self) -> None:
        named = set(re.findall(r"`(\w[\w-]*)`", self.text))
        for kind in NetworkKind:
            network = network_of(ROOM.facts, kind)
            assert kind in named
            for attributes in [*network.nodes.values(), *(e for *_, e in network.edges(data=True))]:
                assert set(attributes) <= named

    def test_names_every_column(self) -> None:
        measures = Measures(ROOM.facts)
        rows = dict(re.findall(r"^\| `(\w+)\([^|]*\| ([^|]*) \|", self.text, re.MULTILINE))
        assert len(rows) == 9
        for name, columns in rows.items():
            assert columns.split(", ") == list(getattr(measures, name)().columns)

    @pytest.mark.slow
    def test_its_examples_run(self, tmp_path: Path) -> None:
        with open_graph(tmp_path / "news.quoth") as graph:
            graph.add(corpus())
        program = "\n".join(
            re.findall(r"^```python\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL)
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env={**os.environ, "MPLBACKEND": "agg"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[0].startswith("2024-02-05 ")
        assert {"denial.png", "told.gexf", "told"} <= {path.name for path in tmp_path.iterdir()}
