"""The data of a page, in blocks that are read one after another.

``core`` is what the page needs to show something, ``words`` the words of claims and cues, and
each ``chunk-N`` the texts of some documents with the evidence in them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from quoth.graph.page_core import core_columns
from quoth.graph.page_evidence import chunk
from quoth.graph.page_nodes import claim_texts, cue_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rdflib import Dataset

    from quoth.graph.page_index import PageIndex

VERSION = 1
"""Of the shape of the blocks."""

CORE, WORDS, CHUNK = "core", "words", "chunk-"


class PageData:
    """What a page shows of a dataset, whose default graph is the union: the `index`ed part."""

    def __init__(self, dataset: Dataset, index: PageIndex) -> None:
        self.dataset = dataset
        self.index = index

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The columns of the core; `quoth.graph.page_core` says which."""
        return core_columns(self.index)

    def names(self) -> Iterator[str]:
        """Yield the names of the blocks besides the core."""
        yield WORDS
        for number in range(len(self.index.chunks)):
            yield f"{CHUNK}{number}"

    def block(self, name: str) -> dict[str, Any]:
        """Return a block, plain JSON. Raises KeyError where there is none of that name."""
        if name == WORDS:
            return self._words()
        chunks = {f"{CHUNK}{number}": held for number, held in enumerate(self.index.chunks)}
        return chunk(self.dataset, self.index, chunks[name])

    def _words(self) -> dict[str, list[str]]:
        """Return the words of the claim and of the cue of each attribution, for the search."""
        claims = self.index.facts.whole.claims
        return {
            "claims": _picked(
                claim_texts(self.dataset),
                [claims.get(iri, ("",))[0] for iri in self.index.attributions],
            ),
            "cues": _picked(cue_words(self.dataset), self.index.attributions),
        }


def _picked(pairs: Iterable[tuple[str, ...]], wanted: Sequence[str]) -> list[str]:
    """Return the text that `pairs` give for each of `wanted`, the first of several."""
    sought = frozenset(wanted)
    found: dict[str, str] = {}
    for iri, text in pairs:
        if iri in sought:
            found[iri] = min(text, found.get(iri, text))
    return [found.get(iri, "") for iri in wanted]
