"""What the endpoint says of itself, in RDF (SPARQL 1.1 Service Description)."""

import pyoxigraph as ox

from quoth.graph.vocabulary import PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG"),
)
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")


def describe(endpoint: str, format: ox.RdfFormat, *, writable: bool) -> bytes:
    """Return the description of the service at `endpoint`. Raises ValueError when it is no IRI."""
    service = ox.NamedNode(endpoint)
    dataset, default = (ox.NamedNode(f"{endpoint}#{part}") for part in ("dataset", "default"))
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if writable else [])]
    triples = [
        ox.Triple(service, _TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        *(ox.Triple(service, _sd("supportedLanguage"), _sd(name)) for name in languages),
        *(
            ox.Triple(service, _sd("resultFormat"), ox.NamedNode(f"{_FORMATS}{name}"))
            for name in _RESULTS
        ),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, _TYPE, _sd("Graph")),
    ]
    described = ox.serialize(triples, format=format, prefixes={"sd": _SD})
    assert described is not None
    return described


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_SD}{name}")
