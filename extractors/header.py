"""What stands before the prose of a news text: front matter, date, title, byline, dateline.

`find_header` looks at the first lines of a text, never changes it, and says where the prose
begins. It is careful: what it does not recognise for certain is prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from quoth.extractors.bylines import byline, is_name

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:\.|uary)?|Feb(?:\.|ruary)?|Mar(?:\.|ch)?|Apr(?:\.|il)?|May|June?|July?"
    r"|Aug(?:\.|ust)?|Sept?(?:\.|ember)?|Oct(?:\.|ober)?|Nov(?:\.|ember)?|Dec(?:\.|ember)?)"
)
_DAY = rf"(?:{_MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{_MONTH})"
_DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_DAY},?[ ]\d{{4}})"

_DAY_NAMED = re.compile(rf"\s*{_DATE}(?!\d)", re.IGNORECASE)

_LINE = re.compile(r"[^\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_SPACE = re.compile(r"\s*")
_NO_PROSE_MARK = re.compile(r"[#>*+\-=|]")

_LEADING_DATE = re.compile(r"date[ \t]+(\d{4}-\d{2}-\d{2})(?!\S)")
_DATE_ALONE = re.compile(
    rf"(?:(?:date|published|posted)(?: on)?:? )?(?:[a-z]+day,? )?({_DATE})"
    r"(?:,? (?:at )?\d{1,2}:\d{2}.{0,12})?",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})[ \t]*")
_UNFINISHED = re.compile(r"""[.,;:…]["'”’»)]*\Z""")
_SENTENCE_BREAK = re.compile(r"""[a-z]{4}[.!?]["'”’»)]*\s+\S""")
_TITLE_LENGTH = 150

_DATELINE = re.compile(
    rf"(?P<place>[^\r\n()—–_]{{2,60}}?)(?:,[ ](?P<date>{_DAY}(?:,?[ ]\d{{4}})?))?"
    r"(?:[ ]\((?P<agency>[^()\r\n]{2,40})\))?"
    r"(?:\s?[—–]\s?|[ ](?:--?|_)[ ])"
)
_OPENING = re.compile(r"""[("'“‘«„\[\d]""")

_FENCE = re.compile(r"---[ \t]*")
_CLOSING_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*?))?[ \t]*")
_FIELD_CONTINUED = re.compile(r"(?:[ \t]+\S.*|-[ \t]+.*|#.*|[ \t]*)")
_FRONT_MATTER_LINES = 100
_FIELD_NAMES = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "byline": "author",
    "publisher": "publisher",
    "source": "publisher",
    "outlet": "publisher",
    "url": "url",
    "link": "url",
    "canonical_url": "url",
}


@dataclass(slots=True)
class Header:
    """What the first lines of a text say about it.

    `begin` is the offset, in code points, at which the prose starts: 0 when there is no header.
    """

    begin: int = 0
    title: str | None = None
    date: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None


def find_header(text: str) -> Header:
    """Return what stands before the prose of `text`.

    Recognised, in this order, each optional: front matter between ``---`` lines with simple
    ``key: value`` fields; ``date YYYY-MM-DD``, after which prose may go on in the same line; a
    title (a Markdown heading, or a short first line without a closing full stop, set off from
    the text after it by a blank line, a date or a byline); a byline («By Jane Doe») and a date on
    lines of their own; a dateline («LISBON, May 3 (Agency) - »), whose parenthesis is taken for
    the publisher. What an earlier one says holds against a later one.

    The cost does not depend on the length of the text.
    """
    header = Header()
    for find in _STEPS:
        start = _skip_space(text, header.begin)
        end = find(text, start, header)
        if end > start:
            header.begin = _skip_space(text, end)
    return header


