"""The commands that bring graphs in and out: ``export`` and ``import``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from quoth.graph_access import open_existing
from quoth.options import GraphPath, Output
from quoth.output import refuse_overwriting, tell, write_text


def export(
    graph: GraphPath,
    format: Annotated[
        Literal["trig", "nquads", "turtle", "jsonld", "nanopub", "graphml", "csv"] | None,
        typer.Option(
            "-f",
            "--format",
            metavar="trig|nquads|turtle|jsonld|nanopub|graphml|csv",
            help="csv is the attributions alone, graphml the network of sources, nanopub a "
            "nanopublication for each attribution (in TriG, or what FILE ends with)  "
            "[default: what FILE ends with, or trig]",
        ),
    ] = None,
    output: Output = "-",
) -> None:
    """Write a whole graph in a standard format.

    The output is sorted: the same graph gives the same bytes. A FILE ending in .gz is compressed.
    """
    refuse_overwriting(output, graph=graph)
    with open_existing(graph) as opened:
        of_file = _format_of(output)
        if format == "nanopub":
            text = opened.export(format, syntax=of_file)
        else:
            text = opened.export(format or of_file)
    write_text(text, output)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="TriG, N-Quads, Turtle, JSON-LD or nanopublications, as `quoth export` writes "
            "them; its name ends in .trig, .nq, .ttl or .jsonld, with .gz where compressed.",
            show_default=False,
        ),
    ],
    graph: GraphPath,
) -> None:
    """Read an exported graph into a graph, which is made if it is not there.

    A document that is there already is replaced by the one that is read.
    """
    from quoth.graph.incoming import read_graphs
    from quoth.graph.store import open_graph

    read_graphs(file)  # what cannot be read makes no graph
    with open_graph(graph) as opened:
        written = opened.import_(file)
    tell(f"{graph}: {written} documents new or changed from {file}")


def _format_of(output: str) -> str:
    from quoth.graph.formats import SUFFIXES, suffix_of

    known = {**SUFFIXES, ".csv": "csv", ".graphml": "graphml"}
    return known.get(suffix_of(Path(output)), "trig")
