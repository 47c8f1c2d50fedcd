"""Links across documents: answers to claims told elsewhere, wire copies, and their graph."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from factories import Story, corpus

from quoth.extractors.records import ClaimLink
from quoth.extractors.values import Certainty, LinkType, Polarity, SpeechAct, Stance, Temporality
from quoth.graph import SourceGraph, open_graph
from quoth.graph.copies import Text, copies
from quoth.graph.iris import DocumentIris
from quoth.graph.vocabulary import LINKS_GRAPH

CLAIM = "the harbour master burned the letters of the inspector"


def says(name: str, cue: str, id: str, **fields: object) -> Story:
    """A document in which somebody says, denies … the claim."""
    story = Story(f"{name} {cue} that {CLAIM}.", id=id, date=date(2031, 3, 4), publisher=id)
    source = story.source(name)
    story.says(source, sentence=story.document.text, cue=cue, claim=story.claim(CLAIM), **fields)
    return story


def graph_of(*stories: Story, where: Path | None = None) -> SourceGraph:
    graph = open_graph(where)
    graph.add([story.extraction() for story in stories])
    return graph


def links(graph: SourceGraph) -> set[tuple[str, str, str]]:
    """Who answers whom, and how, across documents."""
    rows = graph.query(
        """SELECT ?by ?type ?of {
             ?l a said:ClaimLink ; said:linkFrom ?a ; said:linkType ?type ; said:linkTo ?c ;
                said:linkToAttribution ?b .
             ?a said:source/skos:prefLabel ?by . ?b said:source/skos:prefLabel ?of .
             FILTER(CONTAINS(STR(?l), "/link-across-")) }"""
    )
    return {(str(by), str(type_).rpartition("#")[2], str(of)) for by, type_, of in rows}


SAID = says("Marit Oskarvik", "said", "a")
DENIED = {"speech_act": SpeechAct.DENY, "stance": Stance.REJECTING}


def test_a_denial_answers_the_claim_in_another_document() -> None:
    graph = graph_of(SAID, says("Alban Creel", "denied", "b", **DENIED))
    counts = graph.relink()
    assert (counts.clusters, counts.clustered_claims, counts.responses) == (1, 2, 1)
    assert links(graph) == {("Alban Creel", "denies", "Marit Oskarvik")}
    contested = graph.ask("contested").records()
    assert ("Marit Oskarvik", "Alban Creel", "denies") in {
        (row["by"], row["against"], row["how"]) for row in contested
    }


@pytest.mark.parametrize(
    ("cue", "act", "stance", "relation"),
    [
        ("doubted", SpeechAct.DOUBT, Stance.UNCOMMITTED, "disputes"),
        ("confirmed", SpeechAct.CONFIRM, Stance.COMMITTED, "confirms"),
        ("could not verify", SpeechAct.UNVERIFIED, Stance.UNKNOWN, "couldNotVerify"),
    ],
)
def test_other_answers_carry_over_too(
    cue: str, act: SpeechAct, stance: Stance, relation: str
) -> None:
    graph = graph_of(SAID, says("Alban Creel", cue, "b", speech_act=act, stance=stance))
    graph.relink()
    assert ("Alban Creel", relation, "Marit Oskarvik") in links(graph)


@pytest.mark.parametrize(
    "not_done",
    [
        {"cue_polarity": Polarity.NEGATIVE},
        {"cue_certainty": Certainty.POSSIBLE},
        {"cue_temporality": Temporality.FUTURE},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_was_not_done_answers_nobody(not_done: dict[str, object]) -> None:
    graph = graph_of(SAID, says("Alban Creel", "denied", "b", **DENIED, **not_done))
    graph.relink()
    assert links(graph) == set()


def test_nobody_answers_himself_under_another_name() -> None:
    graph = graph_of(SAID, says("M. Oskarvik", "denied", "b", **DENIED))
    assert graph.relink().merged_sources == 1
    assert links(graph) == set()


def test_two_who_deny_do_not_answer_each_other() -> None:
    graph = graph_of(
        says("Alban Creel", "denied", "a", **DENIED), says("Anna Belmar", "denied", "b", **DENIED)
    )
    assert graph.relink().clustered_claims == 2
    assert links(graph) == set()


def test_an_answer_inside_a_document_answers_the_claim_elsewhere() -> None:
    story = Story(
        f"Ivo Rask said that {CLAIM}. Alban Creel called this a fairy tale.",
        id="b", date=date(2031, 3, 5),
    )  # fmt: skip
    first, second = story.document.text.split(". ")
    rask, creel = story.source("Ivo Rask"), story.source("Alban Creel")
    told = story.says(rask, sentence=first, cue="said", claim=story.claim(CLAIM))
    evidence = story.span("a fairy tale")
    story.says(
        creel,
        sentence=second,
        cue="called",
        links=(ClaimLink(type=LinkType.DENIES, evidence=evidence, target=told.key),),
    )
    graph = graph_of(SAID, story)
    graph.relink()
    assert links(graph) == {("Alban Creel", "denies", "Marit Oskarvik")}
    ((words,),) = graph.query(
        """SELECT ?words { ?l said:linkEvidence/nif:anchorOf ?words
             FILTER(CONTAINS(STR(?l), "/link-across-")) }"""
    )
    assert words == "a fairy tale"


# ---------------------------------------------------------------- copies

REPORT = tuple(
    f"the {thing} of the {place} was {done} by two inspectors on the morning of the storm"
    for thing, place, done in zip(
        ["gate", "mast", "crane", "pier", "buoy", "quay"],
        ["harbour", "ferry", "station", "mole", "sound", "yard"],
        ["sealed", "lifted", "counted", "drawn", "moved", "closed"],
        strict=True,
    )
)


def text(iri: str, day: str, claims: tuple[str, ...], outlet: str = "", *credited: str) -> Text:
    return Text(iri, day, outlet, frozenset(credited), claims)


def test_a_copy_is_of_the_earliest() -> None:
    cut = text("b", "2031-03-05", REPORT[:5])
    edited = text("c", "2031-03-06", ("Our town woke to bad news this morning", *REPORT[1:]))
    assert copies([edited, cut, text("z", "2031-03-04", REPORT)]) == {"b": "z", "c": "z"}


def test_of_one_day_the_credited_outlet_comes_first() -> None:
    wire = text("z", "2031-03-04", REPORT, "Northern Wire")
    paper = text("a", "2031-03-04", REPORT, "Daily Example", "Northern Wire")
    assert copies([paper, wire]) == {"a": "z"}


def test_a_shared_statement_makes_no_copy() -> None:
    other = tuple(f"quite another sentence with the number {n} of its own" for n in range(9))
    assert copies([text("a", "1", REPORT), text("b", "2", (*REPORT[:2], *other))]) == {}


def test_an_extract_and_a_note_are_no_copies() -> None:
    assert copies([text("a", "1", REPORT), text("b", "2", REPORT[:1])]) == {}
    assert copies([text("a", "1", REPORT[:1]), text("b", "2", REPORT[:1])]) == {}


def test_the_same_text_under_another_name_is_a_copy_however_short() -> None:
    one, other = (
        Text(iri, day, "", frozenset(), REPORT[:1], hash="5f")
        for iri, day in (("b", "1"), ("a", "2"))
    )
    assert copies([one, other]) == {"a": "b"}
    assert copies([one, Text("a", "2", "", frozenset(), REPORT[:1], hash="6a")]) == {}


def test_tables_count_without_copies() -> None:
    graph = graph_of(*copy_stories())
    graph.relink()
    assert len(graph.attributions()) == 4
    assert set(graph.attributions(copies=False)["document"]) == {copy_stories()[0].document.key}
    everyone = graph.sources().set_index("who")["attributions"]
    originals = graph.sources(copies=False).set_index("who")["attributions"]
    assert (everyone.sum(), originals.sum()) == (4, 2)
    assert originals["Alban Creel"] == everyone["Alban Creel"] - 1


def copy_stories() -> list[Story]:
    stories = []
    for outlet, day in (("wire", 4), ("paper", 5)):
        body = ". ".join(REPORT).capitalize() + f". Alban Creel denied that {CLAIM}."
        story = Story(body, id=outlet, date=date(2031, 3, day), publisher=outlet)
        for sentence in body.removesuffix(".").split(". ")[:-1]:
            story.own(sentence)
        story.says(
            story.source("Alban Creel"), sentence=f"Alban Creel denied that {CLAIM}", cue="denied",
            claim=story.claim(CLAIM), **DENIED,
        )  # fmt: skip
        story.says(
            story.source("Alban", label="Ivo Rask"), sentence="Alban Creel", cue="Alban",
            claim=story.claim(CLAIM),
        )  # fmt: skip
        stories.append(story)
    return stories


def test_copies_stand_in_the_graph_and_answer_as_one() -> None:
    wire, paper = copy_stories()
    graph = graph_of(wire, paper)
    assert graph.relink().copies == 1
    ((copy, origin),) = graph.query("SELECT ?copy ?origin { ?copy said:copyOf ?origin }")
    assert str(copy) == str(DocumentIris(paper.document.key).document)
    assert str(origin) == str(DocumentIris(wire.document.key).document)
    assert links(graph) == set()
    assert str(graph.validate()) == "valid"
    third = says("Anna Belmar", "said", "other")
    graph.add(third.extraction())
    graph.relink()
    assert links(graph) == {("Alban Creel", "denies", "Anna Belmar")}


# ---------------------------------------------------------------- the graph

STORIES = (
    SAID,
    says("Alban Creel", "denied", "b", **DENIED),
    says("M. Oskarvik", "said", "c"),
)


def inferred(graph: SourceGraph) -> str:
    lines = graph.export("nquads").splitlines()
    return "\n".join(line for line in lines if f"<{LINKS_GRAPH}>" in line)


@pytest.mark.parametrize("where", [None, "news.trig", "news"])
def test_links_are_valid_and_the_same_everywhere(where: str | None, tmp_path: Path) -> None:
    expected = graph_of(*STORIES)
    expected.relink()
    with graph_of(*reversed(STORIES), where=where and tmp_path / where) as graph:
        graph.relink()
        assert inferred(graph) == inferred(expected) != ""
        assert str(graph.validate()) == "valid"


@pytest.mark.slow
def test_hash_order_changes_nothing() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_links as t;"
        "graph = t.graph_of(*t.STORIES, *t.copy_stories()); graph.relink();"
        "sys.stdout.write(t.inferred(graph))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1
    assert b"copyOf" in outputs.pop()


def test_linking_again_changes_nothing() -> None:
    graph = graph_of(*STORIES)
    counts, before = graph.relink(), graph.export("nquads")
    assert graph.relink() == counts
    assert graph.export("nquads") == before


def test_a_document_that_goes_takes_its_links_with_it() -> None:
    graph = graph_of(*STORIES)
    graph.relink()
    (key,) = [entry.key for entry in graph.document_entries() if entry.id == "a"]
    assert f"claim-{key}-" in inferred(graph)
    graph.remove("a")
    assert not re.search(f"(claim|att|doc)-{key}", inferred(graph))
    assert str(graph.validate()) == "valid"
    graph.relink()
    rest = graph_of(*STORIES[1:])
    rest.relink()
    assert graph.export("nquads") == rest.export("nquads")


@pytest.mark.parametrize("format", ["turtle", "trig"])
def test_links_and_aliases_come_back_from_an_export(format: str, tmp_path: Path) -> None:
    graph = graph_of(*STORIES)
    graph.aliases.alias("Alban Creel", "the deputy")
    graph.aliases.match("Alban Creel", "Q42")
    graph.aliases.split_in("b", "Alban Creel", "Alban Creel (clerk)")
    graph.aliases.merge("M. Oskarvik", "Marit Oskarvik")
    graph.relink()
    file = tmp_path / f"export.{'ttl' if format == 'turtle' else 'trig'}"
    file.write_text(graph.export(format), encoding="utf-8")
    again = open_graph()
    again.import_(file)
    assert again.export("nquads") == graph.export("nquads")


def test_the_examples_have_no_links_of_their_own() -> None:
    graph = open_graph()
    graph.add(corpus())
    counts = graph.relink()
    assert (counts.merged_sources, counts.copies) == (0, 0)
