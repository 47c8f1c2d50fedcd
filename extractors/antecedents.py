"""Who a pronoun or a noun that points back means: a weighted choice among who was named before.

A log-linear ranking of candidates (Denis & Baldridge 2008, «Specialized models and ranking for
coreference resolution») on what English news rewards: how near, subject, last speaker, how often
named, class, gender. ``training/fit_coreference.py`` makes the weights.
"""

from __future__ import annotations

import json
import math
from bisect import insort
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.tree import SUBJECTS
from quoth.extractors.values import Anonymity, MentionForm, SourceType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quoth.extractors.drafts import Range
    from quoth.extractors.phrases import Phrase
    from quoth.extractors.tree import Tree

Weights = dict[str, float]
Features = dict[str, float]

FARTHEST, FIRST_RANKS = 6, 3
"""Sentences and ranks from which on all are alike."""
SUREST = 0.95
"""That there is one candidate does not make it the right one."""
PERSONAL = frozenset(("he", "she", "him", "her", "his", "hers"))
THING = frozenset(("it", "its"))
SPEAKING = ("spoke", "spoke_last", "spoke_before_last", "subject_near", "distance=0", "distance=1",
            "distance=2", "rank=0", "once")  # fmt: skip
"""What counts apart where the pronoun is itself a source: who speaks goes on speaking."""
IMPERSONAL = frozenset(("it", "there", "what", "this", "that"))
MODIFYING = frozenset(("compound", "poss", "nmod", "amod"))


@dataclass
class Known:
    """Somebody or something that the text has named so far: its phrases, in text order.

    `used` is whether it is a source or an addressee, and not only spoken of; `first` the range of
    its first mention as one.
    """

    phrases: list[Phrase] = field(default_factory=list)
    type: SourceType = SourceType.UNSPECIFIED
    anonymity: Anonymity = Anonymity.UNSPECIFIED
    first: Range = (0, 0)
    used: bool = False

    @property
    def names(self) -> list[Phrase]:
        """The phrases that hold a proper name."""
        return [p for p in self.phrases if p.name]

    def note(self, phrase: Phrase) -> None:
        """Add a phrase that means it; a name settles the class."""
        insort(self.phrases, phrase, key=lambda p: p.range)
        if phrase.name:
            if self.anonymity is not Anonymity.NAMED or (
                self.type is not SourceType.PERSON and phrase.type is SourceType.PERSON
            ):
                self.type = phrase.type
            self.anonymity = Anonymity.NAMED
            if self.type is SourceType.COLLECTIVE:
                self.anonymity = Anonymity.UNNAMED
        elif self.anonymity is Anonymity.UNSPECIFIED:
            if phrase.form is MentionForm.PRONOUN and phrase.head in IMPERSONAL:
                return
            self.type = phrase.type
            self.anonymity = Anonymity.NAMED if phrase.institution else Anonymity.UNNAMED

    def before(self, token: int) -> list[Phrase]:
        """Return the phrases that begin before a token."""
        return [p for p in self.phrases if p.range[0] < token]

    @property
    def genders(self) -> set[str]:
        """What the phrases say of the gender: ``f``, ``m``, both or nothing."""
        return {p.gender for p in self.phrases if p.gender}


