"""A graph as pandas tables: the same from every place, the same as the questions answer."""

from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from examples import corpus
from pandas.testing import assert_frame_equal
from sql_tables import newsroom

from quoth.graph import SourceGraph, frames, open_graph, table_upkeep
from quoth.graph.damage import FolderStore

TABLES = ("attributions", "sources", "claims", "documents")
ARROW = {
    "str": pa.large_string(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "datetime64[ms]": pa.timestamp("ms"),
}
"""The types that the tables may have, and what they are for Arrow."""
POLARS = {
    "str": pl.String(),
    "int64": pl.Int64(),
    "float64": pl.Float64(),
    "datetime64[ms]": pl.Datetime("ms"),
}


@pytest.fixture(params=["memory", "news.quoth"])
def graph(request: pytest.FixtureRequest, tmp_path: Path) -> SourceGraph:
    opened = open_graph(None if request.param == "memory" else tmp_path / request.param)
    opened.add(corpus())
    return opened


def test_attributions_are_those_of_the_question(graph: SourceGraph) -> None:
    found = graph.attributions()
    asked = graph.ask("attributions").to_pandas()
    columns = ["attribution", "begin", "end", "who", "type", "anonymity", "act", "stance"]
    columns += ["quotation", "cue", "claim", "said_on", "depth", "confidence"]
    order = ["attribution", "who"]
    # The question has a row for each addressee too.
    expected = asked.drop_duplicates(order).sort_values(order, ignore_index=True)[columns]
    ours = found.sort_values(order, ignore_index=True)[columns]
    assert_frame_equal(ours, expected, check_dtype=False)


def test_their_columns_are_typed(graph: SourceGraph) -> None:
    types = graph.attributions().dtypes
    assert (types["begin"], types["depth"], types["confidence"]) == ("int64", "int64", "float64")
    assert isinstance(types["who"], pd.StringDtype)
    assert graph.attributions()["document"].isin([e.key for e in graph.document_entries()]).all()


def test_sources_and_claims_are_counted(graph: SourceGraph) -> None:
    counts = graph.stats()
    assert len(graph.sources()) == counts.sources
    assert graph.sources()["type"].value_counts().to_dict() == counts.sources_by_type
    vance = graph.sources().set_index("who").loc["Maria Vance"]
    assert (vance["attributions"], vance["anonymity"]) == (4, "named")
    assert len(graph.claims()) == 9
    assert set(graph.claims()["polarity"]) == {"positive", "negative"}


def test_documents_are_those_of_the_list(graph: SourceGraph) -> None:
    table = graph.documents()
    assert list(table["key"]) == [entry.key for entry in graph.document_entries()]
    assert str(table["date"].max().date()) == "2024-03-01"


@pytest.mark.parametrize("name", TABLES)
class TestElsewhere:
    """What takes tables through Arrow's stream gets the same values, of the types documented."""

    def test_arrow(self, graph: SourceGraph, name: str) -> None:
        table = getattr(graph, name)()
        # What has nothing but the protocol, so that nothing else of pandas can be used.
        read = pa.RecordBatchReader.from_stream(_OnlyAStream(table)).read_all()
        assert dict(zip(read.schema.names, read.schema.types, strict=True)) == {
            column: ARROW[str(type_)] for column, type_ in table.dtypes.items()
        }
        assert read.to_pylist() == _records(table)

    def test_polars(self, graph: SourceGraph, name: str) -> None:
        table = getattr(graph, name)()
        for read in (pl.DataFrame(_OnlyAStream(table)), pl.from_pandas(table)):
            assert dict(read.schema) == {
                column: POLARS[str(type_)] for column, type_ in table.dtypes.items()
            }
            assert read.to_dicts() == _records(table)


class _OnlyAStream:
    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows, what is missing as None."""
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def test_every_place_gives_the_same(tmp_path: Path) -> None:
    memory, folder = open_graph(), open_graph(tmp_path / "news.quoth")
    for graph in (memory, folder):
        graph.add(corpus())
    for name in TABLES:
        assert_frame_equal(getattr(memory, name)(), getattr(folder, name)())


@pytest.mark.parametrize("place", [None, "news.quoth"])
def test_an_empty_graph_gives_empty_tables(tmp_path: Path, place: str | None) -> None:
    graph = open_graph(place and tmp_path / place)
    for name in TABLES:
        table = getattr(graph, name)()
        assert len(table) == 0
        assert len(table.columns) > 4
        assert pa.table(table).schema.types == [ARROW[str(type_)] for type_ in table.dtypes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_graph(tmp_path / "news.quoth") as graph:
        graph.add(corpus())
    return tmp_path / "news.quoth"


def test_tables_of_a_folder_are_kept_for_readers(folder: Path) -> None:
    with open_graph(folder, read_only=True) as graph:
        made = [getattr(graph, name)() for name in TABLES]
        counted = graph.stats()
    assert len(list((folder / "tables").glob("*.parquet"))) == 4
    with open_graph(folder, read_only=True) as graph:
        for table, name in zip(made, TABLES, strict=True):
            assert_frame_equal(getattr(graph, name)(), table)
        assert graph.stats() == counted


def test_kept_tables_end_with_the_state_that_they_are_of(folder: Path) -> None:
    with open_graph(folder, read_only=True) as graph:
        before = graph.attributions()
    with open_graph(folder) as graph:
        graph.remove("permits")
        assert len(graph.attributions()) < len(before), "a writer sees what it writes"
    with open_graph(folder, read_only=True) as graph:
        assert len(graph.attributions()) < len(before)
    assert len(list((folder / "tables").glob("attributions-*.parquet"))) == 1


def test_a_reader_beside_a_writer_keeps_its_own_state(folder: Path) -> None:
    with open_graph(folder, read_only=True) as early:
        before = len(early.document_entries())
        with open_graph(folder) as writer:
            writer.remove("permits")
        assert len(early.attributions()["document"].unique()) == before
    with open_graph(folder, read_only=True) as late:
        assert len(late.attributions()["document"].unique()) == before - 1


def test_a_damaged_table_is_made_again(folder: Path) -> None:
    with open_graph(folder, read_only=True) as graph:
        made = graph.attributions()
    (file,) = (folder / "tables").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    with open_graph(folder, read_only=True) as graph:
        assert_frame_equal(graph.attributions(), made)


def test_property_tables_and_the_engine_tell_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_upkeep, "LARGE", 0)
    with open_graph(tmp_path / "news") as graph:
        graph._backend.change([], newsroom())
    with open_graph(tmp_path / "news", read_only=True) as graph:
        store = graph.dataset.store
        assert isinstance(store, FolderStore)
        assert store.properties is not None
        assert store.properties.are_there
        by_tables = frames.made(graph.dataset)
        store.properties = None
        by_engine = frames.made(graph.dataset)
    assert by_tables["attributions"]["said_on"].isna().any()
    for name, table in by_tables.items():
        assert_frame_equal(table, by_engine[name])
