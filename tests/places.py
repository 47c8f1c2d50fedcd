"""Where a graph may be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.graph import SourceGraph

PLACES = ["memory", "news.trig", "news.nq.gz", "news.quoth"]

Opener = Callable[..., "SourceGraph"]
