"""The sources of a graph, named or not, found by what people call them."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rdflib import SKOS

from quoth.graph.errors import QueryError
from quoth.graph.vocabulary import ID, SAID

if TYPE_CHECKING:
    from quoth.graph.whole import Whole

_LISTED = 5
"""How many of the sources of one name are listed."""


class SourceNames:
    """The sources that something is attributed to, that are told something or spoken of.

    `quoth.graph.lookup.SourceIndex` has the named ones alone, for decisions on them.
    """

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._by_alias: defaultdict[str, set[str]] = defaultdict(set)
        columns = whole.columns
        self._canonical = columns[SAID.canonical]
        self._known = {
            source
            for column in (whole.sources, whole.merged(SAID.addressee), whole.merged(SAID.about))
            for sources in column.values()
            for source in sources
        }
        for source in {*self._known, *self._canonical}:
            meant = self._canonical.get(source, (source,))[0]
            names = self._by_alias if source in self._canonical else self._by_name
            names[_folded(whole.label(source))].add(meant)
            for alias in columns[str(SKOS.altLabel)].get(source, ()):
                self._by_alias[_folded(alias)].add(meant)

    def find(self, words: str) -> str:
        """Return the IRI of the source that `words` name: by a label, another name or its IRI.

        A source whose main name it is comes before those that are also called so. Raises
        QueryError where there is none, or several.
        """
        for iri in (words, f"{ID}{words.removeprefix('id:')}"):
            meant = self._canonical.get(iri, (iri,))[0]
            if meant in self._known:
                return meant
        found = self._by_name.get(_folded(words)) or self._by_alias.get(_folded(words), set())
        if len(found) == 1:
            return next(iter(found))
        if not found:
            raise QueryError(f"there is no source {words!r} in this graph{self._hint(words)}")
        short = sorted(iri.removeprefix(str(ID)) for iri in found)
        more = f" and {len(short) - _LISTED:,} more" if len(short) > _LISTED else ""
        raise QueryError(
            f"several sources are called {words!r}; give the IRI of one: "
            f"{', '.join(short[:_LISTED])}{more}"
        )

    def _hint(self, words: str) -> str:
        sought = _folded(words)
        names = sorted({*self._by_name, *self._by_alias})
        close = [name for name in names if sought and sought in name][:3]
        close = close or get_close_matches(sought, names, n=3)
        labels = {self._whole.label(iri) for name in close for iri in self._meant(name)}
        return f"; is it {' or '.join(map(repr, sorted(labels)[:3]))}?" if labels else ""

    def _meant(self, name: str) -> set[str]:
        return self._by_name.get(name) or self._by_alias[name]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
