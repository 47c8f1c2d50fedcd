"""The network of sources: which nodes and edges, and what they carry, counted by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from examples import corpus
from rdflib import RDF, Dataset, Literal, URIRef
from story import Story

from quoth.extractors.records import Attribution, ClaimLink, Extraction
from quoth.extractors.values import Anonymity, LinkType, MentionForm, SourceType, Stance
from quoth.graph import open_graph
from quoth.graph.network import EdgeKind, most_quoted, network
from quoth.graph.source_graph import SourceGraph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID, VAL

if TYPE_CHECKING:
    import networkx as nx


def graph_of(*extractions: Extraction) -> SourceGraph:
    graph = open_graph()
    graph.add(extractions)
    return graph


def network_of(*extractions: Extraction) -> "nx.MultiDiGraph[str]":
    return network(graph_of(*extractions).dataset)


def labelled(graph: "nx.MultiDiGraph[str]") -> set[tuple[str, str, str]]:
    """Return the edges as (label of the origin, kind, label of the target)."""
    label = graph.nodes.data("label")
    return {(label[a], edge["kind"], label[b]) for a, b, edge in graph.edges(data=True)}


def node(graph: "nx.MultiDiGraph[str]", label: str) -> dict[str, Any]:
    (found,) = [data for data in graph.nodes.values() if data["label"] == label]
    return found


class TestTheCorpus:
    graph = network_of(*corpus())

    def test_nodes_speak_or_are_spoken_to_or_of(self) -> None:
        described = {
            data["label"]: (data["type"], data["anonymity"], data["weight"])
            for data in self.graph.nodes.values()
        }
        assert described == {
            "Anna Belmar": ("Person", "named", 0),
            "Critics": ("Collective", "unnamed", 1),
            "Harbour Gazette": ("Organisation", "named", 1),
            "Maria Vance": ("Person", "named", 4),
            "Northern Wire": ("Organisation", "named", 1),
            "a senior port official": ("Person", "unnamed", 1),
            "the report": ("DocumentSource", "unspecified", 0),
            "two people familiar with the plan": ("Collective", "unnamed", 1),
        }

    def test_edges(self) -> None:
        assert labelled(self.graph) == {
            ("a senior port official", "told", "Harbour Gazette"),
            ("Maria Vance", "denies", "a senior port official"),
            ("Maria Vance", "talks about", "the report"),
            ("Northern Wire", "relays", "two people familiar with the plan"),
            ("two people familiar with the plan", "told", "Northern Wire"),
            ("Critics", "talks about", "Anna Belmar"),
        }

    def test_counts_of_all(self) -> None:
        assert self.graph.graph == {"attributions": 9, "documents": 4}

    def test_a_node_counts_its_attributions_by_stance(self) -> None:
        vance = node(self.graph, "Maria Vance")
        counts = [vance[stance.value] for stance in Stance]
        assert counts == [2, 1, 0, 1]  # insisted, said; denied; none; declined to comment
        assert vance["attributions"] == tuple(sorted(vance["attributions"]))
        assert len(vance["attributions"]) == 4
        assert len(vance["documents"]) == 4

    def test_an_edge_carries_the_attributions_of_its_origin(self) -> None:
        vance, official = str(ID["person-maria-vance"]), node(self.graph, "a senior port official")
        (target,) = [iri for iri, data in self.graph.nodes.items() if data is official]
        edge = self.graph.edges[vance, target, EdgeKind.DENIES]
        assert edge == {
            "kind": "denies",
            "weight": 1,
            "committed": 1,
            "rejecting": 0,
            "uncommitted": 0,
            "unknown": 0,
            "attributions": (str(ID["att-47aaa7da79d1604519d7-156-164"]),),
        }

    def test_order(self) -> None:
        assert list(self.graph) == sorted(self.graph)
        assert list(self.graph.edges(keys=True)) == sorted(self.graph.edges(keys=True))

    def test_agrees_with_the_named_query(self) -> None:
        with graph_of(*corpus()) as graph:
            answer = graph.ask("network").records()
        asked = {(row["from"], row["to"], row["kind"], row["weight"]) for row in answer}
        drawn = {
            (origin, target, edge["kind"], edge["weight"])
            for origin, target, edge in self.graph.edges(data=True)
        }
        assert asked
        assert asked <= drawn


def test_the_same_on_oxigraph(tmp_path: Path) -> None:
    with open_graph(tmp_path / "news.quoth") as graph:
        graph.add(corpus())
        found = network(graph.dataset)
    expected = network_of(*corpus())
    assert list(found.nodes.items()) == list(expected.nodes.items())
    assert list(found.edges(keys=True, data=True)) == list(expected.edges(keys=True, data=True))


def dispute() -> Extraction:
    """Return a claim by two at once, which two others answer, one of them twice."""
    story = Story(
        "Ruiz and Holm said the dam was safe. Lind confirmed the dam was safe. "
        "Lind confirmed it again. Moe disputed that. The dam is old. Moe denied that it was old."
    )
    ruiz, holm = story.source("Ruiz"), story.source("Holm")
    lind, moe = story.source("Lind"), story.source("Moe")
    first = story.says(
        ruiz,
        holm,
        sentence="Ruiz and Holm said the dam was safe.",
        cue="said",
        mention=story.mention("Ruiz and Holm", ruiz, holm),
        claim=story.claim("the dam was safe"),
    )

    def answer(sentence: str, cue: str, type: LinkType, to: Attribution, nth: int = 1) -> None:
        source = lind if type is LinkType.CONFIRMS else moe
        words = story.span(cue, nth)
        link = ClaimLink(type=type, evidence=words, target=to.key)
        story.says(source, sentence=sentence, cue=words, links=(link,), stance=Stance.UNCOMMITTED)

    answer("Lind confirmed the dam was safe.", "confirmed", LinkType.CONFIRMS, first)
    answer("Lind confirmed it again.", "confirmed", LinkType.CONFIRMS, first, nth=2)
    answer("Moe disputed that.", "disputed", LinkType.DISPUTES, first)
    answer("Moe denied that it was old.", "denied", LinkType.DENIES, story.own("The dam is old."))
    return story.extraction()


def test_answers_lead_to_everybody_who_made_the_claim() -> None:
    graph = network_of(dispute())
    assert labelled(graph) == {
        ("Lind", "confirms", "Ruiz"),
        ("Lind", "confirms", "Holm"),
        ("Moe", "disputes", "Ruiz"),
        ("Moe", "disputes", "Holm"),
    }
    edge = graph.edges[str(ID["person-lind"]), str(ID["person-ruiz"]), "confirms"]
    assert (edge["weight"], edge["uncommitted"], len(edge["attributions"])) == (2, 2, 2)


def test_the_documents_own_voice_is_left_out() -> None:
    graph = network_of(dispute())
    assert {data["label"] for data in graph.nodes.values()} == {"Ruiz", "Holm", "Lind", "Moe"}
    assert graph.graph["attributions"] == 4 + 1


def test_a_source_without_edges_stays() -> None:
    story = Story('"It rained," a gardener said.')
    gardener = story.source("a gardener", SourceType.PERSON, Anonymity.UNNAMED)
    story.says(
        gardener,
        sentence=story.document.text,
        cue="said",
        mention=story.mention("a gardener", gardener, form=MentionForm.DESCRIPTION),
        claim=story.claim('"It rained,"'),
    )
    graph = network_of(story.extraction())
    assert [data["label"] for data in graph.nodes.values()] == ["a gardener"]
    assert graph.size() == 0


def test_nothing() -> None:
    graph = network(Dataset(default_union=True))
    assert (len(graph), graph.size(), graph.graph) == (0, 0, {"attributions": 0, "documents": 0})


def test_triples_from_elsewhere_may_lack_or_change_what_quoth_writes() -> None:
    dataset = Dataset(default_union=True)
    attribution, source = URIRef("urn:a"), URIRef("urn:s")
    dataset.add((attribution, RDF.type, SAID.Attribution))
    dataset.add((attribution, SAID.source, source))
    dataset.add((attribution, SAID.stance, URIRef("urn:other#sceptical")))
    dataset.add((source, SAID.anonymity, URIRef("urn:other#hidden")))
    graph = network(dataset)
    assert graph.nodes["urn:s"] == {
        "label": "urn:s",
        "type": "UnspecifiedSource",
        "anonymity": "unspecified",
        "weight": 1,
        "committed": 0,
        "rejecting": 0,
        "uncommitted": 0,
        "unknown": 1,
        "attributions": ("urn:a",),
        "documents": (),
    }


def test_the_number_of_reads_does_not_grow_with_the_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    def reads(attributions: int) -> int:
        dataset = Dataset(default_union=True)
        for number in range(attributions):
            attribution, source = ID[f"att-{number}"], ID[f"person-{number}"]
            for triple in (
                (attribution, RDF.type, SAID.Attribution),
                (attribution, SAID.source, source),
                (attribution, SAID.addressee, ID[f"person-{number + 1}"]),
                (attribution, SAID.stance, VAL.committed),
                (source, RDF.type, SAID.Person),
                (source, SAID.label, Literal(f"Source {number}")),
            ):
                dataset.add(triple)
        calls = []
        triples = dataset.triples
        with monkeypatch.context() as patch:
            patch.setattr(dataset, "triples", lambda *a, **k: calls.append(a) or triples(*a, **k))
            assert network(dataset).size() == attributions
        return len(calls)

    assert reads(3) == reads(60) > 0


def test_most_quoted_keeps_the_order_and_what_is_between() -> None:
    whole = network_of(*corpus(), dispute())
    part = most_quoted(whole, nodes=4, edges=10)
    labels = {data["label"] for data in part.nodes.values()}
    assert labels == {"Maria Vance", "Lind", "Moe", "Critics"}
    assert list(part) == [iri for iri in whole if iri in part]
    assert part.size() == 0
    assert part.graph == whole.graph


def test_most_quoted_prefers_the_heaviest_edges() -> None:
    part = most_quoted(network_of(dispute()), nodes=10, edges=2)
    assert labelled(part) == {("Lind", "confirms", "Ruiz"), ("Lind", "confirms", "Holm")}


def test_merged_sources_are_one_node_and_the_question_counts_the_same_edges() -> None:
    graph = graph_of(*corpus(), dispute())
    links = graph.dataset.graph(LINKS_GRAPH)
    links.add((ID["person-lind"], URIRef(f"{SAID}canonical"), ID["person-maria-vance"]))
    merged = graph.network()
    assert str(ID["person-lind"]) not in merged
    assert (
        node(merged, "Maria Vance")["weight"] == 4 + node(network_of(dispute()), "Lind")["weight"]
    )
    asked = {
        (row["from"], row["to"], row["kind"], row["weight"])
        for row in graph.ask("network").records()
    }
    assert asked == {(a, b, e["kind"], e["weight"]) for a, b, e in merged.edges(data=True)}
