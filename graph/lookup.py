"""Documents and sources found by what people call them."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from re import compile as pattern

from rdflib import DCTERMS, SKOS, URIRef
from rdflib.term import Node

from quoth.graph.errors import AliasError
from quoth.graph.iris import web_iri
from quoth.graph.sources import Match
from quoth.graph.terms import plain
from quoth.graph.vocabulary import ID, SAID, SCHEMA, SOURCES_GRAPH

_SOURCE_IRI = pattern(r"(?:person|org)-[a-z0-9-]+")


def documents_called(match: Match, name: str) -> list[Node]:
    """Return the IRIs of the documents whose key, id or URL is `name`."""
    found: dict[Node, None] = {ID[f"doc-{name}"]: None} if name.isalnum() else {}
    names: list[tuple[URIRef, Node]] = [
        (DCTERMS.identifier, plain(name)),
        (SCHEMA.url, plain(name)),
    ]
    if (address := web_iri(name)) is not None:
        names.append((DCTERMS.isVersionOf, address))
    for predicate, value in names:
        found |= dict.fromkeys(subject for subject, *_ in match(None, predicate, value, None))
    return list(found)


def one_document(match: Match, name: str) -> str:
    """Return the IRI of the one document called `name`. Raises AliasError for none or several."""
    found = [d for d in documents_called(match, name) if any(match(d, SAID.textHash, None, None))]
    if not found:
        raise AliasError(
            f"there is no document {name!r} in this graph; `quoth stats --documents` lists them"
        )
    if len(found) > 1:
        keys = ", ".join(sorted(str(d).rpartition("doc-")[2] for d in found))
        raise AliasError(f"several documents are called {name!r}; give the key of one: {keys}")
    return str(found[0])


class SourceIndex:
    """The named sources of a graph, found by their names or IRIs."""

    def __init__(self, match: Match) -> None:
        self._by_name: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._by_alias: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.names: dict[str, str] = {}
        for iri, _, name, _ in match(None, SKOS.prefLabel, None, SOURCES_GRAPH):
            self.names[str(iri)] = str(name)
            self._by_name[_folded(str(name))][str(iri)] = None
        for iri, _, name, _ in match(None, SKOS.altLabel, None, SOURCES_GRAPH):
            self._by_alias[_folded(str(name))][str(iri)] = None

    def add(self, iri: str, name: str) -> None:
        """Let a source be found by `name`, too, that no document gives it."""
        self.names.setdefault(iri, name)
        self._by_name[_folded(name)][iri] = None

    def find(self, words: str, *, known_only: bool = True) -> str:
        """Return the IRI of the source that `words` name: a name, or an IRI, whole or short.

        A source whose main name it is comes before those that are also called so. Raises
        AliasError where there is none, or several; with `known_only` false an IRI of a source
        that no document mentions yet is taken as well.
        """
        short = words.removeprefix(str(ID)).removeprefix("id:")
        if _SOURCE_IRI.fullmatch(short) and (not known_only or str(ID[short]) in self.names):
            return str(ID[short])
        found = self._by_name.get(_folded(words)) or self._by_alias.get(_folded(words), {})
        if len(found) == 1:
            return next(iter(found))
        if found:
            listed = ", ".join(sorted(iri.removeprefix(str(ID)) for iri in found))
            raise AliasError(f"several sources are called {words!r}; give the IRI of one: {listed}")
        raise AliasError(f"there is no named source {words!r} in this graph{self._hint(words)}")

    def _hint(self, words: str) -> str:
        close = get_close_matches(_folded(words), [*self._by_name, *self._by_alias], n=3)
        meant = (next(iter(self._by_name.get(name) or self._by_alias[name])) for name in close)
        names = list(dict.fromkeys(self.names[iri] for iri in meant if iri in self.names))
        return _did_you_mean(names) if names else "; `quoth sources list` shows them"

    def call(self, iri: str) -> str:
        """Return what `find` finds `iri` by: its name, or its short IRI where that fits others."""
        name = self.names.get(iri)
        if name is not None and list(self._by_name[_folded(name)]) == [iri]:
            return name
        return iri.removeprefix(str(ID))


def _did_you_mean(names: Iterable[str]) -> str:
    return f"; is it {' or '.join(map(repr, names))}?"


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
