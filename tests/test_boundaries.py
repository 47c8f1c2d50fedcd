"""Where a source and what it says end: marks, dates, asides, addressees, the clause around."""

from collections.abc import Callable

import pytest
from parses import draft, parse, words
from spacy.tokens import Doc, Span, SpanGroup

from quoth.extractors.components.boundaries import Boundaries
from quoth.extractors.drafts import QUOTATIONS, Draft
from quoth.extractors.records import Extraction

Extract = Callable[[str], Extraction]


def cut(doc: Doc, *drafts: Draft, quotation: tuple[int, int] | None = None) -> list[Draft]:
    """Return the drafts of a parse with their boundaries corrected."""
    spans = [Span(doc, *quotation, label="closed")] if quotation else []
    doc.spans[QUOTATIONS] = SpanGroup(doc, name=QUOTATIONS, spans=spans)
    doc._.attributions = list(drafts)
    return list(Boundaries()(doc)._.attributions)


@pytest.mark.parametrize(
    ("text", "mention", "case"),
    [
        ("The mayor on Friday said the wall fell.", "The mayor", "a day"),
        ("The mayor late on Tuesday said the wall fell.", "The mayor", "a time of a day"),
        ("The Sunday Times said the wall fell.", "The Sunday Times", "a day in a name"),
        (
            "The mayor's office, contrary to what Osei claims, said the wall fell.",
            "The mayor's office",
            "an aside with a clause of its own",
        ),
        (
            "Holm, an inspector at the port, said the wall fell.",
            "Holm, an inspector at the port",
            "an apposition says who it is",
        ),
        ("「It fell,」 she insisted.", "she", "a mark that the tagger took for a name"),
    ],
)
def test_a_mention_says_who_and_nothing_else(
    extract: Extract, text: str, mention: str, case: str
) -> None:
    (found,) = extract(text)
    assert found.mention is not None
    assert found.mention.span.text == mention, case


def test_a_date_that_the_parser_hangs_on_the_source_is_none_of_it() -> None:
    doc = parse(
        ("Pilots", "NNS", 3, "nsubj"),
        ("on", "IN", 0, "prep"),
        ("Friday", "NNP", 1, "pobj"),
        ("said", "VBD", 3, "ROOT"),
        ("so", "RB", 3, "advmod"),
    )
    (found,) = cut(doc, draft("v:say", (0, 3), (3, 4), (4, 5)))
    assert words(doc, found["source"]) == ["Pilots"]


def test_who_stands_in_what_is_said_does_not_say_it() -> None:
    doc = parse(
        ("»", "``", 6, "punct"),
        ("Das", "NNP", 3, "compound"),
        ("ist", "VBD", 3, "compound"),
        ("Lüge", "NNP", 6, "nsubj"),
        ("«", "''", 6, "punct"),
        ("Osei", "NNP", 6, "nsubj"),
        ("told", "VBD", 6, "ROOT"),
        ("us", "PRP", 6, "dobj"),
    )
    (found,) = cut(doc, draft("v:tell", (3, 4), (6, 7), (1, 3)), quotation=(0, 5))
    assert words(doc, found["source"]) == ["Osei"]


def test_who_says_more_outside_the_quotation_is_who_said_it() -> None:
    doc = parse(
        ("Osei", "NNP", 1, "nsubj"),
        ("says", "VBZ", 1, "ROOT"),
        ("“", "``", 4, "punct"),
        ("walls", "NNS", 4, "nsubj"),
        ("sink", "VBP", 1, "ccomp"),
        ("”", "''", 4, "punct"),
        ("and", "CC", 4, "cc"),
        ("warns", "VBZ", 4, "conj"),
        ("us", "PRP", 7, "dobj"),
    )
    (found,) = cut(doc, draft("v:warn", (3, 4), (7, 8), (8, 9)), quotation=(2, 6))
    assert words(doc, found["source"]) == ["Osei"]


def test_the_addressee_is_no_piece_of_what_is_told() -> None:
    doc = parse(
        ("“", "``", 4, "punct"),
        ("No", "UH", 4, "intj"),
        ("”", "''", 4, "punct"),
        ("Osei", "NNP", 4, "nsubj"),
        ("told", "VBD", 4, "ROOT"),
        ("reporters", "NNS", 4, "dobj"),
    )
    (found,) = cut(doc, draft("v:tell", (3, 4), (4, 5), (0, 3), (5, 6)), quotation=(0, 3))
    assert words(doc, *found["content"]) == ["“ No ”"]


