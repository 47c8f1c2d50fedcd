"""Everybody and everything that a document names, found again by name, noun or place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quoth.extractors.antecedents import Known

if TYPE_CHECKING:
    from collections.abc import Callable

    from quoth.extractors.phrases import Phrase


class Register(list[Known]):
    """The known of one document; a number is a position in it."""

    def __init__(self) -> None:
        super().__init__()
        self.by_word: defaultdict[str, set[int]] = defaultdict(set)

    def new(self) -> int:
        """Return the number of a known about whom nothing is known yet."""
        self.append(Known())
        return len(self) - 1

    def note(self, number: int, phrase: Phrase) -> None:
        """Add a phrase to the known with this number, and find it by its name's words from now on.

        These are the last word, the initials and the head noun: who has none of a phrase's in
        common does not bear its name.
        """
        self[number].note(phrase)
        if phrase.name:
            for word in (*phrase.tokens[-1:], phrase.initials, phrase.head):
                self.by_word[word].add(number)

    def named_like(self, *words: str) -> list[int]:
        """Return the numbers of the known with such a last word, initials or head, in order."""
        found: set[int] = set()
        for word in words:
            found |= self.by_word.get(word, set()) if word else set()
        return sorted(found)

    def of_name(self, phrase: Phrase) -> int | None:
        """Return the latest of the known that may bear the phrase's name, None when none does."""
        for number in reversed(self.named_like(*phrase.tokens[-1:], phrase.initials)):
            if any(p.may_name_same(phrase) for p in self[number].names):
                return number
        return None

    def first(self, word: str, fits: Callable[[Phrase], bool]) -> int | None:
        """Return the first of the known, under that word, with a name that fits."""
        numbers = self.named_like(word)
        return next((n for n in numbers if any(fits(p) for p in self[n].names)), None)

    def first_of(self, fits: Callable[[Phrase], bool]) -> int | None:
        """Return the first of the known with a phrase that fits."""
        return next(
            (n for n, known in enumerate(self) if any(fits(p) for p in known.phrases)), None
        )

    def recent(self, before: int) -> list[int]:
        """Positions of known sources, the latest mentioned before the token first."""
        last = {
            number: max((p.range[0] for p in known.phrases if p.range[0] < before), default=-1)
            for number, known in enumerate(self)
        }
        return sorted((n for n, at in last.items() if at >= 0), key=lambda n: -last[n])
