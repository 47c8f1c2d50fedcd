"""``%%sparql`` and what records and graphs look like in a notebook."""

from pathlib import Path

import pandas as pd
import pytest
from examples import corpus
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from quoth.graph import open_graph

PEOPLE = "%%sparql people\nSELECT ?who WHERE { ?who a said:Person } ORDER BY ?who"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
    """A shell without history, with the extension loaded."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell(config=config)
    shell.run_line_magic("load_ext", "quoth.magic")
    return shell


@pytest.fixture
def news(tmp_path: Path) -> Path:
    where = tmp_path / "news.nq"
    with open_graph(where) as graph:
        graph.add(corpus())
    return where


def run(shell: InteractiveShell, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a cell that fails, and return what it tells."""
    capsys.readouterr()
    assert not shell.run_cell(cell).success
    captured = capsys.readouterr()
    told = (captured.out + captured.err).strip()
    assert "Traceback" not in told
    assert len(told.splitlines()) == 1
    return told


def test_a_graph_in_a_file(shell: InteractiveShell, news: Path) -> None:
    assert shell.run_cell(f"%sparql_graph {news}").success
    done = shell.run_cell(PEOPLE)
    assert done.success
    assert isinstance(done.result, pd.DataFrame)
    assert shell.user_ns["people"] is done.result
    assert list(done.result.columns) == ["who"]
    assert any(str(who).endswith("person-maria-vance") for who in done.result["who"])


def test_a_graph_in_a_variable_sees_what_is_added(shell: InteractiveShell) -> None:
    with open_graph() as graph:
        shell.user_ns["g"] = graph
        assert shell.run_cell("%sparql_graph g").success
        assert shell.run_cell(PEOPLE).result.empty
        graph.add(corpus())
        assert not shell.run_cell(PEOPLE).result.empty
        assert shell.run_cell("%sparql_graph").success


def test_without_a_name_nothing_is_assigned(shell: InteractiveShell, news: Path) -> None:
    shell.run_cell(f"%sparql_graph '{news}'")
    before = set(shell.user_ns)
    assert len(shell.run_cell("%%sparql\nASK { ?s ?p ?o }").result) == 1
    assert {name for name in set(shell.user_ns) - before if not name.startswith("_")} == set()


def test_another_graph_closes_the_one_before(shell: InteractiveShell, news: Path) -> None:
    with open_graph(news, read_only=True) as graph:
        shell.user_ns["g"] = graph
        shell.run_cell("%sparql_graph g")
        shell.run_cell(f"%sparql_graph {news}")
        assert graph.document_entries()  # the variable's graph is its owner's to close


def test_errors_are_one_line(
    shell: InteractiveShell, news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no graph is chosen: write %sparql_graph" in run(shell, PEOPLE, capsys)
    assert "no graph is chosen" in run(shell, "%sparql_graph", capsys)
    assert "nowhere.nq: there is no such graph" in run(shell, "%sparql_graph nowhere.nq", capsys)
    shell.run_cell(f"%sparql_graph {news}")
    assert "line 1" in run(shell, "%%sparql\nSELECT ?who WHERE { ?who a }", capsys)
    assert "'my table' is no name" in run(shell, "%%sparql my table\nASK { ?s ?p ?o }", capsys)
