"""Who is meant: names that have not spoken, nouns that point back, interviews, governments."""

from collections.abc import Callable

import pytest

from quoth.extractors.records import Extraction

Extract = Callable[[str], Extraction]


def last(extraction: Extraction) -> str:
    return extraction.attributions[-1].source.label


@pytest.mark.parametrize(
    ("text", "label", "case"),
    [
        (
            "Kell Dorran won the boat race. He said the wind had helped.",
            "Kell Dorran",
            "he: somebody who has not spoken",
        ),
        (
            "Edda Thorvane said the wall fell. Kell Dorran saw it. She said nobody was hurt.",
            "Edda Thorvane",
            "the last speaker goes on speaking",
        ),
        (
            "Nordmark Airlines lost money again. The company said fuel was to blame.",
            "Nordmark Airlines",
            "the company: a name before it",
        ),
        (
            "The ministry said the pier closed. Nobody at the Ministry of Ports answered.",
            "Ministry of Ports",
            "the ministry: a name after it",
        ),
        (
            "A senior official told us it fell. The source said nobody was hurt.",
            "A senior official",
            "the source: whoever is not named",
        ),
        (
            "Harbour Airways CEO, Marit Oskarvik, said fares would rise.",
            "Marit Oskarvik",
            "an office is no name",
        ),
        ("The Foreign Ministry said talks failed.", "Foreign Ministry", "an office in a name"),
        ("The Prime Minister said talks failed.", "The Prime Minister", "an office for a name"),
        (
            "WHO said the fever had spread. It was mild.",
            "WHO",
            "capitals that look like a pronoun",
        ),
        (
            "Four pilots – including two captains – said the runway was wet.",
            "Four pilots",
            "the examples are not whom it means",
        ),
    ],
)
def test_who_is_meant(extract: Extract, text: str, label: str, case: str) -> None:
    assert last(extract(text)) == label, case


def test_in_an_interview_the_interviewee_says_i(extract: Extract) -> None:
    found = extract(
        "Marit Oskarvik runs the ferries of Harwick. We met Oskarvik at the quay.\n\n"
        "Do you think the service will survive?\n\n"
        "I think it will. I hope the council pays.\n\n"
        "What do you say to the critics?\n\n"
        "I think they are wrong."
    )
    thinking = [a for a in found if str(a.cue) == "think" and str(a.mention) == "I"]
    assert thinking
    assert {a.source.label for a in thinking} == {"Marit Oskarvik"}


def test_without_questions_i_is_not_the_person_named_most(extract: Extract) -> None:
    (found,) = extract("“I think Oskarvik lies,” Kell Dorran said.").attributions[-1:]
    assert found.source.label == "Kell Dorran"


def test_a_capital_stands_for_its_government(extract: Extract) -> None:
    (found,) = extract("Copenhagen said it would not pay.")
    assert found.source.type.value == "Organisation"
    assert found.source.affiliation == "Denmark"


def test_a_country_is_no_short_form_of_a_longer_name(extract: Extract) -> None:
    found = extract("The University of Norway said it was ready. Norway said it would pay.")
    labels = [a.source.label for a in found]
    assert labels == ["University of Norway", "Norway"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "A pilot, who spoke on condition of anonymity because he feared for his job, said the "
            "wing cracked.",
            "spoke on condition of anonymity because he feared for his job, said the wing cracked",
        ),
        ("A pilot said the wing cracked. He asked not to be named.", "asked not to be named"),
        (
            "A pilot, who was not authorised to speak publicly, said the wing cracked.",
            "was not authorised to speak publicly",
        ),
        ("Edda Thorvane, asking not to be named, said the wing cracked.", None),
        ("A pilot said the minister asked not to be named.", None),
    ],
)
def test_why_a_source_is_not_named(extract: Extract, text: str, reason: str | None) -> None:
    found = extract(text).attributions[0]
    words = found.anonymity_reason and found.anonymity_reason.text
    if reason is None:
        assert words is None
    else:
        assert words is not None
        assert reason.startswith(words)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("On Friday Josef Amrani said it was old.", "Josef Amrani"),
        ("The Sunday Times said it was old.", "Sunday Times"),
        ("On Friday it rained. The company said it was old.", "The company"),
    ],
)
def test_a_day_is_nobody(extract: Extract, text: str, label: str) -> None:
    *_, last = extract(text)
    assert last.source.label == label


def test_a_place_that_is_spoken_of_is_no_source(extract: Extract) -> None:
    found = extract("Marit Oskarvik said the wall in Port Ellery fell.")
    assert {source.label for source in found.sources} == {"Marit Oskarvik"}
