"""The user's alias table: which names mean one source and which do not, edited and applied.

It is kept in ``id:graph-aliases``, so it goes with every export. Decisions on sources take effect
when links are inferred again (`SourceGraph.relink`); a homonym is told apart at once, and whenever
its document is added again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import PROV, URIRef

from quoth.graph.alias_rows import from_table, match_iri, matches_from_table, to_rows
from quoth.graph.changes import difference, replace_documents
from quoth.graph.decisions import Decision, Kind, check, decision_quads, normal, read_decisions
from quoth.graph.errors import AliasError
from quoth.graph.homonyms import rename, restore
from quoth.graph.lookup import SourceIndex, one_document
from quoth.graph.provenance import provenance_of
from quoth.graph.sources import global_source_quads
from quoth.graph.vocabulary import ALIASES_GRAPH, PROVENANCE_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quoth.graph.backends import Backend
    from quoth.graph.results import Result


class AliasTable:
    """The decisions of one graph. Sources are named by a name or an IRI, whole or short.

    Every method that changes the table raises AliasError where a source or document is not there
    or fits several, and where a decision contradicts one that stands; nothing is changed then.
    StoreError is raised when the graph is read-only.
    """

    def __init__(self, backend: Backend, *, require_writable: Callable[[], None]) -> None:
        self._backend = backend
        self._require_writable = require_writable

    def decisions(self) -> list[Decision]:
        """Return all decisions, sorted."""
        return read_decisions(self._backend.match)

    def merge(self, one: str, other: str) -> None:
        """Let two sources be one, whatever the rules say."""
        self._add(self._between(Kind.MERGE, one, other))

    def split(self, one: str, other: str) -> None:
        """Never let two sources be one."""
        self._add(self._between(Kind.SPLIT, one, other))

    def split_in(self, document: str, name: str, label: str) -> None:
        """Let `name` mean, in one document, the homonym called `label`: «John Smith (FBI)».

        `document` is a key, id or URL.
        """
        source = self._index().find(name)
        place = one_document(self._backend.match, document)
        described = self._backend.match(None, None, URIRef(source), self._graph_of(place))
        if not any(described) and not self._is_split(place, source):
            raise AliasError(
                f"{document!r} mentions no {name!r}; `quoth query who-said` shows where"
            )
        self._add(Decision(Kind.HOMONYM, source, label, place))

    def alias(self, name: str, other: str) -> None:
        """Let a source have another name too."""
        if not other.strip():
            raise AliasError("the other name is empty")
        self._add(Decision(Kind.ALIAS, self._index().find(name), other.strip()))

    def match(self, name: str, address: str) -> None:
        """Let a source match an IRI elsewhere, such as Wikidata's."""
        self._add(Decision(Kind.MATCH, self._index().find(name), match_iri(address)))

    def sources(self, search: str | None = None) -> Result:
        """Return the named sources as a table: names, attributions, and what is merged and why.

        `search` keeps those with a name or IRI that holds it, in upper or lower case.
        """
        from quoth.graph.source_list import list_sources

        return list_sources(self._backend.match, search)

    def rows(self) -> Result:
        """Return the table as `import_rows` reads it."""
        return to_rows(self.decisions(), self._backend.match)

    def import_rows(self, text: str, where: str, *, add: bool = False) -> list[str]:
        """Make the table what CSV or TSV text holds; with `add`, keep what stands.

        Returns what is wrong with its rows, each with `where` and its line; nothing is changed
        unless that is empty. Raises AliasError where the columns are wrong.
        """
        failed: list[AliasError] = []
        found = from_table(text, where, self._backend.match, failed.append)
        if not failed:
            self.replace([*self.decisions(), *found] if add else found)
        return list(map(str, failed))

    def import_matches(self, text: str, where: str) -> list[str]:
        """Add the matches of a CSV or TSV text with the columns source and match.

        Returns what is wrong with its rows, as `import_rows` does; the other rows are taken.
        """
        failed: list[AliasError] = []
        found = matches_from_table(text, where, self._backend.match, failed.append)
        self.replace([*self.decisions(), *found])
        return list(map(str, failed))

    def forget(self, name: str) -> int:
        """Take back every decision on a source; return how many there were."""
        source = self._index().find(name, known_only=False)
        decisions = self.decisions()
        kept = [
            d
            for d in decisions
            if source not in (d.source, d.other)
            and not (d.kind is Kind.HOMONYM and str(d.into) == source)
        ]
        self.replace(kept)
        return len(decisions) - len(kept)

    def replace(self, decisions: Iterable[Decision]) -> None:
        """Make the table hold exactly `decisions`, and tell homonyms apart accordingly."""
        self._require_writable()
        wanted = sorted(set(map(normal, decisions)))
        check(wanted)
        before = self.decisions()
        match = self._backend.match
        change = difference(match(None, None, None, ALIASES_GRAPH), decision_quads(wanted))
        if not (change.delete or change.insert):
            return
        self._backend.change(*change)
        for decision in before:
            if decision.kind is Kind.HOMONYM and decision not in wanted:
                self._rewrite(decision, apart=False)
        for decision in wanted:
            if decision.kind is Kind.HOMONYM and decision not in before:
                self._rewrite(decision, apart=True)
        self._backend.save()

    def _rewrite(self, decision: Decision, *, apart: bool) -> None:
        """Let the graph of the decision's document speak of the homonym, or no longer."""
        graph = self._graph_of(decision.document)
        if graph is None:
            return
        match = self._backend.match
        old, new = URIRef(decision.source), decision.into
        own = list(match(None, None, None, graph))
        own = rename(own, old, new, decision.other) if apart else restore(own, old, new)
        provenance = provenance_of(match(None, None, None, PROVENANCE_GRAPH), graph)
        wanted = [*own, *global_source_quads(own), *provenance]
        self._backend.change(*replace_documents(match, {graph: wanted}))

    def _graph_of(self, document: str) -> URIRef | None:
        derived = self._backend.match(None, PROV.wasDerivedFrom, URIRef(document), PROVENANCE_GRAPH)
        return next((URIRef(str(graph)) for graph, *_ in derived), None)

    def _is_split(self, document: str, source: str) -> bool:
        return any(
            d.kind is Kind.HOMONYM and (d.document, d.source) == (document, source)
            for d in self.decisions()
        )

    def _index(self) -> SourceIndex:
        index = SourceIndex(self._backend.match)
        for decision in self.decisions():
            if decision.kind is Kind.HOMONYM:
                index.add(str(decision.into), decision.other)
        return index

    def _between(self, kind: Kind, one: str, other: str) -> Decision:
        index = self._index()
        first, second = index.find(one), index.find(other)
        if first == second:
            raise AliasError(
                f"{one!r} and {other!r} are one source already, by their IRI; two people of one "
                'name are told apart by document: `quoth sources split NAME --in DOCUMENT --as "…"`'
            )
        return Decision(kind, first, second)

    def _add(self, decision: Decision) -> None:
        self.replace([*self.decisions(), decision])
