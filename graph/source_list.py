"""The named sources of a graph as a table: who is merged into whom, and why."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from rdflib import SKOS
from rdflib.term import Node

from quoth.graph.results import Result
from quoth.graph.source_facts import SourceFacts, read_sources
from quoth.graph.sources import Match
from quoth.graph.terms import value
from quoth.graph.vocabulary import ALIASES_GRAPH, ID, LINKS_GRAPH, SAID

COLUMNS = (
    "source",
    "iri",
    "type",
    "also",
    "attributions",
    "merged_into",
    "rule",
    "confidence",
    "reason",
    "match",
)
_ATTRIBUTION = str(ID["att-"])


def list_sources(match: Match, search: str | None = None) -> Result:
    """Return the named sources by name and IRI, those whose name or IRI holds `search` if given.

    `also` are the other names, `attributions` what is attributed to the source itself (not to those
    merged into it), `merged_into` the name of the one that stands for it, `match` all that it
    matches elsewhere.
    """
    sources = read_sources(match)
    canonical = {str(s): str(o) for s, _, o, _ in match(None, SAID.canonical, None, LINKS_GRAPH)}
    reasons = _reasons(match)
    counts = Counter(
        str(source)
        for attribution, _, source, _ in match(None, SAID.source, None, None)
        if str(attribution).startswith(_ATTRIBUTION)
    )
    for iri, _, name, _ in match(None, SAID.alsoCalled, None, ALIASES_GRAPH):
        if str(iri) in sources:
            sources[str(iri)].aliases.add(str(name))
    matches: defaultdict[str, list[str]] = defaultdict(list)
    for iri, _, elsewhere, _ in match(None, SKOS.exactMatch, None, ALIASES_GRAPH):
        matches[str(iri)].append(str(elsewhere))
    rows: list[tuple[object, ...]] = [
        (
            source.name,
            source.iri.removeprefix(str(ID)),
            "person" if source.is_person else "organisation",
            "; ".join(sorted(source.aliases - {source.name})) or None,
            counts[source.iri],
            _name(sources, canonical.get(source.iri)),
            *reasons.get(source.iri, (None, None, None)),
            "; ".join(sorted(matches[source.iri])) or None,
        )
        for source in sources.values()
        if _is_wanted(source, search)
    ]
    return Result(COLUMNS, tuple(sorted(rows, key=lambda row: (str(row[0]), str(row[1])))))


def _name(sources: Mapping[str, SourceFacts], iri: str | None) -> str | None:
    return sources[iri].name if iri is not None and iri in sources else None


def _is_wanted(source: SourceFacts, search: str | None) -> bool:
    if search is None:
        return True
    sought = search.casefold()
    return any(sought in name.casefold() for name in (*source.documented, source.iri))


def _reasons(match: Match) -> dict[str, tuple[object, object, object]]:
    """Return rule, confidence and reason of each merged source."""

    def of(predicate: Node) -> dict[Node, Node]:
        return {s: o for s, _, o, _ in match(None, predicate, None, LINKS_GRAPH)}

    merged, rules, why = of(SAID.identityOf), of(SAID.rule), of(SAID.reason)
    confidences = of(SAID.confidence)
    return {
        str(source): (value(rules[link]), value(confidences[link]), value(why[link]))
        for link, source in merged.items()
    }
