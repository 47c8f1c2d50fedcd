"""Networks as files for Gephi, Cytoscape, yEd and networkx: GraphML, GEXF and CSV.

They take any networkx graph. No attribute of a node or an edge is lost, and one that it does not
have, or that is None, is left out there. Whole numbers, other numbers and truth values keep their
type where all values of an attribute have it; days and everything else become text. What is in a
list, tuple or set is separated by spaces, with a space inside of an item written as ``%20``; sets
are sorted. A character that XML cannot hold is U+FFFD. The same network gives the same text.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import networkx as nx

from quoth.graph.errors import StoreError
from quoth.graph.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Plain = str | int | float | bool

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 cannot hold."""

_DATED = re.compile('<meta lastmodifieddate="[^"]*">')
_GEXF_NODE = frozenset(("id", "pid", "start", "end", "parents", "slices", "spells", "viz"))
_GEXF_EDGE = frozenset(("id", "type", "start", "end", "slices", "spells", "viz"))
_CSV_NODE = frozenset(("id", "timeset"))
_CSV_EDGE = frozenset(("source", "target", "type", "id", "timeset"))
"""Names that mean something else to Gephi, or to networkx as it writes for Gephi."""


def graphml(network: nx.Graph[str]) -> str:
    """Return `network` as GraphML, which `networkx.read_graphml` reads.

    In a multigraph an edge's id is its number, since Gephi takes edges of one id for one, and
    its key the attribute ``key``.
    """
    return "\n".join(nx.generate_graphml(_plain_copy(network))) + "\n"


def gexf(network: nx.Graph[str]) -> str:
    """Return `network` as GEXF 1.2, which `networkx.read_gexf` reads.

    Edges are numbered, and have their ``kind`` as label where they have none. Attributes whose
    names mean something else in GEXF get an underscore at the end (``type_`` of an edge); those of
    the network itself stand in its description, as JSON.
    """
    copy = _plain_copy(network, _GEXF_NODE, _GEXF_EDGE)
    about = json.dumps(dict(copy.graph), ensure_ascii=False, sort_keys=True)
    copy.graph.clear()
    for number, (_, _, edge) in enumerate(copy.edges(data=True)):
        edge["id"] = str(number)
        if "kind" in edge:
            edge.setdefault("label", edge["kind"])
        if isinstance(edge.get("weight"), str):
            edge["weight_"] = edge.pop("weight")
    text = "\n".join(nx.generate_gexf(copy))
    # The day on which it was written would make the same network another text tomorrow.
    meta = f"<meta>\n    <description>{escape(about)}</description>"
    return _DATED.sub(lambda _: meta, text, count=1) + "\n"


def csv_tables(network: nx.Graph[str]) -> tuple[str, str]:
    """Return the nodes and the edges of `network` as two tables in CSV, for Gephi.

    Nodes have ``Id``, ``Label`` and their attributes, edges ``Source``, ``Target``, ``Type``
    (Directed or Undirected) and theirs; attributes of these names get an underscore at the end.
    Text that a spreadsheet would run as a formula is given a leading apostrophe, as in
    `quoth.graph.results.Result.to_csv`. Attributes of the network itself are left out.
    """
    copy = _plain_copy(network, _CSV_NODE, _CSV_EDGE)
    nodes = [
        {"Id": _text(name), "Label": node.pop("label", _text(name)), **node}
        for name, node in copy.nodes.items()
    ]
    sort = "Directed" if copy.is_directed() else "Undirected"
    edges = [
        {"Source": _text(origin), "Target": _text(target), "Type": sort, **edge}
        for origin, target, edge in copy.edges(data=True)
    ]
    return _csv(nodes, ["Id", "Label"]), _csv(edges, ["Source", "Target", "Type"])


