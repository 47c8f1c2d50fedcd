"""Set phrases: nobody who «it emerged» from, two verbs of one object, charges that are denied."""

from collections.abc import Callable

import pytest
from parses import LEMMAS, draft, parse, words

from quoth.extractors.components.constructions import Constructions
from quoth.extractors.records import Extraction
from quoth.extractors.values import Polarity, SpeechAct

Extract = Callable[[str], Extraction]


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("It emerged that the pilot had lied.", "that the pilot had lied"),
        ("It turned out that the pilot had lied.", "that the pilot had lied"),
        ("It transpired that the pilot had lied.", "that the pilot had lied"),
        ("It is believed the mayor knew.", "the mayor knew"),
        ("It is understood that talks failed.", "that talks failed"),
        ("It was alleged that the mayor knew.", "that the mayor knew"),
    ],
)
def test_it_is_nobody_even_beside_an_outlet(extract: Extract, sentence: str, content: str) -> None:
    first, second = extract(f"Harbour Radio said the wall fell. {sentence}")
    assert first.source.label == "Harbour Radio"
    assert (second.source.label, second.mention) == ("unspecified", None)
    assert [str(span) for span in second.content] == [content]


def test_it_that_speaks_is_whom_it_means(extract: Extract) -> None:
    first, second = extract("Harbour Radio said the wall fell. It said that nobody was hurt.")
    assert first.source == second.source


def test_it_is_no_part_of_what_emerged() -> None:
    doc = parse(
        ("It", "PRP", 1, "nsubj"),
        ("emerged", "VBD", 1, "ROOT"),
        ("that", "IN", 4, "mark"),
        ("ships", "NNS", 4, "nsubj"),
        ("sank", "VBD", 1, "ccomp"),
    )
    doc._.attributions = [draft("v:emerge", (0, 1), (1, 2), (0, 1), (2, 5))]
    (found,) = Constructions(LEMMAS)(doc)._.attributions
    assert found["source"] is None
    assert words(doc, *found["content"]) == ["that ships sank"]


NEITHER = (
    ("Osei", "NNP", 2, "nsubj"),
    ("neither", "CC", 2, "preconj"),
    ("confirmed", "VBD", 2, "ROOT"),
    ("nor", "CC", 2, "cc"),
    ("denied", "VBD", 2, "conj"),
    ("the", "DT", 6, "det"),
    ("meeting", "NN", 4, "dobj"),
)


@pytest.mark.parametrize("is_known", [True, False])
def test_two_verbs_share_their_object(is_known: bool) -> None:
    doc = parse(*NEITHER)
    doc._.attributions = [draft("v:confirm", (0, 1), (2, 3), (3, 7))] if is_known else []
    found = Constructions(LEMMAS)(doc)._.attributions
    assert [words(doc, d["source"], d["cue"], *d["content"]) for d in found] == [
        ["Osei", "confirmed", "the meeting"],
        ["Osei", "denied", "the meeting"],
    ]


def test_neither_confirmed_nor_denied_says_neither(extract: Extract) -> None:
    found = extract("Osei neither confirmed nor denied the meeting.")
    assert [a.cue_polarity for a in found] == [Polarity.NEGATIVE] * 2
    assert all(a.links == () for a in found)


def test_two_verbs_joined_by_and_are_no_reason_for_another_attribution() -> None:
    doc = parse(*NEITHER[:3], ("and", "CC", 2, "cc"), ("walked", "VBD", 2, "conj"), *NEITHER[5:])
    doc._.attributions = [draft("v:confirm", (0, 1), (2, 3), (5, 7))]
    assert len(Constructions(LEMMAS)(doc)._.attributions) == 1


@pytest.mark.parametrize(
    ("text", "mention", "content"),
    [
        ("He took bribes, a charge he denies.", "he", "a charge"),
        ("The company, which denies wrongdoing, has hired a lawyer.", "which", "wrongdoing"),
    ],
)
def test_denials_in_relative_clauses(
    extract: Extract, text: str, mention: str, content: str
) -> None:
    (found,) = extract(text)
    assert found.mention is not None
    assert (str(found.mention), [str(s) for s in found.content]) == (mention, [content])


def test_who_denies_access_denies_no_claim(extract: Extract) -> None:
    assert not [a for a in extract("The port, which denies entry, is old.") if a.mention]


@pytest.mark.parametrize(
    "text",
    [
        "The minister has yet to comment.",
        "The company had yet to respond.",
        "Neither company responded.",
        "None of the ministers would comment.",
        "Nobody at the bank could be reached for comment.",
    ],
)
def test_who_has_yet_to_comment_withholds_as_does_nobody(extract: Extract, text: str) -> None:
    (found,) = extract(text)
    assert found.speech_act is SpeechAct.NO_COMMENT


def test_who_refuses_to_confirm_or_deny_denies_nothing(extract: Extract) -> None:
    (found,) = extract("The ministry refused to either confirm or deny that the wall fell.")
    assert found.speech_act is SpeechAct.NO_COMMENT


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ('"The bank is insolvent", tweeted @seabird.', "@seabird"),
        ('"He\'s right", replied another user.', "another user"),
    ],
)
def test_a_comma_after_the_closing_mark_reports_as_one_before_it(
    extract: Extract, text: str, mention: str
) -> None:
    (found,) = extract(text)
    assert found.mention is not None
    assert str(found.mention) == mention


def test_what_an_aside_parts_from_its_cue_is_reported(extract: Extract) -> None:
    found = extract(
        "The ministry denied the deal, hours after the Beacon reported, citing two aides, that the "
        "port had been sold."
    )
    by_cue = {str(a.cue): a for a in found}
    assert str(by_cue["reported"].mention) == "the Beacon"
    assert [str(s) for s in by_cue["reported"].content] == ["that the port had been sold"]
    assert str(by_cue["citing"].mention) == "the Beacon"
    assert [str(s) for s in by_cue["citing"].content] == ["two aides"]


def test_nobody_is_named_in_a_quotation_in_another_language(extract: Extract) -> None:
    found = extract("»Das ist eine Lüge«, Osei told us. The bank says the loans were sound.")
    assert "Lüge" not in {source.label for source in found.sources}
