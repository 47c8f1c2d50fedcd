"""Prints docs/cli.md: the help of every command, and the named questions.

Run as ``python docs/cli_reference.py > docs/cli.md`` (``make docs``); a test compares the two.
"""

import sys
from typing import Any

from typer.main import get_command

from quoth.cli import app
from quoth.graph.catalogue import list_queries

_WIDTH = 88
_HEAD = """\
# The command line

Written by `make docs` from the program's own help.

Data goes to standard output, or to the file that `-o` names; everything else to standard error.
On a terminal the data is a table, in a pipe or file it is data: CSV, or JSON Lines for `extract`.

| status | meaning |
|---|---|
| 0 | done |
| 1 | something in the input failed: a line on standard error says what, and the rest was done |
| 2 | wrong usage, a question that does not exist, or a query that is no SPARQL |
| 130 | interrupted |
"""


def reference() -> str:
    """Return the reference in Markdown."""
    program = get_command(app)
    parent = _context(program, "quoth", None)
    parts = [_HEAD, _section("quoth", program.get_help(parent))]
    for name, command in program.commands.items():
        context = _context(command, name, parent)
        parts.append(_section(f"quoth {name}", command.get_help(context)))
        for inner, part in getattr(command, "commands", {}).items():
            text = part.get_help(_context(part, inner, context))
            parts.append(_section(f"quoth {name} {inner}", text))
    return "\n".join([*parts, _questions()])


def _context(command: Any, name: str, parent: Any) -> Any:
    # Resilient parsing: the required arguments may be missing.
    return command.make_context(
        name, [], parent=parent, resilient_parsing=True, terminal_width=_WIDTH
    )


def _questions() -> str:
    lines = ["## The named questions", "", "| name | parameters | answers |", "|---|---|---|"]
    lines += [
        f"| `{query.name}` | {f'`{query.usage}`' if query.usage else ''} | {query.title} |"
        for query in list_queries()
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.strip()}\n```\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(reference())
