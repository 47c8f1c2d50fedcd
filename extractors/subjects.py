"""Which sources the subjects of claims mean: «he» in «she said he knew»."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.extractors.interviews import FIRST_PERSON
from quoth.extractors.values import MentionForm, SourceType

if TYPE_CHECKING:
    from quoth.extractors.drafts import Draft, Range
    from quoth.extractors.quoted import QuotedTokens
    from quoth.extractors.resolution import Resolver

SINGULAR = frozenset(("i", "me", "my"))
PERSONAL = frozenset(("he", "she"))
"""Pronouns that mean one somebody; «it», «they» and «that» mean all kinds of things."""


@dataclass(frozen=True)
class Subject:
    """A source that is a claim's subject.

    `range` are the tokens that mention it, `number` its number among the resolver's known,
    `is_inside` whether they stand in the claim («to resign» leaves its subject outside).
    """

    range: Range
    number: int
    sureness: float
    is_inside: bool


class Subjects:
    """Finds the sources of one document again as subjects of its claims."""

    def __init__(self, resolver: Resolver, quoted: QuotedTokens) -> None:
        self.resolver = resolver
        self.quoted = quoted

    def of(self, draft: Draft) -> list[Subject | None]:
        """Return for each proposition of a draft's claim the source that its subject means."""
        reading = draft.get("claim")
        propositions = reading["propositions"] if reading else []
        return [self._of(subject, draft) if subject else None for subject, *_ in propositions]

    def _of(self, span: Range, draft: Draft) -> Subject | None:
        resolver = self.resolver
        who = draft.get("who", [])
        if span == draft["source"]:
            return Subject(span, who[0], draft.get("who_sureness", 1.0), is_inside=False)
        phrase = resolver.reader.read(span)
        speakers: list[int] = []
        apart: list[int] = []
        if phrase.form is MentionForm.PRONOUN:
            if phrase.head in FIRST_PERSON:
                if not self._speaks_for(phrase.head, span, who):
                    return None
                speakers = who
            elif phrase.head not in PERSONAL:
                return None
            elif self.quoted.around(span[0]) is not None:
                # Nobody calls himself «he».
                apart = who
        number, sureness = resolver.find(phrase, speakers, apart)
        if number is None or not resolver.known[number].used:
            return None
        return Subject(span, number, sureness, is_inside=True)

    def _speaks_for(self, pronoun: str, span: Range, who: list[int]) -> bool:
        """Whether a first person is the speaker: in quotation marks, «we» only of several."""
        if self.quoted.around(span[0]) is None or not who:
            return False
        kind = self.resolver.known[who[0]].type
        return pronoun in SINGULAR or kind in (SourceType.ORGANISATION, SourceType.COLLECTIVE)
