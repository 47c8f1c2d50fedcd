"""An attribution as others can check it: a citation for people, a query for a SPARQL engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import URIRef

from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUERY = """\
PREFIX said: <{said}>
PREFIX nif: <{nif}>
PREFIX skos: <{skos}>
SELECT ?who ?act ?cue ?claim ?stance ?sentence WHERE {{
  VALUES ?attribution {{ {iri} }}
  ?attribution said:source/skos:prefLabel ?who ;
    said:speechAct ?act ; said:stance ?stance ; said:sentence/nif:anchorOf ?sentence .
  OPTIONAL {{ ?attribution said:cue/nif:anchorOf ?cue }}
  OPTIONAL {{ ?attribution said:claim/said:text ?claim }}
}}"""


def query_for(attribution: str) -> str:
    """Return the SPARQL query that answers exactly the attribution with this IRI."""
    names = {name: PREFIXES[name] for name in ("said", "nif", "skos")}
    return _QUERY.format(iri=URIRef(attribution).n3(), **names)


def citation(
    *,
    who: Sequence[str],
    cue: str,
    claim: str,
    title: str,
    publisher: str,
    date: str,
    url: str,
    place: tuple[int, int] | None,
) -> str:
    """Return in one line who says what, and where that stands; what is not known is left out.

    `place` is where the sentence stands, in code points of the document.

    >>> citation(who=["Maro Vance"], cue="said", claim="the ferry would stop", title="",
    ...          publisher="Saltmere Gazette", date="2031-05-03", url="", place=(10, 52))
    'Maro Vance (“said”): “the ferry would stop”. Saltmere Gazette, 2031-05-03, characters 10–52.'
    """
    said = ", ".join(who) + (f" (“{cue}”)" if cue else "") + (f": “{claim}”" if claim else "")
    where = [f"“{title}”" if title else "", publisher, date, url]
    if place:
        where.append(f"characters {place[0]}–{place[1]}")
    return " ".join(f"{said}. {', '.join(filter(None, where))}".split()) + "."
