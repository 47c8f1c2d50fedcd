"""A document and the stretches of its text, as `quoth.extractors.records` offers them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from quoth.extractors.printable import shortened

if TYPE_CHECKING:
    from rich.text import Text


def digest(*parts: str) -> str:
    """Return the sha256, in hex, of `parts` joined by U+001F.

    Lone surrogates, which UTF-8 cannot hold, are hashed as their three-byte forms.
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: the evidence.

    `begin` and `end` are code-point offsets, end exclusive; `text` is the words between them.
    """

    begin: int
    end: int
    text: str = field(compare=False)

    @property
    def key(self) -> str:
        """``begin-end``, unique among the spans of one document."""
        return f"{self.begin}-{self.end}"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Document:
    """One exact text, as read, and what is known about it.

    `text` is kept as it came. `begin` is the offset at which the prose starts: what stands before
    it (a date line, a title, a dateline) is kept and never read for attributions. `id` is the
    user's name for the document; `url` its address on the web. Raises ValueError when `begin` lies
    outside the text, TypeError when a field is of another type than stated.
    """

    text: str
    id: str = ""
    url: str | None = None
    title: str | None = None
    date: date | None = None
    publisher: str | None = None
    author: str | None = None
    language: str = "en"
    begin: int = 0

    def __post_init__(self) -> None:
        self._require_types()
        if not 0 <= self.begin <= len(self.text):
            raise ValueError(
                f"document {self.id!r}: begin={self.begin} lies outside its text of "
                f"{len(self.text)} characters"
            )

    def _require_types(self) -> None:
        """Raise TypeError where a field would make a damaged graph of this document later."""
        for name in ("text", "id", "url", "title", "publisher", "author", "language"):
            value = getattr(self, name)
            optional = name not in ("text", "id", "language")
            if not (isinstance(value, str) or (optional and value is None)):
                raise TypeError(f"document {self.id!r}: {name} is no text but {value!r:.60}")
        # A datetime is a date to Python, and no xsd:date.
        if self.date is not None and type(self.date) is not date:
            raise TypeError(
                f"document {self.id!r}: date is no datetime.date but {self.date!r:.60}; "
                "date.fromisoformat('2031-05-03') makes one"
            )

    @cached_property
    def key(self) -> str:
        """The document's identifier: 20 hex digits, a function of its URL (or id) and text."""
        return digest(self.url or self.id, self.text)[:20]

    @cached_property
    def text_hash(self) -> str:
        """The sha256 of the exact text, in hex."""
        return digest(self.text)

    def span(self, begin: int, end: int) -> Span:
        """Return the span ``[begin, end)`` of this document.

        Raises ValueError when the offsets do not lie within the text in this order.
        """
        if not 0 <= begin < end <= len(self.text):
            raise ValueError(
                f"document {self.id!r}: [{begin}, {end}) is no stretch of its text of "
                f"{len(self.text)} characters"
            )
        return Span(begin, end, self.text[begin:end])

    def __str__(self) -> str:
        return self.title or self.id or self.url or f"document {self.key}"

    def __repr__(self) -> str:
        day = f", {self.date}" if self.date else ""
        return f"<Document {shortened(str(self))!r}{day}, {len(self.text):,} characters>"

    def _repr_html_(self) -> str:
        from quoth.extractors.markup import document_html

        return document_html(self)

    def __rich__(self) -> Text:
        from quoth.extractors.terminal import document_text

        return document_text(self)
