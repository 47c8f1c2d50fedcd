"""What stands before the prose: found where it is certain, else left alone."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.header import Header, find_header, parse_date

PROSE = "The harbour at Vellmar will close, the mayor said.\n\nNobody objected."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param(" date 2023-05-18 ", {"date": date(2023, 5, 18)}, id="date, prose goes on"),
        pytest.param("date 2023-05-18\n\n", {"date": date(2023, 5, 18)}, id="date on its line"),
        pytest.param("Harbour to close\n\n", {"title": "Harbour to close"}, id="title"),
        pytest.param("Will it close?\r\n\r\n", {"title": "Will it close?"}, id="title, CRLF"),
        pytest.param("\n  Harbour to close\r\r", {"title": "Harbour to close"}, id="title, CR"),
        pytest.param("Gov. Ilse Marr quits\n\n", {"title": "Gov. Ilse Marr quits"}, id="Gov."),
        pytest.param(
            "# Harbour: closed. #\n", {"title": "Harbour: closed."}, id="Markdown heading"
        ),
        pytest.param("Harbour\n=======\n", {"title": "Harbour"}, id="underlined heading"),
        pytest.param("By Ana de la Cruz\n", {"author": "Ana de la Cruz"}, id="byline"),
        pytest.param(
            "BY ANA CRUZ AND J. O'NEIL, THE COURIER\n\n",
            {"author": "ANA CRUZ AND J. O'NEIL, THE COURIER"},
            id="byline in capitals",
        ),
        pytest.param("By Ana Cruz, Ports Editor\n", {"author": "Ana Cruz"}, id="byline, post"),
        pytest.param(
            "Harbour to close\nBy Ana Cruz\n3 May 2024\n\n",
            {"title": "Harbour to close", "author": "Ana Cruz", "date": date(2024, 5, 3)},
            id="title, byline, date",
        ),
        pytest.param(
            "Harbour to close\nFriday, May 3, 2024\n",
            {"title": "Harbour to close", "date": date(2024, 5, 3)},
            id="title with a date under it",
        ),
        pytest.param(
            "Published: Sept. 3, 2024, 10:15 GMT\n", {"date": date(2024, 9, 3)}, id="time"
        ),
        pytest.param("LISBON, May 3 (Norwire) - ", {"publisher": "Norwire"}, id="dateline"),
        pytest.param("KYIV (Norwire) — ", {"publisher": "Norwire"}, id="dateline, long dash"),
        pytest.param(
            "PORT SAINT ANN, 3 May 2024 (The Courier) -- ",
            {"publisher": "The Courier", "date": date(2024, 5, 3)},
            id="dateline with a year",
        ),
        pytest.param("KHARKIV, Ukraine (AP) — ", {"publisher": "AP"}, id="dateline with a country"),
        pytest.param(
            "Vellmar (Norwire) — ", {"publisher": "Norwire"}, id="dateline in small letters"
        ),
        pytest.param("ST. AUBIN—", {}, id="dateline without agency"),
        pytest.param("MOSCOW/KYIV (Norwire) - ", {"publisher": "Norwire"}, id="two towns"),
        pytest.param(
            "Harbour to close\n\nBy Ana Cruz\n\nVELLMAR, May 3 (Norwire) - ",
            {"title": "Harbour to close", "author": "Ana Cruz", "publisher": "Norwire"},
            id="all of it",
        ),
        pytest.param(
            '---\ntitle: "Harbour: closed"\ndate: 2024-05-03T10:00:00Z\nauthors: [a, b]\n'
            "tags:\n  - ports\nsource: Norwire\nlink: https://example.org/1\n# note\n---\n\n",
            {
                "title": "Harbour: closed",
                "date": date(2024, 5, 3),
                "publisher": "Norwire",
                "url": "https://example.org/1",
            },
            id="front matter",
        ),
        pytest.param(
            "---\ntitle: Short\n---\n# A longer heading\n",
            {"title": "Short"},
            id="front matter holds against the heading",
        ),
    ],
)
def test_a_header_is_found_and_the_prose_begins_after_it(head, expected):
    text = head + PROSE
    assert find_header(text) == Header(begin=len(head), **expected)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Harbour to close", id="nothing after it"),
        pytest.param("Harbour to close\n\n \n", id="only space after it"),
        pytest.param("The harbour will close.\n\n" + PROSE, id="full stop"),
        pytest.param("She said: “It closes.”\n\n" + PROSE, id="full stop in quotation marks"),
        pytest.param("He objected. She did not\n\n" + PROSE, id="two sentences"),
        pytest.param("The ministers named were:\n\n" + PROSE, id="colon"),
        pytest.param("The harbour\nwill close\n\n" + PROSE, id="a wrapped paragraph"),
        pytest.param("word " * 40 + "\n\n" + PROSE, id="long"),
        pytest.param("- harbour\n\n" + PROSE, id="list"),
        pytest.param("* * *\n\n" + PROSE, id="rule"),
        pytest.param("By the harbour, nobody spoke\nof it.\n\n", id="a sentence with by"),
        pytest.param("By Tuesday the harbour was closed.\n\nIt was.", id="by a day"),
        pytest.param("date 2023-13-45 The harbour is closed.", id="no such day"),
        pytest.param("date 2023-05-181 The harbour is closed.", id="date goes on"),
        pytest.param("dated 2023-05-18 The harbour is closed.", id="dated"),
        pytest.param("NATO — the alliance — said so.", id="an acronym and an aside"),
        pytest.param("Moscow — Russia's capital — slept.", id="a town and an aside"),
        pytest.param("MOSCOW (which had denied it) — The end.", id="a remark in parentheses"),
        pytest.param("The EU, May 3 (it was a Friday) - Done.", id="no dateline"),
        pytest.param("---\nThe harbour: closed\nand so on\n---\nText.", id="rule, no front matter"),
        pytest.param("---\ntitle: x\n" + PROSE, id="front matter that never ends"),
        pytest.param("--- a\n", id="dashes"),
        pytest.param("", id="empty"),
        pytest.param(" \r\n ", id="space"),
    ],
)
def test_what_is_not_certain_is_prose(text):
    assert find_header(text) == Header()


def test_an_unfinished_front_matter_is_looked_at_for_a_hundred_lines_only():
    text = "---\n" + "key: value\n" * 101 + "---\nText."
    assert find_header(text).begin == 0


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-05-03", date(2024, 5, 3)),
        (" 2024-05-03T10:00:00Z", date(2024, 5, 3)),
        ("May 3, 2024", date(2024, 5, 3)),
        ("3 September 2024", date(2024, 9, 3)),
        ("May 3", None),
        ("Mayo 3, 2024", None),
        ("Foo 3, 2024", None),
        ("February 30, 2024", None),
        ("2024-05-031", None),
        ("", None),
    ],
)
def test_dates(words, day):
    assert parse_date(words) == day


@given(st.text(alphabet=st.sampled_from("aZ .—-#=\n\r\t(),:3dates2024-05-03By|")))
def test_the_prose_begins_within_any_text(text):
    header = find_header(text)
    assert 0 <= header.begin <= len(text)
    assert header.begin == 0 or not text[header.begin : header.begin + 1].isspace()


@pytest.mark.parametrize("filler", [" ", "\n", "-", "#", "A", "By A", "By Ann, ", "a: b\n", "(A) "])
def test_the_cost_does_not_grow_with_the_square_of_the_text(filler):
    begun = time.process_time()
    for start in ("", "---\n", "Title\n", "date 2024-05-03 "):
        find_header(start + filler * (2_000_000 // len(filler)))
    # Tenths of a second; a quadratic search would take hours.
    assert time.process_time() - begun < 10
