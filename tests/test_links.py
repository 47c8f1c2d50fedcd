"""Links across documents: answers to claims told elsewhere, and their graph."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from examples import corpus
from replies import (
    CLAIM,
    DENIED,
    SAID,
    STORIES,
    graph_of,
    inferred,
    links,
    says,
)
from story import Story

from quoth.extractors.records import ClaimLink
from quoth.extractors.values import Certainty, LinkType, Polarity, SpeechAct, Stance, Temporality
from quoth.graph import open_graph


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


def test_many_tellings_and_many_answers_are_tied_but_not_each_to_each() -> None:
    count = 6
    tellings = [says("Marit Oskarvik", "said", f"told-{n}") for n in range(count)]
    answers = [says("Alban Creel", "denied", f"denied-{n}", **DENIED) for n in range(count)]
    graph = graph_of(*tellings, *answers)
    graph.relink()
    rows = graph.query("SELECT ?a ?c { ?a said:denies ?c }").rows
    assert len(rows) == 2 * count - 1
    assert {len({row[end] for row in rows}) for end in (0, 1)} == {count}


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
        "import sys; sys.path.insert(0, sys.argv[1]); import replies as t;"
        "graph = t.graph_of(*t.STORIES, *t.copy_stories()); graph.relink();"
        "sys.stdout.write(t.inferred(graph))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
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
