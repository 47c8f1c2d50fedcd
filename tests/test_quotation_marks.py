"""Quotations, however untidily they are marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.quotation_marks import Quotation, quotations

CASES = {
    "curly double": ("“We sail,” he said. “At dawn.”", ["“We sail,”", "“At dawn.”"]),
    "straight double": ('"We sail," he said. "At dawn."', ['"We sail,"', '"At dawn."']),
    "guillemets": ("«We sail», he said.", ["«We sail»"]),
    "guillemets set off by spaces": ("«\u202fWe sail\u202f», he said.", ["«\u202fWe sail\u202f»"]),
    "low opening": ("„We sail“, he said.", ["„We sail“"]),
    "backticks": ("``We sail,'' he said.", ["``We sail,''"]),
    "single": ("‘We sail now,’ he said.", ["‘We sail now,’"]),
    "single with apostrophe": ("‘We can’t sail now,’ he said.", ["‘We can’t sail now,’"]),
    "single with plural possessive": (
        "She called 'the dockers' plan a joke,' and left.",
        ["'the dockers' plan a joke,'"],
    ),
    "apostrophes alone": ("The dockers’ plan and the pilots’ plan differ.", []),
    "clipped words": ("Rock 'n' roll 'til dawn, they said.", []),
    "inches": ('A 5" pipe and a 6" pipe burst.', []),
    "marks within marks": ("“He said ‘no way’ to us,” she said.", ["“He said ‘no way’ to us,”"]),
    "opens double, closes single": (
        "“We sail at dawn [or later]’, he said.",
        ["“We sail at dawn [or later]’"],
    ),
    "opens straight, closes curly": ('"We sail at dawn”, he said.', ['"We sail at dawn”']),
    "scare quotes": ('the "so-called" plan', ['"so-called"']),
    "a missing mark spoils its paragraph only": (
        "“We sail, he said.\n“At dawn,” she said.",
        ["“We sail, he said.", "“At dawn,”"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_finds_what_stands_between_the_marks(text: str, expected: list[str]) -> None:
    assert [text[q.begin : q.end] for q in quotations(text)] == expected


def test_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "“We sail at dawn.\n\nThe harbour was quiet."
    assert quotations(text) == [Quotation(0, 17, closed=False)]


def test_quotation_reopened_in_the_next_paragraph_counts_as_closed() -> None:
    text = "“We sail at dawn.\n\n“Nobody stays.”"
    assert [q.closed for q in quotations(text)] == [True, True]


def test_nothing_before_the_beginning_is_read() -> None:
    text = "“Title” “We sail,” he said."
    assert [text[q.begin : q.end] for q in quotations(text, begin=8)] == ["“We sail,”"]


def test_single_marks_around_double_ones_are_none() -> None:
    text = "‘a`a“'.'"
    assert [text[q.begin : q.end] for q in quotations(text)] == ["“'"]


MARKED = st.text(alphabet="“”„‟«»\"'‘’`ab ,.\n\r\u2028\0é\u0301", max_size=80)


@given(MARKED)
def test_quotations_are_in_order_disjoint_and_inside_the_text(text: str) -> None:
    found = quotations(text)
    edges = [edge for q in found for edge in (q.begin, q.end)]
    assert edges == sorted(edges)
    assert all(0 <= q.begin < q.end <= len(text) for q in found)