class Antecedents:
    """Ranks the known for the pronouns and nouns of one document."""

    def __init__(self, tree: Tree, quotations: Sequence[int], weights: Weights) -> None:
        self.tree = tree
        self.quotations = quotations
        self.weights = weights

    def best(
        self,
        phrase: Phrase,
        candidates: Sequence[tuple[int, Known]],
        spoken: Sequence[tuple[int, int]],
        *,
        is_source: bool,
    ) -> tuple[int, float] | None:
        """Return the likeliest of the numbered candidates and its probability, None of none.

        `spoken` holds (token, number) of who has spoken where; `is_source` is whether the phrase
        speaks, and is not only spoken to.
        """
        ranked = self.features(phrase, candidates, spoken, is_source=is_source)
        if not ranked:
            return None
        scores = [
            (sum(self.weights.get(name, 0.0) * value for name, value in features.items()), number)
            for number, features in ranked
        ]
        score, number = max(scores, key=lambda s: s[0])
        return number, min(SUREST, 1.0 / sum(math.exp(other - score) for other, _ in scores))

    def features(
        self,
        phrase: Phrase,
        candidates: Sequence[tuple[int, Known]],
        spoken: Sequence[tuple[int, int]],
        *,
        is_source: bool,
    ) -> list[tuple[int, Features]]:
        """Return for each candidate, the latest first, what speaks for and against it."""
        here = phrase.range[0]
        before = [(number, known, known.before(here)) for number, known in candidates]
        order = sorted(
            ((n, k, p) for n, k, p in before if p), key=lambda c: (-c[2][-1].range[0], c[0])
        )
        speakers = [number for at, number in sorted(spoken) if at < here]
        kind = class_of(phrase)
        ranked = []
        for rank, (number, known, phrases) in enumerate(order):
            found = self._of_mentions(phrase, known, phrases)
            found |= {
                f"rank={min(rank, FIRST_RANKS)}": 1.0,
                "spoke": float(number in speakers),
                "spoke_last": float(speakers[-1:] == [number]),
                "spoke_before_last": float(speakers[-2:-1] == [number]),
            }
            if is_source:
                found |= {f"source.{name}": found[name] for name in SPEAKING if name in found}
            ranked.append((number, {f"{kind}.{n}": value for n, value in found.items() if value}))
        return ranked

    def _of_mentions(self, phrase: Phrase, known: Known, phrases: list[Phrase]) -> Features:
        tree, here, last = self.tree, phrase.range[0], phrases[-1]
        sentence = tree.sentence_number(here)
        distance = min(sentence - tree.sentence_number(last.token), FARTHEST)
        of_sentence = [p for p in phrases if tree.sentence_number(p.token) == sentence - distance]
        is_subject = any(tree.deps[p.token] in SUBJECTS for p in of_sentence)
        quoted = self.quotations[last.token]
        return {
            f"distance={distance}": 1.0,
            f"type={known.type.value}": 1.0,
            "once": float(len(phrases) == 1),
            "subject": float(is_subject),
            "subject_near": float(is_subject and distance <= 1),
            "modifies": float(tree.deps[last.token] in MODIFYING),
            "named": float(bool(known.names)),
            "opens": float(tree.sentence_number(phrases[0].token) == 0),
            "quoted_elsewhere": float(quoted >= 0 and quoted != self.quotations[here]),
            "gender": float(bool(phrase.gender and phrase.gender in known.genders)),
            "place": float(all(p.place or is_place(tree, p) for p in phrases)),
            "role": float(any(p.role for p in known.phrases)),
            "plural": float(any(p.plural for p in phrases) == phrase.plural),
        }


def class_of(phrase: Phrase) -> str:
    """Return which weights rank a phrase's candidates: ``he``, ``it``, ``they`` or ``noun``."""
    if phrase.head in PERSONAL:
        return "he"
    if phrase.head in THING:
        return "it"
    return "noun" if phrase.form.value == "description" else "they"


def is_place(tree: Tree, phrase: Phrase) -> bool:
    """Whether a name stands where places do («in Harwick», «from Oslo»)."""
    head = tree.heads[phrase.token]
    return tree.deps[phrase.token] == "pobj" and tree.words[head] in (
        "in", "at", "from", "near", "to", "into", "across", "around", "outside",
    )  # fmt: skip


def load_weights() -> Weights:
    """Return the weights that come with the package."""
    path = files("quoth.extractors") / "lexicons" / "coreference.json"
    weights: Weights = json.loads(path.read_text(encoding="utf-8"))
    return weights
