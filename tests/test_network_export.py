"""Networks written by the command line: of every kind, in every format, with every attribute."""

import csv
from pathlib import Path
from typing import Any, get_args

import networkx as nx
import pytest
from examples import corpus
from typer.testing import CliRunner, Result

from quoth.cli import app
from quoth.exchange_commands import export
from quoth.graph import QueryError, open_graph
from quoth.graph.networks import NetworkKind


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "news.quoth"
    with open_graph(path) as opened:
        opened.add(corpus())
    return path


def run(graph: Path, *arguments: object, status: int = 0) -> Result:
    done = CliRunner().invoke(app, ["export", "-g", str(graph), *map(str, arguments)])
    assert done.exit_code == status, done.output
    return done


def network(graph: Path, kind: str) -> "nx.Graph[str]":
    with open_graph(graph, read_only=True) as opened:
        return opened.network(kind)


def joined(attributes: dict[str, Any]) -> dict[str, Any]:
    return {n: " ".join(v) if isinstance(v, tuple) else v for n, v in attributes.items()}


def written(attributes: dict[str, Any], *added: str) -> list[tuple[str, Any]]:
    return sorted((n, v) for n, v in joined(attributes).items() if n not in added)


@pytest.mark.parametrize("kind", list(NetworkKind))
@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_reads_every_attribute_back(
    graph: Path, tmp_path: Path, format: str, kind: str
) -> None:
    file = tmp_path / f"network.{format}"
    run(graph, "--kind", kind, "-o", file)
    expected = network(graph, kind)
    read = nx.read_graphml(file) if format == "graphml" else nx.read_gexf(file)
    assert read.is_directed() == expected.is_directed()
    assert {n: dict(a) for n, a in read.nodes.items()} == {
        n: joined(a) for n, a in expected.nodes.items()
    }
    # What the formats add to edges: a number, and a multigraph's key or a label.
    added = ("id", "key", "label")
    found = sorted((a, b, written(edge, *added)) for a, b, edge in read.edges(data=True))
    assert found == sorted((a, b, written(edge)) for a, b, edge in expected.edges(data=True))


@pytest.mark.parametrize("kind", list(NetworkKind))
def test_tables_hold_every_attribute(graph: Path, tmp_path: Path, kind: str) -> None:
    done = run(graph, "-f", "csv-network", "--kind", kind, "-o", tmp_path / "tables")
    expected = network(graph, kind)
    nodes, edges = (
        list(csv.DictReader((tmp_path / "tables" / name).open(encoding="utf-8", newline="")))
        for name in ("nodes.csv", "edges.csv")
    )
    assert "nodes.csv" in done.stderr
    for row, (name, node) in zip(nodes, expected.nodes.items(), strict=True):
        told = {**joined(node), "Id": name, "Label": node["label"]}
        del told["label"]
        assert {n: v for n, v in row.items() if v} == {
            n: str(v) for n, v in told.items() if v != ""
        }
    for row, (a, b, edge) in zip(edges, expected.edges(data=True), strict=True):
        told = {**joined(edge), "Source": a, "Target": b}
        assert {n: row[n] for n in told} == {n: str(v) for n, v in told.items()}


def test_without_a_kind_it_is_the_network_of_sources(graph: Path, tmp_path: Path) -> None:
    run(graph, "-o", tmp_path / "a.gexf")
    run(graph, "--kind", "sources", "-o", tmp_path / "b.gexf")
    text = (tmp_path / "a.gexf").read_text(encoding="utf-8")
    assert (
        text == (tmp_path / "b.gexf").read_text(encoding="utf-8") == run(graph, "-f", "gexf").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-f", "csv-network"], "csv-network is two files, nodes.csv and edges.csv"),
        (["-f", "trig", "--kind", "told"], "trig holds no network; give one of -f graphml, gexf"),
        (["-f", "gexf", "--kind", "freinds"], "'freinds' is not one of 'sources', 'told'"),
    ],
)
def test_wrong_usage(graph: Path, arguments: list[str], message: str) -> None:
    done = run(graph, *arguments, status=2)
    assert message in " ".join(done.stderr.replace("│", " ").split())


def test_a_file_in_the_way_of_the_folder(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("mine")
    run(graph, "-f", "csv-network", "-o", tmp_path / "tables", status=1)
    assert (tmp_path / "tables").read_text() == "mine"


def test_the_command_knows_every_kind() -> None:
    option = export.__annotations__["kind"]
    named = {kind for choice in get_args(get_args(option)[0]) for kind in get_args(choice)}
    assert named == set(NetworkKind)


def test_an_unknown_kind(graph: Path) -> None:
    with open_graph(graph, read_only=True) as opened, pytest.raises(QueryError, match="'freinds'"):
        opened.export("gexf", kind="freinds")
