"""The options that commands share, each described once."""

from datetime import datetime
from typing import Annotated, Literal

import typer


def _not_empty(value: str | None) -> str | None:
    if value == "":
        raise typer.BadParameter("it is empty")
    return value


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files (text, HTML, JSON, CSV, Parquet, WARC, RSS, PDF …; also in .gz, .zip), folders "
        "of them, http(s) addresses, or - for standard input.",
        show_default=False,
    ),
]
Date = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="When they were published."),
]
Publisher = Annotated[
    str | None, typer.Option(metavar="NAME", help="The outlet that published them.")
]
Author = Annotated[str | None, typer.Option(metavar="NAME", help="Who wrote them.")]
Url = Annotated[str | None, typer.Option(metavar="URL", help="Where it stands (one document).")]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="Its title (one document).")]
Id = Annotated[
    str | None,
    typer.Option(
        "--id",
        metavar="ID",
        help="Your name for it (one document) [default: its file].",
        callback=_not_empty,
    ),
]
GRAPH = typer.Option(
    "-g",
    "--graph",
    metavar="GRAPH",
    callback=_not_empty,
    help="The graph: a folder, a file ending in .trig or .nq (or these and .gz), or the http:// "
    "address of a SPARQL endpoint.",
    show_default=False,
)
GraphPath = Annotated[str, GRAPH]
ExtractorName = Annotated[
    Literal["model", "rules"],
    typer.Option(
        metavar="model|rules", help="Who reads: the trained model, or rules, which are quicker."
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(min=0.0, max=1.0, metavar="0..1", help="Leave out what is less sure than this."),
]
Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Where to; - is standard output.",
        callback=_not_empty,
    ),
]
TableFormat = Annotated[
    Literal["table", "csv", "json"] | None,
    typer.Option(
        "-f",
        "--format",
        metavar="table|csv|json",
        help="[default: table on a terminal, csv elsewhere]",
    ),
]
