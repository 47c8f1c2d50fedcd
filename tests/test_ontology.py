"""The vocabulary says what the code does: terms, value lists and IRI policy, compared both ways."""

import re
from enum import StrEnum
from importlib.resources import files

import pytest
from examples import corpus
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from quoth.extractors import values
from quoth.graph.mapping import quads
from quoth.graph.vocabulary import ACT, ID, NIF, SAID, VAL, term

SCHEMES = {
    VAL.quotationTypes: values.QuotationType,
    VAL.polarities: values.Polarity,
    VAL.certainties: values.Certainty,
    VAL.temporalities: values.Temporality,
    VAL.stances: values.Stance,
    VAL.anonymities: values.Anonymity,
    VAL.mentionForms: values.MentionForm,
    VAL.media: values.Medium,
    ACT.scheme: values.SpeechAct,
}


def parse(name: str) -> Graph:
    text = (files("quoth.graph") / name).read_text(encoding="utf-8")
    return Graph().parse(data=text, format="turtle")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return parse("ontology.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return parse("shapes.ttl")


def own_terms(graph: Graph) -> set[Node]:
    return {s for s in graph.subjects(RDF.type) if str(s).startswith(str(SAID))}


@pytest.mark.parametrize(("scheme", "enumeration"), SCHEMES.items(), ids=str)
def test_each_value_list_is_a_scheme_of_the_ontology_and_the_other_way_round(
    ontology: Graph, scheme: URIRef, enumeration: type[StrEnum]
) -> None:
    concepts = set(ontology.subjects(SKOS.inScheme, scheme))
    branches = set(ontology.objects(None, SKOS.broader))
    assert concepts - branches == {term(value) for value in enumeration}


def test_no_scheme_is_without_its_value_list(ontology: Graph) -> None:
    assert set(ontology.subjects(RDF.type, SKOS.ConceptScheme)) == set(SCHEMES)


def test_types_of_sources_are_the_subclasses_of_source(ontology: Graph) -> None:
    subclasses = set(ontology.subjects(RDFS.subClassOf, SAID.Source))
    assert subclasses == {term(value) for value in values.SourceType}


def test_types_of_links_are_the_ways_to_respond(ontology: Graph) -> None:
    responses = set(ontology.subjects(RDFS.subPropertyOf, SAID.respondsTo))
    assert responses == {term(value) for value in values.LinkType}


def test_every_speech_act_has_a_default_stance(ontology: Graph) -> None:
    stances = {term(stance) for stance in values.Stance}
    for act in values.SpeechAct:
        assert ontology.value(term(act), SAID.defaultStance) in stances


def test_python_knows_exactly_the_terms_of_the_ontology(ontology: Graph) -> None:
    assert {URIRef(f"{SAID}{name}") for name in SAID.__annotations__} == own_terms(ontology)


def test_a_term_that_the_ontology_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = SAID.atribution


def test_every_term_says_what_it_is(ontology: Graph) -> None:
    for subject in own_terms(ontology):
        assert ontology.value(subject, RDFS.label), subject
        assert ontology.value(subject, RDFS.comment), subject


def test_domains_and_ranges_are_defined(ontology: Graph) -> None:
    defined = own_terms(ontology)
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf):
        for subject, object_ in ontology.subject_objects(predicate):
            if str(object_).startswith(str(SAID)):
                assert object_ in defined, subject


def test_own_voice_is_an_attribution_that_is_never_counted_as_one(ontology: Graph) -> None:
    assert (SAID.OwnVoice, RDFS.subClassOf, SAID.Attribution) in ontology
    found = [quad for extraction in corpus() for quad in quads(extraction)]
    types = {s: set() for s, p, o, _ in found if (p, o) == (RDF.type, SAID.OwnVoice)}
    assert types
    for subject, predicate, object_, _ in found:
        if subject in types and predicate == RDF.type:
            types[subject].add(object_)
    assert set(map(frozenset, types.values())) == {frozenset({SAID.OwnVoice})}


def test_every_class_has_a_shape(ontology: Graph, shapes: Graph) -> None:
    classes = {s for s in ontology.subjects(RDF.type, OWL.Class) if s in own_terms(ontology)}
    assert set(shapes.objects(None, SH.targetClass)) == classes


def test_shapes_allow_exactly_the_values_of_the_ontology(ontology: Graph, shapes: Graph) -> None:
    checked = set()
    for shape, allowed in shapes.subject_objects(SH["in"]):
        path = shapes.value(shape, SH.path)
        scheme = ontology.value(path, RDFS.seeAlso)
        if scheme is None:
            assert path in {RDF.type, SAID.linkType}
            continue
        expected = {term(value) for value in SCHEMES[scheme]}
        assert set(Collection(shapes, allowed)) == expected, path
        checked.add(scheme)
    assert checked == set(SCHEMES)


def test_shapes_speak_of_known_terms_only(ontology: Graph, shapes: Graph) -> None:
    known = own_terms(ontology) | {NIF[name] for name in NIF.__annotations__}
    spoken = {o for o in shapes.objects() if str(o).startswith((str(SAID), str(NIF)))}
    assert spoken - known == set()


def test_the_iri_policy_names_every_kind_of_iri_that_is_made(ontology: Graph) -> None:
    policy = str(ontology.value(URIRef("https://w3id.org/quoth"), RDFS.comment))
    kinds = {
        re.match(r"[a-z]+-", str(node).removeprefix(str(ID)))[0]
        for extraction in corpus()
        for quad in quads(extraction)
        for node in quad
        if str(node).startswith(str(ID))
    }
    assert {"doc-", "att-", "own-", "claim-", "person-", "org-", "local-", "run-"} < kinds
    for kind in kinds:
        assert f"id:{kind}" in policy, kind
