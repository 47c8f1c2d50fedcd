"""Paragraphs of plain text, line by line or broken to a width."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.paragraph_breaks import is_hard_wrapped, paragraphs
from quoth.extractors.records import Extraction
from quoth.extractors.syntax import passages

WRAPPED = (
    "The minister said on Monday that the eastern wall of the harbour had\n"
    "been inspected twice, and that “nobody in this ministry has seen the\n"
    "letter that the papers speak of”. She was speaking in Vellmar, where\n"
    "Marit Oskarvik of the dockers said the wall was sinking.\n\n"
    "A crane stands idle.\n"
)
TEXTS = st.text(alphabet="ab A.,\n\r\t“”\u2028", max_size=120)


def test_lines_broken_to_a_width_are_one_paragraph() -> None:
    assert is_hard_wrapped(WRAPPED)
    assert [text.split()[0] for _, text in paragraphs(WRAPPED)] == ["The", "A"]


def test_a_line_is_a_paragraph_elsewhere() -> None:
    text = "Harbour to close\nThe mayor said so.\n“Nobody objected.”\n"
    assert [part for _, part in paragraphs(text)] == text.splitlines(keepends=True)


def test_what_is_said_goes_on_over_line_ends(extract: Callable[[str], Extraction]) -> None:
    minister, oskarvik = extract(WRAPPED)
    assert str(minister.claim).endswith("the letter that the papers speak of”")
    assert oskarvik.source.label.startswith("Marit Oskarvik")
    assert oskarvik.sentence.text.startswith("She was speaking in Vellmar")


@given(TEXTS)
def test_paragraphs_are_the_text(text: str) -> None:
    parts = list(paragraphs(text))
    assert "".join(part for _, part in parts) == text
    assert all(text.startswith(part, begin) for begin, part in parts)


@given(TEXTS)
def test_passages_are_the_text(text: str) -> None:
    assert "".join(passages(text * 20)) == text * 20
