"""Blocks of the page that were asked for before, kept for as long as the graph stays as it is."""

from collections import OrderedDict

from quoth.graph.server.messages import Reply
from quoth.graph.server.settings import MEBIBYTE

_MOST_BYTES = 64 * MEBIBYTE


class BlockCache:
    """The blocks of one state of the graph, up to a size; those not asked for longest go first."""

    def __init__(self) -> None:
        self._state = ""
        self._blocks: OrderedDict[str, Reply] = OrderedDict()
        self._size = 0

    def get(self, state: str, name: str) -> Reply | None:
        """Return the block called `name` of this state, None where it is not kept."""
        if state != self._state or name not in self._blocks:
            return None
        self._blocks.move_to_end(name)
        return self._blocks[name]

    def put(self, state: str, name: str, block: Reply) -> None:
        """Keep a block; those of other states are let go of."""
        if state != self._state:
            self._state, self._size = state, 0
            self._blocks.clear()
        if name in self._blocks:
            return
        self._blocks[name] = block
        self._size += len(block.body)
        while self._size > _MOST_BYTES:
            _, oldest = self._blocks.popitem(last=False)
            self._size -= len(oldest.body)