def test_the_source_is_no_part_of_what_it_says() -> None:
    doc = parse(
        ("Asked", "VBN", 0, "ROOT"),
        ("by", "IN", 0, "agent"),
        ("Osei", "NNP", 1, "pobj"),
        ("if", "IN", 5, "mark"),
        ("it", "PRP", 5, "nsubj"),
        ("fell", "VBD", 0, "advcl"),
    )
    (found,) = cut(doc, draft("v:ask", (2, 3), (0, 1), (2, 6)))
    assert words(doc, *found["content"]) == ["if it fell"]


def test_a_source_that_runs_into_what_it_says_ends_there() -> None:
    doc = parse(
        ("According", "VBG", 5, "prep"),
        ("to", "IN", 0, "prep"),
        ("pilots", "NNS", 1, "pobj"),
        ("two", "CD", 4, "nummod"),
        ("ships", "NNS", 5, "nsubj"),
        ("sank", "VBD", 5, "ROOT"),
    )
    (found,) = cut(doc, draft("p:according_to", (2, 4), (0, 2), (3, 6)))
    assert words(doc, found["source"], *found["content"]) == ["pilots", "two ships sank"]


QUESTION = (
    ("Osei", "NNP", 1, "nsubj"),
    ("knows", "VBZ", 1, "ROOT"),
    ("who", "WP", 3, "nsubj"),
    ("approved", "VBD", 1, "ccomp"),
    ("it", "PRP", 3, "dobj"),
)


def test_a_question_word_says_nothing() -> None:
    doc = parse(*QUESTION)
    (found,) = cut(
        doc, draft("v:know", (0, 1), (1, 2), (2, 5)), draft("v:approve", (2, 3), (3, 4), (4, 5))
    )
    assert found["word"] == "v:know"


def test_a_relative_pronoun_may() -> None:
    doc = parse(
        ("Osei", "NNP", 5, "nsubj"),
        (",", ",", 0, "punct"),
        ("who", "WP", 3, "nsubj"),
        ("approved", "VBD", 0, "relcl"),
        ("it", "PRP", 3, "dobj"),
        ("left", "VBD", 5, "ROOT"),
    )
    assert len(cut(doc, draft("v:approve", (2, 3), (3, 4), (4, 5)))) == 1


def test_of_two_sources_in_one_the_later_cue_has_what_is_left() -> None:
    doc = parse(
        ("According", "VBG", 5, "prep"),
        ("to", "IN", 0, "prep"),
        ("aides", "NNS", 1, "pobj"),
        (",", ",", 5, "punct"),
        ("Osei", "NNP", 5, "nsubj"),
        ("said", "VBD", 5, "ROOT"),
        ("so", "RB", 5, "advmod"),
    )
    according = draft("p:according_to", (2, 3), (0, 2), (4, 7))
    said = draft("v:say", (2, 5), (5, 6), (6, 7))
    assert [words(doc, d["source"]) for d in cut(doc, according, said)] == [["aides"], ["Osei"]]


REPORTED = (
    ("Osei", "NNP", 1, "nsubj"),
    ("denied", "VBD", 1, "ROOT"),
    ("it", "PRP", 1, "dobj"),
    ("after", "IN", 5, "mark"),
    ("papers", "NNS", 5, "nsubj"),
    ("reported", "VBD", 1, "advcl"),
    (",", ",", 5, "punct"),
    ("citing", "VBG", 1, "advcl"),
    ("aides", "NNS", 7, "dobj"),
    (",", ",", 5, "punct"),
    ("that", "IN", 12, "mark"),
    ("it", "PRP", 12, "nsubj"),
    ("fell", "VBD", 5, "ccomp"),
)


def test_a_subordinate_clause_reports_what_follows_its_aside_and_not_what_it_hangs_on() -> None:
    doc = parse(*REPORTED)
    (found,) = cut(doc, draft("v:report", (4, 5), (5, 6), (0, 3)))
    assert words(doc, *found["content"]) == ["that it fell"]


def test_who_reported_also_cited() -> None:
    doc = parse(*REPORTED)
    (found,) = cut(doc, draft("v:cite", (0, 1), (7, 8), (8, 9)))
    assert words(doc, found["source"]) == ["papers"]


def test_what_keeps_nothing_of_its_content_goes() -> None:
    doc = parse(*REPORTED[:6])
    assert cut(doc, draft("v:report", (4, 5), (5, 6), (0, 3))) == []
