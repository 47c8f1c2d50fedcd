"""The commands that bring graphs in and out: ``export`` and ``import``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from quoth.graph_access import answer_named, open_existing
from quoth.options import GraphPath, Output
from quoth.output import STANDARD_OUTPUT, refuse_overwriting, tell, write_text

_NETWORKS = ("graphml", "gexf", "csv-network")
"""The formats that hold one of a graph's networks, not the graph."""


def export(
    graph: GraphPath,
    format: Annotated[
        Literal[
            "trig",
            "nquads",
            "turtle",
            "jsonld",
            "nanopub",
            "csv",
            "graphml",
            "gexf",
            "csv-network",
        ]
        | None,
        typer.Option(
            "-f",
            "--format",
            metavar="trig|nquads|turtle|jsonld|nanopub|csv|graphml|gexf|csv-network",
            help="csv is the attributions alone, graphml, gexf and csv-network (a folder with "
            "nodes.csv and edges.csv) a network, nanopub a nanopublication for each attribution "
            "(in TriG, or what FILE ends with)  [default: what FILE ends with, or trig]",
        ),
    ] = None,
    kind: Annotated[
        Literal["sources", "told", "about", "chain", "denial", "co-citation", "claims", "documents"]
        | None,
        typer.Option(
            metavar="sources|told|about|chain|denial|co-citation|claims|documents",
            help="Which network: of sources, with every kind of edge; who tells, speaks of, "
            "relays or denies whom; sources quoted together; sources and their claims, or the "
            "documents that quote them  [default: sources]",
        ),
    ] = None,
    output: Output = "-",
) -> None:
    """Write a whole graph in a standard format, or one of its networks.

    The output is sorted: the same graph gives the same bytes. A FILE ending in .gz is compressed.
    """
    refuse_overwriting(output, graph=graph)
    chosen = format or _format_of(output)
    if kind is not None and chosen not in _NETWORKS:
        raise typer.BadParameter(
            f"{chosen} holds no network; give one of -f {', '.join(_NETWORKS)}",
            param_hint="'--kind'",
        )
    if chosen == "csv-network":
        _export_tables(graph, kind or "sources", output)
        return
    with open_existing(graph) as opened:
        if chosen == "csv":
            answer_named(opened, "attributions", {}, "csv", output)
            return
        syntax = _format_of(output) if chosen == "nanopub" else "trig"
        text = opened.export(chosen, kind=kind or "sources", syntax=syntax)
    write_text(text, output)


def _export_tables(graph: str, kind: str, output: str) -> None:
    """Write a network as two tables into the folder `output`."""
    if output == STANDARD_OUTPUT:
        raise typer.BadParameter(
            "csv-network is two files, nodes.csv and edges.csv; name a folder for them",
            param_hint="'-o'",
        )
    from quoth.graph.network_files import write_csv_tables

    with open_existing(graph) as opened:
        network = opened.network(kind)
    files = write_csv_tables(network, Path(output))
    tell(f"{graph}: the network is in {' and '.join(map(str, files))}")


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

    known = {**SUFFIXES, ".csv": "csv", ".graphml": "graphml", ".gexf": "gexf"}
    return known.get(suffix_of(Path(output)), "trig")
