"""A page's elements, and graphs to draw it of."""

from html.parser import HTMLParser

from rdflib import Dataset

from quoth.extractors.records import Extraction
from quoth.graph import open_graph


def dataset_of(*extractions: Extraction) -> Dataset:
    graph = open_graph()
    graph.add(extractions)
    return graph.dataset


class Elements(HTMLParser):
    """Collects tags with their attributes, and what scripts and styles hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            self.contents.append((self.tags[-1][0], data))
