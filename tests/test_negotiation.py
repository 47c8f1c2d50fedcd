"""Which format a client gets, by its Accept header."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.graph.server.negotiation import NotAcceptableError, choose

OFFERED = ["text/turtle", "application/ld+json", "text/csv"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV; charset=utf-8", "text/csv"),
        ("text/csv;q=0.2, application/ld+json;q=0.3", "application/ld+json"),
        ("application/*", "application/ld+json"),
        ("text/*;q=0.5, text/turtle;q=0.1, */*;q=0.2", "text/csv"),
        ("text/turtle;q=0, */*", "application/ld+json"),
        ("text/turtle;q=nan, text/csv;q=0.001", "text/csv"),
        ("nonsense, text/csv", "text/csv"),
    ],
)
def test_the_rated_highest_is_chosen(accept, chosen):
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize("accept", ["text/html", "text/csv;q=0", "*/*;q=0", "text/csv;q=x"])
def test_where_nothing_will_do_it_is_told(accept):
    with pytest.raises(NotAcceptableError, match="there are text/turtle, application/ld"):
        choose(accept, OFFERED)


@given(st.text(alphabet="atex/*;q=0.1, csv", max_size=60))
def test_any_header_is_answered_or_refused(accept):
    with suppress(NotAcceptableError):
        assert choose(accept, OFFERED) in OFFERED
