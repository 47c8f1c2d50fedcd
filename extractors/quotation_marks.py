"""Where a text stands between quotation marks, however untidily they are set.

Works on plain text, paragraph by paragraph, so that a missing mark spoils no more than its own
paragraph. Conventions covered: “…”, „…“, «…», "…", ``…'', 「…」, ‘…’ and '…'; a quotation
reopened in every paragraph and closed in the last; marks within marks; one that opens double and
closes single; one that is never closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quoth.extractors.paragraph_breaks import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

DOUBLE = re.compile(r"[“”„‟«»\"＂「」『』]|``|''")
ONLY_OPENING = frozenset(("„", "``", "‟", "「", "『"))
OPENING = ONLY_OPENING | {"“", "«"}
SINGLE_OPENING = re.compile(r"(?<![\w.,!?])['‘‚‹](?=[\w“\"\[(…])")
SINGLE_CLOSING = re.compile(r"(?<=[^\s'‘(\[])['’›](?![^\W_])")
THIN_SPACES = ("\u00a0", "\u202f", "\u2009")
AFTER_PUNCTUATION = frozenset(".,!?…;:])")
MARK_CHARACTERS = "“”„‟«»\"＂「」『』`'‘’‚‹›"
NOT_BLANK = re.compile(r"\S")
QUOTED_PAIR = re.compile(r"\w\W+\w")


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """A stretch between quotation marks, marks included, in code points, end exclusive.

    `closed` is False where it runs to the end of its paragraph because no mark closes it, unless
    the next paragraph opens anew: then it goes on there, as newspapers print it.
    """

    begin: int
    end: int
    closed: bool = True


def quotations(text: str, begin: int = 0) -> list[Quotation]:
    """Return the outermost quotations of `text` from offset `begin` on, in order, disjoint.

    Paragraphs are those of `paragraph_breaks.paragraphs`. Single marks count only outside double
    ones and around two words or more, since an apostrophe looks like a mark.
    """
    found: list[Quotation] = []
    for base, paragraph in paragraphs(text):
        end = base + len(paragraph)
        if end > begin and any(mark in paragraph for mark in MARK_CHARACTERS):
            start = max(0, begin - base)
            doubles = list(_doubles(paragraph, start))
            found += (
                Quotation(base + q.begin, base + q.end, q.closed)
                for q in sorted([*doubles, *_singles(paragraph, start, doubles)])
            )
    return [q if q.closed else replace(q, closed=_goes_on(text, q)) for q in found]


def _goes_on(text: str, quotation: Quotation) -> bool:
    """Whether the paragraph after an unclosed quotation opens with the same mark."""
    rest = NOT_BLANK.search(text, quotation.end)
    return rest is not None and text[rest.start()] == text[quotation.begin]


def _doubles(line: str, start: int) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    searched = start
    for mark in DOUBLE.finditer(line, start):
        if opened is None:
            opened = mark if _may_open(line, mark) else None
            searched = mark.end()
        elif mark.group() == "“" and opened.group() != "„" and not _ends_word(line, mark):
            # A second opening mark: the first was never closed, or closed with a single mark.
            close = _single_close(line, searched, mark.start())
            searched = mark.end()
            if close is not None:
                yield Quotation(opened.start(), close)
                opened = mark
        elif _may_close(line, mark):
            yield Quotation(opened.start(), mark.end())
            opened = None
    if opened is not None:
        close = _single_close(line, searched, len(line))
        if close is not None:
            yield Quotation(opened.start(), close)
        else:
            yield Quotation(opened.start(), len(line.rstrip()), closed=False)


def _may_open(line: str, mark: re.Match[str]) -> bool:
    """Whether a mark can open a quotation: by its shape, or by where it stands."""
    after = line[mark.end() : mark.end() + 1]
    if not after.strip() and not (mark.group() == "«" and after in THIN_SPACES):
        return False
    before = line[mark.start() - 1] if mark.start() else " "
    return mark.group() in OPENING or before.isspace() or before in "([{—–-‘'/"


def _may_close(line: str, mark: re.Match[str]) -> bool:
    """Whether a mark can close the quotation that is open."""
    if mark.group() in ONLY_OPENING:
        return False
    if mark.group() == "«" and not _ends_word(line, mark):
        return False
    before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    if mark.group() == "»":
        # French sets it off by a space.
        return not after.isalnum()
    ends_word = before.strip() and not (after.isalnum() and before not in AFTER_PUNCTUATION)
    return bool(ends_word) or not _may_open(line, mark)


def _ends_word(line: str, mark: re.Match[str]) -> bool:
    """Whether a mark that should open stands, by its neighbours, where one closes."""
    before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    return bool(before.strip()) and (not after.strip() or after in ",.;:!?)—–")


def _single_close(line: str, begin: int, end: int) -> int | None:
    """End of a single mark that closes a double one: one that no single mark opened."""
    if SINGLE_OPENING.search(line, begin, end):
        return None
    for mark in SINGLE_CLOSING.finditer(line, begin, end):
        follows = line[mark.end() : mark.end() + 1]
        if line[mark.start() - 1] in AFTER_PUNCTUATION or follows in (",", "."):
            return mark.end()
    return None


def _singles(line: str, start: int, doubles: list[Quotation]) -> Iterator[Quotation]:
    if "'" not in line and "‘" not in line and "‹" not in line:
        return
    rest = list(line)
    for q in doubles:
        rest[q.begin : q.end] = " " * (q.end - q.begin)
    blanked = "".join(rest)
    position = start
    while (opening := SINGLE_OPENING.search(blanked, position)) is not None:
        closings = list(SINGLE_CLOSING.finditer(blanked, opening.end() + 1))
        following = SINGLE_OPENING.search(blanked, opening.end())
        if following:
            closings = [c for c in closings if c.start() < following.start()] or closings[:1]
        if not closings:
            position = opening.end()
            continue
        # A plural possessive («officials’») looks like a closing mark; one that follows
        # punctuation cannot be an apostrophe.
        certain = [c for c in closings if blanked[c.start() - 1] in AFTER_PUNCTUATION]
        closing = (certain or closings)[0]
        is_over_double = any(q.begin < closing.end() and opening.start() < q.end for q in doubles)
        words = re.sub(r"['’]", "", blanked[opening.end() : closing.start()])
        if not is_over_double and QUOTED_PAIR.search(words):
            yield Quotation(opening.start(), closing.end())
            position = closing.end()
        else:
            position = opening.end()
