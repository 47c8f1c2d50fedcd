"""Documents that tell one claim, answer it, or copy a report; and the links between them."""

from datetime import date
from pathlib import Path

from story import Story

from quoth.extractors.values import SpeechAct, Stance
from quoth.graph import SourceGraph, open_graph
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

REPORT = tuple(
    f"the {thing} of the {place} was {done} by two inspectors on the morning of the storm"
    for thing, place, done in zip(
        ["gate", "mast", "crane", "pier", "buoy", "quay"],
        ["harbour", "ferry", "station", "mole", "sound", "yard"],
        ["sealed", "lifted", "counted", "drawn", "moved", "closed"],
        strict=True,
    )
)


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


STORIES = (
    SAID,
    says("Alban Creel", "denied", "b", **DENIED),
    says("M. Oskarvik", "said", "c"),
)


def inferred(graph: SourceGraph) -> str:
    lines = graph.export("nquads").splitlines()
    return "\n".join(line for line in lines if f"<{LINKS_GRAPH}>" in line)
