"""Extractions to quads: what is written, under which IRI, in which graph."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from examples import corpus, leak, permits, reversal
from quad_facts import DOC, day, decimal, facts, span
from rdflib import DC, DCTERMS, PROV, RDF, SKOS, Literal, URIRef
from story import RULES, Story

from quoth.extractors.values import LinkType
from quoth.graph import quads
from quoth.graph.terms import plain
from quoth.graph.vocabulary import (
    ACT,
    EDTF,
    ID,
    NIF,
    PROVENANCE_GRAPH,
    SAID,
    SCHEMA,
    SOURCES_GRAPH,
    VAL,
)


class TestWhatIsWritten:
    """`permits`, checked by hand."""

    found = quads(permits())

    def test_document(self) -> None:
        assert facts(self.found, ID[f"doc-{DOC}"]) == {
            (RDF.type, SAID.Document),
            (SAID.textHash, plain(permits().document.text_hash)),
            (SAID.proseBegin, Literal(0)),
            (SAID.voice, ID["org-daily-example"]),
            (DCTERMS.identifier, plain("permits")),
            (DCTERMS.language, plain("en")),
            (DCTERMS.title, Literal("Harbour permits", lang="en")),
            (DCTERMS.issued, day("2024-02-06")),
            (DCTERMS.publisher, ID["org-daily-example"]),
            (DC.publisher, Literal("Daily Example", lang="en")),
            (DCTERMS.creator, ID["person-jo-writer"]),
            (DC.creator, Literal("Jo Writer", lang="en")),
            (DCTERMS.isVersionOf, URIRef("https://example.org/news/2024/02/06/permits")),
        }

    def test_attribution_with_everything(self) -> None:
        official = ID[f"local-{DOC}-38-60"]
        assert facts(self.found, ID[f"att-{DOC}-61-65"]) == {
            (RDF.type, SAID.Attribution),
            (SAID.inDocument, ID[f"doc-{DOC}"]),
            (SAID.source, official),
            (SAID.sourceMention, span(38, 60)),
            (SAID.cue, span(61, 65)),
            (SAID.cueLemma, plain("tell")),
            (SAID.speechAct, ACT.say),
            (SAID.cuePolarity, VAL.positive),
            (SAID.cueCertainty, VAL.certain),
            (SAID.cueTemporality, VAL["non-future"]),
            (SAID.stance, VAL.committed),
            (SAID.claim, ID[f"claim-{DOC}-0-37"]),
            (SAID.quotationType, VAL.direct),
            (SAID.addressee, ID["org-harbour-gazette"]),
            (SAID.addresseeMention, span(66, 85)),
            (SAID.medium, VAL.telephone),
            (SAID.mediumSpan, span(102, 121)),
            (SAID.saidOn, Literal("2024-02-06", datatype=EDTF)),
            (SAID.saidFrom, day("2024-02-06")),
            (SAID.saidUntil, day("2024-02-06")),
            (SAID.timeSpan, span(86, 96)),
            (SAID.timeAnchor, day("2024-02-06")),
            (SAID.depth, Literal(0)),
            (SAID.sentence, span(0, 122)),
            (SAID.confidence, decimal("0.97")),
        }
        assert facts(self.found, official) == {
            (RDF.type, SAID.Person),
            (SAID.anonymity, VAL.unnamed),
            (SKOS.prefLabel, Literal("a senior port official", lang="en")),
            (SAID.affiliation, ID["org-port-authority"]),
        }

    def test_mention(self) -> None:
        assert facts(self.found, span(38, 60)) == {
            (RDF.type, SAID.Mention),
            (SAID.inDocument, ID[f"doc-{DOC}"]),
            (NIF.beginIndex, Literal(38)),
            (NIF.endIndex, Literal(60)),
            (NIF.anchorOf, plain("a senior port official")),
            (SAID.mentionForm, VAL.description),
            (SAID.describedAs, Literal("senior port official", lang="en")),
            (SAID.confidence, decimal("0.9")),
            (SAID.refersTo, ID[f"local-{DOC}-38-60"]),
        }

    def test_claim_and_its_reading(self) -> None:
        assert facts(self.found, ID[f"claim-{DOC}-0-37"]) == {
            (RDF.type, SAID.Claim),
            (SAID.inDocument, ID[f"doc-{DOC}"]),
            (SAID.text, Literal("No ship may leave without a permit", lang="en")),
            (SAID.contentSpan, span(0, 37)),
            (SAID.polarity, VAL.negative),
            (SAID.certainty, VAL.certain),
            (SAID.temporality, VAL["non-future"]),
            (SAID.proposition, ID[f"prop-{DOC}-0-37-1"]),
        }
        assert facts(self.found, ID[f"prop-{DOC}-0-37-1"]) == {
            (RDF.type, SAID.Proposition),
            (SAID.subjectText, plain("No ship")),
            (SAID.subjectSpan, span(1, 8)),
            (RDF.predicate, ID["pred-leave"]),
            (SAID.predicateLemma, plain("leave")),
            (SAID.predicateText, plain("may leave")),
            (SAID.predicateSpan, span(9, 18)),
            (SAID.objectText, plain("without a permit")),
            (SAID.objectSpan, span(19, 35)),
            (SAID.confidence, decimal("0.8")),
        }

    def test_a_denial_is_a_link_with_a_shortcut(self) -> None:
        denier = ID[f"att-{DOC}-156-164"]
        (link,) = [s for s, p, o, _ in self.found if (p, o) == (SAID.linkFrom, denier)]
        assert str(link).startswith(ID[f"link-{DOC}-"])
        assert facts(self.found, link) == {
            (RDF.type, SAID.ClaimLink),
            (SAID.linkFrom, denier),
            (SAID.linkType, SAID.denies),
            (SAID.linkTo, ID[f"claim-{DOC}-0-37"]),
            (SAID.linkToAttribution, ID[f"att-{DOC}-61-65"]),
            (SAID.linkEvidence, span(165, 185)),
            (SAID.confidence, decimal("0.55")),
        }
        assert (SAID.denies, ID[f"claim-{DOC}-0-37"]) in facts(self.found, denier)

    def test_own_voice(self) -> None:
        own = facts(self.found, ID[f"own-{DOC}-187-214"])
        assert (RDF.type, SAID.OwnVoice) in own
        assert (SAID.source, ID["org-daily-example"]) in own
        assert SAID.cue not in {predicate for predicate, _ in own}

    def test_what_a_document_says_of_a_global_source_stands_with_the_document(self) -> None:
        assert facts(self.found, ID[f"description-{DOC}-144-155"]) == {
            (RDF.type, SAID.SourceDescription),
            (SAID.inDocument, ID[f"doc-{DOC}"]),
            (SAID.describes, ID["person-maria-vance"]),
            (SAID.firstMention, span(144, 155)),
            (SAID.label, Literal("Maria Vance", lang="en")),
            (SAID.alias, Literal("Vance", lang="en")),
            (SAID.affiliationName, Literal("Ministry of Trade and Transport", lang="en")),
            (SAID.describedAffiliation, ID["org-ministry-of-trade-and-transport"]),
        }
        assert facts(self.found, ID["person-maria-vance"]) == {
            (RDF.type, SAID.Person),
            (SAID.anonymity, VAL.named),
            (SKOS.prefLabel, Literal("Maria Vance", lang="en")),
            (SKOS.altLabel, Literal("Vance", lang="en")),
            (SAID.affiliation, ID["org-ministry-of-trade-and-transport"]),
        }

    def test_provenance(self) -> None:
        graph = ID[f"graph-{DOC}-rules"]
        (run,) = [o for p, o in facts(self.found, graph) if p == PROV.wasGeneratedBy]
        software = ID["extractor-rules-0.1.0"]
        assert (PROV.wasDerivedFrom, ID[f"doc-{DOC}"]) in facts(self.found, graph)
        assert facts(self.found, run) == {
            (RDF.type, SAID.ExtractionRun),
            (PROV.used, ID[f"doc-{DOC}"]),
            (PROV.wasAssociatedWith, software),
            (SAID.model, plain("en_core_web_sm-3.8.0")),
            (SAID.config, plain("{}")),
            (SAID.configHash, plain(RULES.config_hash)),
        }
        assert (SCHEMA.softwareVersion, plain("0.1.0")) in facts(self.found, software)

    def test_each_graph_has_its_own_subjects(self) -> None:
        kinds = {
            graph: {
                str(s).removeprefix(str(ID)).partition("-")[0]
                for s, *_, g in self.found
                if g == graph
            }
            for graph in {quad[3] for quad in self.found}
        }
        assert kinds == {
            ID[f"graph-{DOC}-rules"]: {
                "doc", "att", "own", "claim", "prop", "link", "local", "description"
            },
            SOURCES_GRAPH: {"person", "org"},
            PROVENANCE_GRAPH: {"graph", "run", "extractor"},
        }  # fmt: skip


def test_the_time_of_a_run_is_written_only_when_given() -> None:
    assert not [quad for quad in quads(permits()) if quad[1] == PROV.endedAtTime]
    ended = datetime(2024, 2, 6, 12, tzinfo=UTC)
    ((_, _, time, graph),) = [
        quad for quad in quads(permits(), ended=ended) if quad[1] == PROV.endedAtTime
    ]
    assert (str(time), graph) == ("2024-02-06T12:00:00+00:00", PROVENANCE_GRAPH)


def test_a_chain_is_nested_and_an_unfound_target_leaves_a_link_without_shortcut() -> None:
    found = quads(leak())
    key = leak().document.key
    assert (SAID.nestedIn, ID[f"att-{key}-18-26"]) in facts(found, ID[f"att-{key}-66-70"])
    predicates = {p for s, p, *_ in found if s == ID[f"att-{key}-178-197"]}
    assert SAID.declinesToComment not in predicates
    (link,) = [s for s, p, o, _ in found if (p, o) == (SAID.linkType, SAID.declinesToComment)]
    assert not {SAID.linkTo, SAID.linkToAttribution} & {p for p, _ in facts(found, link)}


def test_a_discontinuous_claim_has_every_piece_in_its_iri() -> None:
    key = reversal().document.key
    claims = {o for _, p, o, _ in quads(reversal()) if p == SAID.claim}
    assert claims == {ID[f"claim-{key}-0-32-45-69"]}


@pytest.mark.parametrize(
    ("publisher", "expected"), [("Daily Example", "org-daily-example"), (None, "voice-{key}")]
)
def test_the_voice_is_the_outlet_or_nobody_known(publisher: str | None, expected: str) -> None:
    story = Story("It rained.", publisher=publisher)
    story.own("It rained.")
    voice = ID[expected.format(key=story.document.key)]
    assert (ID[f"doc-{story.document.key}"], SAID.voice, voice) in {
        quad[:3] for quad in quads(story.extraction())
    }


def test_links_of_every_type_have_their_shortcut() -> None:
    for type_ in LinkType:
        there = permits()
        first, second = there.attributions
        link = replace(second.links[0], type=type_)
        found = quads(replace(there, attributions=(first, replace(second, links=(link,)))))
        shortcut = (ID[f"att-{DOC}-156-164"], SAID[type_.value], ID[f"claim-{DOC}-0-37"])
        assert shortcut in {quad[:3] for quad in found}


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_under_any_hash_seed() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from examples import corpus\n"
        "from quoth.graph import open_graph\n"
        "graph = open_graph()\n"
        "graph.add(corpus())\n"
        "for name in ('nquads', 'trig', 'turtle', 'jsonld', 'csv'):\n"
        "    sys.stdout.write(graph.export(name))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


def test_dates_far_back_are_kept() -> None:
    story = Story("It rained.", date=date(1, 2, 3))
    found = facts(quads(story.extraction()), ID[f"doc-{story.document.key}"])
    assert (DCTERMS.issued, day("0001-02-03")) in found


def test_corpus_shares_its_sources() -> None:
    found = {quad for extraction_ in corpus() for quad in quads(extraction_)}
    labels = {
        str(o) for s, p, o, _ in found if (s, p) == (ID["person-maria-vance"], SKOS.prefLabel)
    }
    assert labels == {"Maria Vance"}
