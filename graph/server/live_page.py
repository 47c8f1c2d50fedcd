"""The page over a graph as it is now: its core at once, its blocks as they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.graph.server.messages import Reply, problem
from quoth.graph.server.opening import etag

if TYPE_CHECKING:
    from quoth.graph.drawing import Drawing
    from quoth.graph.server.messages import Request
    from quoth.graph.server.opening import OpenGraph

_HTML, _JSON = "text/html; charset=utf-8", "application/json"
_DRAWING = "drawing"


def page(graph: OpenGraph, request: Request) -> Reply:
    """Draw the page of the network; 304 where the state is the one called `known`."""
    tag = etag(graph.stamp)
    if request.options.get("known") == tag:
        return Reply(304, _HTML, headers={"ETag": tag})
    html = _drawing(graph).live_html(blocks=f"page/block/{{name}}?state={tag}")
    return Reply(200, _HTML, html.encode(), {"ETag": tag})


def block(graph: OpenGraph, request: Request) -> Reply:
    """Return the block `name` of the page of the graph's `state` as JSON, compressed by gzip.

    The numbers in a block are those of one state: 409 where the graph has another one by now,
    404 where there is no such block.
    """
    from quoth.graph.page_blocks import as_json, compressed

    name, tag = request.options["name"], etag(graph.stamp)
    if request.options["state"] != tag:
        return problem(409, "the graph has changed since this page was loaded; load it again")
    try:
        found = _drawing(graph).data.block(name)
    except KeyError:
        return problem(404, f"the page has no block {name!r}")
    return Reply(200, _JSON, compressed(as_json(found)), {"ETag": tag})


def _drawing(graph: OpenGraph) -> Drawing:
    """Return the drawing of the state that is open, made once."""
    from quoth.graph.drawing import draw

    if _DRAWING not in graph.derived:
        graph.derived[_DRAWING] = draw(graph.dataset)
    drawing: Drawing = graph.derived[_DRAWING]
    return drawing
