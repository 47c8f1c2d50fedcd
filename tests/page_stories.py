"""Graphs to show on pages, all invented."""

from functools import cache

from examples import corpus
from rdflib import Dataset
from story import Story

from quoth.extractors.records import ClaimLink, Extraction
from quoth.extractors.values import LinkType
from quoth.graph import open_graph
from quoth.graph.drawing import page


def dataset_of(*extractions: Extraction) -> Dataset:
    """The graph of some extractions, in memory."""
    graph = open_graph()
    graph.add(extractions)
    return graph.dataset


@cache
def corpus_page() -> str:
    """The page of the small corpus of examples.py."""
    return page(dataset_of(*corpus()))


def exchange() -> Extraction:
    """Return a claim, with characters beyond the first 65,536, and its denial."""
    story = Story(
        "🌊 Ruiz said 𝔱𝔥𝔢 dam 🧱 was safe. Holm denied that.",
        title="Dam",
        url="https://example.org/dam?a=1&b=2",
    )
    ruiz, holm = story.source("Ruiz"), story.source("Holm")
    said = story.says(
        ruiz,
        sentence="🌊 Ruiz said 𝔱𝔥𝔢 dam 🧱 was safe.",
        cue="said",
        mention=story.mention("Ruiz", ruiz),
        claim=story.claim("𝔱𝔥𝔢 dam 🧱 was safe"),
    )
    link = ClaimLink(type=LinkType.DENIES, evidence=story.span("denied"), target=said.key)
    story.says(
        holm,
        sentence="Holm denied that.",
        cue="denied",
        mention=story.mention("Holm", holm),
        links=(link,),
    )
    return story.extraction()


def one_source() -> Extraction:
    """Return one source who says one thing."""
    story = Story('"It rained," Ruiz said.')
    ruiz = story.source("Ruiz")
    story.says(
        ruiz,
        sentence=story.document.text,
        cue="said",
        mention=story.mention("Ruiz", ruiz),
        claim=story.claim('"It rained,"'),
    )
    return story.extraction()


def crossing() -> Extraction:
    """Return two claims of two sources that overlap without nesting."""
    story = Story("Ana said the ice broke early and Bo agreed it broke early and sank the boat.")
    ana, bo = story.source("Ana"), story.source("Bo")
    story.says(
        ana,
        sentence=story.document.text,
        cue="said",
        mention=story.mention("Ana", ana),
        claim=story.claim("the ice broke early and Bo agreed it broke early"),
    )
    story.says(
        bo,
        sentence=story.document.text,
        cue="agreed",
        mention=story.mention("Bo", bo),
        claim=story.claim("it broke early and sank the boat"),
    )
    return story.extraction()


def hebrew() -> Extraction:
    """Return a claim that reads from right to left."""
    story = Story("רותי אמרה שהגשר נסגר.", title="הגשר")
    ruti = story.source("רותי")
    story.says(
        ruti,
        sentence=story.document.text,
        cue="אמרה",
        mention=story.mention("רותי", ruti),
        claim=story.claim("שהגשר נסגר"),
    )
    return story.extraction()
