"""``quoth spark``: an archive on Apache Spark, the same as ``quoth build``."""

from typing import Annotated

import typer

from quoth.options import ExtractorName, MinConfidence
from quoth.output import tell

Tables = Annotated[
    list[str],
    typer.Argument(
        metavar="DOCUMENTS",
        help="Parquet, JSON Lines (.jsonl) or CSV files, or folders of Parquet, with the columns "
        "id and text, and title, date, publisher, author and url where there are any.",
        show_default=False,
    ),
]


def spark(
    documents: Tables,
    *,
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="The folder to fill: a path that all workers share, or an address such as "
            "s3a://bucket/folder.",
            show_default=False,
        ),
    ],
    master: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Where Spark runs  [default: what spark-submit says, else local[2,4]]",
        ),
    ] = None,
    extractor: ExtractorName = "model",
    min_confidence: MinConfidence = 0.0,
    shards: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=99_999,
            metavar="N",
            help="How many parts there are to be  [default: one for 500 documents]",
        ),
    ] = None,
    no_links: Annotated[
        bool, typer.Option("--no-links", help="Leave out what holds across documents.")
    ] = False,
    gzip: Annotated[bool, typer.Option("--gzip", help="Compress the documents' quads.")] = False,
    time_limit: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            metavar="SECONDS",
            help="What a document may take; twice longer is a failure. [default: 60, and 1 more "
            "per 1,000 characters]",
            show_default=False,
        ),
    ] = None,
    retry: Annotated[
        bool,
        typer.Option("--retry", help="Make the parts anew in which documents have failed."),
    ] = False,
) -> None:
    """Read an archive on Apache Spark: sorted N-Quads to load, and tables in Parquet.

    The quads are those of `quoth build` and `quoth export`, links included. What is there whole is
    not made again: after a failure give the same command once more.
    """
    import os

    from quoth.spark import SparkError, build
    from quoth.spark.session import LOCAL, explain, read_tables, require_files, session

    require_files(documents)
    opened = session(master or (None if "PYSPARK_GATEWAY_PORT" in os.environ else LOCAL))
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # ships no types
    from pyspark.errors import PySparkException

    try:
        report = build(
            read_tables(opened, documents),
            output,
            extractor=extractor,
            min_confidence=min_confidence,
            shards=shards,
            links=not no_links,
            compress=gzip,
            time_limit=time_limit,
            retry=retry,
        )
    except (PySparkException, Py4JError) as error:
        raise SparkError(
            f"the job failed ({explain(error)}); Spark's log says more. Finished parts are kept: "
            "give the same command again"
        ) from error
    finally:
        opened.stop()
    tell(
        f"{output}: {report.documents} documents in {report.shards + report.reused} parts "
        f"({report.reused} there already), {report.attributions} attributions"
    )
    found = [
        (report.merged_sources, "sources merged into others"),
        (report.clustered_claims, f"claims in {report.clusters} clusters"),
        (report.responses, "answers to other documents"),
        (report.copies, "copies"),
        (report.duplicates, "documents left out that came twice"),
    ]
    if told := ", ".join(f"{number} {what}" for number, what in found if number):
        tell(f"{output}: {told}")
    if report.failures:
        tell(
            f"{report.failures} documents could not be read: {output}/failures says why; "
            "`--retry` tries them once more"
        )
        raise typer.Exit(1)
