"""``quoth build``: who says what in documents, added to a graph."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quoth.extractors.reading import ReadingOptions
from quoth.failures import Failures, Retried
from quoth.inputs import Inputs, Known, day
from quoth.options import (
    Author,
    Date,
    ExtractorName,
    GraphPath,
    Id,
    MinConfidence,
    Publisher,
    Title,
    Url,
)
from quoth.output import refuse_overwriting, refuse_unwritable, tell
from quoth.progress import progress
from quoth.reading_options import with_reading_options
from quoth.running_options import (
    FailuresFile,
    Limit,
    OptionalPaths,
    Resume,
    Retry,
    Since,
    TimeLimit,
    Workers,
)
from quoth.source_commands import NoLinks, NoMeaning, relink

if TYPE_CHECKING:
    from quoth.extractors.records import Document


@with_reading_options
def build(
    paths: OptionalPaths = None,
    *,
    graph: GraphPath,
    date: Date = None,
    publisher: Publisher = None,
    author: Author = None,
    url: Url = None,
    title: Title = None,
    id: Id = None,
    extractor: ExtractorName = "model",
    min_confidence: MinConfidence = 0.0,
    again: Annotated[
        bool, typer.Option("--again", help="Read what is there already once more.")
    ] = False,
    no_links: NoLinks = False,
    no_meaning: NoMeaning = False,
    workers: Workers = 1,
    time_limit: TimeLimit = None,
    limit: Limit = None,
    since: Since = None,
    resume: Resume = False,
    failures_file: FailuresFile = None,
    retry: Retry = None,
    reading: ReadingOptions,
    any_language: bool,
) -> None:
    """Add who says what in documents to a graph.

    The graph is made if it is not there. Documents that are there already, as this extractor
    reads them, are passed over. A document of the same URL (or the same id, where there is no
    URL) with another text takes the place of the earlier one. At the end it is inferred anew what
    holds across documents, as `quoth link` does.

    An interrupt (Ctrl-C) ends it after what it has begun; what is in the graph stays, and the same
    command goes on from there.
    """
    from quoth.graph.store import open_graph
    from quoth.running.interruption import Interruption, interruptible
    from quoth.running.journal import journal_of
    from quoth.running.plan import quads
    from quoth.running.reader import reader
    from quoth.running.run import Run

    retried = _retried(paths, retry)
    known = Known(date=day(date), publisher=publisher, author=author, url=url, title=title, id=id)
    failures = Failures()
    inputs = Inputs(
        retried.inputs if retried else paths or [],
        known,
        failures,
        reading=reading,
        any_language=any_language,
    )
    if failures_file is not None:
        refuse_overwriting(failures_file, inputs=inputs.paths, graph=graph, option="--failures")
        refuse_unwritable(failures_file, "--failures")
    run = Run(inputs, failures, since=day(since), retried=retried, again=again)
    total = inputs.total if limit is None else None
    interruption = Interruption()
    settings = repr((extractor, min_confidence, known, since, again, reading, any_language))
    with ExitStack() as stack:
        if failures_file is not None:
            stack.callback(failures.write, failures_file)
        with reader(
            extractor,
            min_confidence,
            quads(),
            workers=workers,
            time_limit=time_limit,
            limit=limit,
            is_stopped=interruption.is_asked,
        ) as extracts:
            opened = stack.enter_context(open_graph(graph, extractor=extracts))
            with (
                # What is tried once more belongs to the run that it failed in.
                journal_of(graph, settings, resume=resume or retried is not None) as journal,
                interruptible(interruption),
                progress("building", total, pace=run.report.pace) as step,
            ):
                opened.add(
                    run.documents(interruption, step, journal),
                    on_error=run.failed,
                    on_replaced=_tell_replaced,
                    on_added=run.added,
                    # What comes by standard input is given one name, whatever it is.
                    replace=id is not None or inputs.paths != ["-"],
                    again=again,
                )
        for line in run.report.lines():
            tell(f"{graph}: {line}")
        if limit is not None and run.report.tried >= limit and interruption.signal is None:
            tell(f"{graph}: that is the limit; the same command goes on with the next documents")
        if interruption.signal is not None:
            _tell_stopped(graph)
            raise typer.Exit(interruption.status)
        if not no_links:
            relink(opened, graph, meaning=not no_meaning)
        with progress("making ready for questions") as step:
            opened.close(step)
    if failures.count and failures_file is not None:
        tell(
            f"what failed is in {failures_file}; `--retry {failures_file}`, with the same options, "
            "tries it once more"
        )
    failures.exit()


def _retried(paths: list[str] | None, retry: str | None) -> Retried | None:
    if retry is None:
        if not paths:
            raise typer.BadParameter("name what is to be read", param_hint="'PATH...'")
        return None
    if paths:
        raise typer.BadParameter(
            "it says itself what is to be read; leave out the paths", param_hint="'--retry'"
        )
    return Retried(retry)


def _tell_stopped(graph: str) -> None:
    how = ", with --resume without reading finished files again" if Path(graph).is_dir() else ""
    tell(f"{graph}: stopped before the end; the same command goes on from here{how}")


def _tell_replaced(document: "Document", earlier: str) -> None:
    other = "--url" if document.url else "--id"
    tell(
        f"{document.url or document.id}: takes the place of its earlier text ({earlier}); "
        f"to keep both, remove it and add it under another {other}"
    )
