"""Which format a file is in: the ones quoth has, and those of other packages."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from quoth.extractors.readers.interface import File, Format, ReadingError, ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Iterable

GROUP = "quoth.readers"
"""The entry points by which other packages add formats; theirs hold before quoth's own."""

BUILT_IN = (
    "text:FORMAT",
    "html:FORMAT",
    "json_lines:FORMAT",
    "json_array:FORMAT",
    "delimited:FORMAT",
    "arrow:PARQUET",
    "arrow:ARROW",
    "warc:FORMAT",
    "feed:FORMAT",
    "pdf:FORMAT",
    "docx:FORMAT",
)
"""Found without the metadata of an installed package, as when quoth runs from an archive."""

_TEXT, _JSON, _JSON_LINES = "text", "json", "jsonl"
_PEEKED = 1 << 12
_ANY_TEXT = "text/plain"


@cache
def formats() -> tuple[Format, ...]:
    """Return every format that can be read, those of other packages first.

    Raises TypeError where an entry point leads to no `Format`.
    """
    found: list[Format] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        loaded = point.load()
        if not isinstance(loaded, Format):
            raise TypeError(f"entry point {point.name!r} of {GROUP}: {point.value} is no Format")
        found.append(loaded)
    for name in BUILT_IN:
        module, _, attribute = name.partition(":")
        found.append(getattr(import_module(f"quoth.extractors.readers.{module}"), attribute))
    return tuple(found)


def names() -> tuple[str, ...]:
    """Return the names of all formats, as `ReadingOptions.format` takes them."""
    return tuple(dict.fromkeys(known.name for known in formats()))


def suffixes() -> tuple[str, ...]:
    """Return the endings of the names of all files that a folder may yield, sorted."""
    return tuple(sorted({suffix for known in formats() for suffix in known.suffixes}))


def format_called(name: str) -> Format:
    """Return the format of that `name`; raises ValueError, naming all, where there is none."""
    for known in formats():
        if known.name == name:
            return known
    raise ValueError(f"no format {name!r}; there are {', '.join(names())}")


def by_suffix(name: str) -> Format | None:
    """Return the format that a file called `name` is in by its ending, None where it tells none."""
    small = name.lower()
    return _first(f for f in formats() if small.endswith(f.suffixes))


def format_of(file: File, options: ReadingOptions) -> Format:
    """Return the format of `file`: by its name, by what a server said of it, by its first bytes.

    `options.format` holds where the name does not tell. What none of these tells is text. Raises
    `ReadingError` where a server said that it is of a kind that cannot be read.
    """
    named = by_suffix(file.name)
    if named is not None and file.media_type is None:
        return named
    if options.format is not None:
        return format_called(options.format)
    if file.media_type not in (None, _ANY_TEXT, "application/octet-stream", "binary/octet-stream"):
        return _of_media_type(file, named)
    return named or _of_bytes(file)


def _of_media_type(file: File, named: Format | None) -> Format:
    stated = _first(f for f in formats() if file.media_type in f.media_types)
    found = stated or named
    if found is None:
        raise ReadingError(file.path, f"it is {file.media_type}, which quoth does not read")
    return found


def _of_bytes(file: File) -> Format:
    start = file.start(_PEEKED)
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    small = start.lower()
    for known in formats():
        if any(small.startswith(begin.lower()) for begin in known.begins):
            is_page = known.name == "feed" and b"<html" in small
            return format_called("html") if is_page else known
    if small.startswith((b'{"', b"{ ", b"[{", b"[ {", b"[\n")) and b'":' in start:
        # A list or a whole object, unless each line is an object by itself.
        one_line = start.partition(b"\n")[0].rstrip()
        is_lines = one_line.startswith(b"{") and one_line.endswith(b"}") and b"\n" in start
        return format_called(_JSON_LINES if is_lines else _JSON)
    return format_called(_TEXT)


def _first(found: Iterable[Format]) -> Format | None:
    return next(iter(found), None)
