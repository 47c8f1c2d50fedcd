"""The cue lexicon: which words attribute, in which frames, how surely, by which speech act."""

from __future__ import annotations

import csv
import math
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.values import SpeechAct

if TYPE_CHECKING:
    from collections.abc import Iterable

STRENGTH = 4.0
"""How many occurrences of a word weigh as much as what its frame says."""
WORD_PRIOR, WORD_STRENGTH = 0.15, 2.0
FLOOR = 1e-4

Key = tuple[str, str]


def _log_odds(p: float) -> float:
    p = min(max(p, FLOOR), 1.0 - FLOOR)
    return math.log(p / (1.0 - p))


def _word_log_odds(seen: int, attributed: int) -> float:
    return _log_odds((attributed + WORD_STRENGTH * WORD_PRIOR) / (seen + WORD_STRENGTH))


@dataclass(frozen=True)
class CueLexicon:
    """How often cue words were seen in a frame, and how often they attributed something there.

    A word is part of speech and lemma (``v:say``, ``n:claim``, ``a:sure``, ``p:according_to``). The
    word ``v:*`` holds the totals over all verbs, words not listed included; they stand in for
    a word not seen in a frame. A word seen often that never attributed anything has one entry, for
    the frame ``-``.
    """

    seen: Counter[Key]
    attributed: Counter[Key]
    acts: dict[str, SpeechAct]
    _words: dict[str, tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        words: dict[str, tuple[int, int]] = {}
        for (word, frame), seen in self.seen.items():
            n, k = words.get(word, (0, 0))
            words[word] = (n + seen, k + self.attributed[word, frame])
        object.__setattr__(self, "_words", words)

    @classmethod
    @cache
    def load(cls) -> CueLexicon:
        """Load the lexicon that comes with the package (``lexicons/cues.tsv``).

        It is read once for all components; nobody may change it. Columns: word, speech act (may be
        empty), frame, seen, attributed.
        """
        path = files("quoth.extractors") / "lexicons" / "cues.tsv"
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls.from_rows(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    @classmethod
    def from_rows(cls, rows: Iterable[dict[str, str]]) -> CueLexicon:
        """Make a lexicon from rows with the columns that `load` names."""
        seen: Counter[Key] = Counter()
        attributed: Counter[Key] = Counter()
        acts: dict[str, SpeechAct] = {}
        for row in rows:
            key = (row["word"], row["frame"])
            seen[key] += int(row["seen"])
            attributed[key] += int(row["attributed"])
            if row["speech_act"]:
                acts[row["word"]] = SpeechAct(row["speech_act"])
        return cls(seen, attributed, acts)

    def idle(self, threshold: float) -> frozenset[str]:
        """Return the words whose log-odds (natural) to attribute in any frame lie below it."""
        return frozenset(
            word
            for word, (seen, attributed) in self._words.items()
            if _word_log_odds(seen, attributed) < threshold
        )

    def evidence(self, word: str, frame: str, without: int | None = None) -> dict[str, float]:
        """Return what the lexicon knows: log-odds of the word in this frame, and in any frame.

        `without` (0 or 1) takes one occurrence with that outcome out of the counts, so that a
        weight can be fitted on the texts that the counts come from.
        """
        key, any_word = (word, frame), (f"{word[0]}:*", frame)
        seen, attributed = self.seen.get(key, 0), self.attributed.get(key, 0)
        word_seen, word_attributed = self._words.get(word, (0, 0))
        if without is not None:
            # A word too rare to be listed has no counts to take an occurrence from.
            seen, attributed = max(0, seen - 1), max(0, attributed - without)
            word_seen, word_attributed = max(0, word_seen - 1), max(0, word_attributed - without)
        prior = (self.attributed.get(any_word, 0) + 0.2) / (self.seen.get(any_word, 0) + 2.0)
        return {
            "lexicon=frame": _log_odds((attributed + STRENGTH * prior) / (seen + STRENGTH)),
            "lexicon=word": _word_log_odds(word_seen, word_attributed),
            "lexicon=seen": float(seen > 0),
        }
