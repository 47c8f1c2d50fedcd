"""Long answers are read row by row, with the cells and bytes of those that are lists."""

import shutil
from pathlib import Path

import duckdb
import pytest
from examples import leak, permits
from sql_tables import with_tables
from typer.testing import CliRunner

from quoth.cli import app
from quoth.graph import (
    QueryError,
    kept_answers,
    kept_properties,
    open_graph,
    property_answers,
)
from quoth.graph.results import LongAnswer, Result

pytestmark = pytest.mark.slow  # it makes a large graph


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_tables(tmp_path_factory.mktemp("made") / "news")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "news")


@pytest.mark.parametrize("long", [1, 3, 8])
def test_a_long_answer_is_no_list(folder: Path, monkeypatch: pytest.MonkeyPatch, long: int) -> None:
    monkeypatch.setattr(kept_answers, "LONG", long)
    monkeypatch.setattr(kept_properties, "LONG", long)
    monkeypatch.setattr(property_answers, "BATCH", 2)
    monkeypatch.setattr("quoth.graph.execution.run", None)  # the engine is not asked
    with open_graph(folder, read_only=True) as graph:
        whole = graph.ask("attributions")
        assert len(whole) == 8
        with graph.ask_row_by_row("attributions") as found:
            assert isinstance(found, LongAnswer)
            assert (found.columns, tuple(found.rows)) == (whole.columns, whole.rows)
    assert not list((folder / "tables").glob("attributions-*.json.gz"))


def test_a_short_answer_is_kept_and_taken_from_what_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_graph(folder, read_only=True) as graph, graph.ask_row_by_row("sources") as found:
        assert isinstance(found, Result)
    assert len(list((folder / "tables").glob("sources-*.json.gz"))) == 1
    monkeypatch.setattr(property_answers, "row_by_row", None)
    with open_graph(folder, read_only=True) as graph, graph.ask_row_by_row("sources") as again:
        assert again == found == graph.ask("sources")


def test_an_empty_answer_has_its_note(folder: Path) -> None:
    with (
        open_graph(folder, read_only=True) as graph,
        graph.ask_row_by_row("who-said", source="Anna Ruiz") as found,
    ):
        assert isinstance(found, Result)
        assert (len(found), "nearest" in found.note) == (0, True)


@pytest.mark.parametrize("name", ["news", "news.nq", None])
def test_any_graph_can_be_asked_so(folder: Path, tmp_path: Path, name: str | None) -> None:
    shutil.rmtree(folder / "tables")
    path = None if name is None else tmp_path / name
    with open_graph(path) as graph:
        if name != "news":
            graph.add([permits(), leak()])
        with graph.ask_row_by_row("attributions") as found:
            assert found == graph.ask("attributions")
            assert len(list(found.rows)) > 3


class Breaking:
    """An answer in SQL that has two rows, and then no room for more."""

    def __enter__(self) -> "Breaking":
        return self

    def __exit__(self, *_: object) -> None:
        """There is nothing to close."""

    def __init__(self) -> None:
        self.batches = [[("a",) * 16, ("b",) * 16]]

    def fetchmany(self, size: int) -> list[tuple[object, ...]]:
        if not self.batches:
            raise duckdb.OutOfMemoryException("no room")
        return self.batches.pop()


def test_what_fails_at_first_is_asked_of_the_engine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(property_answers, "_asked", lambda *_: Breaking())
    with (
        open_graph(folder, read_only=True) as graph,
        graph.ask_row_by_row("attributions") as found,
    ):
        assert len(list(found.rows)) == 8


def test_what_breaks_off_later_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(property_answers, "_asked", lambda *_: Breaking())
    monkeypatch.setattr(kept_properties, "LONG", 2)
    monkeypatch.setattr(kept_answers, "LONG", 2)
    with (
        open_graph(folder, read_only=True) as graph,
        pytest.raises(QueryError, match="broke off: no room"),
        graph.ask_row_by_row("attributions") as found,
    ):
        list(found.rows)


@pytest.mark.parametrize(
    ("asked", "format"),
    [
        (["ask", "who said what"], "csv"),
        (["ask", "who said what"], "json"),
        (["query", "attributions"], "csv"),
        (["query", "attributions"], "json"),
        (["export"], "csv"),
    ],
)
def test_the_commands_write_the_same_bytes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str], format: str
) -> None:
    with open_graph(folder, read_only=True) as graph:
        whole = graph.ask("attributions")
    expected = whole.to_csv() if format == "csv" else whole.to_json()
    for long in (3, 50_000):
        monkeypatch.setattr(kept_answers, "LONG", long)
        out = folder.with_name(f"{long}.{format}")
        options = ["-g", str(folder), "-f", format, "-o", str(out)]
        run = CliRunner().invoke(app, [*asked, *options], catch_exceptions=False)
        assert run.exit_code == 0
        assert out.read_bytes() == expected.encode()
