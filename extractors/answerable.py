"""Which claims of a document somebody may answer there, and with which of his own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.values import SpeechAct, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.drafts import Draft
    from quoth.extractors.tree import Tree
    from quoth.extractors.vocabularies import Vocabularies

QUOTES = frozenset("\"“”„‘'«»")
_TELLS = frozenset(act.value for act in (SpeechAct.SAY, SpeechAct.ASSERT, SpeechAct.INSIST))


def of_one_thing(words: Vocabularies, number: int, among: list[int]) -> int | None:
    """Return which of the drafts `among` shares most with a draft, None where all do too little."""
    found = [
        (common.weight, n) for n in among if (common := words.shared(number, n)).is_of_one_thing
    ]
    return max(found)[1] if found else None


def most_shared(words: Vocabularies, number: int, among: list[int]) -> int | None:
    """Return which of the drafts `among` shares most with a draft, be it one word."""
    found = [(common.weight, n) for n in among if (common := words.shared(number, n)).words]
    return max(found)[1] if found else None


def answerable(drafts: list[Draft], number: int, *, later: bool = False) -> Iterator[int]:
    """Yield the claims before a draft, or `later` ones, that it may answer, the nearest first."""
    own = set(drafts[number].get("who", ()))
    for n in range(number + 1, len(drafts)) if later else range(number - 1, -1, -1):
        if (
            drafts[n]["content"]
            and _is_told(drafts[n])
            and own.isdisjoint(drafts[n].get("who", ()))
            and number not in _chain(drafts, n)
            and n not in _chain(drafts, number)
        ):
            yield n


def _is_told(draft: Draft) -> bool:
    """Whether somebody stands by a claim, or the press reports it."""
    is_committed = draft.get("stance") == Stance.COMMITTED.value
    return is_committed or draft.get("speech_act") == SpeechAct.REPORT.value


def speaks(draft: Draft) -> bool:
    """Whether a draft has its own cue and content, and its source stands by it."""
    return (
        draft.get("speech_act") in _TELLS
        and draft.get("stance") == Stance.COMMITTED.value
        and not draft.get("depth")
        and draft["cue"] is not None
        and bool(draft["content"])
    )


def is_quoted(tree: Tree, draft: Draft) -> bool:
    """Whether the content begins with a quotation."""
    begin = draft["content"][0][0]
    marks = [i for i in (begin - 1, begin) if i >= 0]
    return any(tree.forms[i] in QUOTES for i in marks)


def is_negative(draft: Draft) -> bool:
    """Whether the content is negated."""
    reading = draft.get("claim")
    return reading is not None and reading["negative"]


def accuses(draft: Draft, answer: Draft) -> bool:
    """Whether a claim accuses somebody, or speaks of who answers."""
    reading = draft.get("claim")
    about = {entity for _, entity, _ in reading.get("about", ())} if reading else set()
    named = not about.isdisjoint(answer.get("who", ()))
    return named or draft.get("speech_act") == SpeechAct.CRITICISE.value


def end_of(draft: Draft) -> int:
    """Return one past the last token of a draft's content and cue."""
    ends = [end for _, end in draft["content"]]
    return max([*ends, draft["cue"][1]] if draft["cue"] else ends)


def _chain(drafts: list[Draft], number: int) -> set[int]:
    """Return the drafts around a draft: nobody answers what relays him."""
    chain: set[int] = set()
    outer = drafts[number].get("outer")
    while outer is not None and outer not in chain:
        chain.add(outer)
        outer = drafts[outer].get("outer")
    return chain
