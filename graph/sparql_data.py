"""Quads as the text of a SPARQL update."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from quoth.graph.terms import Quad, to_ox


def replacement(delete: Sequence[Quad], insert: Sequence[Quad]) -> str:
    """Return the update that deletes and inserts, in one request: it happens whole or not."""
    parts = []
    if delete:
        parts.append(f"DELETE DATA {{ {data(map(to_ox, delete))} }}")
    if insert:
        parts.append(insertion(map(to_ox, insert)))
    return ";\n".join(parts)


def insertion(quads: Iterable[ox.Quad]) -> str:
    """Return the update that inserts `quads`."""
    return f"INSERT DATA {{ {data(quads)} }}"


def data(quads: Iterable[ox.Quad]) -> str:
    """Return `quads` as the data block of an update, every term escaped as in N-Triples."""
    blocks: dict[str, list[str]] = {}
    for quad in quads:
        is_default = isinstance(quad.graph_name, ox.DefaultGraph)
        head = "" if is_default else f"GRAPH {quad.graph_name}"
        blocks.setdefault(head, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return "\n".join(
        f"{head} {{ {body} }}" if head else body
        for head, body in ((head, "\n".join(lines)) for head, lines in blocks.items())
    )
