"""What stands on a page, each in its place: documents, attributions and sources by number.

The blocks of a page speak of each other by these numbers. Their order is a function of the graph:
documents latest first, attributions in text order within them, sources most quoted first.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from quoth.graph.network import EdgeKind, links
from quoth.graph.page_links import ActLinks
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from quoth.graph.facts import Facts

_OFFSETS = re.compile(r"#char=(\d+),(\d+)$")

DOCUMENTS_OF_A_CHUNK = 100
"""Documents whose texts and evidence are read together, when one of them is looked at."""

ATTRIBUTIONS_OF_A_CHUNK = 1500
"""Attributions that they have together at most, unless one document alone has more."""


class PageIndex:
    """The chosen `facts` in order, with all that they hang together with.

    `documents` is what to list beside the documents in which chosen attributions stand.
    """

    def __init__(self, facts: Facts, documents: Collection[str] = ()) -> None:
        self.facts = facts
        self.links = ActLinks(facts.whole)
        self._listed = documents

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The IRIs of the documents, latest first; those without a date come last."""
        places = set(self.facts.whole.places(self.facts.sources)) | set(self._listed)
        days = self.facts.whole.days
        undated = sorted(document for document in places if document not in days)
        dated = sorted(document for document in places if document in days)
        dated.sort(key=lambda document: days[document], reverse=True)
        return (*dated, *undated)

    @cached_property
    def document_numbers(self) -> Mapping[str, int]:
        """Where each stands among them."""
        return _numbers(self.documents)

    @cached_property
    def attributions(self) -> tuple[str, ...]:
        """The IRIs of the attributions, by document and sentence."""
        whole, numbers = self.facts.whole, self.document_numbers
        documents = whole.columns.of(SAID.Attribution, SAID.inDocument)
        sentences = whole.columns[SAID.sentence]

        def place(iri: str) -> tuple[int, tuple[int, int], str]:
            document = documents.get(iri, ("",))[0]
            sentence = sentences.get(iri, ("",))[0]
            # Without a document an attribution is listed, and has no text to show.
            return numbers.get(document, len(numbers)), offsets(sentence) or (0, 0), iri

        return tuple(sorted(self.facts.sources, key=place))

    @cached_property
    def attribution_numbers(self) -> Mapping[str, int]:
        """Where each stands among them."""
        return _numbers(self.attributions)

    @cached_property
    def attribution_documents(self) -> list[int]:
        """The number of the document of each attribution, -1 where it has none."""
        documents = self.facts.whole.columns.of(SAID.Attribution, SAID.inDocument)
        numbers = self.document_numbers
        return [numbers.get(documents.get(iri, ("",))[0], -1) for iri in self.attributions]

    @cached_property
    def edges(self) -> list[tuple[EdgeKind, str, str, int]]:
        """Kind, origin and target of each edge with the number of an attribution behind it.

        They come by attribution, once for each edge that it is behind.
        """
        numbers = self.attribution_numbers
        found = [
            (numbers[attribution], kind, origin, target)
            for kind in EdgeKind
            for origin, target, attribution in links(self.facts, kind)
        ]
        found.sort()
        return [(kind, origin, target, number) for number, kind, origin, target in found]

    @cached_property
    def weights(self) -> Counter[str]:
        """How many of the attributions are by each source."""
        return Counter(who for sources in self.facts.sources.values() for who in sources)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The IRIs of all sources that the page speaks of, most quoted first."""
        found = set(self.weights)
        for _, origin, target, _ in self.edges:
            found |= {origin, target}
        for act in self.facts.sources:
            for other in self.links.involved(act):
                found.update(self.links.speakers.get(other, ()))
        label = self.facts.whole.label
        return tuple(sorted(found, key=lambda iri: (-self.weights[iri], label(iri), iri)))

    @cached_property
    def source_numbers(self) -> Mapping[str, int]:
        """Where each stands among them."""
        return _numbers(self.sources)

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Why each source that is merged into another one is, in words."""
        columns = self.facts.whole.columns
        return {
            source: columns[SAID.reason].get(link, ("",))[0]
            for link, (source, *_) in columns[SAID.identityOf].items()
        }

    @cached_property
    def _starts(self) -> list[int]:
        """The number of the first attribution of each document, and of what comes after all."""
        sizes = Counter(self.attribution_documents)
        return list(accumulate((sizes[n] for n in range(len(self.documents))), initial=0))

    def attributions_in(self, document: int) -> range:
        """Return the numbers of the attributions of a document."""
        return range(self._starts[document], self._starts[document + 1])

    @cached_property
    def chunks(self) -> list[range]:
        """The numbers of the documents of each chunk."""
        found: list[range] = []
        first = 0
        for number in range(1, len(self.documents)):
            held = self._starts[number + 1] - self._starts[first]
            if number - first == DOCUMENTS_OF_A_CHUNK or held > ATTRIBUTIONS_OF_A_CHUNK:
                found.append(range(first, number))
                first = number
        if self.documents:
            found.append(range(first, len(self.documents)))
        return found


def offsets(span: str) -> tuple[int, int] | None:
    """Return begin and end of a span, in code points of its document, from its IRI.

    None where it is no span of a text (RFC 5147).
    """
    found = _OFFSETS.search(span)
    return (int(found[1]), int(found[2])) if found else None


def _numbers(iris: tuple[str, ...]) -> dict[str, int]:
    return {iri: number for number, iri in enumerate(iris)}
