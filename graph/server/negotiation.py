"""Which of the formats that a server can write a client would rather have (RFC 9110, 12.5.1)."""

from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from quoth.graph.errors import GraphError


class NotAcceptableError(GraphError):
    """A client accepts none of the formats that there are."""


RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""The media types of SELECT and ASK results, the one that is sent unasked first."""

TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/n3": ox.RdfFormat.N3,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
"""The media types of graphs: of CONSTRUCT and DESCRIBE, and of the Graph Store Protocol."""

DATASETS = {
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""The media types that keep the named graphs."""

TABLES = {"application/json": "json", "text/csv": "csv"}
"""The media types of the answers to named questions."""

_UTF8 = frozenset({"text/csv", "text/tab-separated-values", "text/turtle", "text/n3", "text/xml"})


class _Range(NamedTuple):
    """A range of an Accept header: ``text/*;q=0.5``."""

    type: str
    subtype: str
    quality: float

    def fits(self, media_type: str) -> int:
        """Return how exactly this range names `media_type`, 0 where it does not."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 3
        if (self.type, self.subtype) == (type_, "*"):
            return 2
        return 1 if (self.type, self.subtype) == ("*", "*") else 0


def choose(accept: str | None, offered: Iterable[str]) -> str:
    """Return the media type among `offered` that `accept`, an Accept header, rates highest.

    Of those rated alike the first is taken. Raises NotAcceptableError when none will do.

    >>> choose("text/csv;q=0.5, text/turtle;q=0.4, */*;q=0.1", ["text/turtle", "text/csv"])
    'text/csv'
    >>> choose("text/*, text/csv;q=0", ["text/csv", "text/turtle"])
    'text/turtle'
    """
    offered = list(offered)
    ranges = list(filter(None, map(_range, (accept or "").split(",")))) or [_Range("*", "*", 1.0)]
    rated = [(_quality(media_type, ranges), -at) for at, media_type in enumerate(offered)]
    quality, at = max(rated)
    if quality <= 0:
        raise NotAcceptableError(
            f"nothing here can be written as {accept}; there are {', '.join(offered)}"
        )
    return offered[-at]


def content_type(media_type: str) -> str:
    """Return `media_type` as a Content-Type header, with the charset where the type has one."""
    return f"{media_type}; charset=utf-8" if media_type in _UTF8 else media_type


def _quality(media_type: str, ranges: list[_Range]) -> float:
    """Return the quality that the most exact of `ranges` gives to `media_type`."""
    fitting = [(exactness, r.quality) for r in ranges if (exactness := r.fits(media_type))]
    return max(fitting)[1] if fitting else 0.0


def _range(text: str) -> _Range | None:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    type_, slash, subtype = name.partition("/")
    if not slash:
        return None
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            quality = _number(value)
    return _Range(type_, subtype, quality)


def _number(text: str) -> float:
    """Return a quality between 0 and 1; what is none is 0, for the client asked for something."""
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return min(number, 1.0) if number > 0 else 0.0
