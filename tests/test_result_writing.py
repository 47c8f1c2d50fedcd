"""Answers as CSV and JSON, written row by row: the bytes that Python's own writers make."""

import csv
import io
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quoth.graph.result_writing import FORMULA_STARTS
from quoth.graph.results import Result

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(),
    st.sampled_from(["", "'", "=1", "-", "\t", '"', "a,b", "\r\n", "{}", "\\", "\u2028", "Ü"]),
)


@st.composite
def results(draw: st.DrawFn) -> Result:
    columns = draw(st.lists(st.text(min_size=1), max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(*(CELLS for _ in columns)), max_size=4))
    return Result(tuple(columns), tuple(rows))


@given(results())
def test_json_is_what_an_indented_list_of_records_is(result: Result) -> None:
    whole = json.dumps(result.records(), ensure_ascii=False, indent=1, default=str) + "\n"
    assert result.to_json() == whole


@given(results(), st.sampled_from(",\t"))
def test_csv_has_the_cells_but_for_formulas(result: Result, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(result.columns)
    for row in result.rows:
        is_formula = [isinstance(c, str) and c.startswith(FORMULA_STARTS) for c in row]
        writer.writerow([f"'{c}" if f else c for c, f in zip(row, is_formula, strict=True)])
    assert result.to_csv(delimiter) == out.getvalue()


def test_days_are_iso() -> None:
    result = Result(("day",), ((date(2024, 2, 6),),))
    assert json.loads(result.to_json()) == [{"day": "2024-02-06"}]
    assert result.to_csv() == "day\r\n2024-02-06\r\n"


def test_no_rows_and_no_columns() -> None:
    assert Result(("a",), ()).to_json() == "[]\n"
    assert Result((), ((), ())).to_json() == "[\n {},\n {}\n]\n"
