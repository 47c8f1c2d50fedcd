"""What a relative pronoun takes up: «Farrow, an inspector at the Survey Office, who …»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.values import SourceType

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.phrases import PhraseReader
    from quoth.extractors.tree import Tree

RELATIVE = frozenset(("who", "which", "that", "whom"))
LONGEST_CLIMB = 4
"""Nouns that the search for somebody passes over at most."""


def antecedent_of(pronoun: int, tree: Tree, reader: PhraseReader) -> Range | None:
    """Return the noun phrase that a relative pronoun, given as token, takes up; None without."""
    verb = tree.heads[pronoun]
    noun = tree.heads[verb]
    if tree.deps[verb] != "relcl" or tree.tags[noun][:1] not in "NP" or noun >= pronoun:
        return None
    if tree.words[pronoun] in ("who", "whom"):
        noun = _somebody(noun, tree, reader)
    return tree.trim(tree.left(noun), min(pronoun, tree.left(verb)), frozenset((",",)))


def _somebody(noun: int, tree: Tree, reader: PhraseReader) -> int:
    """Return the noun that «who» takes up where the parser has the nearest one, an office."""
    for _ in range(LONGEST_CLIMB):
        above = tree.heads[noun]
        if tree.deps[noun] == "pobj" and (
            reader.read((noun, noun + 1)).type is SourceType.ORGANISATION
        ):
            above = tree.heads[above]
        elif tree.deps[noun] != "appos":
            break
        if tree.tags[above][:1] != "N":
            break
        noun = above
    return noun
