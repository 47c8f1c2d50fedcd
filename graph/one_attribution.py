"""The SPARQL query that answers one attribution, for whoever wants to check or to go on from it."""

from quoth.graph.vocabulary import PREFIXES

QUERY = """\
PREFIX said: <{said}>
PREFIX nif: <{nif}>
PREFIX skos: <{skos}>
SELECT ?who ?act ?cue ?claim ?stance ?sentence WHERE {{
  VALUES ?attribution {{ <{{iri}}> }}
  ?attribution said:source/skos:prefLabel ?who ;
    said:speechAct ?act ; said:stance ?stance ; said:sentence/nif:anchorOf ?sentence .
  OPTIONAL {{ ?attribution said:cue/nif:anchorOf ?cue }}
  OPTIONAL {{ ?attribution said:claim/said:text ?claim }}
}}""".format(**{name: PREFIXES[name] for name in ("said", "nif", "skos")})
"""With ``{iri}`` in the place of the attribution's IRI."""
