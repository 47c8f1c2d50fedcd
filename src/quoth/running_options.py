"""The options of commands that read documents in any number, each described once."""

from datetime import datetime
from typing import Annotated, get_args

import typer

from quoth.options import Paths

OptionalPaths = Annotated[list[str] | None, get_args(Paths)[1]]
"""As `Paths`, where something else may say what is to be read."""
Workers = Annotated[
    int,
    typer.Option(
        min=1,
        metavar="N",
        help="Read with N processes. The result is the same; more than there are cores is no use.",
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        min=0.1,
        metavar="SECONDS",
        help="What a document may take; twice longer is a failure. [default: none with one "
        "worker, else 60, and 1 more per 1,000 characters]",
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Stop after N documents that are not there yet."),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help="Set aside what was published before that day, or bears no date.",
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume", help="Go on: files that were finished and are as they were stay unread."
    ),
]
FailuresFile = Annotated[
    str | None,
    typer.Option("--failures", metavar="FILE", help="Write what failed to FILE, as JSON Lines."),
]
Retry = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Read what failed before, as --failures has written it, instead of PATH.",
    ),
]
