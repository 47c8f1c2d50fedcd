"""The alias table as rows that a person edits: CSV or TSV, sources by their names."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator

from quoth.graph.decisions import Decision, Kind, normal
from quoth.graph.errors import AliasError
from quoth.graph.iris import web_iri
from quoth.graph.lookup import SourceIndex, one_document
from quoth.graph.result_writing import FORMULA_STARTS
from quoth.graph.results import Result
from quoth.graph.sources import Match
from quoth.graph.vocabulary import ID

COLUMNS = ("decision", "source", "other", "document")
WIKIDATA = "http://www.wikidata.org/entity/"
_ITEM = re.compile(r"Q[1-9][0-9]*")
_DOCUMENT = str(ID["doc-"])
_KEY = re.compile("[0-9a-f]{20}")

OnError = Callable[[AliasError], None]


def to_rows(decisions: Iterable[Decision], match: Match) -> Result:
    """Return decisions as a table, with names where a name fits one source, else short IRIs."""
    index = SourceIndex(match)
    rows = []
    for decision in decisions:
        is_source = decision.kind in {Kind.MERGE, Kind.SPLIT}
        rows.append(
            (
                str(decision.kind),
                index.call(decision.source),
                index.call(decision.other) if is_source else decision.other,
                decision.document.removeprefix(_DOCUMENT) or None,
            )
        )
    return Result(COLUMNS, tuple(rows))


def from_table(text: str, where: str, match: Match, on_error: OnError) -> list[Decision]:
    """Return the decisions that the rows of a CSV or TSV text hold.

    The first line names the columns: decision, source, other and, for homonyms, document. A row
    that cannot be understood goes to `on_error` as an AliasError that names `where` and the line,
    and costs only itself. Raises AliasError where the columns are not these.
    """
    index = SourceIndex(match)
    found: dict[Decision, None] = {}
    failed: dict[int, AliasError] = {}
    rows = list(_rows(text, where, COLUMNS[:3]))
    # Homonyms first: other rows may name them, and they are sources by this table alone.
    rows.sort(key=lambda item: item[1]["decision"] != Kind.HOMONYM)
    for line, row in rows:
        try:
            decision = normal(_decision(row, index, match))
        except AliasError as error:
            failed[line] = AliasError(f"{where} line {line}: {error}")
            continue
        found[decision] = None
        if decision.kind is Kind.HOMONYM:
            index.add(str(decision.into), decision.other)
    for line in sorted(failed):
        on_error(failed[line])
    return list(found)


def matches_from_table(text: str, where: str, match: Match, on_error: OnError) -> list[Decision]:
    """Return what the rows of a CSV or TSV text match with Wikidata or another register.

    The columns are source and match: an IRI, or the number of an item of Wikidata. Errors as with
    `from_table`.
    """
    index = SourceIndex(match)
    found = []
    for line, row in _rows(text, where, ("source", "match")):
        try:
            address = match_iri(row["match"])
            found.append(Decision(Kind.MATCH, index.find(row["source"]), address))
        except AliasError as error:
            on_error(AliasError(f"{where} line {line}: {error}"))
    return found


def match_iri(address: str) -> str:
    """Return the IRI that `address` gives: itself, or of an item of Wikidata by its number.

    >>> match_iri("Q42")
    'http://www.wikidata.org/entity/Q42'

    Raises AliasError for what is neither.
    """
    if _ITEM.fullmatch(address):
        return WIKIDATA + address
    iri = web_iri(address) if "://" in address else None
    if iri is None:
        raise AliasError(
            f"{address!r} is no IRI; give one, like {WIKIDATA}Q42, or the number of an item: Q42"
        )
    return str(iri)


def _decision(row: dict[str, str], index: SourceIndex, match: Match) -> Decision:
    try:
        kind = Kind(row["decision"])
    except ValueError:
        kinds = ", ".join(Kind)
        raise AliasError(f"no decision is called {row['decision']!r}; there are {kinds}") from None
    source = index.find(row["source"], known_only=False)
    other, document = row["other"], row.get("document", "")
    if kind in {Kind.MERGE, Kind.SPLIT}:
        other = index.find(other, known_only=False)
        if other == source:
            raise AliasError(f"{row['source']!r} and {row['other']!r} are one source already")
    elif kind is Kind.MATCH:
        other = match_iri(other)
    elif not other:
        raise AliasError("the name in the column other is missing")
    if kind is not Kind.HOMONYM:
        return Decision(kind, source, other)
    if not document:
        raise AliasError("a homonym needs the document where it is one, in the column document")
    if _KEY.fullmatch(document):
        # A document that is not there now: the decision waits for it.
        return Decision(kind, source, other, f"{_DOCUMENT}{document}")
    return Decision(kind, source, other, one_document(match, document))


def _rows(text: str, where: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that hold anything, with the number of the line where each ends."""
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = "\t" if "\t" in head else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if missing := [name for name in needed if name not in columns]:
        raise AliasError(
            f"{where} line 1: the column {missing[0]!r} is missing; the first line names the "
            f"columns: {', '.join(needed)}"
        )
    for row in reader:
        cells = {
            (name or "").strip().lower(): _unguarded((cell or "").strip())
            for name, cell in row.items()
            if not isinstance(cell, list)
        }
        if any(cells.values()):
            yield reader.line_num, cells


def _unguarded(cell: str) -> str:
    """Take back the apostrophe that keeps a spreadsheet from running a cell (`Result.to_csv`)."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
