"""The commands that read documents: ``demo``, ``extract``, ``build`` and ``compare``."""

from datetime import date as calendar_date
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quoth.inputs import Failures, Inputs, Known
from quoth.options import (
    Author,
    Date,
    ExtractorName,
    GraphPath,
    Id,
    MinConfidence,
    Output,
    Paths,
    Publisher,
    TableFormat,
    Title,
    Url,
)
from quoth.output import is_terminal, open_output, refuse_overwriting, tell, write_result
from quoth.progress import progress
from quoth.source_commands import NoLinks, NoMeaning, relink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quoth.extractors.records import Document


def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write.")
    ] = Path("quoth-demo"),
    extractor: ExtractorName = "model",
) -> None:
    """Read, ask and draw the bundled articles.

    Writes them, their graph and a page to explore into a folder, and answers three questions.
    """
    from quoth import demo as bundled
    from quoth.api import open_graph
    from quoth.graph.drawing import page

    graph_path, page_path = output / bundled.GRAPH, output / bundled.PAGE
    bundled.write_articles(output / bundled.ARTICLES)
    graph_path.unlink(missing_ok=True)
    documents = bundled.sample_documents()
    with (
        progress("reading the articles", len(documents)) as step,
        open_graph(graph_path, extractor=extractor) as graph,
    ):
        graph.add(_each(documents, step))
        graph.relink()
    with open_graph(graph_path, read_only=True) as graph:
        for question in bundled.QUESTIONS:
            typer.echo(f"{question.heading}\n  {question.command} -g {graph_path}\n")
            write_result(graph.ask(question.name, **question.parameters), "table", "-")
            typer.echo()
        html = page(graph.dataset)
    with open_output(str(page_path)) as stream:
        stream.write(html)
    typer.echo(
        f"{len(documents)} articles  {output / bundled.ARTICLES}\n"
        f"their graph  {graph_path}\n"
        f"to explore   {page_path}  (open it in a browser)"
    )


def extract(
    paths: Paths,
    *,
    format: Annotated[
        Literal["table", "jsonl", "csv"] | None,
        typer.Option(
            "-f",
            "--format",
            metavar="table|jsonl|csv",
            help="[default: table on a terminal, jsonl elsewhere]",
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show the text with each attribution explained."),
    ] = False,
    output: Output = "-",
    date: Date = None,
    publisher: Publisher = None,
    author: Author = None,
    url: Url = None,
    title: Title = None,
    id: Id = None,
    extractor: ExtractorName = "model",
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Show who says what in documents.

    A table shows the attributions; csv gives everything that fits in a cell; jsonl everything,
    one line a document, with the sentences that attribute nothing in a list of their own.
    --explain prints the text, each attribution under the line where it begins: its parts, and the
    words that they rest on.
    """
    if explain and format:
        raise typer.BadParameter(
            "it is a format of its own: leave out --format", param_hint="--explain"
        )
    from quoth.api import extract as extract_all
    from quoth.extractors.jsonlines import dumps
    from quoth.tabulation import full_table, overview

    known = Known(date=_day(date), publisher=publisher, author=author, url=url, title=title, id=id)
    failures = Failures()
    inputs = Inputs(paths, known, failures)
    refuse_overwriting(output, inputs=inputs.paths)
    chosen = format or ("table" if is_terminal(output) else "jsonl")
    streamed = explain or chosen == "jsonl"
    to_screen = streamed and is_terminal(output)
    with progress("extracting", len(inputs), hidden=to_screen) as step:
        extractions = extract_all(
            _each(inputs, step),
            on_error=failures.unprocessed,
            extractor=extractor,
            min_confidence=min_confidence,
        )
        if explain:
            from quoth.explanation import write_explanations

            with open_output(output) as stream:
                write_explanations(extractions, stream)
        elif chosen == "jsonl":
            with open_output(output) as stream:
                stream.writelines(f"{dumps(extraction)}\n" for extraction in extractions)
        else:
            tabulate = overview if chosen == "table" else full_table
            result = tabulate(extractions)
    if not streamed:
        write_result(result, chosen, output)
    failures.exit()


def build(
    paths: Paths,
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
) -> None:
    """Add who says what in documents to a graph.

    The graph is made if it is not there. Documents that are there already, as this extractor
    reads them, are passed over. A document of the same URL (or the same id, where there is no
    URL) with another text takes the place of the earlier one. At the end it is inferred anew what
    holds across documents, as `quoth link` does.
    """
    from quoth.api import open_graph

    known = Known(date=_day(date), publisher=publisher, author=author, url=url, title=title, id=id)
    failures = Failures()
    inputs = Inputs(paths, known, failures)
    with (
        progress("building", len(inputs)) as step,
        open_graph(graph, extractor=extractor, min_confidence=min_confidence) as opened,
    ):
        changed = opened.add(
            _each(inputs, step),
            on_error=failures.unprocessed,
            on_replaced=_tell_replaced,
            # What comes by standard input is given one name, whatever it is.
            replace=id is not None or inputs.paths != ["-"],
            again=again,
        )
        tell(f"{graph}: {inputs.read} documents read, {changed} new or changed")
        if not no_links:
            relink(opened, graph, meaning=not no_meaning)
    failures.exit()


def compare(
    paths: Paths,
    *,
    first: ExtractorName = "model",
    second: ExtractorName = "rules",
    everything: Annotated[
        bool, typer.Option("--all", help="Show what they agree on as well.")
    ] = False,
    format: TableFormat = None,
    output: Output = "-",
) -> None:
    """Show where two extractors differ.

    A row for each attribution that only one of them finds, or to which they give different
    sources; how often they agree is told for each document and for all together.
    """
    from quoth.api import extract as extract_all
    from quoth.extractors.comparison import compare as compare_two
    from quoth.tabulation import comparison_table, tally

    failures = Failures()
    inputs = Inputs(paths, Known(), failures)
    refuse_overwriting(output, inputs=inputs.paths)
    found = []
    with progress("comparing", len(inputs)) as step:
        for document in _each(inputs, step):
            try:
                one, other = (extract_all(document, extractor=name) for name in (first, second))
            except Exception as error:
                failures.unprocessed(document, error)
                continue
            found.append((document, compare_two(one, other)))
    names = (first, second)
    write_result(
        comparison_table(found, names, everything=everything),
        format or ("table" if is_terminal(output) else "csv"),
        output,
    )
    for document, compared in found:
        tell(f"{document.id}: {tally(compared, names)}")
    if len(found) > 1:
        tell(f"all: {tally([c for _, compared in found for c in compared], names)}")
    failures.exit()


def _tell_replaced(document: "Document", earlier: str) -> None:
    other = "--url" if document.url else "--id"
    tell(
        f"{document.url or document.id}: takes the place of its earlier text ({earlier}); "
        f"to keep both, remove it and add it under another {other}"
    )


def _day(moment: datetime | None) -> calendar_date | None:
    return moment.date() if moment else None


def _each(documents: "Iterable[Document]", step: "Callable[[], None]") -> "Iterator[Document]":
    """Yield the documents, and call `step` when the next one is asked for."""
    for document in documents:
        yield document
        step()