def parse_date(words: str) -> date | None:
    """Return the day that `words` begin with or name, None where there is no such day.

    Understood: ``2024-05-03`` (also before a time), ``May 3, 2024``, ``3 May 2024``.
    """
    found = _DAY_NAMED.match(words)
    if not found:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", found[0])]
    name = re.search(r"[a-z]{3}", found[0].lower())
    if name is None:
        year, month, day = numbers
    else:
        day, year = numbers
        month = _MONTHS.index(name[0]) + 1
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _skip_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _line(text: str, start: int) -> tuple[str, int]:
    """Return the line of `text` from `start` on, without its end, and where the next one begins."""
    found = _LINE.match(text, start)
    assert found is not None
    line_end = _LINE_END.match(text, found.end())
    assert line_end is not None
    return found[0], line_end.end()


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the lines of `text` from `start` on, each with the place where the next one begins."""
    while start < len(text):
        line, start = _line(text, start)
        yield line, start


def _find_front_matter(text: str, start: int, header: Header) -> int:
    lines = _lines(text, start)
    first = next(lines, None)
    if start > 0 or first is None or not _FENCE.fullmatch(first[0]):
        return start
    fields: dict[str, str] = {}
    for (line, end), _ in zip(lines, range(_FRONT_MATTER_LINES), strict=False):
        if _CLOSING_FENCE.fullmatch(line):
            _apply_front_matter(fields, header)
            return end
        field = _FIELD.fullmatch(line)
        if field:
            fields.setdefault(field[1].lower(), _unquoted(field[2] or ""))
        elif not _FIELD_CONTINUED.fullmatch(line):
            return start
    return start


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        return value[1:-1]
    return value


def _apply_front_matter(fields: dict[str, str], header: Header) -> None:
    for field, value in fields.items():
        name = _FIELD_NAMES.get(field)
        # A YAML list, map or block is more than a name or an address.
        if name and value and value[0] not in "[{|>&*" and getattr(header, name) is None:
            setattr(header, name, value)
    header.date = parse_date(fields.get("date", ""))


def _find_leading_date(text: str, start: int, header: Header) -> int:
    found = _LEADING_DATE.match(text, start)
    day = parse_date(found[1]) if found else None
    if not found or not day:
        return start
    header.date = header.date or day
    return found.end()


def _find_title(text: str, start: int, header: Header) -> int:
    line, end = _line(text, start)
    line = line.rstrip()
    heading = _HEADING.fullmatch(line)
    if heading and heading[1]:
        header.title = header.title or heading[1]
        return end
    if len(line) > _TITLE_LENGTH or _NO_PROSE_MARK.match(line):
        return start
    below, below_end = _line(text, end)
    if line and _UNDERLINE.fullmatch(below):
        header.title = header.title or line
        return below_end
    set_off = _BLANK.match(text, end) or _DATE_ALONE.fullmatch(below.rstrip()) or byline(below)
    if not set_off or not _reads_like_title(line) or _skip_space(text, end) == len(text):
        return start
    header.title = header.title or line
    return end


def _reads_like_title(line: str) -> bool:
    return not (
        _UNFINISHED.search(line)
        or _SENTENCE_BREAK.search(line)
        or byline(line)
        or _DATE_ALONE.fullmatch(line)
    ) and any(character.isalpha() for character in line)


def _find_byline(text: str, start: int, header: Header) -> int:
    line, end = _line(text, start)
    names = byline(line)
    if not names:
        return start
    header.author = header.author or names
    return end


def _find_date_alone(text: str, start: int, header: Header) -> int:
    line, end = _line(text, start)
    found = _DATE_ALONE.fullmatch(line.rstrip())
    day = parse_date(found[1]) if found else None
    if day is None:
        return start
    header.date = header.date or day
    return end


def _find_dateline(text: str, start: int, header: Header) -> int:
    found = _DATELINE.match(text, start)
    if not found or not _is_prose_start(text[found.end() : found.end() + 1]):
        return start
    place, agency = found["place"], found["agency"]
    if agency is not None and not is_name(agency):
        return start
    town, *region = place.split(",")
    letters = sum(character.isalpha() for character in town)
    in_capitals = town.isupper() and letters > 2
    if not (in_capitals or (agency and is_name(town))) or len(place.split()) > 6:
        return start
    if not all(part.strip()[:1].isupper() and is_name(part.strip(" .")) for part in region):
        return start
    header.publisher = header.publisher or agency
    header.date = header.date or parse_date(found["date"] or "")
    return found.end()


def _is_prose_start(character: str) -> bool:
    return character.isupper() or bool(_OPENING.match(character))


_Step = Callable[[str, int, Header], int]
_STEPS: tuple[_Step, ...] = (
    _find_front_matter,
    _find_leading_date,
    _find_title,
    _find_leading_date,
    _find_byline,
    _find_date_alone,
    _find_byline,
    _find_dateline,
)
