"""Connected components as Spark jobs: large stars and small stars in turn.

After Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, «Connected Components in MapReduce
and Beyond» (SoCC 2014). Every round is written to the checkpoint folder, which cuts the plan: it
would double with each round otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def components(edges: DataFrame) -> DataFrame:
    """Return to which component each node belongs: ``node`` and ``component``, its least node.

    `edges` has the text columns ``one`` and ``other``. Nodes without an edge are not there.
    """
    from pyspark.sql.functions import greatest, least

    ordered = edges.where("one <> other").select(
        greatest("one", "other").alias("node"), least("one", "other").alias("component")
    )
    stars = ordered.distinct().checkpoint()
    before = None
    while (now := _print(stars)) != before:
        before = now
        stars = _small_stars(_large_stars(stars)).checkpoint()
    leaders = stars.select(stars.component.alias("node"), stars.component)
    return stars.unionByName(leaders).distinct()


def _large_stars(edges: DataFrame) -> DataFrame:
    """Tie the larger neighbours of each node to the least node of it and its neighbours."""
    from pyspark.sql import Window
    from pyspark.sql import functions as fn
    from pyspark.sql.functions import col, least

    both = edges.select(col("node").alias("u"), col("component").alias("v")).unionAll(
        edges.select("component", "node")
    )
    smallest = least(col("u"), fn.min("v").over(Window.partitionBy("u")))
    tied = both.select("u", "v", smallest.alias("least")).where("v > u")
    return tied.select(col("v").alias("node"), col("least").alias("component")).distinct()


def _small_stars(edges: DataFrame) -> DataFrame:
    """Tie each node and its smaller neighbours to the least of them."""
    from pyspark.sql import Window
    from pyspark.sql import functions as fn
    from pyspark.sql.functions import col

    smallest = fn.min("component").over(Window.partitionBy("node"))
    tied = edges.select("node", "component", smallest.alias("least"))
    near = tied.select(col("component").alias("node"), col("least").alias("component"))
    own = tied.select("node", col("least").alias("component"))
    return near.where("node <> component").unionByName(own).distinct()


def _print(edges: DataFrame) -> tuple[int, int]:
    """Return how many edges there are and the sum of their hashes: the same when none changed."""
    from pyspark.sql import functions as fn
    from pyspark.sql.functions import col, count, lit, xxhash64

    hashes = xxhash64("node", "component").cast("decimal(38,0)")
    row = edges.select(hashes.alias("hash")).agg(count(lit(1)), fn.sum(col("hash"))).collect()[0]
    return int(row[0]), int(row[1] or 0)
