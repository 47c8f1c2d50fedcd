"""Corpora in the project's one JSON Lines format, for training and measuring."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Gold:
    """One annotated attribution: character spans of its roles, end exclusive."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class GoldDocument:
    """A text and its annotated attributions."""

    id: str
    text: str
    attributions: list[Gold]


def read(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a gold file; raises OSError or json.JSONDecodeError."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.strip():
                record = json.loads(line)
                attributions = [
                    Gold(*(_spans(a.get(role)) for role in ("source", "cue", "content")))
                    for a in record["attributions"]
                ]
                yield GoldDocument(record["id"], record["text"], attributions)


def _spans(value: list[list[int]] | None) -> Spans:
    return [(begin, end) for begin, end in value or []]
