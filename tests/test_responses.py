"""Whom a cue answers, and whom a claim is about: each test names its case."""

from collections.abc import Callable

from quoth.extractors.records import Attribution, Extraction
from quoth.extractors.selection import confident
from quoth.extractors.values import (
    LinkType,
    Stance,
)

Extract = Callable[[str], Extraction]


def by_cue(extraction: Extraction, cue: str) -> Attribution:
    return next(a for a in extraction if str(a.cue) == cue)


def test_denial_answers_the_claim_with_the_same_words(extract: Extract) -> None:
    found = extract(
        "Two pilots said the eastern wall was sinking. A diver said the crane was old. "
        "The minister denied that the eastern wall was sinking."
    )
    (link,) = by_cue(found, "denied").links
    assert (link.type, link.target) == (LinkType.DENIES, found.attributions[0].key)


def test_calling_a_report_false_denies_what_was_reported(extract: Extract) -> None:
    found = extract(
        "A diver said the wall was sinking. The minister insisted the report was false."
    )
    insisted = by_cue(found, "insisted")
    (link,) = insisted.links
    assert (link.type, link.target) == (LinkType.DENIES, by_cue(found, "said").key)
    assert str(link.evidence) == "false"
    assert insisted.stance is Stance.COMMITTED


def test_calling_a_report_not_false_denies_nothing(extract: Extract) -> None:
    found = extract(
        "A diver said the wall was sinking. The minister said the report was not false."
    )
    assert by_cue(found, "said").links == ()


def test_confirmation_of_news_answers_nobody(extract: Extract) -> None:
    (found,) = extract("The minister confirmed that the harbour would close.")
    assert found.links == ()


def test_silence_answers_the_claim_before_it(extract: Extract) -> None:
    found = extract("A diver said the wall was sinking. The minister declined to comment.")
    (link,) = found.attributions[1].links
    assert (link.type, link.target) == (LinkType.DECLINES_TO_COMMENT, by_cue(found, "said").key)


def test_nobody_answers_those_who_relay_him(extract: Extract) -> None:
    found = extract(
        "A friend said she had told colleagues that Alban Creel had admitted he lost the memo."
    )
    assert all(a.links == () for a in found)


def test_whoever_is_named_in_a_claim_is_known(extract: Extract) -> None:
    found = extract("Marit Oskarvik accused Rolf Adeyar of hiding a letter on Tuesday in Norvik.")
    about = [str(mention) for a in found if a.claim for mention in a.claim.about]
    assert about == ["Rolf Adeyar"]
    assert "Rolf Adeyar" in {source.label for source in found.sources}


def test_who_is_spoken_of_goes_with_the_last_claim_about_him(extract: Extract) -> None:
    found = extract("Marit Oskarvik accused Rolf Adeyar of hiding a letter.")
    assert confident(found, 0.999).sources == ()
