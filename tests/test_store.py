"""Documents go into a graph and out of it, wherever it is kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from examples import corpus, denial, leak, newer, permits, reversal
from hypothesis import given, settings
from hypothesis import strategies as st
from places import Opener
from rdflib import RDF, SKOS, Literal, URIRef
from story import RULES, Story
from strategies import extractions

from quoth.extractors.records import Document, Extraction, Extractor
from quoth.graph import RecordError, SourceGraph, StoreError, open_graph
from quoth.graph.vocabulary import ID, SAID


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

    @pytest.mark.slow
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


@settings(max_examples=25)
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


@settings(max_examples=15)
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


def test_the_dataset_is_the_union_of_its_graphs(graph: SourceGraph) -> None:
    graph.add(corpus())
    assert graph.dataset.default_union
    assert len(set(graph.dataset.subjects(RDF.type, SAID.Attribution))) == 9
    assert dict(graph.dataset.namespaces())["said"] == URIRef(str(SAID))
