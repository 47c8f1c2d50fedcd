"""The bundled articles, all the way: read, extracted, asked, drawn."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, NamedTuple

from quoth.extractors.collection import read_collection

if TYPE_CHECKING:
    from pathlib import Path

    from quoth.extractors.records import Document

GRAPH = "news.trig"
PAGE = "explore.html"
ARTICLES = "articles"


class Question(NamedTuple):
    """A named question that the demo asks, with its parameters."""

    heading: str
    name: str
    parameters: dict[str, str]

    @property
    def command(self) -> str:
        """The same question as it is typed."""
        options = "".join(f' -p {name}="{value}"' for name, value in self.parameters.items())
        return f"quoth query {self.name}{options}"


QUESTIONS = (
    Question("What did the minister say?", "who-said", {"source": "Isabel Ortega"}),
    Question("Which claims are contested, and by whom?", "contested", {}),
    Question("How much does each outlet lean on unnamed sources?", "unnamed-share", {}),
)


def sample_documents() -> list[Document]:
    """Return the bundled articles: invented news of an invented country, in several hands."""
    with as_file(files("quoth") / "samples") as folder:
        return list(read_collection(folder / "samples.json"))


def write_articles(folder: Path) -> None:
    """Copy the bundled articles into `folder`, to read and to try `quoth extract` on."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in (files("quoth") / "samples").iterdir():
        if article.name.endswith(".txt"):
            (folder / article.name).write_bytes(article.read_bytes())
