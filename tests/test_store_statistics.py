"""What a graph counts, and what it says of its documents."""

from collections.abc import Iterator

import pytest
from examples import corpus, permits, reversal
from places import Opener

from quoth.graph import SourceGraph


@pytest.fixture
def graph(opener: Opener) -> Iterator[SourceGraph]:
    with opener() as opened:
        yield opened


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
