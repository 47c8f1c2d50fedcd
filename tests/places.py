"""Where a graph may be kept."""

from collections.abc import Callable

from quoth.graph import SourceGraph

PLACES = ["memory", "news.trig", "news.nq.gz", "news.quoth"]

Opener = Callable[..., SourceGraph]
