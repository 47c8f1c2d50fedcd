"""``quoth link`` and ``quoth sources``: one source across documents, and the user's say in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quoth.graph_access import open_existing, read_text, write_answer
from quoth.options import GraphPath, Output, TableFormat
from quoth.output import (
    open_output,
    refuse_overwriting,
    tell,
)
from quoth.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from quoth.graph.links import LinkCounts
    from quoth.graph.source_graph import SourceGraph

NoLinks = Annotated[
    bool,
    typer.Option("--no-links", help="Leave the links across documents as they are (quoth link)."),
]
NoMeaning = Annotated[
    bool,
    typer.Option(
        "--no-meaning",
        help="Compare claims by their words alone, which is quicker, also where the extra "
        "“meaning” is installed.",
    ),
]
_SOURCE = typer.Argument(
    metavar="SOURCE", help="A name, or an IRI such as person-edda-thorvane.", show_default=False
)
_OTHER = typer.Argument(metavar="OTHER", help="Another, likewise.", show_default=False)
_TABLE = typer.Argument(
    metavar="FILE", help="CSV or TSV, or - for standard input.", show_default=False
)


def link(graph: GraphPath, *, no_meaning: NoMeaning = False) -> None:
    """Infer what holds across documents: `quoth build` does it at its end.

    Sources that are one under several names, claims told again, who denies, disputes or confirms
    them elsewhere, and copies of one wire report. It replaces what was inferred before.
    """
    with open_existing(graph, read_only=False) as opened:
        counts = relink(opened, graph, meaning=not no_meaning)
    if not counts.meaning and not no_meaning:
        tell("claims told in other words are found after: pip install 'quoth[meaning]'")


def list_(
    graph: GraphPath,
    search: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Only those with a name or IRI that holds TEXT."),
    ] = None,
    format: TableFormat = None,
    output: Output = "-",
) -> None:
    """List the named sources, their names, and which are merged into which, and why."""
    refuse_overwriting(output, graph=graph)
    with open_existing(graph) as opened:
        result = opened.aliases.sources(search)
    write_answer(result, format, output)


def merge(
    one: Annotated[str, _SOURCE],
    other: Annotated[str, _OTHER],
    graph: GraphPath,
    no_links: NoLinks = False,
) -> None:
    """Let two sources be one, whatever the rules say."""
    with open_existing(graph, read_only=False) as opened:
        opened.aliases.merge(one, other)
        _relink_unless(no_links, opened, graph)


def split(
    one: Annotated[str, _SOURCE],
    graph: GraphPath,
    other: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="The source that it is not.", show_default=False),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option("--in", metavar="DOCUMENT", help="The id, URL or key of a document."),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="What tells the homonym there apart."),
    ] = None,
    *,
    no_links: NoLinks = False,
) -> None:
    """Never let two sources be one; or let a name mean somebody else in one document.

    Two people of one name are one source until they are told apart by document, with --in and
    --as: a name that ends in brackets, such as "John Smith (FBI)".
    """
    homonym = document is not None and label is not None
    if (other is None) != homonym or (document is None) != (label is None):
        raise typer.BadParameter(
            'give another source, or both --in DOCUMENT and --as "NAME (WHICH)"',
            param_hint="'OTHER'",
        )
    with open_existing(graph, read_only=False) as opened:
        if other is not None:
            opened.aliases.split(one, other)
        elif document is not None and label is not None:
            opened.aliases.split_in(document, one, label)
        _relink_unless(no_links, opened, graph)


def alias(
    source: Annotated[str, _SOURCE],
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Another name of it.", show_default=False)
    ],
    graph: GraphPath,
    no_links: NoLinks = False,
) -> None:
    """Let a source have another name: queries find it by that, and so do the rules."""
    with open_existing(graph, read_only=False) as opened:
        opened.aliases.alias(source, name)
        _relink_unless(no_links, opened, graph)


def forget(
    source: Annotated[str, _SOURCE],
    graph: GraphPath,
    no_links: NoLinks = False,
) -> None:
    """Take back every decision on a source."""
    with open_existing(graph, read_only=False) as opened:
        taken = opened.aliases.forget(source)
        tell(f"{graph}: {taken} decisions on {source} taken back")
        _relink_unless(no_links, opened, graph)


def match(table: Annotated[str, _TABLE], graph: GraphPath) -> None:
    """Match sources with Wikidata or another register, by a table of your own.

    Its columns are source (a name or IRI) and match (an IRI, or a number such as Q42). Rows that
    cannot be understood are told, and the others are taken.
    """
    text = read_text(table)
    with open_existing(graph, read_only=False) as opened:
        failed = opened.aliases.import_matches(text, table)
    _tell_failed(failed)


def export(
    graph: GraphPath,
    format: Annotated[
        Literal["csv", "tsv"] | None,
        typer.Option("-f", "--format", metavar="csv|tsv", help="[default: what FILE ends with]"),
    ] = None,
    output: Output = "-",
) -> None:
    """Write the alias table, to be edited by hand and imported again.

    One decision a line: merge, split, homonym, alias or match; source; other; document.
    """
    refuse_overwriting(output, graph=graph)
    with open_existing(graph) as opened:
        result = opened.aliases.rows()
    is_tsv = (format or Path(output).suffix.lower().lstrip(".")) == "tsv"
    with open_output(output) as stream:
        stream.write(result.to_csv("\t" if is_tsv else ","))


def import_(
    table: Annotated[str, _TABLE],
    graph: GraphPath,
    add: Annotated[
        bool, typer.Option("--add", help="Keep the decisions that stand, and add these.")
    ] = False,
    no_links: NoLinks = False,
) -> None:
    """Let the alias table be what a file holds.

    A decision that is not in the file is taken back, unless --add. If a row cannot be understood,
    nothing is changed.
    """
    text = read_text(table)
    with open_existing(graph, read_only=False) as opened:
        failed = opened.aliases.import_rows(text, table, add=add)
        if not failed:
            _relink_unless(no_links, opened, graph)
    _tell_failed(failed)


COMMANDS: "dict[Callable[..., None], tuple[str, ...]]" = {
    list_: ("quoth sources list -g news.quoth --search thorvane",),
    merge: ('quoth sources merge "E. Thorvane" "Edda Thorvane" -g news.quoth',),
    split: (
        'quoth sources split "Edda Thorvane" "Nils Thorvane" -g news.quoth',
        'quoth sources split "John Smith" --in a.txt --as "John Smith (FBI)" -g news.quoth',
    ),
    alias: ('quoth sources alias "Edda Thorvane" "the iron aunt" -g news.quoth',),
    forget: ('quoth sources forget "Edda Thorvane" -g news.quoth',),
    match: ("quoth sources match wikidata.csv -g news.quoth",),
    export: ("quoth sources export -g news.quoth -o aliases.csv",),
    import_: ("quoth sources import aliases.csv -g news.quoth",),
}
"""The commands of ``quoth sources``, each with its examples."""


def relink(opened: "SourceGraph", graph: str, *, meaning: bool = True) -> "LinkCounts":
    """Infer the links of an open graph anew, and tell how many there are where there are any.

    Claims are compared by what they mean, too, if `meaning` and the extra is installed.
    """
    with progress("linking"):
        counts = opened.relink(meaning=None if meaning else False)
    found = [
        (counts.merged_sources, "sources merged into others"),
        (counts.clustered_claims, f"claims in {counts.clusters} clusters"),
        (counts.responses, "answers to other documents"),
        (counts.copies, "copies"),
    ]
    if told := ", ".join(f"{number} {what}" for number, what in found if number):
        tell(f"{graph}: {told}")
    return counts


def _relink_unless(no_links: bool, opened: "SourceGraph", graph: str) -> None:
    if not no_links:
        relink(opened, graph)


def _tell_failed(failed: list[str]) -> None:
    for problem in failed:
        tell(problem)
    if failed:
        raise typer.Exit(1)
