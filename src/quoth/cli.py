"""The command line: one program, ``quoth``, whose errors end in one line and a status.

Data goes to standard output or the file that ``-o`` names, everything else to standard error.
Status 0 is done, 1 that something in the input failed (and was told), 2 wrong usage, 130
interrupted. What takes long to import is imported by the command that needs it.
"""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from quoth import (
    __version__,
    build_command,
    document_commands,
    exchange_commands,
    graph_commands,
    question_commands,
    serve_command,
    source_commands,
    spark_command,
)
from quoth.extractors.reading import ReadingError
from quoth.graph.errors import GraphError, QueryError
from quoth.output import has_stream, prepare_streams, tell

_CLOSED_PIPE = 141
"""The status of a program that the end of its pipe stopped, as shells report it."""


class _Commands(TyperGroup):
    """Commands whose foreseeable errors are told, not traced."""

    def invoke(self, ctx: Any) -> Any:
        try:
            answer = super().invoke(ctx)
            if has_stream(sys.stdout):
                sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read the output has seen enough; the interpreter's last flush goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(_CLOSED_PIPE) from None
        except (GraphError, ReadingError, OSError) as error:
            tell(_explain(error))
            raise typer.Exit(2 if isinstance(error, QueryError) else 1) from error
        return answer


def _explain(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return ": ".join(str(part) for part in (error.filename, error.strerror) if part)
    return str(error)


class _Notes(logging.Handler):
    """Tells what the library logs, such as a guessed encoding, as messages of the program."""

    def emit(self, record: logging.LogRecord) -> None:
        tell(record.getMessage())


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quoth {__version__}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Who said what, to whom, when, on whose word: source attribution in the news."""


app = typer.Typer(
    name="quoth",
    cls=_Commands,
    callback=_options,
    epilog="Start with: quoth demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
_EXAMPLES: dict[Callable[..., None], tuple[str, ...]] = {
    document_commands.demo: ("quoth demo -o demo",),
    document_commands.extract: (
        "quoth extract article.txt",
        'quoth extract articles/ --publisher "Coastal Wire" -f csv -o said.csv',
        "curl -s https://example.org/a.txt | quoth extract - --date 2024-05-03",
    ),
    build_command.build: (
        "quoth build articles/ -g news.quoth",
        "quoth build archive/ -g news.quoth --workers 4 --failures failed.jsonl",
        "quoth build archive/ -g news.quoth --workers 4 --resume",
        "quoth build -g news.quoth --retry failed.jsonl",
    ),
    document_commands.compare: (
        "quoth compare article.txt",
        "quoth compare articles/ -f csv -o differences.csv",
    ),
    question_commands.ask: (
        'quoth ask "What has Isabel Ortega said?" -g news.quoth',
        "quoth ask  # lists them",
    ),
    graph_commands.query: (
        "quoth query --list",
        'quoth query who-said -p source="Isabel Ortega" -g news.quoth',
        'quoth query "SELECT ?who { ?who a said:Person }" -g news.quoth -f csv',
    ),
    graph_commands.explore: (
        "quoth explore -g news.quoth -o explore.html",
        'quoth explore -g news.quoth --focus "Isabel Ortega" -o ortega.html',
        "quoth explore -g news.quoth --query denials.rq --max-nodes 100 -o denials.html",
    ),
    serve_command.serve: (
        "quoth serve -g news.quoth",
        "quoth serve -g news.quoth --writable --port 8000",
    ),
    exchange_commands.export: (
        "quoth export -g news.quoth -o news.nq.gz",
        "quoth export -g news.quoth -f nanopub -o attributions.trig",
        "quoth export -g news.quoth -o network.graphml",
        "quoth export -g news.quoth --kind denial -o denials.gexf",
        "quoth export -g news.quoth -f csv-network --kind claims -o claims",
    ),
    exchange_commands.import_: ("quoth import news.nq.gz -g news.quoth",),
    graph_commands.stats: (
        "quoth stats -g news.quoth",
        "quoth stats -g news.quoth --documents",
        "quoth stats -g news.quoth --stale",
    ),
    graph_commands.validate: ("quoth validate -g news.quoth",),
    graph_commands.remove: ("quoth remove article.txt -g news.quoth",),
    source_commands.link: ("quoth link -g news.quoth",),
    spark_command.spark: (
        "quoth spark articles.parquet -o graph",
        "quoth spark s3a://archive/articles -o s3a://archive/graph --master spark://host:7077",
    ),
}
_sources = typer.Typer(
    name="sources",
    help="One source across documents: what is merged and why, and your say in it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog="\b\nExamples:\n  quoth sources list -g news.quoth",
)


def _add(program: typer.Typer, commands: Mapping[Callable[..., None], tuple[str, ...]]) -> None:
    for command, examples in commands.items():
        # The backspace keeps the lines apart.
        epilog = "\n  ".join(("\b\nExamples:", *examples))
        name = command.__name__.rstrip("_")  # `import` is a word of Python's
        program.command(name, epilog=epilog)(command)


_add(app, _EXAMPLES)
_add(_sources, source_commands.COMMANDS)
app.add_typer(_sources)


def main() -> None:
    """Run the command line: the entry point of the program ``quoth``."""
    prepare_streams()
    logging.getLogger("quoth").addHandler(_Notes(logging.WARNING))
    # rdflib's word about an IRI comes before quoth's own, which says what is wrong with it.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    app(prog_name="quoth")