def write_network(network: nx.Graph[str], where: str | Path) -> tuple[Path, ...]:
    """Write `network` to a file ending in .graphml or .gexf, or to a folder as CSV.

    The folder gets what `write_csv_tables` writes. Files that are there are replaced. Returns the
    files written. Raises StoreError when the name ends in something else, or a file cannot be
    written.
    """
    path = Path(where)
    if path.suffix == ".graphml":
        return _write({path: graphml(network)})
    if path.suffix == ".gexf":
        return _write({path: gexf(network)})
    if path.is_dir() or not path.suffix:
        return write_csv_tables(network, path)
    raise StoreError(
        f"{path}: no network can be written as {path.suffix}; give a name ending in .graphml "
        "or .gexf, or a folder for nodes.csv and edges.csv"
    )


def write_csv_tables(network: nx.Graph[str], folder: Path) -> tuple[Path, ...]:
    """Write `csv_tables` to ``nodes.csv`` and ``edges.csv`` in `folder`, made if it is not there.

    Returns the files written. Raises StoreError when one cannot be.
    """
    nodes, edges = csv_tables(network)
    return _write({folder / "nodes.csv": nodes, folder / "edges.csv": edges})


def _write(texts: Mapping[Path, str]) -> tuple[Path, ...]:
    for file, text in texts.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise StoreError(
                f"{file}: the network cannot be written ({error.strerror}); "
                "give a place that you may write to"
            ) from error
    return tuple(texts)


def _plain_copy(
    network: nx.Graph[str],
    node_words: frozenset[str] = frozenset(),
    edge_words: frozenset[str] = frozenset(),
) -> nx.Graph[str]:
    """Return `network` with numbers, truth values and text as its only attributes.

    Attributes called one of these words, in upper or lower case, get an underscore. An edge of a
    multigraph has its number as its key, and its key as its attribute ``key``.
    """
    copy = network.__class__()
    copy.graph.update(_alike([network.graph], frozenset())[0])
    nodes = _alike(network.nodes.values(), node_words)
    copy.add_nodes_from(zip(map(_text, network), nodes, strict=True))
    if isinstance(network, nx.MultiGraph) and isinstance(copy, nx.MultiGraph):
        keyed = list(network.edges(keys=True, data=True))
        edges = _alike([{"key": key, **edge} for *_, key, edge in keyed], edge_words)
        for number, ((origin, target, *_), edge) in enumerate(zip(keyed, edges, strict=True)):
            copy.add_edge(_text(origin), _text(target), str(number))
            copy.edges[_text(origin), _text(target), str(number)].update(edge)
    else:
        plain = _alike([edge for *_, edge in network.edges(data=True)], edge_words)
        for (origin, target), edge in zip(network.edges(), plain, strict=True):
            copy.add_edge(_text(origin), _text(target))
            copy.edges[_text(origin), _text(target)].update(edge)
    return copy


def _alike(rows: Iterable[Mapping[str, Any]], words: frozenset[str]) -> list[dict[str, Plain]]:
    """Return the attributes of all nodes, or all edges, each of one type throughout."""
    plain = [
        {_name(name, words): _plain(value) for name, value in row.items() if value is not None}
        for row in rows
    ]
    types: defaultdict[str, set[type]] = defaultdict(set)
    for row in plain:
        for name, value in row.items():
            types[name].add(type(value))
    return [{name: _as(value, types[name]) for name, value in row.items()} for row in plain]


def _as(value: Plain, types: set[type]) -> Plain:
    if len(types) == 1:
        return value
    return float(value) if types == {int, float} else str(value)


def _name(name: str, words: frozenset[str]) -> str:
    text = _text(name)
    return f"{text}_" if text.casefold() in words else text


def _plain(value: Any) -> Plain:
    if isinstance(value, bool | int | float):
        # numpy's float is a float, and no type that networkx can write.
        return value if isinstance(value, bool | int) else float(value)
    if isinstance(value, set | frozenset):
        value = sorted(map(str, value))
    if isinstance(value, list | tuple):
        return " ".join(_text(item).replace(" ", "%20") for item in value)
    return _text(value)


def _text(value: object) -> str:
    return _NOT_XML.sub("\ufffd", str(value))


def _csv(rows: list[dict[str, Plain]], first: list[str]) -> str:
    columns = tuple(dict.fromkeys([*first, *(name for row in rows for name in row)]))
    return Result(columns, tuple(tuple(row.get(c) for c in columns) for row in rows)).to_csv()
