"""The shapes accept every graph that is made, and name what is wrong with one that is not."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from examples import corpus, leak, permits
from hypothesis import given, settings
from rdflib import DCTERMS, PROV, RDF, SKOS, Dataset, Literal, URIRef
from rdflib.term import Node
from story import RULES
from strategies import extractions

from quoth.extractors.records import Extraction
from quoth.graph import SourceGraph, open_graph, quads, validate
from quoth.graph.iris import DocumentIris
from quoth.graph.validation import Report, Violation
from quoth.graph.vocabulary import (
    ALIASES_GRAPH,
    ID,
    LINKS_GRAPH,
    NIF,
    PROVENANCE_GRAPH,
    SAID,
    SOURCES_GRAPH,
    VAL,
)

IRIS = DocumentIris(permits().document.key)
GRAPH = IRIS.graph(RULES)
ATTRIBUTION = IRIS.attribution("61-65")
OWN = IRIS.own_voice("187-214")
CLAIM = ID[f"claim-{IRIS.key}-0-37"]
PROPOSITION = ID[f"prop-{IRIS.key}-0-37-1"]
SPAN = ID[f"doc-{IRIS.key}#char=61,65"]
MENTION = ID[f"doc-{IRIS.key}#char=38,60"]
OFFICIAL = ID[f"local-{IRIS.key}-38-60"]
REPORT = ID[f"local-{IRIS.key}-165-175"]
VANCE = ID["person-maria-vance"]
DESCRIPTION = IRIS.description("144-155")
RUN = IRIS.run(RULES)
SOFTWARE = ID["extractor-rules-0.1.0"]


@pytest.fixture
def graph() -> SourceGraph:
    opened = open_graph()
    opened.add(corpus())
    return opened


@pytest.mark.parametrize("where", [None, "news.trig", "news.nq", "news"])
def test_what_is_made_is_valid_in_every_place(where: str | None, tmp_path: Path) -> None:
    with open_graph(where and tmp_path / where) as graph:
        graph.add(corpus())
        assert str(graph.validate()) == "valid"


@settings(max_examples=25)
@given(extractions())
@pytest.mark.slow
def test_whatever_is_made_is_valid(found: Extraction) -> None:
    graph = open_graph()
    graph.add(found)
    assert str(graph.validate()) == "valid"


Change = Callable[[Dataset], object]


def add(subject: URIRef, predicate: URIRef, object_: Node, graph: URIRef = GRAPH) -> Change:
    return lambda dataset: dataset.graph(graph).add((subject, predicate, object_))


def drop(subject: URIRef, predicate: URIRef, graph: URIRef = GRAPH) -> Change:
    return lambda dataset: dataset.graph(graph).remove((subject, predicate, None))


def put(subject: URIRef, predicate: URIRef, object_: Node, graph: URIRef = GRAPH) -> Change:
    return lambda dataset: dataset.graph(graph).set((subject, predicate, object_))


def both(*changes: Change) -> Change:
    return lambda dataset: [change(dataset) for change in changes]


BROKEN: dict[str, tuple[Change, URIRef, str]] = {
    "a document without its hash": (
        drop(IRIS.document, SAID.textHash), IRIS.document, "said:textHash",
    ),
    "a date that is text": (
        put(IRIS.document, DCTERMS.issued, Literal("May")), IRIS.document, "dcterms:issued",
    ),
    "a title that is a number": (
        put(IRIS.document, DCTERMS.title, Literal(3)), IRIS.document, "dcterms:title",
    ),
    "a span that ends before it begins": (
        put(SPAN, NIF.beginIndex, Literal(99)), SPAN, "nif:beginIndex",
    ),
    "a span without words": (drop(SPAN, NIF.anchorOf), SPAN, "nif:anchorOf"),
    "words that do not fill their place": (
        put(SPAN, NIF.anchorOf, Literal("tells")), SPAN, "nif:anchorOf",
    ),
    "a span in no document": (drop(SPAN, SAID.inDocument), SPAN, "said:inDocument"),
    "a mention without a form": (drop(MENTION, SAID.mentionForm), MENTION, "said:mentionForm"),
    "a mention of something that is no source": (
        add(MENTION, SAID.refersTo, CLAIM), MENTION, "said:refersTo",
    ),
    "a source of two types": (
        add(OFFICIAL, RDF.type, SAID.Collective), OFFICIAL, "rdf:type",
    ),
    "a source without a name": (
        drop(VANCE, SKOS.prefLabel, SOURCES_GRAPH), VANCE, "skos:prefLabel",
    ),
    "a source with two main names": (
        add(VANCE, SKOS.prefLabel, Literal("M. Vance"), SOURCES_GRAPH), VANCE, "skos:prefLabel",
    ),
    "a global source that is unnamed": (
        put(VANCE, SAID.anonymity, VAL.unnamed, SOURCES_GRAPH), VANCE, "",
    ),
    "a document source under a person's name": (
        put(VANCE, RDF.type, SAID.DocumentSource, SOURCES_GRAPH), VANCE, "",
    ),
    "anonymity of another scheme": (
        put(REPORT, SAID.anonymity, VAL.unknown), REPORT, "said:anonymity",
    ),
    "a description of nobody": (
        drop(DESCRIPTION, SAID.describes), DESCRIPTION, "said:describes",
    ),
    "an attribution to nobody": (drop(ATTRIBUTION, SAID.source), ATTRIBUTION, "said:source"),
    "an attribution with two cues": (
        add(ATTRIBUTION, SAID.cue, MENTION), ATTRIBUTION, "said:cue",
    ),
    "an attribution without cue or claim": (
        both(drop(ATTRIBUTION, SAID.cue), drop(ATTRIBUTION, SAID.claim)), ATTRIBUTION, "",
    ),
    "an attribution without its sentence": (
        drop(ATTRIBUTION, SAID.sentence), ATTRIBUTION, "said:sentence",
    ),
    "a stance of another scheme": (
        put(ATTRIBUTION, SAID.stance, VAL.future), ATTRIBUTION, "said:stance",
    ),
    "a speech act that is a whole branch": (
        put(ATTRIBUTION, SAID.speechAct, URIRef("https://w3id.org/quoth/act#assertive")),
        ATTRIBUTION, "said:speechAct",
    ),
    "a confidence above one": (
        put(ATTRIBUTION, SAID.confidence, Literal("1.5", datatype=rdflib.XSD.decimal)),
        ATTRIBUTION, "said:confidence",
    ),
    "a confidence that is a float": (
        put(ATTRIBUTION, SAID.confidence, Literal(0.5)), ATTRIBUTION, "said:confidence",
    ),
    "depth without an outer attribution": (
        put(ATTRIBUTION, SAID.depth, Literal(1)), ATTRIBUTION, "",
    ),
    "an outer attribution at depth 0": (
        add(ATTRIBUTION, SAID.nestedIn, IRIS.attribution("156-164")), ATTRIBUTION, "",
    ),
    "said until before said from": (
        put(ATTRIBUTION, SAID.saidUntil, Literal("2024-02-05", datatype=rdflib.XSD.date)),
        ATTRIBUTION, "said:saidFrom",
    ),
    "a denial of a source": (
        add(ATTRIBUTION, SAID.denies, VANCE), ATTRIBUTION, "said:denies",
    ),
    "an own voice counted as an attribution": (
        add(OWN, RDF.type, SAID.Attribution), OWN, "rdf:type",
    ),
    "an own voice with a cue": (add(OWN, SAID.cue, SPAN), OWN, "said:cue"),
    "an own voice of two": (add(OWN, SAID.source, VANCE), OWN, "said:source"),
    "a claim without content": (drop(CLAIM, SAID.contentSpan), CLAIM, "said:contentSpan"),
    "a claim that nobody makes": (drop(ATTRIBUTION, SAID.claim), CLAIM, "^said:claim"),
    "a claim without polarity": (drop(CLAIM, SAID.polarity), CLAIM, "said:polarity"),
    "a claim in a cluster that is none": (
        add(CLAIM, SAID.inCluster, ID["cluster-1"], LINKS_GRAPH), CLAIM, "said:inCluster",
    ),
    "an empty cluster": (
        add(ID["cluster-1"], RDF.type, SAID.ClaimCluster, LINKS_GRAPH),
        ID["cluster-1"], "^said:inCluster",
    ),
    "a canonical source that is merged itself": (
        both(
            add(VANCE, SAID.canonical, ID["org-harbour-gazette"], LINKS_GRAPH),
            add(ID["org-harbour-gazette"], SAID.canonical, ID["org-other-times"], LINKS_GRAPH),
        ),
        VANCE, "said:canonical",
    ),
    "an identity without a reason": (
        add(ID["same-1"], RDF.type, SAID.IdentityLink, LINKS_GRAPH), ID["same-1"], "said:reason",
    ),
    "a homonym in no document": (
        add(ID["homonym-1"], RDF.type, SAID.HomonymSplit, ALIASES_GRAPH),
        ID["homonym-1"], "said:inDocument",
    ),
    "a proposition without a predicate": (
        drop(PROPOSITION, RDF.predicate), PROPOSITION, "rdf:predicate",
    ),
    "a graph of no run": (
        drop(GRAPH, PROV.wasGeneratedBy, PROVENANCE_GRAPH), GRAPH, "prov:wasGeneratedBy",
    ),
    "a run without its model": (drop(RUN, SAID.model, PROVENANCE_GRAPH), RUN, "said:model"),
    "an extractor without a version": (
        drop(SOFTWARE, URIRef("https://schema.org/softwareVersion"), PROVENANCE_GRAPH),
        SOFTWARE, "schema:softwareVersion",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_is_named_at_its_place(graph: SourceGraph, case: str) -> None:
    change, focus, path = BROKEN[case]
    change(graph.dataset)
    report = graph.validate()
    assert not report.conforms
    short = f"id:{focus.removeprefix(str(ID))}"
    assert (short, path) in {(violation.focus, violation.path) for violation in report.violations}


def test_a_link_of_an_unknown_type_is_named(graph: SourceGraph) -> None:
    (link,) = graph.dataset.subjects(SAID.linkFrom, IRIS.attribution("156-164"))
    assert isinstance(link, URIRef)
    put(link, SAID.linkType, SAID.about)(graph.dataset)
    assert ("said:linkType", "said:about") in {
        (violation.path, violation.value) for violation in graph.validate().violations
    }


def test_two_readings_of_one_document_do_not_stand_side_by_side() -> None:
    first, *others = permits().attributions
    other = replace(
        permits(),
        extractor=replace(RULES, name="model"),
        attributions=(replace(first, depth=1, nested_in=others[0].key), *others),
    )
    dataset = Dataset(default_union=True)
    for subject, predicate, object_, graph in [*quads(permits()), *quads(other)]:
        assert graph is not None
        dataset.graph(graph).add((subject, predicate, object_))
    assert "said:depth" in {violation.path for violation in validate(dataset).violations}


def test_validation_leaves_the_dataset_as_it_was(graph: SourceGraph) -> None:
    def state(dataset: Dataset) -> tuple[object, ...]:
        quads: Iterable[object] = dataset.quads()
        return dataset.default_union, frozenset(quads), frozenset(dataset.namespaces())

    for dataset in (graph.dataset, Dataset(), open_graph().dataset):
        before = state(dataset)
        validate(dataset)
        assert state(dataset) == before


def test_a_report_reads_as_a_list(graph: SourceGraph) -> None:
    drop(ATTRIBUTION, SAID.source)(graph.dataset)
    put(ATTRIBUTION, SAID.stance, VAL.future)(graph.dataset)
    short = f"id:att-{IRIS.key}-61-65"
    assert str(graph.validate()) == (
        "2 violations\n"
        f"{short} said:source: Less than 1 values on {short}->said:source\n"
        f"{short} said:stance val:future: is none of the values that fit here"
    )
    one = Report((Violation("id:a", "said:b", "", "is missing"),))
    assert str(one) == "1 violation\nid:a said:b: is missing"


def test_an_empty_graph_is_valid() -> None:
    assert open_graph().validate().conforms


def test_a_chain_is_valid_only_whole() -> None:
    graph = open_graph()
    graph.add(leak())
    iris = DocumentIris(leak().document.key)
    drop(iris.attribution("66-70"), SAID.nestedIn, iris.graph(RULES))(graph.dataset)
    assert f"id:att-{iris.key}-66-70" in {v.focus for v in graph.validate().violations}
