"""Date expressions: what they are, what they mean, and what was said when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.dates import spans
from quoth.extractors.dates.expressions import find_dates, read_date
from quoth.extractors.dates.values import FUTURE, OPEN, PAST
from quoth.extractors.pipeline import AttributionExtractor
from quoth.extractors.records import Document

THURSDAY = date(2031, 5, 8)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("May 3, 2031", "2031-05-03"),
        ("Saturday, 3 May 2031", "2031-05-03"),
        ("the 3rd of May, 2031", "2031-05-03"),
        ("2031-05-03", "2031-05-03"),
        ("5/3/31", "2031-05-03"),
        ("23/5/2031", "2031-05-23"),
        ("March 13", "2031-03-13"),
        ("11 December", "2030-12-11"),
        ("August 2", "2031-08-02"),
        ("August 2 last year", "2030-08-02"),
        ("September 2029", "2029-09"),
        ("September last year", "2030-09"),
        ("last October", "2030-10"),
        ("Tuesday", "2031-05-06"),
        ("Thursday", "2031-05-08"),
        ("last Thursday", "2031-05-01"),
        ("next Friday", "2031-05-09"),
        ("Tuesday evening", "2031-05-06"),
        ("Tuesday of last week", "2031-04-29"),
        ("today", "2031-05-08"),
        ("yesterday afternoon", "2031-05-07"),
        ("the day before yesterday", "2031-05-06"),
        ("last night", "2031-05-07"),
        ("tomorrow", "2031-05-09"),
        ("last week", "2031-04-28/2031-05-04"),
        ("earlier this week", "2031-05-05/2031-05-08"),
        ("later this month", "2031-05-08/2031-05-31"),
        ("last weekend", "2031-05-03/2031-05-04"),
        ("last month", "2031-04"),
        ("next quarter", "2031-07/2031-09"),
        ("last year", "2030"),
        ("last summer", "2030-22"),
        ("three days ago", "2031-05-05"),
        ("two weeks ago", "2031-04-21/2031-04-27"),
        ("fifteen months ago", "2030-02"),
        ("a decade ago", "2021"),
        ("two years from now", "2033"),
        ("summer of 2012", "2012-22"),
        ("the 1990s", "199X"),
        ("’90s", "199X"),
        ("the 17th century", "16XX"),
        ("1999", "1999"),
    ],
)
def test_values(words: str, edtf: str) -> None:
    expression = read_date(words)
    assert expression is not None
    value = expression.value(THURSDAY)
    assert value is not None
    assert value.edtf == edtf
    assert value.first <= value.last


@pytest.mark.parametrize(
    ("words", "direction", "edtf"),
    [
        ("Tuesday", PAST, "2031-05-06"),
        ("Tuesday", FUTURE, "2031-05-13"),
        ("this weekend", OPEN, "2031-05-03/2031-05-04"),
        ("this weekend", FUTURE, "2031-05-10/2031-05-11"),
        ("October", PAST, "2030-10"),
        ("October", FUTURE, "2031-10"),
        ("October 20", PAST, "2030-10-20"),
        ("October 20", FUTURE, "2031-10-20"),
    ],
)
def test_tense_decides_the_side_of_the_anchor(words: str, direction: int, edtf: str) -> None:
    expression = read_date(words)
    assert expression is not None
    value = expression.value(THURSDAY, direction)
    assert value is not None
    assert value.edtf == edtf


@pytest.mark.parametrize("words", ["yesterday", "Tuesday", "March 13", "last week", "May"])
def test_relative_expressions_mean_nothing_without_a_date(words: str) -> None:
    expression = read_date(words)
    assert expression is not None
    assert expression.value(None) is None


@pytest.mark.parametrize("words", ["February 30, 2031", "13/32/2031", "the past year"])
def test_no_value_is_made_up(words: str) -> None:
    expression = read_date(words)
    assert expression is None or expression.value(THURSDAY) is None


@pytest.mark.parametrize(
    "text",
    ["He may march on.", "It cost $1999.", "Room 2031-5", "2,003 people", "No. 1990-2", "Frida"],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_expressions_do_not_overlap_and_the_longest_wins() -> None:
    text = "On Saturday, May 3, 2031 and in May last year, not on Friday."
    found = [text[e.begin : e.end] for e in find_dates(text)]
    assert found == ["Saturday, May 3, 2031", "May last year", "Friday"]


@pytest.mark.slow
@given(st.text(), st.dates(), st.sampled_from([PAST, OPEN, FUTURE]))
def test_any_text_has_dates_at_its_own_offsets(text: str, anchor: date, direction: int) -> None:
    for expression in find_dates(text):
        assert text[expression.begin : expression.end] == expression.match[0]
        value = expression.value(anchor, direction)
        assert value is None or value.first <= value.last


@given(st.dates(date(1, 2, 1), date(9990, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_never_a_week_away(anchor: date, number: int) -> None:
    before = spans.weekday(anchor, number, ahead=False)
    after = spans.weekday(anchor, number, ahead=True)
    assert before.weekday() == after.weekday() == number
    assert 0 <= (anchor - before).days < 7
    assert 0 <= (after - anchor).days < 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ministry said on Tuesday that the pier closed.", "Tuesday"),
        ("The ministry said Tuesday that the pier closed.", "Tuesday"),
        ("On Tuesday, the ministry said that the pier closed.", "Tuesday"),
        ("Last week, the ministry said it had closed the pier.", "Last week"),
        ("“It closed,” Edda Thorvane said in a statement on Tuesday.", "Tuesday"),
        ("The ministry said that the pier closed on Tuesday.", None),
        ("The pier closed, said the ministry that was founded in 1999.", None),
    ],
)
def test_time_of_the_utterance(
    extractor: AttributionExtractor, text: str, words: str | None
) -> None:
    (extraction,) = extractor.extract([Document(text=text, id="t", date=THURSDAY)])
    (found,) = extraction
    assert (found.time and found.time.span.text) == words
    if found.time is not None:
        assert found.time.anchor == THURSDAY
        assert found.time.first <= found.time.last
