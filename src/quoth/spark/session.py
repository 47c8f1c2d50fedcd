"""A Spark session for the command line, and the tables that it reads."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from quoth.output import has_stream
from quoth.spark.errors import SparkError
from quoth.spark.files import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark.sql import DataFrame, SparkSession

LOCAL = "local[2,4]"
"""Two workers on this machine, and up to four attempts a task: ``local[2]`` never retries."""
_PARTITIONS = 8
"""Parts that rows are shuffled into on one machine: Spark's 200 are for a cluster."""
_JSON = (".json", ".jsonl", ".ndjson")
_CSV = (".csv",)
_PATTERN = re.compile(r"[*?\[{]")
"""What makes a path stand for several, as Spark reads them."""


def session(master: str | None) -> SparkSession:
    """Return the Spark session that is there (`spark-submit` makes one), or one at `master`.

    Raises SparkError where PySpark or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkError("Spark is not installed; pip install 'quoth[spark]'") from error
    # PySpark 4.3 warns of pandas 3 each time; what quoth uses of both was tested together.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    builder = SparkSession.Builder().appName("quoth")
    if master is not None:
        builder = builder.master(master)
    if master is not None and master.startswith("local"):
        _require_java()
        # Workers are this Python, whatever `python3` is.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        with as_file(files("quoth.spark") / "log4j2.properties") as quiet:
            for name, value in _on_this_machine(quiet).items():
                builder = builder.config(name, value)
            return _told_days(builder.getOrCreate())
    return _told_days(builder.getOrCreate())


def _on_this_machine(quiet: Path) -> dict[str, str]:
    """Return Spark's settings for one machine; `quiet` says what it may log."""
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(has_stream(sys.stderr) and sys.stderr.isatty()).lower(),
        "spark.driver.extraJavaOptions": f'"-Dlog4j2.configurationFile={quiet.as_uri()}"',
        "spark.sql.shuffle.partitions": str(_PARTITIONS),
    }


def _told_days(spark: SparkSession) -> SparkSession:
    """Let a day be the day of the table's own clock, on any machine."""
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    return spark


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") or (home and (Path(home) / "bin" / "java").is_file()):
        return
    raise SparkError(
        "Spark needs Java 17 or newer, and there is none; install it (on Debian: "
        "apt-get install openjdk-17-jre-headless) or say where it is in JAVA_HOME"
    )


def require_files(paths: Iterable[str]) -> None:
    """Raise SparkError for a path on this machine where nothing is: starting Spark takes longer."""
    for path in paths:
        if "://" not in path and not _PATTERN.search(path) and not Path(path).exists():
            raise SparkError(f"{path}: no such file or folder")


def read_tables(spark: SparkSession, paths: Sequence[str]) -> DataFrame:
    """Return the documents of Parquet, JSON Lines or CSV files, or folders of Parquet.

    The ends of their names tell the format, ``.gz`` left aside. Columns that only some have are
    empty in the others. Raises SparkError where one cannot be read.
    """
    from pyspark.errors import PySparkException

    tables = []
    for path in paths:
        try:
            tables.append(_read(spark, path))
        except PySparkException as error:
            raise SparkError(
                f"{path}: is no table that Spark can read ({_first(error)})"
            ) from error
    table = tables[0]
    for other in tables[1:]:
        table = table.unionByName(other, allowMissingColumns=True)
    return table


def _read(spark: SparkSession, path: str) -> DataFrame:
    where = path if "://" in path else f"file:{located(path)}"
    name = path.lower().removesuffix(".gz")
    if name.endswith(_JSON):
        return spark.read.json(where)
    if name.endswith(_CSV):
        return spark.read.csv(where, header=True, multiLine=True, escape='"')
    return spark.read.parquet(where)


def explain(error: Exception) -> str:
    """Return what a failed job says first, without Spark's traces."""
    lines = list(_telling(str(error)))
    return lines[-1] if lines else type(error).__name__


def _first(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _telling(text: str) -> Iterator[str]:
    """Yield the lines of a trace that name an exception of Python's, the innermost last."""
    for line in text.splitlines():
        name = line.strip().partition(":")[0]
        if name.isidentifier() and name.endswith(("Error", "Exception")):
            yield line.strip()
