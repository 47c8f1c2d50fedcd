"""Runs SPARQL queries over a dataset, on rdflib's engine or Oxigraph's, with the same answers."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Identifier

from quoth.graph.damage import FolderStore
from quoth.graph.errors import GraphError, QueryError
from quoth.graph.results import Result
from quoth.graph.terms import (
    SURROGATES,
    clean,
    from_ox_term,
    ox_value,
    plain,
    to_ox_term,
    value,
)
from quoth.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

_OXIGRAPH_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST_PROBLEM = 100
_DEEPEST_NESTING = 200
"""Far above what anyone writes, and below some thousands, where Oxigraph's stack overflows."""
_MOST_OPERATORS, _MOST_PATTERNS, _MOST_STEPS = 2_000, 200, 200
"""An operator is a level of the engine's stack, which overflows at some thousands; of optional and
alternative patterns some hundreds take all memory before the first row, and planning a path takes
time with the cube of its steps, minutes for a thousand."""
_NAMES = re.compile(r"[\w-]*:[\w.:%-]*")
_OPERATORS = re.compile(r"[!+*/|&^=<>-]")
_STEPS = re.compile("/")
_PATTERNS = re.compile(r"(?<![\w?$:-])(?:OPTIONAL|UNION|MINUS|BIND)(?![\w:-])", re.IGNORECASE)
_NO_KEYWORDS = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | \#.* | \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3}
      | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'""",
    re.VERBOSE,
)
"""What holds no keyword: IRIs, comments and strings."""
_NESTING = re.compile(rf"{_NO_KEYWORDS.pattern} | [({{\[\])}}]", re.VERBOSE)
"""The same, and the brackets outside."""
GAP = r"(?:\s|\#[^\r\n]*[\r\n])*"
"""A pattern of what may stand between two words: white space and comments."""
IRI = r"(?:<[^<>]*>|[^\s<>{}\"':]*:[^\s<>{}\"']*)"
"""A pattern of an IRI, also of a prefixed one."""
_SERVICE = re.compile(rf"SERVICE{GAP}(?:SILENT{GAP})?(?:{IRI}|[?$]\w+){GAP}\{{", re.IGNORECASE)
"""A call of another machine, wherever it stands: in ``?a<'b>' ...`` only a parser can tell what
is an IRI and what a string, and a call must not hide in what looks like one."""
_FROM = re.compile(r"(?<![\w?$:-])FROM(?![\w:-])", re.IGNORECASE)
_ALONE = (
    "{} is not supported: a query asks this graph alone. GRAPH ?g {{ ... }} asks one named graph"
)
_UPDATE = re.compile(
    r"(?<![\w?$:-])(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)(?![\w:-])",
    re.IGNORECASE,
)


def term(python: object) -> Identifier:
    """Return a Python value as an RDF term: text as a plain literal, an `URIRef` as an IRI.

    Raises QueryError for what has no RDF term, and for an IRI that is none.
    """
    if isinstance(python, URIRef):
        try:
            ox.NamedNode(python)
        except ValueError as error:
            raise QueryError(f"{str(python)!r} is no absolute IRI: {error}") from None
        return python
    if isinstance(python, Literal):
        return Literal(clean(python), lang=python.language, datatype=python.datatype)
    if isinstance(python, str):
        return plain(python)
    if isinstance(python, bool | int | float | Decimal | date):
        return Literal(python)
    raise QueryError(f"{python!r} is no text, number, truth value, date or IRI")


def run(
    dataset: Dataset,
    sparql: str,
    bindings: Mapping[str, Identifier] | None = None,
    *,
    hide: frozenset[str] = frozenset(),
) -> Result:
    """Run a SPARQL 1.1 query and return its rows.

    `bindings` give variables of the query their terms; each must stand in SELECT. Columns named
    in `hide` are left out of the result. The prefixes of `quoth.graph.vocabulary` are bound.

    Raises QueryError, with the line, when the query is wrong or would change the data.
    """
    bindings = bindings or {}
    _check(sparql, bindings)
    try:
        if isinstance(dataset.store, FolderStore):
            return _ask_oxigraph(dataset.store, sparql, bindings, hide)
        return _ask_rdflib(dataset, sparql, bindings, hide)
    except GraphError:
        raise
    except Exception as error:
        raise QueryError(f"the query failed: {error or type(error).__name__}") from error


def by_tables(dataset: Dataset, sparql: str) -> "pd.DataFrame | None":
    """Return the rows of a SELECT query as the characters of their terms, in no order.

    None where no property tables are kept of `dataset` that can tell them.
    """
    store = dataset.store
    properties = store.properties if isinstance(store, FolderStore) else None
    return None if properties is None else properties.strings(sparql)


def _ask_rdflib(
    dataset: Dataset, sparql: str, bindings: Mapping[str, Identifier], hide: frozenset[str]
) -> Result:
    answer = dataset.query(sparql, initNs=dict(PREFIXES), initBindings=dict(bindings))
    if answer.type == "ASK":
        return _truth(bool(answer.askAnswer))
    rows = (tuple(map(value, row)) for row in answer if isinstance(row, tuple))
    if answer.type != "SELECT":
        return _triples(rows)
    names = [str(variable) for variable in answer.vars or ()]
    kept = [i for i, name in enumerate(names) if name not in hide]
    table = tuple(tuple(row[i] for i in kept) for row in rows)
    return Result(tuple(names[i] for i in kept), table)


