"""Archives past one machine: documents to a graph on Apache Spark, the same as ``quoth build``.

::

    from quoth.spark import build

    report = build(spark.read.parquet("s3a://archive/articles"), "s3a://archive/graph")

What comes out, and how it is loaded, is in ``docs/spark.md``. It needs ``quoth[spark]`` and Java.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.spark.errors import SparkError
    from quoth.spark.running import Report, build

__all__ = ["Report", "SparkError", "build"]

_HOMES = {
    "Report": "quoth.spark.running",
    "SparkError": "quoth.spark.errors",
    "build": "quoth.spark.running",
}

# Workers import parts of this package, and need not have all that the driver needs.
if not TYPE_CHECKING:

    def __getattr__(name):
        """Import a public name from its home (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)
