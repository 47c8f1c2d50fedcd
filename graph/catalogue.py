"""The named questions: one file each in ``queries/``, told by its header.

A header is the comment at the top of the file: the title, what it answers, a line for each
parameter, ``@param name type = default - meaning`` (without ``= default`` it must be given), and
one for each way to ask it in words, ``@ask what has {source} said``. A parameter stands in the
query as a variable that SELECT lists and is bound to an RDF term when the query runs; it is never
pasted into the text.

They are written for Oxigraph, whose engine answers them for graphs in memory and in files, too
(`quoth.graph.questions`); on rdflib's own they give the same rows in more time, and
over the property tables of a large folder SQL does (`quoth.graph.kept_properties`), as far as
`quoth.graph.sparql_to_sql` translates them, which is done beforehand (``make questions``). What
makes them fast on Oxigraph and right on all:

- Neither GROUP_CONCAT nor SAMPLE: their order and choice are free. MIN and COUNT, or a row each.
- Oxigraph joins in the order that it guesses from the form of the patterns. A subselect with
  ``LIMIT 1000000000``, more than it ever has, is made to look small to it and comes first
  (`quoth.graph.engine_hints`); one of a single triple, ``{ SELECT ?a ?x WHERE { ?a said:p ?x } }``,
  is scanned once and hashed, twenty times quicker a row than looking ?x up for every ?a. OPTIONAL
  holds one triple whose subject is surely bound, or a subselect; anything else is computed for all.
- Triples after an OPTIONAL or a BIND are computed for the whole graph and then joined: all of them
  come first, what narrows the answer most in a subselect with LIMIT, names of merged sources last.
- ``?s a ?class`` reads every type in the graph, VALUES of the classes only theirs. A path with a
  parameter at one end belongs into a subselect with LIMIT.
- A constant may be where Oxigraph starts, so a test on what was found before is a FILTER:
  ``?a a ?class FILTER(?class = said:Attribution)``. MINUS and OPTIONAL on an unbound variable
  compare every row with every other.
- rdflib gives a GROUP BY without rows one empty row: HAVING(COUNT(?x) > 0) takes it away.
- ORDER BY settles every tie, so that the same graph gives the same bytes. It sorts by columns of
  the answer: Oxigraph reads both words from the disk at every comparison, so that
  `quoth.graph.questions` asks without ORDER BY and sorts the rows itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files

from rdflib import Literal
from rdflib.term import Identifier

from quoth.graph.errors import QueryError
from quoth.graph.terms import day, integer, plain

_ASK = "@ask "
_IRI = re.compile(r"<[a-z][a-z0-9+.-]*:[^<>\s]*>", re.IGNORECASE)
_ORDER = re.compile(r"\nORDER BY (?P<keys>(?:\??\w+|DESC\(\?\w+\)|\s)+)\Z")
_PARAMETER = re.compile(
    r"@param (?P<name>\w+) (?P<type>name|text|date|integer)(?: = (?P<default>\S+))?"
    r" - (?P<meaning>.+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a named query; `type` is ``name``, ``text``, ``date`` or ``integer``.

    A name is a text that a source should be called by: where none is, an empty answer says so.
    """

    name: str
    type: str
    meaning: str
    default: str | None = None

    def term(self, value: object) -> Literal:
        """Return `value`, a Python value or its text, as the RDF term of this parameter's type.

        Raises QueryError when it is none.
        """
        text = str(value)
        if self.type in ("name", "text") and _IRI.fullmatch(text):
            raise QueryError(
                f"parameter {self.name}: {text} is an IRI, and this takes a name or words; an IRI "
                "goes into SPARQL of your own: -p variable=<…>"
            )
        try:
            if self.type == "date":
                return day(date.fromisoformat(text))
            return integer(int(text)) if self.type == "integer" else plain(text)
        except ValueError:
            example = "2024-02-06" if self.type == "date" else "3"
            raise QueryError(
                f"parameter {self.name}: {text!r} is no {self.type}; write it like {example}"
            ) from None


@dataclass(frozen=True, kw_only=True)
class NamedQuery:
    """A question that people ask: `title` in a line, `description` in full, `text` in SPARQL.

    `wordings` are ways to ask it in words, a parameter in braces (`quoth.graph.wording`).
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    wordings: tuple[str, ...]
    text: str

    @cached_property
    def order(self) -> tuple[tuple[str, bool], ...]:
        """The columns that its ORDER BY sorts by, each with whether it descends.

        Empty where it sorts by something else: then only the engine can.
        """
        found = _ORDER.search(self.text)
        keys = [] if found is None else re.findall(r"(DESC\()?\?(\w+)", found["keys"])
        selected = self.text[: self.text.index("WHERE")]
        columns = set(re.findall(r"\?(\w+)(?=[\s)])", re.sub(r"#.*", "", selected)))
        if any(name not in columns for _, name in keys):
            return ()
        return tuple((name, bool(descends)) for descends, name in keys)

    @cached_property
    def unordered(self) -> str:
        """The query without the ORDER BY that `order` tells."""
        return _ORDER.sub("\n", self.text) if self.order else self.text

    @cached_property
    def usage(self) -> str:
        """The parameters as one types them: ``source=TEXT [since=DATE]``."""
        return " ".join(
            f"{p.name}={p.type.upper()}" if p.default is None else f"[{p.name}={p.type.upper()}]"
            for p in self.parameters
        )

    def bindings(self, values: Mapping[str, object]) -> dict[str, Identifier]:
        """Return the RDF term of every parameter, from `values` or its default.

        Raises QueryError when one is unknown, missing or of another type.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                takes = f"takes {self.usage}" if known else "takes no parameters"
                raise QueryError(f"query {self.name}: no parameter {name!r}; it {takes}")
        terms: dict[str, Identifier] = {}
        for parameter in self.parameters:
            value = values.get(parameter.name, parameter.default)
            if value is None:
                raise QueryError(
                    f"query {self.name}: needs {parameter.name}={parameter.type.upper()} "
                    f"({parameter.meaning})"
                )
            terms[parameter.name] = parameter.term(value)
        return terms


def list_queries() -> tuple[NamedQuery, ...]:
    """Return every named query, by name."""
    folder = files(__package__) / "queries"
    found = [
        _read(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".rq")
    ]
    return tuple(sorted(found, key=lambda query: query.name))


def named_query(name: str) -> NamedQuery:
    """Return the query called `name`.

    Raises QueryError, which lists the names, when there is none.
    """
    queries = {query.name: query for query in list_queries()}
    try:
        return queries[name]
    except KeyError:
        raise QueryError(f"no query called {name!r}; there are {', '.join(queries)}") from None


def _read(name: str, text: str) -> NamedQuery:
    header = re.match(r"(?:#.*\n)*", text)
    assert header is not None
    title, *lines = [line.removeprefix("#").strip() for line in header[0].splitlines()]
    return NamedQuery(
        name=name,
        title=title,
        description="\n".join(line for line in lines if not line.startswith("@")).strip(),
        parameters=tuple(
            Parameter(**match.groupdict()) for match in map(_PARAMETER.match, lines) if match
        ),
        wordings=tuple(line[len(_ASK) :].strip() for line in lines if line.startswith(_ASK)),
        text=text,
    )
