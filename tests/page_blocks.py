"""The blocks of data of a page."""

import json
from typing import Any

from quoth.extractors.records import Extraction
from quoth.graph import open_graph
from quoth.graph.drawing import Drawing
from quoth.graph.page_blocks import as_json


def drawn(*found: Extraction) -> Drawing:
    graph = open_graph()
    graph.add(found)
    return graph.draw()


def blocks_of(drawing: Drawing) -> list[Any]:
    data = drawing.data
    return json.loads(as_json([drawing.core(), *map(data.block, data.names())]))
