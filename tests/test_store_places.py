"""Graphs in files and folders: opened again, shared with other processes, not ours, cut off."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import corpus, denial, leak, permits
from places import PLACES, Opener
from rdflib import SKOS, URIRef

from quoth.graph import SourceGraph, StoreError, open_graph
from quoth.graph.vocabulary import ID


@pytest.fixture
def graph(opener: Opener) -> Iterator[SourceGraph]:
    with opener() as opened:
        yield opened


class TestPlaces:
    @pytest.mark.parametrize("place", PLACES[1:])
    def test_what_was_added_is_there_when_opened_again(self, tmp_path: Path, place: str) -> None:
        with open_graph(tmp_path / "deep" / place) as graph:
            graph.add(corpus())
            exported = graph.export("nquads")
        with open_graph(tmp_path / "deep" / place) as graph:
            assert graph.export("nquads") == exported
            assert graph.add(corpus()) == 0

    def test_every_place_holds_the_same(self, tmp_path: Path) -> None:
        exports = []
        for place in PLACES:
            with open_graph(None if place == "memory" else tmp_path / place) as graph:
                graph.add(corpus())
                exports.append([graph.export(name) for name in ("nquads", "trig", "csv", "jsonld")])
        assert all(export == exports[0] for export in exports)

    @pytest.mark.parametrize("place", PLACES[1:])
    def test_read_only_must_exist(self, tmp_path: Path, place: str) -> None:
        with pytest.raises(StoreError, match="there is no such graph"):
            open_graph(tmp_path / place, read_only=True)
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("place", PLACES[1:])
    def test_read_only_is_never_written_to(self, tmp_path: Path, place: str) -> None:
        with open_graph(tmp_path / place) as graph:
            graph.add(permits())
        with open_graph(tmp_path / place, read_only=True) as graph:
            for change in (
                lambda: graph.add(leak()),
                lambda: graph.remove("permits"),
                lambda: graph.import_(tmp_path / "other.trig"),
            ):
                with pytest.raises(StoreError, match="was opened read-only"):
                    change()
            assert [entry.id for entry in graph.document_entries()] == ["permits"]

    def test_a_second_writer_is_told_to_wait(self, tmp_path: Path) -> None:
        with open_graph(tmp_path / "news.quoth") as graph:
            graph.add(permits())
            with pytest.raises(StoreError, match="another process is writing to it"):
                open_graph(tmp_path / "news.quoth")
            with open_graph(tmp_path / "news.quoth", read_only=True) as reader:
                assert len(reader.document_entries()) == 1

    def test_a_reader_beside_a_writer_sees_what_it_opened(self, tmp_path: Path) -> None:
        place = tmp_path / "news.quoth"
        with open_graph(place) as writer:
            writer.add(permits())
            reader = open_graph(place, read_only=True)
            before = reader.export("nquads")
            writer.add(leak())
            writer.remove("permits")
            writer._backend.store.optimize()  # type: ignore[attr-defined]
            assert reader.export("nquads") == before
            with open_graph(place, read_only=True) as later:
                assert [entry.id for entry in later.document_entries()] == ["leak"]

    def test_a_writer_beside_a_reader_writes(self, tmp_path: Path) -> None:
        place = tmp_path / "news.quoth"
        open_graph(place).close()
        with open_graph(place, read_only=True), open_graph(place) as writer:
            assert writer.add(permits()) == 1

    @pytest.mark.parametrize("name", ["news.trig.gz", "news.nq.gz"])
    def test_a_compressed_file_holds_the_same_in_the_same_bytes(
        self, tmp_path: Path, name: str
    ) -> None:
        plain = name.removesuffix(".gz")
        for place in (plain, name, f"again.{name}"):
            with open_graph(tmp_path / place) as graph:
                graph.add(corpus())
        content = (tmp_path / name).read_bytes()
        assert gzip.decompress(content) == (tmp_path / plain).read_bytes()
        assert content == (tmp_path / f"again.{name}").read_bytes()

    @pytest.mark.parametrize("keep", [0, 5, 200, -4])
    def test_a_truncated_file_is_told_and_left_alone(self, tmp_path: Path, keep: int) -> None:
        place = tmp_path / "news.nq.gz"
        with open_graph(place) as graph:
            graph.add(permits())
        content = place.read_bytes()[:keep]
        place.write_bytes(content)
        with pytest.raises(StoreError, match=r"news\.nq\.gz: is no whole gzip file"):
            open_graph(place)
        assert place.read_bytes() == content

    def test_a_file_that_was_cut_between_lines_is_shown_and_never_written(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        place = tmp_path / "news.nq"
        with open_graph(place) as graph:
            graph.add(corpus())
        lines = place.read_bytes().splitlines(keepends=True)
        cut = b"".join(lines[: len(lines) // 2])
        place.write_bytes(cut)
        with pytest.raises(StoreError, match=r"news\.nq: is not whole: .*build it anew"):
            open_graph(place)
        with open_graph(place, read_only=True) as graph:
            assert graph.export("nquads").encode() == cut
        assert "what follows is from what is left of it" in caplog.text
        assert place.read_bytes() == cut

    def test_what_is_not_compressed_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "news.nq.gz").write_text("<http://a/b> <http://a/c> <http://a/d> .\n")
        with pytest.raises(StoreError, match="is no whole gzip file"):
            open_graph(tmp_path / "news.nq.gz")

    def test_a_turtle_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"import a \.ttl file into one"):
            open_graph(tmp_path / "news.ttl")

    def test_a_folder_or_file_of_something_else_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "letters").mkdir()
        (tmp_path / "letters" / "a.txt").write_text("Dear all")
        (tmp_path / "notes").write_text("Milk")
        for name in ("letters", "notes"):
            with pytest.raises(StoreError, match="holds something else"):
                open_graph(tmp_path / name)
        assert [path.name for path in (tmp_path / "letters").iterdir()] == ["a.txt"]

    def test_a_broken_file_is_named_with_the_line(self, tmp_path: Path) -> None:
        place = tmp_path / "news.trig"
        place.write_text("@prefix a: <http://a/> .\na:b a:c nonsense .\n")
        with pytest.raises(StoreError, match=r"news\.trig: is no valid trig file: .* line 2"):
            open_graph(place)

    def test_a_file_that_somebody_else_changed_is_not_overwritten(self, tmp_path: Path) -> None:
        place = tmp_path / "news.nq"
        with open_graph(place) as graph:
            graph.add(permits())
        first, second = open_graph(place), open_graph(place)
        first.add(leak())
        with pytest.raises(StoreError, match="another process has changed it"):
            second.add(denial())
        with open_graph(place, read_only=True) as graph:
            assert {entry.id for entry in graph.document_entries()} == {"permits", "leak"}

    def test_an_untouched_file_is_not_written_again(self, tmp_path: Path) -> None:
        place = tmp_path / "news.trig.gz"
        with open_graph(place) as graph:
            graph.add(permits())
        os.utime(place, (1, 1))
        with open_graph(place) as graph:
            graph.add(permits())
        assert place.stat().st_mtime == 1

    def test_a_file_keeps_its_permissions_and_its_link(self, tmp_path: Path) -> None:
        real, link = tmp_path / "real.trig", tmp_path / "link.trig"
        with open_graph(real) as graph:
            graph.add(permits())
        real.chmod(0o640)
        link.symlink_to(real)
        with open_graph(link) as graph:
            graph.add(leak())
        assert link.is_symlink()
        assert real.stat().st_mode & 0o777 == 0o640

    def test_what_the_user_adds_to_the_dataset_is_saved_too(self, opener: Opener) -> None:
        with opener() as graph:
            if repr(graph) == "<SourceGraph in memory>":
                pytest.skip("memory ends with the process")
            triple = (ID["org-x"], SKOS.exactMatch, URIRef("http://www.wikidata.org/entity/Q1"))
            graph.dataset.graph(ID["graph-mine"]).add(triple)
        with opener(read_only=True) as graph:
            assert triple in graph.dataset

    def test_a_closed_graph_says_so(self, graph: SourceGraph) -> None:
        graph.close()
        graph.close()
        for use in (lambda: graph.add([]), lambda: graph.dataset, lambda: graph.export("trig")):
            with pytest.raises(StoreError, match="the graph is closed"):
                use()


@pytest.mark.parametrize("name", PLACES[1:])
def test_what_is_not_to_be_made_must_exist(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="there is no such graph"):
        open_graph(tmp_path / name, create=False)
    assert not any(tmp_path.iterdir())
