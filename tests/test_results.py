"""Answers as a table: CSV, JSON and pandas."""

import json

import pytest
from answers_by_hand import FEB_6

from quoth.graph.results import Result


class TestResult:
    table = Result(
        ("who", "day", "n"),
        (("=HYPERLINK(1)", FEB_6, -1), ("+1", None, 2.5), ('a, "b"\nc', FEB_6, True)),
    )

    def test_csv_is_no_formula(self) -> None:
        assert self.table.to_csv() == (
            "who,day,n\r\n"
            "'=HYPERLINK(1),2024-02-06,-1\r\n"
            "'+1,,2.5\r\n"
            '"a, ""b""\nc",2024-02-06,True\r\n'
        )

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_every_start_of_a_formula_is_guarded(self, start: str) -> None:
        assert f"'{start}x" in Result(("a",), ((f"{start}x",),)).to_csv()

    def test_json(self) -> None:
        assert json.loads(self.table.to_json())[0] == {
            "who": "=HYPERLINK(1)",
            "day": "2024-02-06",
            "n": -1,
        }

    def test_pandas(self) -> None:
        frame = self.table.to_pandas()
        assert list(frame.columns) == ["who", "day", "n"]
        assert frame.shape == (3, 3)
        assert list(Result(("a", "b"), ()).to_pandas().columns) == ["a", "b"]

    def test_is_a_sequence_of_rows(self) -> None:
        assert len(self.table) == 3
        assert [row[0] for row in self.table] == ["=HYPERLINK(1)", "+1", 'a, "b"\nc']
