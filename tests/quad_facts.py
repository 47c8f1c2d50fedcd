"""Quads as they are looked at: what is said of a subject, and the terms to compare it with."""

import rdflib
from rdflib import Literal, URIRef

from quoth.graph.terms import Quad
from quoth.graph.vocabulary import (
    ID,
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
