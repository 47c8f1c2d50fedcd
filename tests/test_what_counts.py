"""The finer print of the named questions: whom and what they count."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from answers_by_hand import FEB_6, FEB_7, FEB_8, MAR_1, NO_SHIP, OFFICIAL
from examples import permits
from rdflib import URIRef
from story import Story

from quoth.extractors.records import ClaimLink
from quoth.extractors.values import Anonymity, LinkType, SpeechAct, Stance
from quoth.graph import SourceGraph, open_graph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID


@pytest.fixture
def graph(clustered_corpus: SourceGraph) -> SourceGraph:
    return clustered_corpus


class TestWhatCounts:
    """The finer print of the headers."""

    def test_an_alias_finds_its_source_and_half_a_name_does_not(self, graph: SourceGraph) -> None:
        assert len(graph.ask("who-said", source="vAnCe")) == 4
        assert len(graph.ask("who-said", source="Maria")) == 0

    def test_dates_are_the_texts_own_before_the_documents(self, graph: SourceGraph) -> None:
        rows = graph.ask("timeline", source="Vance").records()
        assert [row["day"] for row in rows] == [FEB_6, FEB_7, FEB_8, MAR_1]

    def test_words_of_a_subject_count_as_what_a_claim_is_about(self, graph: SourceGraph) -> None:
        rows = graph.ask("claims-about", subject="SHIP").records()
        assert [(row["who"], row["claim"]) for row in rows] == [(OFFICIAL, NO_SHIP)]

    @pytest.mark.parametrize("where", [None, "news"])
    def test_own_claims_are_told_apart(self, where: str | None, tmp_path: Path) -> None:
        story = Story("Maria Vance resigned.", publisher="Daily Example")
        vance = story.source("Maria Vance")
        story.own("Maria Vance resigned.", about=(story.mention("Maria Vance", vance),))
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            (row,) = graph.ask("claims-about", subject="Maria Vance").records()
            assert (row["who"], row["voice"]) == ("Daily Example", "own")
            for name, parameters in {
                "who-said": {"source": "Daily Example"},
                "timeline": {"source": "Daily Example"},
                "sources": {},
                "unnamed-share": {},
                "unnamed-only": {},
                "attributions": {},
                "network": {},
            }.items():
                assert len(graph.ask(name, **parameters)) == 0, name

    @pytest.mark.parametrize("where", [None, "news"])
    def test_an_attribution_with_one_named_source_is_not_unnamed(
        self, where: str | None, tmp_path: Path
    ) -> None:
        story = Story("Ann Lee and an aide said that it rained.", publisher="Daily Example")
        ann, aide = story.source("Ann Lee"), story.source("an aide", anonymity=Anonymity.UNNAMED)
        story.says(
            ann, aide, sentence=story.document.text, cue="said",
            claim=story.claim("that it rained"),
        )  # fmt: skip
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            assert list(graph.ask("unnamed-share")) == [("Daily Example", 1, 0, 0.0)]
            assert len(graph.ask("unnamed-only")) == 0
            assert graph.stats().unnamed == 0

    @pytest.mark.parametrize("where", [None, "news"])
    def test_a_confirmation_by_a_named_source_is_enough(
        self, where: str | None, tmp_path: Path
    ) -> None:
        there = permits()
        told, insisted = there.attributions
        confirms = ClaimLink(
            type=LinkType.CONFIRMS, evidence=insisted.links[0].evidence, target=told.key
        )
        there = replace(there, attributions=(told, replace(insisted, links=(confirms,))))
        with open_graph(where and tmp_path / where) as graph:
            graph.add(there)
            assert len(graph.ask("unnamed-only")) == 0
            assert len(graph.ask("contested")) == 0

    @pytest.mark.parametrize("where", [None, "news"])
    def test_reasons_for_anonymity_are_in_the_texts_words(
        self, where: str | None, tmp_path: Path
    ) -> None:
        text = "An aide, who was not authorised to speak, said that it rained."
        story = Story(text, publisher="Daily Example", title="Rain")
        story.says(
            story.source("An aide", anonymity=Anonymity.UNNAMED), sentence=text, cue="said",
            claim=story.claim("that it rained"),
            anonymity_reason=story.span("not authorised to speak"),
        )  # fmt: skip
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            assert list(graph.ask("anonymity-reasons")) == [
                ("not authorised to speak", "An aide", "that it rained", "Daily Example", "Rain",
                 0, len(text)),
            ]  # fmt: skip

    @pytest.mark.parametrize("where", [None, "news"])
    def test_whoever_answers_is_heard(self, where: str | None, tmp_path: Path) -> None:
        story = Story("Critics accused Anna Belmar of fraud. Anna Belmar declined to comment.")
        critics = story.source("Critics", anonymity=Anonymity.UNNAMED)
        belmar = story.source("Anna Belmar")
        story.says(
            critics, sentence="Critics accused Anna Belmar of fraud.", cue="accused",
            speech_act=SpeechAct.CRITICISE,
            claim=story.claim(
                "Anna Belmar of fraud", about=(story.mention("Anna Belmar", belmar),)
            ),
        )  # fmt: skip
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            assert [row["accused"] for row in graph.ask("accused-unheard").records()] == [
                "Anna Belmar"
            ]
            story.says(
                belmar, sentence="Anna Belmar declined to comment.", cue="declined to comment",
                stance=Stance.UNKNOWN,
            )  # fmt: skip
            graph.add(story.extraction())
            assert len(graph.ask("accused-unheard")) == 0


class TestLinksAcrossDocuments:
    """Merged sources count as one, and wire copies do not count."""

    @pytest.fixture(params=[None, "news"])
    def graph(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SourceGraph]:
        names = ("Maria Vance", "M. Vance")
        texts = ("Maria Vance said that it rained.", "M. Vance denied that it rained.")
        with open_graph(request.param and tmp_path / request.param) as graph:
            for name, text, stance, outlet in zip(
                (*names, "M. Vance"), (*texts, texts[1]),
                (Stance.COMMITTED, Stance.REJECTING, Stance.REJECTING),
                ("Daily Example", "Other Times", "Third Post"), strict=True,
            ):  # fmt: skip
                story = Story(text, publisher=outlet, title=outlet, id=outlet)
                story.says(
                    story.source(name), sentence=text, cue=text.split()[2], stance=stance,
                    claim=story.claim("that it rained"),
                )  # fmt: skip
                graph.add(story.extraction())
            claims = sorted(graph.query("SELECT ?c { ?c a said:Claim }"))
            documents = {
                str(title): str(iri)
                for iri, title in graph.query("SELECT ?d ?t { ?d dcterms:title ?t }")
            }
            merged = (ID["person-m-vance"], URIRef(f"{SAID}canonical"), ID["person-maria-vance"])
            copy = (
                URIRef(documents["Third Post"]), URIRef(f"{SAID}copyOf"),
                URIRef(documents["Other Times"]),
            )  # fmt: skip
            links = graph.dataset.graph(LINKS_GRAPH)
            links.add(merged)
            links.add(copy)
            for (claim,) in claims:
                links.add((URIRef(str(claim)), SAID.inCluster, ID["cluster-rain"]))
            yield graph

    @pytest.mark.parametrize("name", ["Maria Vance", "m. vance"])
    def test_either_name_finds_all_that_was_said(self, graph: SourceGraph, name: str) -> None:
        rows = graph.ask("who-said", source=name).records()
        assert [(row["who"], row["document"]) for row in rows] == [
            ("Maria Vance", outlet) for outlet in ("Daily Example", "Other Times", "Third Post")
        ]

    def test_counts_are_of_one_source_without_copies(self, graph: SourceGraph) -> None:
        assert list(graph.ask("sources")) == [
            ("Maria Vance", "Person", "named", 2, 2, str(ID["person-maria-vance"]))
        ]
        assert list(graph.ask("outlet-sources", outlet="THIRD post")) == []
        assert list(graph.ask("outlet-sources", outlet="other times")) == [
            ("Maria Vance", "named", 1, 1)
        ]
        assert [row[0] for row in graph.ask("unnamed-share")] == ["Daily Example", "Other Times"]

    def test_a_merged_source_contests_nobody_but_changes_its_mind(self, graph: SourceGraph) -> None:
        assert len(graph.ask("contested")) == 0
        rows = graph.ask("changed-position").records()
        assert [(row["who"], row["rejected_in"]) for row in rows] == [
            ("Maria Vance", "Other Times"), ("Maria Vance", "Third Post"),
        ]  # fmt: skip

    def test_told_again_counts_originals(self, graph: SourceGraph) -> None:
        (row,) = graph.ask("told-again").records()
        assert row == {
            "claim": "that it rained", "outlets": 2, "documents": 2, "first_on": "",
            "first_in": "Daily Example",
        }  # fmt: skip
