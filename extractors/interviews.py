"""Who answers in an interview printed as questions and answers without quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.antecedents import Known, is_place
from quoth.extractors.values import SourceType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quoth.extractors.phrases import Phrase
    from quoth.extractors.tree import Tree

FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
SECOND_PERSON = frozenset(("you", "your"))
QUESTIONS = 2
"""Questions to «you», outside quotation marks, that make a text an interview."""


def interviewee(tree: Tree, quotations: Sequence[int], known: Sequence[Known]) -> int | None:
    """Return the position, in `known`, of the person whom the text before the questions names most.

    None where the text is no interview or names nobody. `quotations` has for each token its
    quotation's number, -1 outside.
    """
    questions = [
        begin
        for begin, end in tree.sentences()
        if "?" in tree.forms[max(begin, end - 3) : end]
        and any(tree.words[i] in SECOND_PERSON and quotations[i] < 0 for i in range(begin, end))
    ]
    if len(questions) < QUESTIONS:
        return None
    people = [
        (len(one.before(questions[0])), len(one.names), -number)
        for number, one in enumerate(known)
        if one.type is SourceType.PERSON
        and one.names
        and not all(is_place(tree, p) or _is_credit(tree, p) for p in one.names)
    ]
    return -max(people)[2] if people else None


def _is_credit(tree: Tree, name: Phrase) -> bool:
    """Whether a name stands after a colon, as photographers' do («Image: …»)."""
    before = name.range[0] - 1
    return before >= 0 and tree.words[before] == ":"