def _ask_oxigraph(
    store: FolderStore, sparql: str, bindings: Mapping[str, Identifier], hide: frozenset[str]
) -> Result:
    """Ask the engine itself: through rdflib's terms a large answer takes twice the time."""
    substitutions = _substitutions(bindings)
    with store.reading() as engine:
        answer = engine.query(
            sparql,
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=True,
            substitutions=substitutions,
        )
        if isinstance(answer, ox.QueryBoolean):
            return _truth(bool(answer))
        if isinstance(answer, ox.QueryTriples):
            return _triples(
                tuple(value(from_ox_term(part)) for part in (t.subject, t.predicate, t.object))
                for t in answer
            )
        assert isinstance(answer, ox.QuerySolutions)
        names = [variable.value for variable in answer.variables]
        kept = [i for i, name in enumerate(names) if name not in hide]
        rows = tuple(tuple(ox_value(row[i]) for i in kept) for row in answer)
    return Result(tuple(names[i] for i in kept), rows)


def _truth(answer: bool) -> Result:
    return Result(("answer",), ((answer,),))


def _triples(rows: Iterator[tuple[object, ...]]) -> Result:
    # CONSTRUCT answers a set, which neither engine gives in a fixed order.
    return Result(("subject", "predicate", "object"), tuple(sorted(set(rows), key=str)))


def _substitutions(
    bindings: Mapping[str, Identifier],
) -> dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    return {ox.Variable(name): to_ox_term(term) for name, term in bindings.items()}


def _check(sparql: str, bindings: Mapping[str, Identifier]) -> None:
    """Raise QueryError for what either engine would refuse, misread or reach outside with."""
    check_text(sparql)
    words = keywords(sparql)
    for name in bindings:
        if not re.search(rf"[?$]{re.escape(name)}\b", words):
            raise QueryError(f"the query has no variable ?{name} to take the parameter {name!r}")
    # rdflib fetches what FROM names and adds it to the graph asked.
    if chooses_graphs(sparql):
        raise QueryError(_ALONE.format("FROM"))
    check_reach(sparql)
    try:
        substitutions = _substitutions(bindings)
        ox.Store().query(sparql, prefixes=dict(PREFIXES), substitutions=substitutions)
    except SyntaxError as error:
        raise QueryError(explain(sparql, str(error))) from None
    except RuntimeError:
        names = " ".join(f"?{name}" for name in bindings)
        raise QueryError(f"a parameter must stand in SELECT: write SELECT {names} ...") from None


def keywords(sparql: str) -> str:
    """Return `sparql` without its IRIs, comments and strings: what may hold keywords."""
    return _NO_KEYWORDS.sub(" ", sparql)


def chooses_graphs(sparql: str) -> bool:
    """Whether `sparql` says FROM which graphs it asks."""
    return _FROM.search(keywords(sparql)) is not None


def check_reach(sparql: str) -> None:
    """Raise QueryError for a query or an update that asks another machine."""
    if _SERVICE.search(sparql):
        raise QueryError(_ALONE.format("SERVICE"))


def check_text(sparql: str) -> None:
    """Raise QueryError for what would stop or crash the engine before it reads the query."""
    if half := SURROGATES.search(sparql):
        raise QueryError(
            f"the query is not UTF-8: {_place(sparql, half.start())}: a byte or half a character "
            "that is no text; save it as UTF-8"
        )
    if not sparql.strip():
        raise QueryError("the query is empty")
    words = _NAMES.sub(" ", keywords(sparql))
    for parts, most, what in (
        (_OPERATORS, _MOST_OPERATORS, "operators"),
        (_PATTERNS, _MOST_PATTERNS, "OPTIONAL, UNION, MINUS and BIND"),
        (_STEPS, _MOST_STEPS, "steps of paths"),
    ):
        if len(parts.findall(words)) > most:
            raise QueryError(f"the query is too long: more than {most} {what}; ask it in parts")
    depth = 0
    # IRIs are scanned too: the operators of "?a<(?b)&&?c>?d" look like the ends of one.
    for found in _NESTING.finditer(sparql):
        for bracket in re.findall(r"[({\[\])}]", found[0] if found[0][0] not in "#\"'" else ""):
            depth += 1 if bracket in "({[" else -1
            if depth > _DEEPEST_NESTING:
                raise QueryError(
                    f"the query is nested too deep: {_place(sparql, found.start())}: "
                    f"more than {_DEEPEST_NESTING} brackets are open; write it flatter"
                )


def _place(sparql: str, offset: int) -> str:
    before = sparql[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def explain(sparql: str, error: str) -> str:
    """Return what Oxigraph's `error` says of `sparql`, with the line that it is about."""
    if _UPDATE.search(keywords(sparql)):
        return (
            "this is an update, and a query changes nothing; documents are added with add() "
            "(`quoth build`) and taken out with remove() (`quoth remove`)"
        )
    place = _OXIGRAPH_PLACE.match(error)
    if place is None:
        return f"the query is no SPARQL: {error}"
    number, column, problem = place.groups()
    if len(problem) > _LONGEST_PROBLEM:  # every character that a name may begin with
        problem = "the query cannot go on like this"
    lines = sparql.splitlines()
    line = lines[int(number) - 1].strip() if int(number) <= len(lines) else ""
    told = f"the query is no SPARQL: line {number}, column {column}: {problem.strip()}"
    return f"{told}: {line}" if line else told
