"""The names of a document's sources, found again inside what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.drafts import entities_of
from quoth.extractors.values import Anonymity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from quoth.extractors.drafts import Range
    from quoth.extractors.names import Names


NameIndex = dict[tuple[str, ...], int]


def name_index(doc: Doc) -> NameIndex:
    """Return the words of every name of a named source, with the position of its entity."""
    index: NameIndex = {}
    for number, entity in enumerate(entities_of(doc)):
        if entity["anonymity"] == Anonymity.NAMED:
            for name in (entity["label"], *entity["aliases"]):
                index.setdefault(tuple(name.lower().replace(".", "").split()), number)
    return index


def known_names(
    index: NameIndex, names: Names, begin: int, end: int
) -> Iterator[tuple[Range, int]]:
    """Yield the names of known sources in a token range, each with the entity's position.

    A run of proper nouns is a known name if it, or the end of it, is one of `index`.
    """
    proper = names.proper
    i = begin
    while True in proper[i:end]:
        i = proper.index(True, i, end)
        stop = i
        while stop < end and proper[stop]:
            stop += 1
        for first in range(i, stop):
            key = tuple(word.replace(".", "") for word in names.tree.words[first:stop])
            if key in index:
                yield (first, stop), index[key]
                break
        i = stop
