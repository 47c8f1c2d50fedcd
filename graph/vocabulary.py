"""The terms of ``ontology.ttl`` and of the standard vocabularies beside it, for Python.

``SAID.Attribution`` is checked by type checkers and at run time: a term that the ontology does
not have raises AttributeError. `term` gives the term of a value of the records' enumerations.
"""

# ruff: noqa: N815 - the terms are spelled as the vocabularies spell them

from enum import StrEnum
from types import MappingProxyType

from rdflib import DC, DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from quoth.extractors.values import LinkType, SourceType, SpeechAct


class SAID(DefinedNamespace):
    """Classes and properties of source attribution."""

    _fail = True
    _NS = Namespace("https://w3id.org/quoth#")

    Attribution: URIRef
    Claim: URIRef
    ClaimCluster: URIRef
    ClaimLink: URIRef
    Collective: URIRef
    Document: URIRef
    DocumentGraph: URIRef
    DocumentSource: URIRef
    Entity: URIRef
    ExtractionRun: URIRef
    Extractor: URIRef
    HomonymSplit: URIRef
    IdentityLink: URIRef
    Mention: URIRef
    Organisation: URIRef
    OwnVoice: URIRef
    Person: URIRef
    Proposition: URIRef
    Source: URIRef
    SourceDescription: URIRef
    Span: URIRef
    UnspecifiedSource: URIRef

    about: URIRef
    aboutMention: URIRef
    addressee: URIRef
    addresseeMention: URIRef
    affiliation: URIRef
    affiliationName: URIRef
    alias: URIRef
    alsoCalled: URIRef
    anonymity: URIRef
    anonymityReason: URIRef
    canonical: URIRef
    certainty: URIRef
    claim: URIRef
    claimComparison: URIRef
    confidence: URIRef
    config: URIRef
    configHash: URIRef
    confirms: URIRef
    contentSpan: URIRef
    copyOf: URIRef
    couldNotVerify: URIRef
    count: URIRef
    cue: URIRef
    cueCertainty: URIRef
    cueLemma: URIRef
    cuePolarity: URIRef
    cueTemporality: URIRef
    declinesToComment: URIRef
    defaultStance: URIRef
    denies: URIRef
    depth: URIRef
    describedAffiliation: URIRef
    describedAs: URIRef
    departsFrom: URIRef
    describes: URIRef
    disputes: URIRef
    firstMention: URIRef
    identityOf: URIRef
    identityWith: URIRef
    inCluster: URIRef
    inDocument: URIRef
    keptApartFrom: URIRef
    label: URIRef
    linkEvidence: URIRef
    linkFrom: URIRef
    linkTo: URIRef
    linkToAttribution: URIRef
    linkType: URIRef
    medium: URIRef
    mediumSpan: URIRef
    modalitySpan: URIRef
    mentionForm: URIRef
    mergedWith: URIRef
    model: URIRef
    nestedIn: URIRef
    objectSpan: URIRef
    objectText: URIRef
    polarity: URIRef
    predicateLemma: URIRef
    predicateSpan: URIRef
    predicateText: URIRef
    proposition: URIRef
    proseBegin: URIRef
    quotationType: URIRef
    reason: URIRef
    refersTo: URIRef
    respondsTo: URIRef
    rule: URIRef
    saidFrom: URIRef
    saidOn: URIRef
    saidUntil: URIRef
    sentence: URIRef
    source: URIRef
    sourceMention: URIRef
    speechAct: URIRef
    splitAs: URIRef
    splitFrom: URIRef
    splitInto: URIRef
    stance: URIRef
    subjectSpan: URIRef
    subjectText: URIRef
    temporality: URIRef
    text: URIRef
    textHash: URIRef
    timeAnchor: URIRef
    timeSpan: URIRef
    voice: URIRef


class NIF(DefinedNamespace):
    """The terms of the NLP Interchange Format (NIF 2.0 core) that quoth uses."""

    _fail = True
    _NS = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")

    anchorOf: URIRef
    beginIndex: URIRef
    endIndex: URIRef


ACT = Namespace("https://w3id.org/quoth/act#")
"""Speech acts of cues."""

VAL = Namespace("https://w3id.org/quoth/val#")
"""Values of every other closed vocabulary."""

ID = Namespace("https://w3id.org/quoth/id/")
"""Everything that stands in a graph: documents, attributions, sources …"""

SCHEMA = Namespace("https://schema.org/")

EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
"""The datatype of ``said:saidOn`` (Extended Date/Time Format, ISO 8601-2)."""

SOURCES_GRAPH = ID["graph-sources"]
LINKS_GRAPH = ID["graph-links"]
ALIASES_GRAPH = ID["graph-aliases"]
PROVENANCE_GRAPH = ID["graph-provenance"]

PREFIXES = MappingProxyType(
    {
        "said": str(SAID),
        "act": str(ACT),
        "val": str(VAL),
        "id": str(ID),
        "dc": str(DC),
        "dcterms": str(DCTERMS),
        "nif": str(NIF),
        "prov": str(PROV),
        "rdf": str(RDF),
        "rdfs": str(RDFS),
        "schema": str(SCHEMA),
        "skos": str(SKOS),
        "xsd": str(XSD),
    }
)
"""Prefix to namespace: bound in every query and export."""


def term(value: StrEnum) -> URIRef:
    """Return the class, property or concept that a value of the records' enumerations names.

    >>> from quoth.extractors.values import Stance
    >>> str(term(Stance.REJECTING)), str(term(SourceType.PERSON))
    ('https://w3id.org/quoth/val#rejecting', 'https://w3id.org/quoth#Person')
    """
    if isinstance(value, SourceType | LinkType):
        return URIRef(f"{SAID}{value}")
    return ACT[value] if isinstance(value, SpeechAct) else VAL[value]
