"""Networks as GraphML, GEXF and CSV: what is read back is what was written."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import iri, newsroom

from quoth.graph.errors import StoreError
from quoth.graph.network_files import csv_tables, gexf, graphml, write_network
from quoth.graph.networks import NetworkKind, network_of

FACTS = newsroom().facts
ADA, BO = iri("Ada"), iri("Bo")


def joined(attributes: dict[str, Any]) -> dict[str, Any]:
    return {n: " ".join(v) if isinstance(v, tuple) else v for n, v in attributes.items()}


def from_graphml(network: "nx.Graph[str]") -> Any:
    return nx.read_graphml(io.BytesIO(graphml(network).encode()))


def from_gexf(network: "nx.Graph[str]") -> Any:
    return nx.read_gexf(io.BytesIO(gexf(network).encode()))


def from_csv(network: "nx.Graph[str]") -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    nodes, edges = csv_tables(network)
    return list(csv.DictReader(io.StringIO(nodes))), list(csv.DictReader(io.StringIO(edges)))


@pytest.mark.parametrize("kind", list(NetworkKind))
class TestEveryKind:
    def test_graphml(self, kind: NetworkKind) -> None:
        network = network_of(FACTS, kind)
        read = from_graphml(network)
        assert read.is_directed() == network.is_directed()
        assert read.graph["kind"] == kind
        assert dict(read.nodes) == {name: joined(node) for name, node in network.nodes.items()}
        found = sorted((a, b, e["kind"], sorted(e.items())) for a, b, e in read.edges(data=True))
        keys = {"key"} if network.is_multigraph() else set()
        found = [(*edge, [p for p in pairs if p[0] not in {*keys, "id"}]) for *edge, pairs in found]
        assert found == sorted(
            (a, b, e["kind"], sorted(joined(e).items())) for a, b, e in network.edges(data=True)
        )

    def test_gexf(self, kind: NetworkKind) -> None:
        network = network_of(FACTS, kind)
        read = from_gexf(network)
        assert read.is_directed() == network.is_directed()
        assert dict(read.nodes) == {name: joined(node) for name, node in network.nodes.items()}
        kinds = {(a, b, e["kind"], e["label"], e["weight"]) for a, b, e in read.edges(data=True)}
        assert kinds == {
            (a, b, e["kind"], e["kind"], e["weight"]) for a, b, e in network.edges(data=True)
        }
        assert f'"kind": "{kind}"' in gexf(network).replace("&quot;", '"')

    def test_csv(self, kind: NetworkKind) -> None:
        network = network_of(FACTS, kind)
        nodes, edges = from_csv(network)
        assert [row["Id"] for row in nodes] == list(network)
        for row, node in zip(nodes, network.nodes.values(), strict=True):
            told = {"Id": row["Id"], "Label": node["label"], **joined(node)}
            del told["label"]
            assert {n: v for n, v in row.items() if v} == {
                n: str(v) for n, v in told.items() if v != ""
            }
        ends = [(row["Source"], row["Target"], row["kind"], row["weight"]) for row in edges]
        assert ends == [(a, b, e["kind"], str(e["weight"])) for a, b, e in network.edges(data=True)]
        assert {row["Type"] for row in edges} == {
            "Directed" if network.is_directed() else "Undirected"
        }


def test_parallel_edges_have_ids_of_their_own() -> None:
    text = graphml(network_of(FACTS))
    assert text.count("<edge ") == 1 + 5 + 1 + 2 + 1
    for number in range(10):
        assert text.count(f'id="{number}"') == 1


def test_what_is_not_quoths() -> None:
    network: nx.MultiGraph[str] = nx.MultiGraph(made=date(2031, 9, 1), nothing=None)
    network.add_node(
        "a", id="mine", none=None, items=["x y", 3], seen={"q", "p"}, day=date(2031, 9, 2)
    )
    network.add_node("b", share=0.5, ok=True, mixed="one")
    network.add_node("c", share=1, ok=False, mixed=2)
    network.add_edge("a", "b", key="told", type="loud", weight="heavy")
    network.add_edge("a", "b", key="other")
    read = from_graphml(network)
    assert read.graph["made"] == "2031-09-01"
    assert read.nodes["a"] == {"id": "mine", "items": "x%20y 3", "seen": "p q", "day": "2031-09-02"}
    assert read.nodes["b"] == {"share": 0.5, "ok": True, "mixed": "one"}
    assert read.nodes["c"] == {"share": 1.0, "ok": False, "mixed": "2"}
    assert [edge["key"] for *_, edge in read.edges(data=True)] == ["told", "other"]
    assert next(iter(read.edges(data=True)))[2]["type"] == "loud"

    read = from_gexf(network)
    assert read.nodes["a"]["id_"] == "mine"
    first = next(iter(read.edges(data=True)))[2]
    assert (first["type_"], first["weight_"]) == ("loud", "heavy")
    assert '"made": "2031-09-01"' in gexf(network)
    assert "lastmodifieddate" not in gexf(network)

    nodes, edges = from_csv(network)
    assert (nodes[0]["Id"], nodes[0]["Label"], nodes[0]["id_"]) == ("a", "a", "mine")
    assert (edges[0]["Type"], edges[0]["type_"]) == ("Undirected", "loud")


def test_formulas_are_text() -> None:
    network = nx.Graph()
    network.add_node("a", label="=1+1")
    assert "'=1+1" in csv_tables(network)[0]


@given(
    st.dictionaries(
        st.text(max_size=8),
        st.dictionaries(
            st.text(max_size=5),
            st.none() | st.text(max_size=8) | st.integers(-(2**31), 2**31) | st.booleans()
            | st.floats(allow_nan=False) | st.lists(st.text(max_size=4), max_size=3),
            max_size=4,
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_network_can_be_written(nodes: dict[str, dict[str, Any]]) -> None:
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(nodes)
    for name, attributes in nodes.items():
        network.nodes[name].update(attributes)
    for one, other in zip(nodes, list(nodes)[1:], strict=False):
        network.add_edge(one, other)
        network.edges[one, other].update(nodes[one])
    before = json.dumps(nodes)
    nx.read_gexf(io.BytesIO(gexf(network).encode()))
    nx.read_graphml(io.BytesIO(graphml(network).encode()))
    csv_tables(network)
    assert {name: dict(node) for name, node in network.nodes.items()} == json.loads(before)


def test_files(tmp_path: Path) -> None:
    network = network_of(FACTS, "told")
    assert write_network(network, tmp_path / "new" / "told.graphml") == (
        tmp_path / "new" / "told.graphml",
    )
    assert set(nx.read_graphml(tmp_path / "new" / "told.graphml")) == set(network)
    write_network(network, tmp_path / "told.gexf")
    assert set(nx.read_gexf(tmp_path / "told.gexf")) == set(network)
    assert [path.name for path in write_network(network, tmp_path / "told")] == [
        "nodes.csv",
        "edges.csv",
    ]
    assert (tmp_path / "told" / "nodes.csv").read_bytes().startswith(b"Id,Label,type,")


def test_files_that_cannot_be_written(tmp_path: Path) -> None:
    network = network_of(FACTS, "told")
    with pytest.raises(StoreError, match=r"told\.gml: no network can be written as \.gml; give"):
        write_network(network, tmp_path / "told.gml")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"told\.gexf: the network cannot be written"):
        write_network(network, tmp_path / "file" / "told.gexf")
