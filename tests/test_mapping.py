"""Extractions to quads and back: what is written, under which IRI, in which graph."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import rdflib
from factories import RULES, Story, corpus, denial, leak, permits, reversal
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DC, DCTERMS, PROV, RDF, SKOS, BNode, Dataset, Literal, URIRef
from strategies import exact_texts, extractions

from quoth.extractors.records import Claim, Extraction, Source
from quoth.extractors.values import Anonymity, LinkType, Polarity, SourceType
from quoth.graph import RecordError, extraction, quads
from quoth.graph.formats import FORMATS, serialize
from quoth.graph.iris import DocumentIris, slug, web_iri
from quoth.graph.terms import Quad, clean, from_ox, plain
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

DOC = "47aaa7da79d1604519d7"


def facts(found: list[Quad], subject: URIRef) -> set[tuple[object, object]]:
    return {(p, o) for s, p, o, _ in found if s == subject}


def span(begin: int, end: int) -> URIRef:
    return ID[f"doc-{DOC}#char={begin},{end}"]


def decimal(text: str) -> Literal:
    return Literal(text, datatype=rdflib.XSD.decimal, normalize=False)


def day(text: str) -> Literal:
    return Literal(text, datatype=rdflib.XSD.date)


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


@pytest.mark.parametrize(
    ("type_", "anonymity", "expected"),
    [
        (SourceType.PERSON, Anonymity.NAMED, "person-john-smith"),
        (SourceType.ORGANISATION, Anonymity.NAMED, "org-john-smith"),
        (SourceType.DOCUMENT, Anonymity.NAMED, "local-k-3-9"),
        (SourceType.COLLECTIVE, Anonymity.NAMED, "local-k-3-9"),
        (SourceType.PERSON, Anonymity.UNNAMED, "local-k-3-9"),
        (SourceType.UNSPECIFIED, Anonymity.UNSPECIFIED, "local-k-3-9"),
    ],
)
def test_only_named_people_and_organisations_are_global(
    type_: SourceType, anonymity: Anonymity, expected: str
) -> None:
    source = Source(key="3-9", label="John Smith", type=type_, anonymity=anonymity)
    assert DocumentIris("k").source(source) == ID[expected]


class TestSlugs:
    def test_accents_case_and_punctuation_fold(self) -> None:
        assert slug("  José  O'NEILL-Díaz ") == "jose-o-neill-diaz"

    def test_lost_letters_are_made_up_for(self) -> None:
        assert slug("李明") != slug("王芳")
        assert slug("Łódź") != slug("ódź")
        assert slug("Иван Smith") != slug("Smith")

    def test_case_does_not_matter_in_other_scripts(self) -> None:
        assert slug("ИВАН") == slug("иван")

    @given(exact_texts)
    def test_any_name_gives_a_short_slug(self, name: str) -> None:
        assert 0 < len(slug(name)) <= 80
        assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")

    def test_long_names_that_begin_alike_differ(self) -> None:
        assert slug("a" * 100) != slug("a" * 101)


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("https://example.org/ü?q=1#x", "https://example.org/ü?q=1#x"),
        ('https://example.org/a b"<c>', "https://example.org/a%20b%22%3Cc%3E"),
        ("not an address", None),
        ("http://[", None),
        ("", None),
        ("https://example.org/\ud800", "https://example.org/%EF%BF%BD"),
    ],
)
def test_an_address_becomes_an_iri_or_stays_text(url: str, iri: str | None) -> None:
    assert web_iri(url) == (None if iri is None else URIRef(iri))
    story = Story("It rained.", url=url)
    found = facts(quads(story.extraction()), ID[f"doc-{story.document.key}"])
    assert ((DCTERMS.isVersionOf, URIRef(iri)) in found) if iri else True
    assert ((SCHEMA.url, plain(url)) in found) == (iri != url)


class TestContradictions:
    def test_two_attributions_under_one_key(self) -> None:
        extraction_ = permits()
        twice = (*extraction_.attributions, extraction_.attributions[0])
        with pytest.raises(
            RecordError, match=r"Harbour permits: two attributions under the key 61-65"
        ):
            quads(replace(extraction_, attributions=twice))

    def test_a_source_key_that_is_no_place_in_the_text(self) -> None:
        for key in ("somewhere", "5-2", "0-9999"):
            source = Source(key=key, label="X", type=SourceType.PERSON, anonymity=Anonymity.UNNAMED)
            with pytest.raises(RecordError, match=f"the key '{key}'"):
                quads(replace(permits(), sources=(source,)))

    def test_an_unknown_outer_attribution(self) -> None:
        inner = replace(permits().attributions[0], nested_in="1-2", depth=1)
        with pytest.raises(RecordError, match="'1-2' is the key of none of its attributions"):
            quads(replace(permits(), attributions=(inner,)))

    def test_a_mention_of_nobody(self) -> None:
        first = permits().attributions[0]
        assert first.mention
        attribution = replace(first, mention=replace(first.mention, refers_to=("1-2",)))
        with pytest.raises(RecordError, match="'1-2' is the key of none of its sources"):
            quads(replace(permits(), attributions=(attribution,)))


def shared_content(second: Polarity) -> tuple[Extraction, Claim]:
    """Two cues with the same content, read as positive by the first."""
    story = Story("Ann Lee said, and Bo Roe denied, that it rained.")
    ann, bo = story.source("Ann Lee"), story.source("Bo Roe")
    claim = story.claim("that it rained")
    sentence = story.document.text
    story.says(ann, sentence=sentence, cue="said", claim=claim)
    story.says(bo, sentence=sentence, cue="denied", claim=replace(claim, polarity=second))
    return story.extraction(), claim


def test_attributions_share_a_claim_that_they_read_the_same() -> None:
    extraction_, _ = shared_content(Polarity.POSITIVE)
    assert len({o for _, p, o, _ in quads(extraction_) if p == SAID.claim}) == 1


def test_another_reading_of_the_same_words_is_another_claim() -> None:
    extraction_, claim = shared_content(Polarity.NEGATIVE)
    key = extraction_.document.key
    first = DocumentIris(key).claim(claim.spans)
    claims = {o for _, p, o, _ in quads(extraction_) if p == SAID.claim}
    assert claims == {first, URIRef(f"{first}-by-25-31")}
    assert extraction(quads(extraction_), extraction_.document.text) == extraction_


def test_two_sources_of_one_name_are_one_source_of_the_graph() -> None:
    story = Story("Maria Vance spoke. Later, Maria Vance said that it rained.")
    first = story.source("Maria Vance")
    second = story.source("Maria Vance", nth=2)
    assert first.key != second.key
    story.says(
        second, sentence="Later, Maria Vance said that it rained.", cue="said",
        claim=story.claim("that it rained"),
    )  # fmt: skip
    found = story.extraction()
    (back,) = extraction(quads(found), found.document.text).attributions
    assert back.source == first


@pytest.mark.parametrize(
    "story", [permits, leak, denial, reversal], ids=lambda story: story.__name__
)
def test_examples_come_back_as_they_were(story: object) -> None:
    assert callable(story)
    there = story()
    assert extraction(quads(there), there.document.text) == there


@settings(deadline=None)
@given(extractions())
@pytest.mark.slow
def test_anything_comes_back_as_it_was(there: Extraction) -> None:
    assert extraction(quads(there), there.document.text) == there


@settings(deadline=None)
@given(extractions())
@pytest.mark.slow
def test_the_graph_holds_the_evidence(there: Extraction) -> None:
    text = there.document.text
    found = quads(there)
    words = {s: str(o) for s, p, o, _ in found if p == NIF.anchorOf}
    begins = {s: int(str(o)) for s, p, o, _ in found if p == NIF.beginIndex}
    ends = {s: int(str(o)) for s, p, o, _ in found if p == NIF.endIndex}
    assert words.keys() == begins.keys() == ends.keys()
    for node, anchor in words.items():
        assert clean(text[begins[node] : ends[node]]) == anchor


@settings(deadline=None)
@given(extractions())
@pytest.mark.slow
def test_no_blank_nodes_no_repetition_no_triple_in_two_graphs(there: Extraction) -> None:
    found = quads(there)
    assert not [term for quad in found for term in quad if isinstance(term, BNode)]
    assert len({quad[:3] for quad in found}) == len(found)


@settings(deadline=None)
@given(extractions(), st.sampled_from(["nquads", "trig", "jsonld"]))
@pytest.mark.slow
def test_every_format_keeps_every_character_with_both_libraries(
    there: Extraction, format: str
) -> None:
    import pyoxigraph as ox

    found = set(quads(there))
    data = serialize(found, format)
    assert set(from_ox(ox.parse(data, format=FORMATS[format]))) == found
    dataset = Dataset()
    dataset.parse(data=data, format={"jsonld": "json-ld"}.get(format, format))
    assert {quad[:3] for quad in dataset.quads()} == {quad[:3] for quad in found}


@settings(deadline=None)
@given(exact_texts.filter(bool))
def test_what_utf_8_cannot_hold_is_replaced_in_literals_and_hashed_as_it_is(text: str) -> None:
    story = Story(
        text, id=text, title=text, url=f"https://example.org/{text}", publisher=text, author=text
    )
    story.own(text)
    story.source(text, label=text, aliases=(text,), affiliation=text)
    data = serialize(quads(story.extraction()), "nquads")
    assert story.document.text_hash.encode() in data
    assert b"\xed\xa0" not in data
    back = extraction(quads(story.extraction()), text)
    assert back.document.text == text
    assert back.document.title == clean(text)


def test_reading_back_refuses_what_does_not_fit() -> None:
    found, text = quads(permits()), permits().document.text
    with pytest.raises(RecordError, match="is not the one that was read"):
        extraction(found, text + " ")
    with pytest.raises(RecordError, match="hold 2 document graphs"):
        extraction([*found, *quads(leak())], text)
    with pytest.raises(RecordError, match="hold 0 document graphs"):
        extraction([], text)
    with pytest.raises(RecordError, match=r"att-.*: has no .*stance"):
        extraction([quad for quad in found if quad[1] != SAID.stance], text)
    with pytest.raises(RecordError, match=r"has 2 values for .*stance"):
        extraction(
            [*found, (ID[f"att-{DOC}-61-65"], SAID.stance, VAL.rejecting, found[0][3])], text
        )
    with pytest.raises(RecordError, match="no whole extraction"):
        extraction([quad for quad in found if "description-" not in quad[0]], text)
    moved = [(s, p, plain("tells") if o == plain("told") else o, g) for s, p, o, g in found]
    with pytest.raises(RecordError, match="its words are not those of the text"):
        extraction(moved, text)


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
        "from factories import corpus\n"
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
        for seed in ("0", "1", "4242")
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
