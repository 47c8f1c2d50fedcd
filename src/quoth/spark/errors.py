"""What goes wrong on Spark, in sentences a person can act on."""

from quoth.graph.errors import GraphError


class SparkError(GraphError):
    """A table of documents, an output folder or the Spark session is not as it must be."""
