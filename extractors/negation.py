"""Which words negate an event: «did not say», «nobody said», «neither confirmed nor denied»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.tree import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.tree import Tree

BESIDE_VERB = frozenset(("neg", "advmod", "det", "preconj", "aux", "cc"))
"""Relations of a word of negation to the verb or noun that it negates."""
BESIDE_NOUN = frozenset(("neg", "det", "preconj", "advmod", "cc", "predet"))
SHARING = frozenset(("or", "nor"))
"""Conjunctions across which a negation reaches: «did not confirm or deny», not «… but denied»."""
FOCUSING = frozenset(("only", "just", "merely", "least"))
"""Words after «not» that leave the event as it is («not only Osei said»)."""
LONGEST_SERIES = 4


class Negations:
    """Finds the negations of one event; `words` negate a verb, `of_subjects` a noun phrase."""

    def __init__(self, words: frozenset[str], of_subjects: frozenset[str]) -> None:
        self.words = words
        self.of_subjects = of_subjects

    def of(self, tree: Tree, event: int) -> Iterator[int]:
        """Yield the tokens that negate the event at a token, the nearest first.

        What is said without a verb may be a negation itself («Never», «Nobody»). A verb that is
        coordinated has the subject of the first, if it has none of its own, and its negation after
        «or» or «nor».
        """
        if not tree.is_verb(event):
            yield from self._alone(tree, event)
        reached = True
        for _ in range(LONGEST_SERIES):
            if reached:
                yield from self._beside(tree, event)
            for noun in self._agents(tree, event):
                yield from self._of_phrase(tree, noun)
            first, has_subject = tree.heads[event], tree.child(event, *SUBJECTS) is not None
            if has_subject or tree.deps[event] != "conj" or not tree.is_verb(first):
                return
            reached = reached and self._is_shared(tree, first, event)
            event = first

    def _alone(self, tree: Tree, event: int) -> Iterator[int]:
        if tree.words[event] in self.words | self.of_subjects and _negates(tree, event):
            yield event

    def _beside(self, tree: Tree, event: int) -> Iterator[int]:
        for c in tree.children[event]:
            # «confirmed nor denied»: the conjunction negates what follows it.
            before = tree.deps[c] in BESIDE_VERB and not (tree.deps[c] == "cc" and c > event)
            if before and tree.words[c] in self.words and _negates(tree, c):
                yield c
        if tree.deps[event] == "conj":
            # «neither confirmed nor denied»
            joints = tree.children[tree.heads[event]]
            yield from (c for c in joints if c < event and tree.words[c] == "nor")

    def _agents(self, tree: Tree, event: int) -> list[int]:
        """Return the subject of a verb and who does what its passive says, as head nouns."""
        subjects = (c for c in tree.children[event] if tree.deps[c] in SUBJECTS)
        found = [c for c in subjects if not tree.is_verb(c)]
        by = tree.child(event, "agent")
        agent = tree.child(by, "pobj") if by is not None else None
        return found if agent is None else [*found, agent]

    def _of_phrase(self, tree: Tree, noun: int) -> Iterator[int]:
        """Yield what makes a noun phrase mean nobody: «none of them», «neither … nor …»."""
        around = [c for c in tree.children[noun] if c < noun and tree.deps[c] in BESIDE_NOUN]
        for i in dict.fromkeys((noun, *around, tree.left(noun))):
            if tree.words[i] in self.of_subjects and _negates(tree, i):
                yield i

    def _is_shared(self, tree: Tree, first: int, event: int) -> bool:
        return any(
            tree.words[c] in SHARING
            for c in tree.children[first]
            if first < c < event and tree.deps[c] == "cc"
        )


def _negates(tree: Tree, i: int) -> bool:
    """Whether a word of negation is one here: not «not only», «No 10» or «no-fault»."""
    following = tree.forms[i + 1 : i + 3]
    if not following:
        return True
    if tree.words[i] == "no":
        number = following[-1] if following[0] == "." else following[0]
        return following[0] != "-" and not number[:1].isdigit()
    return following[0].lower() not in FOCUSING
