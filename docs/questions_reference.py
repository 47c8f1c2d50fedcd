"""Prints docs/questions.md: the named questions with an answer each, from the bundled articles.

Run as ``python docs/questions_reference.py > docs/questions.md`` (``make docs``); a test compares
the two. The rules read the articles: they are quick and the same on every machine.
"""

import sys

from quoth.demo import sample_documents
from quoth.extractors.pipeline import load
from quoth.graph import list_queries, open_graph
from quoth.graph.catalogue import NamedQuery
from quoth.graph.results import Result
from quoth.graph.source_graph import SourceGraph

_ROWS = 3
_LONGEST_CELL = 60
_EXAMPLES = {
    "claims-about": {"subject": "the harbour"},
    "outlet-sources": {"outlet": "Coastal Wire"},
    "timeline": {"source": "Isabel Ortega", "since": "2024-01-01"},
    "who-said": {"source": "Isabel Ortega"},
}
_HEAD = """\
# The questions

Written by `make docs`. The answers are those of the eight bundled articles, all invented, read by
the rules; long cells and tables are cut. `quoth ask` lists the questions in words, `quoth query
--list` by name; each can be asked by its name, in words, or from Python: `graph.ask("sources")`.

Questions in words are matched word for word against the wordings below. What fits none is not
guessed at: the nearest wordings are shown.

Where links across documents are in the graph (`said:canonical`, `said:inCluster`, `said:copyOf`),
merged sources are one, claims told again are one, and wire copies do not count, as each question
says. Questions that need such links answer nothing here.
"""


def reference() -> str:
    """Return the page in Markdown."""
    with open_graph(extractor=load("rules")) as graph:
        graph.add(sample_documents())
        return "\n".join([_HEAD, *(_section(query, graph) for query in list_queries())])


def _section(query: NamedQuery, graph: SourceGraph) -> str:
    example = _EXAMPLES.get(query.name, {})
    options = "".join(f' -p {name}="{value}"' for name, value in example.items())
    lines = [f"## {query.name}", "", f"**{query.title}**", "", query.description, ""]
    parameters = [
        f"- `{p.name}` ({p.type}{'' if p.default is None else f', {p.default} unless given'}): "
        f"{p.meaning}"
        for p in query.parameters
    ]
    lines += [*parameters, ""] if parameters else []
    lines += ["In words: " + "; ".join(f"“{wording}”" for wording in query.wordings) + ".", ""]
    lines += ["```sh", f"quoth query {query.name}{options} -g news.quoth", "```", ""]
    return "\n".join([*lines, *_table(graph.ask(query.name, **example)), ""])


def _table(result: Result) -> list[str]:
    if not result.rows:
        return ["(The bundled articles, read by the rules, answer nothing.)"]
    lines = ["| " + " | ".join(result.columns) + " |", "|---" * len(result.columns) + "|"]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in result.rows[:_ROWS]]
    more = len(result) - _ROWS
    return [*lines, "", f"… and {more} more rows"] if more > 0 else lines


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(reference())
