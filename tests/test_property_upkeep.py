"""Property tables that a writer leaves are those that would be made."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from examples import corpus, leak
from sql_tables import said, tables_of, with_tables

from quoth.graph import (
    SourceGraph,
    open_graph,
    property_tables,
    table_upkeep,
)
from quoth.graph.folder_backend import FolderBackend
from quoth.graph.kept_tables import KeptTables
from quoth.graph.property_tables import properties

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow  # it makes tables again and again


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_tables(tmp_path_factory.mktemp("made") / "news")


class TestUpkeep:
    """What a writer leaves is what would be made."""

    @pytest.fixture(autouse=True)
    def worth_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Small graphs are kept up, as property tables alone."""
        monkeypatch.setattr(table_upkeep, "LARGE", 0)
        monkeypatch.setattr(KeptTables, "can_be_kept", staticmethod(lambda: False))

    @pytest.fixture
    def folder(self, made: Path, tmp_path: Path) -> Path:
        return shutil.copytree(made, tmp_path / "news")

    @pytest.mark.slow
    def test_after_every_kind_of_change(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        created = []
        whole = property_tables.create
        monkeypatch.setattr(property_tables, "create", lambda *a: (created.append(a), whole(*a))[1])
        added = [said("x", "it snows", "Bo Holm"), *corpus()[2:3]]
        changes: list[tuple[Callable[[SourceGraph], object], bool]] = [
            (lambda g: (g.add(added), g.add(said("ruiz", "it shines", "Ana B. Ruiz"))), False),
            (lambda g: (g.aliases.merge("Ana B. Ruiz", "Bo Holm"), relink(g)), False),
            (lambda g: g.remove("permits"), False),
            (by_rdflib, True),
        ]
        for change, is_whole in changes:
            with open_graph(folder) as graph:
                change(graph)
            there = FolderBackend(folder, read_only=True, create=False)
            kept = there.dataset.store.properties  # type: ignore[attr-defined]
            assert rows(kept.file)
            assert (len(created) == 1) is is_whole
            assert rows(kept.file) == rows(tables_of(there.store, folder.with_name("t.duckdb")))
            created.clear()
            there.close()

    def test_they_answer_and_are_the_only_ones(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (file,) = (folder / "tables").glob("properties-*")
        monkeypatch.setattr("quoth.graph.execution.run", None)  # the engine is not asked
        with open_graph(folder, read_only=True) as graph:
            assert len(graph.ask("sources")) == 7
        monkeypatch.undo()
        file.write_bytes(b"cut off")
        with open_graph(folder, read_only=True) as graph:
            assert len(graph.ask("attributions")) == 8

    @pytest.mark.parametrize("long", [7, 8])
    def test_what_is_long_is_not_kept_beside_them(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, long: int
    ) -> None:
        monkeypatch.setattr("quoth.graph.kept_answers.LONG", long)
        with open_graph(folder, read_only=True) as graph:
            assert len(graph.ask("sources")) == 7
        assert bool(list((folder / "tables").glob("sources-*.gz"))) is (long > 7)

    def test_an_empty_answer_still_tells_of_names(self, folder: Path) -> None:
        with open_graph(folder, read_only=True) as graph:
            assert "nearest" in graph.ask("who-said", source="Anna Ruiz").note

    def test_steps_are_told_and_an_interrupt_leaves_nothing_half_made(self, folder: Path) -> None:
        steps = []

        def interrupt() -> None:
            steps.append(1)
            if len(steps) == 5:
                raise KeyboardInterrupt

        graph = open_graph(folder)
        graph.add(said("x", "it snows", "Bo Holm"))
        with pytest.raises(KeyboardInterrupt):
            graph.close(interrupt)
        assert not list((folder / "tables").glob("*draft*"))
        with open_graph(folder, read_only=True) as reopened:
            assert len(reopened.document_entries()) == 4

    @pytest.mark.parametrize("name", ["duckdb", "pyarrow"])
    def test_without_duckdb_or_pyarrow_there_are_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setattr(
            "quoth.graph.kept_properties.find_spec", lambda asked: None if asked == name else asked
        )
        with open_graph(tmp_path / "news") as graph:
            graph.add(leak())
        assert not list((tmp_path / "news").glob("tables/properties*"))


def relink(graph: SourceGraph) -> None:
    graph.relink(meaning=False)


def by_rdflib(graph: SourceGraph) -> None:
    graph.dataset.update("DELETE WHERE { GRAPH ?g { ?a <https://w3id.org/quoth#cue> ?c } }")


def rows(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the tables in `file` say, with IRIs in the place of numbers."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found = {}
        for each in properties():
            is_node = each.holds == "node"
            value, join = ("b.iri", "JOIN nodes b ON b.id = o") if is_node else ("o", "")
            found[each.name] = connection.execute(
                f'SELECT a.iri, {value}, part FROM "{each.name}" JOIN nodes a ON a.id = s {join} '
                "ORDER BY ALL"
            ).fetchall()
        return found


def test_memory_for_an_answer_grows_with_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tables.duckdb"

    def limit() -> str:
        with property_tables.database(file, read_only=False) as connection:
            (found,) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
            return str(found[0])

    assert limit() == "238.4 MiB"
    monkeypatch.setattr(property_tables, "ROOM", 10**9 // file.stat().st_size)
    assert limit().startswith("95")
