"""What goes wrong with graphs, in sentences a person can act on.

Every message says what failed, where, and what to do; the command line prints it as it is.
"""


class GraphError(Exception):
    """The base of everything that `quoth.graph` raises on purpose."""


class RecordError(GraphError):
    """An extraction contradicts itself, or quads do not hold a whole extraction."""


class StoreError(GraphError):
    """A graph cannot be opened, read, written or exported."""


class QueryError(GraphError):
    """A query or one of its parameters is wrong."""


class AliasError(GraphError):
    """A decision on sources names one that is not there, or contradicts another."""


class ModelError(GraphError):
    """The model of sentence meaning is not installed, or not as it was released."""
