"""Two people under one name: in the documents that the user names, the name means the other one.

The document's graph then speaks of that source throughout, so that every query counts it right;
its description keeps the name that the document uses as an alias, and the spans stay as they are.
"""

from collections.abc import Iterable

from rdflib import Literal, URIRef
from rdflib.term import Node

from quoth.graph.iris import source_slug
from quoth.graph.sources import Match, global_source_quads
from quoth.graph.terms import Quad
from quoth.graph.vocabulary import ALIASES_GRAPH, PROVENANCE_GRAPH, SAID


def with_homonyms(match: Match, document: Node, graph: URIRef, new: Iterable[Quad]) -> list[Quad]:
    """Return `new`, what is to be written of `document`, as the alias table wants it.

    `new` and what is returned are as `quoth.graph.mapping.quads` gives it, `graph` is the
    document's graph; `match` reads the alias table.
    """
    new = list(new)
    splits = [str(split) for split, *_ in match(None, SAID.inDocument, document, ALIASES_GRAPH)]
    if not splits:
        return new
    own = [quad for quad in new if quad[3] == graph]
    for split in sorted(splits):
        facts = {p: o for _, p, o, _ in match(URIRef(split), None, None, ALIASES_GRAPH)}
        own = rename(own, facts[SAID.splitFrom], facts[SAID.splitInto], str(facts[SAID.splitAs]))
    provenance = [quad for quad in new if quad[3] == PROVENANCE_GRAPH]
    return [*own, *global_source_quads(own), *provenance]


def rename(quads: Iterable[Quad], old: Node, new: Node, label: str) -> list[Quad]:
    """Return the quads of a document's graph with the source `new` for `old`.

    `label` leads what the document says of it; the name that led becomes an alias.
    """
    quads = list(quads)
    ours = {s for s, p, o, _ in quads if p == SAID.describes and o == old}
    renamed: dict[Quad, None] = {}
    for s, p, o, graph in quads:
        if s in ours and p == SAID.label and isinstance(o, Literal):
            renamed[s, p, Literal(label, lang=o.language), graph] = None
            renamed[s, SAID.alias, o, graph] = None
        else:
            renamed[s, p, new if o == old else o, graph] = None
    return list(renamed)


def restore(quads: Iterable[Quad], old: Node, new: Node) -> list[Quad]:
    """Undo `rename`: the alias that the IRI `old` is made of leads again."""
    quads = list(quads)
    ours = {s for s, p, o, _ in quads if p == SAID.describes and o == new}
    slug = str(old).rpartition("/")[2].partition("-")[2]
    names: dict[Node, Node] = {}
    for s, p, o, _ in quads:
        if s in ours and p == SAID.alias and source_slug(str(o)) == slug:
            names[s] = min(names.get(s, o), o, key=str)
    restored: dict[Quad, None] = {}
    for s, p, o, graph in quads:
        if s in names and p == SAID.label:
            restored[s, p, names[s], graph] = None
        elif not (s in names and p == SAID.alias and o == names[s]):
            restored[s, p, old if o == new else o, graph] = None
    return list(restored)
