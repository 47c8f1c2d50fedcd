"""Values for the variables of a query, written into its text for engines that take only text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quoth.graph.terms import to_ox_term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Identifier

_TOKEN = re.compile(
    r"""(?P<opaque><[^<>"{}|^`\\\s]*> | \#.* | \"{3}(?:\\.|[^\\])*?\"{3}
      | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*')
      | [?$](?P<variable>\w+) | (?P<open>\{) | (?P<close>\})
      | (?P<word>(?<![\w:-])(?:VALUES|CONSTRUCT|SELECT|WHERE)(?![\w:-]))""",
    re.VERBOSE | re.IGNORECASE,
)


def with_values(sparql: str, bindings: Mapping[str, Identifier]) -> str:
    """Return `sparql` with ``VALUES`` for `bindings` in the outermost group and where they stand.

    SPARQL evaluates a group by itself, so that a FILTER knows only what its own group binds: each
    group that names one of the variables is given its value.

    >>> from rdflib import Literal
    >>> with_values("SELECT ?n { ?s ?p ?n FILTER(?n = ?m) }", {"m": Literal("x")})
    'SELECT ?n { VALUES ?m { "x" } ?s ?p ?n FILTER(?n = ?m) }'
    """
    inserts: list[tuple[int, str]] = []
    for position, named, outermost in _groups(sparql):
        here = [name for name in bindings if outermost or name in named]
        inserts += [
            (position, f" VALUES ?{name} {{ {to_ox_term(bindings[name])} }}") for name in here
        ]
    for position, text in sorted(inserts, reverse=True):
        sparql = sparql[:position] + text + sparql[position:]
    return sparql


def _groups(sparql: str) -> list[tuple[int, set[str], bool]]:
    """Return where the groups of `sparql` begin, the variables they name, whether outermost."""
    found: list[tuple[int, set[str], bool]] = []
    open_: list[tuple[int, set[str], bool]] = []
    word = ""
    for token in _TOKEN.finditer(sparql):
        if token["variable"] and open_:
            open_[-1][1].add(token["variable"])
        elif token["word"]:
            word = token["word"].upper()
            if word == "SELECT" and open_:
                # A sub-query: its own group follows, and none begins before SELECT.
                open_.append((-1, open_.pop()[1], False))
        elif token["open"]:
            is_group = word not in ("VALUES", "CONSTRUCT")
            outermost = is_group and not open_
            open_.append((token.end() if is_group else -1, set(), outermost))
            word = ""
        elif token["close"] and open_:
            found.append(open_.pop())
    return [group for group in found if group[0] >= 0]
