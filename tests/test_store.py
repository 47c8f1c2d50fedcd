"""Graphs in memory, in a file and in a folder: added to, removed from, written and read."""

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pyoxigraph
import pytest
from factories import RULES, Story, corpus, denial, leak, permits, reversal
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Literal, URIRef
from strategies import extractions

from quoth.extractors.records import Document, Extraction, Extractor
from quoth.extractors.values import Stance
from quoth.graph import RecordError, SourceGraph, StoreError, open_graph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID

PLACES = ["memory", "news.trig", "news.nq.gz", "news.quoth"]

Opener = Callable[..., SourceGraph]


@pytest.fixture(params=PLACES)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Open the same graph again and again; one in memory cannot be."""
    where = None if request.param == "memory" else tmp_path / request.param
    return lambda **options: open_graph(where, **options)


@pytest.fixture
def graph(opener: Opener) -> Iterator[SourceGraph]:
    with opener() as opened:
        yield opened


class Reads:
    """An extractor that knows its extractions by heart and fails on any other document."""

    def __init__(self, *known: Extraction) -> None:
        self.known = {extraction.document: extraction for extraction in known}

    def extract(
        self,
        documents: Iterable[Document],
        *,
        on_error: Callable[[Document, Exception], None] | None = None,
    ) -> Iterator[Extraction]:
        for document in documents:
            if document in self.known:
                yield self.known[document]
            elif on_error is None:
                raise ValueError(f"cannot read {document}")
            else:
                on_error(document, ValueError(f"cannot read {document}"))


def newer(extraction: Extraction) -> Extraction:
    """The same document, as the next version of the extractor reads it."""
    first, *others = extraction.attributions
    return replace(
        extraction,
        extractor=replace(extraction.extractor, version="0.2.0"),
        attributions=(replace(first, stance=Stance.UNKNOWN), *others),
    )


class TestAdding:
    def test_counts_what_is_new(self, graph: SourceGraph) -> None:
        assert graph.add(permits()) == 1
        assert graph.add(corpus()) == 3

    def test_again_is_nothing_new(self, graph: SourceGraph) -> None:
        graph.add(corpus())
        before = graph.export("nquads")
        assert graph.add(corpus()) == 0
        assert graph.export("nquads") == before

    def test_another_finding_replaces_the_document_whole(self, graph: SourceGraph) -> None:
        graph.add([permits(), leak()])
        assert graph.add(newer(permits())) == 1
        fresh = open_graph()
        fresh.add([newer(permits()), leak()])
        assert graph.export("nquads") == fresh.export("nquads")

    def test_takes_documents_through_its_extractor(self, opener: Opener) -> None:
        items = [permits().document, leak(), denial().document, reversal().document]
        with opener(extractor=Reads(*corpus())) as graph:
            assert graph.add(items) == 4
            assert graph.add(permits().document) == 0

    def test_a_document_needs_an_extractor(self, graph: SourceGraph) -> None:
        with pytest.raises(StoreError, match="opened without an extractor"):
            graph.add(permits().document)

    def test_text_is_no_document(self, graph: SourceGraph) -> None:
        with pytest.raises(
            StoreError, match="only documents and extractions can be added, not str"
        ):
            graph.add("It rained.")  # type: ignore[arg-type]

    def test_a_document_that_fails_costs_itself_only(self, opener: Opener) -> None:
        failed: list[tuple[Document, str]] = []
        broken = replace(denial(), attributions=denial().attributions * 2)
        unread = Document(text="Nobody can read this.")
        with opener(extractor=Reads(permits())) as graph:
            added = graph.add(
                [unread, permits().document, broken, leak()],
                on_error=lambda document, error: failed.append((document, str(error))),
            )
            assert added == 2
            assert [document for document, _ in failed] == [unread, denial().document]
            assert "two attributions under the key" in failed[1][1]
            assert {entry.id for entry in graph.document_entries()} == {"permits", "leak"}

    def test_without_on_error_what_came_before_stays(self, graph: SourceGraph) -> None:
        broken = replace(denial(), attributions=denial().attributions * 2)
        with pytest.raises(RecordError):
            graph.add([permits(), broken, leak()])
        assert [entry.id for entry in graph.document_entries()] == ["permits"]

    def test_one_reading_of_a_document_at_a_time(self, graph: SourceGraph) -> None:
        graph.add(permits())
        before = graph.export("nquads")
        other = replace(permits(), extractor=replace(RULES, name="model"))
        with pytest.raises(StoreError, match="as another extractor read it"):
            graph.add(other)
        assert graph.export("nquads") == before

    def test_the_order_of_documents_does_not_matter(self) -> None:
        shouting = Story("MARIA VANCE said that it rained.", id="shouting", language="de")
        vance = shouting.source("MARIA VANCE", aliases=("Vance", "Ms Vance"))
        shouting.says(
            vance,
            sentence=shouting.document.text,
            cue="said",
            claim=shouting.claim("that it rained"),
        )
        documents = [shouting.extraction(), *corpus()[:3]]
        exports = set()
        for order in permutations(documents):
            graph = open_graph()
            graph.add(order)
            exports.add(graph.export("nquads"))
        assert len(exports) == 1
        person = ID["person-maria-vance"]
        assert graph.dataset.value(person, SKOS.prefLabel) == Literal("Maria Vance", lang="en")
        assert set(map(str, graph.dataset.objects(person, SKOS.altLabel))) == {
            "MARIA VANCE",
            "Ms Vance",
            "Vance",
        }


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
            "from factories import denial, leak, permits\n"
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


class TestRemoving:
    @pytest.mark.parametrize(
        "name", [permits().document.key, "permits", "https://example.org/news/2024/02/06/permits"]
    )
    def test_by_key_id_or_url_leaves_no_trace(self, graph: SourceGraph, name: str) -> None:
        graph.add([leak(), denial()])
        before = graph.export("nquads")
        graph.add(permits())
        assert graph.remove(name) == 1
        assert graph.export("nquads") == before

    def test_the_last_document_leaves_an_empty_graph(self, graph: SourceGraph) -> None:
        graph.add(permits())
        graph.remove("permits")
        assert graph.export("nquads") == ""
        assert not list(graph.dataset.quads())

    @pytest.mark.parametrize("name", ["nothing", "", "a b", "https://[", "\ud800"])
    def test_what_is_not_there_is_not_removed(self, graph: SourceGraph, name: str) -> None:
        graph.add(permits())
        assert graph.remove(name) == 0
        assert len(graph.document_entries()) == 1


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


class TestExportAndImport:
    @pytest.mark.parametrize(
        ("format", "suffix"),
        [("turtle", "ttl"), ("trig", "trig"), ("nquads", "nq"), ("jsonld", "jsonld")],
    )
    def test_what_goes_out_comes_in(
        self, graph: SourceGraph, tmp_path: Path, format: str, suffix: str
    ) -> None:
        graph.add(corpus())
        path = tmp_path / f"out.{suffix}"
        path.write_text(graph.export(format), encoding="utf-8")
        other = open_graph()
        assert other.import_(path) == 4
        assert other.export("nquads") == graph.export("nquads")
        assert other.import_(path) == 0

    def test_import_replaces_documents_and_keeps_the_rest(
        self, graph: SourceGraph, tmp_path: Path
    ) -> None:
        graph.add([permits(), leak()])
        with open_graph(tmp_path / "new.trig") as other:
            other.add([newer(permits()), denial()])
        assert graph.import_(tmp_path / "new.trig") == 2
        expected = open_graph()
        expected.add([newer(permits()), leak(), denial()])
        assert graph.export("nquads") == expected.export("nquads")

    def test_import_keeps_matches_clusters_and_what_is_not_ours(
        self, graph: SourceGraph, tmp_path: Path
    ) -> None:
        path = tmp_path / "more.nq"
        person, claim = ID["person-maria-vance"], ID[f"claim-{permits().document.key}-0-37"]
        match = (person, SKOS.exactMatch, URIRef("http://www.wikidata.org/entity/Q1"))
        cluster = (claim, SAID.inCluster, ID["cluster-1"])
        path.write_text(
            f"<{person}> <{SKOS.exactMatch}> <{match[2]}> <{ID['graph-sources']}> .\n"
            f'<{person}> <{SKOS.altLabel}> "M. Vance" <{ID["graph-sources"]}> .\n'
            f"<{claim}> <{SAID.inCluster}> <{cluster[2]}> <{LINKS_GRAPH}> .\n"
            "<http://a/b> <http://a/c> <http://a/d> .\n"
        )
        graph.add(permits())
        assert graph.import_(path) == 0
        assert match in graph.dataset
        assert cluster in graph.dataset.graph(LINKS_GRAPH)
        assert (URIRef("http://a/b"), URIRef("http://a/c"), URIRef("http://a/d")) in graph.dataset
        assert [str(name) for name in graph.dataset.objects(person, SKOS.prefLabel)] == [
            "Maria Vance"
        ]
        assert {str(name) for name in graph.dataset.objects(person, SKOS.altLabel)} == {
            "M. Vance",
            "Vance",
        }

    @pytest.mark.parametrize(
        ("name", "content", "problem"),
        [
            ("x.ttl", "<http://a/b> <http://a/c> [] .", "holds blank nodes"),
            ("x.ttl", "<http://a/b> <http://a/c>", "is no valid turtle file"),
            ("x.nq", "\x00\x01", "is no valid nquads file"),
            ("x.jsonld", '{"@context": "http://a/context"}', "is no valid jsonld file"),
            ("x.txt", "", "the name of an RDF file ends in one of"),
            ("x.ttl", None, "cannot be read"),
        ],
    )
    def test_a_file_that_cannot_be_imported_changes_nothing(
        self, graph: SourceGraph, tmp_path: Path, name: str, content: str | None, problem: str
    ) -> None:
        graph.add(permits())
        before = graph.export("nquads")
        if content is not None:
            (tmp_path / name).write_text(content)
        with pytest.raises(StoreError, match=problem):
            graph.import_(tmp_path / name)
        assert graph.export("nquads") == before

    def test_an_unknown_format_is_refused_with_the_known_ones(self, graph: SourceGraph) -> None:
        names = "turtle, trig, nquads, jsonld, nanopub, csv, graphml, gexf"
        with pytest.raises(StoreError, match=names):
            graph.export("xml")

    def test_csv_has_a_line_per_attribution(self, graph: SourceGraph) -> None:
        graph.add(corpus())
        head, *lines = graph.export("csv").splitlines()
        assert head.startswith("document,begin,end,who,type,anonymity,act,stance")
        assert len(lines) == 9

    def test_nquads_are_sorted_lines_that_oxigraph_reads(self, graph: SourceGraph) -> None:
        graph.add(corpus())
        lines = graph.export("nquads").splitlines()
        assert lines == sorted(lines)
        data = graph.export("nquads").encode()
        assert len(list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS))) == len(lines)


@pytest.mark.parametrize("name", PLACES[1:])
def test_what_is_not_to_be_made_must_exist(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="there is no such graph"):
        open_graph(tmp_path / name, create=False)
    assert not any(tmp_path.iterdir())


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


@settings(deadline=None, max_examples=25)
@given(st.lists(extractions(), min_size=1, max_size=3))
@pytest.mark.slow
def test_any_document_goes_in_once_and_leaves_no_trace(found: list[Extraction]) -> None:
    first, *others = {extraction.document.key: extraction for extraction in found}.values()
    memory = open_graph()
    memory.add(others)
    before = memory.export("nquads")
    assert memory.add(first, replace=False) == 1
    assert memory.add(first, replace=False) == 0
    assert memory.remove(first.document.key) == 1
    assert memory.export("nquads") == before


@settings(deadline=None, max_examples=15)
@given(extractions())
@pytest.mark.slow
def test_a_folder_holds_what_memory_does(
    tmp_path_factory: pytest.TempPathFactory, found: Extraction
) -> None:
    memory = open_graph()
    memory.add(found)
    with open_graph(tmp_path_factory.mktemp("store") / "graph") as folder:
        assert folder.add(found) == 1
        assert folder.add(found) == 0
        assert folder.export("nquads") == memory.export("nquads")
        changed = replace(
            found, extractor=Extractor(name=found.extractor.name, version="9", model="m")
        )
        assert folder.add(changed) == (changed.extractor != found.extractor)
        assert folder.remove(found.document.key) == 1
        assert folder.export("nquads") == ""


class TestStatistics:
    def test_counts(self, graph: SourceGraph) -> None:
        graph.add(corpus())
        found = graph.stats()
        assert (found.documents, found.attributions, found.own_claims) == (4, 9, 2)
        assert found.sources == 6
        assert found.sources_by_type == {"Collective": 2, "Organisation": 2, "Person": 2}
        assert found.sources_by_anonymity == {"named": 3, "unnamed": 3}
        assert (found.unnamed, found.unnamed_share) == (3, pytest.approx(1 / 3))
        assert found.speech_acts["say"] == 3
        assert sum(found.speech_acts.values()) == 9
        assert found.depths == {0: 8, 1: 1}

    def test_an_empty_graph_has_none_of_anything(self, graph: SourceGraph) -> None:
        found = graph.stats()
        assert (found.documents, found.attributions, found.unnamed_share) == (0, 0, 0.0)
        assert found.speech_acts == {}
        assert graph.document_entries() == ()

    def test_documents_are_described(self, graph: SourceGraph) -> None:
        graph.add([reversal(), permits()])
        untitled, titled = graph.document_entries()
        assert (untitled.id, untitled.title, untitled.url) == ("reversal", None, None)
        assert titled.key == permits().document.key
        assert titled.title == "Harbour permits"
        assert titled.url == permits().document.url
        assert titled.date == permits().document.date
        assert (titled.publisher, titled.attributions, titled.own_claims) == ("Daily Example", 2, 1)


def test_the_dataset_is_the_union_of_its_graphs(graph: SourceGraph) -> None:
    graph.add(corpus())
    assert graph.dataset.default_union
    assert len(set(graph.dataset.subjects(RDF.type, SAID.Attribution))) == 9
    assert dict(graph.dataset.namespaces())["said"] == URIRef(str(SAID))
