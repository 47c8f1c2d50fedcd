"""The commands that look at a graph: ``query``, ``explore``, ``stats`` and others."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from quoth.graph_access import (
    answer_named,
    named_values,
    open_existing,
    read_text,
    write_answer,
)
from quoth.options import GRAPH, ExtractorName, GraphPath, MinConfidence, Output, TableFormat
from quoth.output import (
    open_output,
    refuse_overwriting,
    tell,
)
from quoth.progress import progress
from quoth.source_commands import relink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quoth.graph.document_entries import DocumentEntry
    from quoth.graph.results import Result
    from quoth.graph.source_graph import SourceGraph
    from quoth.graph.statistics import Statistics


def query(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY",
            help="A named question, a file of SPARQL ending in .rq, SPARQL itself, or - to read "
            "it from standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    graph: Annotated[str | None, GRAPH] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--parameter",
            metavar="NAME=VALUE",
            help="A parameter of the question, or a variable of the SPARQL; <...> is an IRI.",
        ),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the named questions and their parameters.")
    ] = False,
    format: TableFormat = None,
    output: Output = "-",
) -> None:
    """Ask a graph a named question, or SPARQL.

    The prefixes of the vocabulary are bound: said:, nif:, prov:, dcterms: and others.
    """
    asked = [question] if question and question.endswith(".rq") else []
    refuse_overwriting(output, inputs=asked, graph=graph)
    if list_:
        write_answer(_named_questions(), format, output)
    elif question is None:
        raise typer.BadParameter("give one, or see them with --list", param_hint="'QUERY'")
    elif graph is None:
        raise typer.BadParameter("which graph is asked? -g GRAPH", param_hint="'-g'")
    else:
        values = named_values(parameters or [])
        with open_existing(graph) as opened:
            if question.replace("-", "").isalnum():
                answer_named(opened, question, values, format, output)
                return
            result = _ask(opened, question, values)
        write_answer(result, format, output)


def explore(
    graph: GraphPath,
    output: Output = "explore.html",
    *,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The heading of the page.")
    ] = None,
    focus: Annotated[
        str | None,
        typer.Option(
            metavar="SOURCE",
            help="Only this source and what connects it to others: its name, another one of its "
            "names, or its IRI.",
        ),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.rq",
            help="Only what this SPARQL query yields: attributions, sources, claims or documents "
            "(- is standard input).",
        ),
    ] = None,
    max_nodes: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="How many sources are drawn one by one, the most quoted; the others are drawn as "
            "groups.  [default: 300]",
        ),
    ] = None,
) -> None:
    """Draw who said what as a page for the browser.

    The page is one file, and loads nothing from the network. Everything that is chosen is in it,
    however much is drawn.
    """
    from quoth.graph.drawing import page
    from quoth.graph.page_picture import MOST_SOURCES

    asked = [query] if query and query != "-" else []
    refuse_overwriting(output, inputs=asked, graph=graph)
    sparql = None if query is None else read_text(query)
    with open_existing(graph) as opened, progress("drawing"):
        html = page(
            opened.dataset,
            title=title,
            focus=focus,
            query=sparql,
            max_nodes=MOST_SOURCES if max_nodes is None else max_nodes,
        )
    with open_output(output) as stream:
        stream.write(html)


def stats(
    graph: GraphPath,
    *,
    documents: Annotated[
        bool, typer.Option("--documents", help="List the documents and what each holds.")
    ] = False,
    stale: Annotated[
        bool,
        typer.Option(
            "--stale", help="List the documents that `quoth build` would read anew if given again."
        ),
    ] = False,
    extractor: ExtractorName = "model",
    min_confidence: MinConfidence = 0.0,
    format: TableFormat = None,
    output: Output = "-",
) -> None:
    """Count what a graph holds.

    Documents are stale when another version of the extractor has read them, or one with other
    settings; --extractor and --min-confidence say which are meant.
    """
    refuse_overwriting(output, graph=graph)
    with open_existing(graph) as opened:
        if stale:
            from quoth.api import shared_extractor

            reader = shared_extractor(extractor, min_confidence).record
            result = _list_documents(opened.stale(reader))
        else:
            result = (
                _list_documents(opened.document_entries()) if documents else _count(opened.stats())
            )
    write_answer(result, format, output)


def validate(graph: GraphPath) -> None:
    """Check a graph against the shapes of its vocabulary (SHACL).

    The status is 1 when it breaks one of them.
    """
    with open_existing(graph) as opened, progress("validating"):
        report = opened.validate()
    typer.echo(str(report))
    if not report.conforms:
        raise typer.Exit(1)


def remove(
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT",
            help="Their ids, URLs or keys, as `quoth stats --documents` lists them.",
            show_default=False,
        ),
    ],
    graph: GraphPath,
) -> None:
    """Take documents out of a graph.

    The sources that only they mention go with them, and the links across documents are inferred
    anew.
    """
    missing = []
    with open_existing(graph, read_only=False) as opened:
        for document in documents:
            removed = opened.remove(document)
            tell(f"{graph}: {removed} documents removed for {document}")
            if not removed:
                missing.append(document)
        if len(missing) < len(documents):
            relink(opened, graph)
    if missing:
        tell(f"not there: {', '.join(missing)}; see quoth stats --documents -g {graph}")
        raise typer.Exit(1)


def _ask(graph: "SourceGraph", question: str, values: dict[str, str]) -> "Result":
    """Answer `question`, which is a file, ``-`` or SPARQL."""
    is_file = question == "-" or question.endswith(".rq")
    sparql = read_text(question) if is_file else question
    from rdflib import URIRef

    terms: dict[str, Any] = {
        name: URIRef(value[1:-1]) if value.startswith("<") and value.endswith(">") else value
        for name, value in values.items()
    }
    return graph.query(sparql, **terms)


def _named_questions() -> "Result":
    from quoth.graph.catalogue import list_queries
    from quoth.graph.results import Result

    return Result(
        ("name", "parameters", "answers"), tuple((q.name, q.usage, q.title) for q in list_queries())
    )


def _list_documents(entries: "Iterable[DocumentEntry]") -> "Result":
    from dataclasses import astuple, fields

    from quoth.graph.document_entries import DocumentEntry
    from quoth.graph.results import Result

    columns = tuple(field.name for field in fields(DocumentEntry))
    return Result(columns, tuple(astuple(entry) for entry in entries))


def _count(statistics: "Statistics") -> "Result":
    from quoth.graph.results import Result

    s = statistics
    rows: list[tuple[object, ...]] = [
        ("documents", None, s.documents),
        ("attributions", None, s.attributions),
        ("attributions", "of unnamed sources", s.unnamed),
        *(("attributions", f"act: {act}", count) for act, count in s.speech_acts.items()),
        *(("attributions", f"depth: {depth}", count) for depth, count in s.depths.items()),
        ("own claims", None, s.own_claims),
        ("sources", None, s.sources),
        *(("sources", f"type: {kind}", count) for kind, count in s.sources_by_type.items()),
        *(("sources", kind, count) for kind, count in s.sources_by_anonymity.items()),
    ]
    return Result(("what", "which", "count"), tuple(rows))
