"""Tables that a writer leaves ready are those that a reader would make, whatever was done."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from examples import corpus, leak, permits
from pandas.testing import assert_frame_equal
from rdflib import SKOS, Literal
from sql_tables import said

from quoth.graph import SourceGraph, frames, open_graph, table_upkeep
from quoth.graph.damage import FolderStore
from quoth.graph.folder_state import folder_state, manifests
from quoth.graph.kept_properties import KeptProperties
from quoth.graph.vocabulary import SOURCES_GRAPH

pytestmark = pytest.mark.slow  # it makes tables again and again


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Graphs as small as those of tests are kept up."""
    monkeypatch.setattr(table_upkeep, "WORTH", 1)
    monkeypatch.setattr(table_upkeep, "LARGE", 1)
    monkeypatch.setattr(KeptProperties, "can_be_kept", staticmethod(lambda: False))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "news.quoth"
    with open_graph(path) as graph:
        graph.add([*corpus(), said("ruiz", "it rains", "Ana Ruiz", "Bo Holm")])
    return path


def kept(path: Path) -> Iterator[str]:
    """Yield the names of the tables that are kept, each of them as it would be made."""
    with open_graph(path, read_only=True) as graph:
        store = graph.dataset.store
        assert isinstance(store, FolderStore)
        assert store.tables is not None
        for name, made in frames.made(graph.dataset).items():
            table = store.tables.read(name)
            if table is not None:
                assert_frame_equal(table, made)
                yield name


def rename(graph: SourceGraph) -> None:
    """Give a source another first name, as merging its names may."""
    before = list(graph._backend.match(None, SKOS.prefLabel, None, SOURCES_GRAPH))
    quad = next(quad for quad in before if str(quad[2]) == "Ana Ruiz")
    graph._backend.change([quad], [(quad[0], quad[1], Literal("Ana B. Ruiz"), quad[3])])


def import_one(graph: SourceGraph) -> None:
    with open_graph() as other:
        other.add(said("imported", "it pours", "Bo Holm", "Cy Marr"))
        text = other.export("nquads")
    path = Path(graph._backend.where).with_name("more.nq")
    path.write_text(text, encoding="utf-8")
    graph.import_(path)


def split(graph: SourceGraph) -> None:
    graph.aliases.merge("Ana Ruiz", "Bo Holm")
    graph.relink(meaning=False)


def by_rdflib(graph: SourceGraph) -> None:
    graph.dataset.update("DELETE WHERE { GRAPH ?g { ?a <https://w3id.org/quoth#cue> ?c } }")


CHANGES: dict[str, Callable[[SourceGraph], object]] = {
    "nothing": lambda _: None,
    "new documents": lambda g: g.add([said("x", "it snows", "Bo Holm"), said("y", "no", "Di Po")]),
    "a document's new version": lambda g: g.add(said("ruiz", "it shines", "Ana Ruiz")),
    "a document taken out": lambda g: g.remove("permits"),
    "all taken out": lambda g: [g.remove(e.key) for e in g.document_entries()],
    "one out and in": lambda g: (g.remove("leak"), g.add(leak())),
    "the same once more": lambda g: g.add(permits()),
    "another name for a source": rename,
    "links": lambda g: g.relink(meaning=False),
    "an import": import_one,
    "an alias": split,
    "rdflib": by_rdflib,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_what_would_be_made(folder: Path, change: str) -> None:
    assert set(kept(folder)) == set(frames.NAMES)
    with open_graph(folder) as graph:
        CHANGES[change](graph)
    assert set(kept(folder)) == set(frames.NAMES)
    assert len(list((folder / "tables").iterdir())) == 4


def test_rows_of_documents_that_were_left_alone_are_not_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    whole = frames.made
    monkeypatch.setattr(
        frames, "made", lambda dataset: (sizes.append(len(dataset.store)), whole(dataset))[1]
    )
    with open_graph(folder) as graph:
        everything = len(graph.dataset.store)
        graph.add(said("x", "it snows", "Bo Holm"))
    (size,) = sizes
    assert 0 < size < everything / 3


def test_many_changes_are_made_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_upkeep, "MANY", 1)
    with open_graph(folder) as graph:
        graph.add([said(str(n), "it snows", "Bo Holm") for n in range(3)])
    assert set(kept(folder)) == set(frames.NAMES)


def test_a_table_that_is_missing_is_made(folder: Path) -> None:
    next((folder / "tables").glob("claims-*")).unlink()
    with open_graph(folder) as graph:
        graph.remove("permits")
    assert set(kept(folder)) == set(frames.NAMES)


def test_tables_that_do_not_fit_are_dropped(folder: Path) -> None:
    # As if another process had written between a look at the folder and its lock.
    file = next((folder / "tables").glob("attributions-*"))
    table = pd.read_parquet(file)
    table[table["who"] != "Ana Ruiz"].to_parquet(file)
    with open_graph(folder) as graph:
        graph.remove("permits")
    assert set(kept(folder)) == set()


def test_a_writer_who_comes_at_once_keeps_none_from_being_told_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter([frozenset({"MANIFEST-1"}), frozenset({"MANIFEST-2"})])
    monkeypatch.setattr("quoth.graph.folder_backend.manifests", lambda _: next(names))
    with open_graph(folder) as graph:
        graph.remove("permits")
    assert set(kept(folder)) == set()


def test_small_graphs_are_left_to_their_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.quoth"
    monkeypatch.setattr(table_upkeep, "WORTH", 10**9)
    monkeypatch.setattr(table_upkeep, "LARGE", 10**9)
    for item in (permits(), leak()):
        with open_graph(path) as graph:
            graph.add(item)
    assert list(kept(path)) == []


def test_manifests_are_found_while_a_log_is_thrown_away(folder: Path) -> None:
    # A flush lets the engine throw its log away in a thread of its own, between a list and a look.
    (folder / "000999.log").symlink_to(folder / "gone")
    assert folder_state(folder) == ()
    assert len(manifests(folder)) == 1


def test_a_folder_that_is_gone_has_no_manifests(tmp_path: Path) -> None:
    assert manifests(tmp_path / "gone") == frozenset()
