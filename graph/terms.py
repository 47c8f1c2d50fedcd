"""RDF terms: from Python values, and between rdflib and pyoxigraph.

oxrdflib returns every plain literal as ``"x"^^xsd:string``, which rdflib holds for unequal to
``Literal("x")``; here plain stays plain, so both engines' terms compare equal.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

Quad = tuple[Node, Node, Node, URIRef | None]
"""Subject, predicate, object and the graph's name (None: the default graph)."""

CONFIDENCE_DIGITS = 4

# Looked up once: rdflib searches its vocabularies for a term each time.
_STRING, _INTEGER, _DATE = str(XSD.string), str(XSD.integer), str(XSD.date)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` with each lone surrogate, which UTF-8 cannot hold, as U+FFFD."""
    return SURROGATES.sub("\ufffd", text)


def plain(text: str) -> Literal:
    """Return `text` as a plain literal."""
    return Literal(clean(text))


def in_language(text: str, language: str) -> Literal:
    """Return `text` tagged with `language`, or plain where that is no language tag."""
    tag = language_tag(language)
    return Literal(clean(text), lang=tag) if tag else plain(text)


@cache
def language_tag(language: str) -> str | None:
    """Return `language` as RDF writes language tags, or None where it is none."""
    try:
        return ox.Literal("", language=language).language
    except ValueError:
        return None


def integer(number: int) -> Literal:
    """Return `number` as xsd:integer."""
    return Literal(str(number), datatype=XSD.integer, normalize=False)


def decimal(number: float) -> Literal:
    """Return `number` as xsd:decimal, rounded to four digits, in canonical form.

    >>> str(decimal(1.0)), str(decimal(0.97)), str(decimal(1e-9))
    ('1', '0.97', '0')
    """
    digits = f"{number:.{CONFIDENCE_DIGITS}f}".rstrip("0").rstrip(".")
    return Literal("0" if digits == "-0" else digits, datatype=XSD.decimal, normalize=False)


def day(value: date) -> Literal:
    """Return a calendar day as xsd:date."""
    return Literal(value.isoformat(), datatype=XSD.date, normalize=False)


def value(term: Node | None) -> object:
    """Return an RDF term as a plain Python value.

    Numbers, truth values, dates and times become Python's (decimals: float); every other literal
    and every IRI its string; None stays None.
    """
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    python = term.value
    if isinstance(python, Decimal):
        return float(python)
    return python if isinstance(python, bool | int | float | date | datetime) else str(term)


def ox_value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> object:
    """Return a pyoxigraph term as the plain Python value that `value` gives for rdflib's."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        kind, text = term.datatype.value, term.value
        if kind == _STRING or term.language:
            return text
        if kind == _INTEGER:
            return int(text)
        if kind == _DATE and _DAY.fullmatch(text):
            # rdflib takes ten times as long, and answers have a day in every row.
            with suppress(ValueError):
                return date.fromisoformat(text)
    return value(from_ox_term(term))


def to_ox(quad: Quad) -> ox.Quad:
    """Return an rdflib quad as pyoxigraph's."""
    subject, predicate, object_, graph = quad
    return ox.Quad(
        to_ox_node(subject),
        ox.NamedNode(str(predicate)),
        to_ox_term(object_),
        ox.DefaultGraph() if graph is None else ox.NamedNode(graph),
    )


OxPattern = tuple[
    ox.NamedNode | ox.BlankNode | None,
    ox.NamedNode | None,
    ox.NamedNode | ox.BlankNode | ox.Literal | None,
    ox.NamedNode | None,
]
"""What `pyoxigraph.Store.quads_for_pattern` takes; None matches all."""


def to_ox_pattern(
    subject: Node | None, predicate: Node | None, object: Node | None, graph: URIRef | None
) -> OxPattern:
    """Return what quads are to match, in rdflib's terms, as pyoxigraph's; None matches all."""
    return (
        None if subject is None else to_ox_node(subject),
        None if predicate is None else ox.NamedNode(str(predicate)),
        None if object is None else to_ox_term(object),
        None if graph is None else ox.NamedNode(graph),
    )


def to_ox_node(term: Node) -> ox.NamedNode | ox.BlankNode:
    """Return an rdflib IRI or blank node as pyoxigraph's."""
    return ox.BlankNode(term) if isinstance(term, BNode) else ox.NamedNode(str(term))


def to_ox_term(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return an rdflib term as pyoxigraph's."""
    if not isinstance(term, Literal):
        return to_ox_node(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    datatype = ox.NamedNode(term.datatype) if term.datatype else None
    return ox.Literal(str(term), datatype=datatype)


def from_ox(quads: Iterable[ox.Quad]) -> Iterator[Quad]:
    """Yield pyoxigraph quads as rdflib's."""
    for quad in quads:
        name = quad.graph_name
        yield (
            from_ox_term(quad.subject),
            _iri(quad.predicate.value),
            from_ox_term(quad.object),
            None if isinstance(name, ox.DefaultGraph) else _iri(name.value),
        )


@lru_cache(maxsize=4_096)
def _iri(text: str) -> URIRef:
    # rdflib checks every IRI, and the same ones come again and again.
    return URIRef(text)


@lru_cache(maxsize=4_096)
def _tagged(text: str, language: str) -> Literal:
    # rdflib checks the tag of every literal, and names come again and again.
    return Literal(text, lang=language)


def from_ox_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Return a pyoxigraph term as rdflib's, a plain literal as a plain one."""
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return _tagged(term.value, term.language)
    datatype = URIRef(term.datatype.value)
    if datatype == XSD.string:
        return Literal(term.value)
    return Literal(term.value, datatype=datatype, normalize=False)
