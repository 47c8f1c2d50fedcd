"""The command ``ask``: the named questions, in words."""

from typing import TYPE_CHECKING, Annotated

import typer

from quoth.graph_access import answer_named, named_values, open_existing, write_answer
from quoth.options import GRAPH, Output, TableFormat
from quoth.output import refuse_overwriting, tell

if TYPE_CHECKING:
    from quoth.graph.results import Result


def ask(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION",
            help="A question in words, or the name of one; without it they are listed.",
            show_default=False,
        ),
    ] = None,
    *,
    graph: Annotated[str | None, GRAPH] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "-p", "--parameter", metavar="NAME=VALUE", help="A parameter of a question's name."
        ),
    ] = None,
    format: TableFormat = None,
    output: Output = "-",
) -> None:
    """Ask a graph a question in words.

    How it was understood is told on standard error. Words that fit no question are not guessed at:
    the nearest questions are shown.
    """
    refuse_overwriting(output, graph=graph)
    values = named_values(parameters or [])
    if question is None:
        write_answer(_in_words(), format, output)
    elif graph is None:
        raise typer.BadParameter("which graph is asked? -g GRAPH", param_hint="'-g'")
    else:
        with open_existing(graph) as opened:
            answer_named(opened, *_understood(question, values), format, output)


def _understood(question: str, values: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return the name of the question that is meant, and its parameters."""
    from quoth.graph.catalogue import list_queries
    from quoth.graph.wording import understand

    if any(query.name == question for query in list_queries()):
        return question, values
    understood = understand(question)
    parameters = {**understood.parameters, **values}
    given = "".join(f' -p {name}="{value}"' for name, value in parameters.items())
    tell(f"understood as: {understood.query.name}{given}")
    return understood.query.name, parameters


def _in_words() -> "Result":
    from quoth.graph.catalogue import list_queries
    from quoth.graph.results import Result

    rows = [(wording, query.name) for query in list_queries() for wording in query.wordings]
    return Result(("question", "name"), tuple(rows))
