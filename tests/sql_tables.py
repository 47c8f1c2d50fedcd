"""Graphs with property tables, for tests."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from answers_by_hand import clustered
from examples import leak, permits
from rdflib import RDF, URIRef
from story import Story

from quoth.extractors.records import Extraction
from quoth.graph import open_graph, property_tables, table_upkeep
from quoth.graph.catalogue import NamedQuery
from quoth.graph.terms import Quad, to_ox
from quoth.graph.vocabulary import LINKS_GRAPH, SAID

GIVEN = {"source": "vance", "subject": "ship", "outlet": "daily example"}


def terms(query: NamedQuery, **values: object) -> dict[str, Any]:
    given = {p.name: GIVEN[p.name] for p in query.parameters if p.default is None}
    return query.bindings({**given, **values})


def said(url: str, words: str, *names: str) -> Extraction:
    """A document in which people of these names say something."""
    text = " ".join(f"{name} said {words}." for name in names)
    story = Story(text, id=url, url=f"https://a.example/{url}")
    for number, name in enumerate(names, 1):
        source = story.source(name)
        story.says(
            source,
            sentence=f"{name} said {words}.",
            cue=story.span("said", number),
            mention=story.mention(name, source),
        )
    return story.extraction()


def newsroom() -> list[Quad]:
    """The corpus, clustered, with a wire copy, a merged name and hostile names."""
    graph = clustered(open_graph())
    words = 'SHIP\'s "hull"\tand\nkeel \\ ΟΔΟΣ'
    graph.add(said("odd", words, "Vance 'O\"Neill\\", "ΟΔΟΣ ΣΑΣ", "İda; DROP TABLE nodes --"))
    links = graph.dataset.graph(LINKS_GRAPH)
    documents = sorted(graph.dataset.subjects(RDF.type, SAID.Document))
    links.add((documents[-1], SAID.copyOf, documents[-2]))
    people = sorted(graph.dataset.subjects(RDF.type, SAID.Person))
    for old in people[1:4:2]:
        links.add((old, SAID.canonical, people[0]))
    return [(s, p, o, URIRef(str(g))) for s, p, o, g in graph.dataset.quads()]


def with_tables(path: Path) -> Path:
    """Make a graph in the folder `path`, which keeps property tables though it is small."""
    with pytest.MonkeyPatch.context() as patch, open_graph(path) as graph:
        patch.setattr(table_upkeep, "LARGE", 0)
        graph.add([permits(), leak(), said("ruiz", "it rains", "Ana Ruiz", "Bo Holm")])
        graph.close()
    return path


def store_of(quads: list[Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(map(to_ox, quads))
    return store


def tables_of(store: ox.Store, file: Path) -> Path:
    """Make the tables of `store`, anew."""
    file.unlink(missing_ok=True)
    with property_tables.database(file, read_only=False) as connection:
        property_tables.create(connection, store, int)
    return file
