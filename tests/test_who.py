"""Several sources in one phrase, how many they are, whom a claim is about, how sure that is."""

from collections.abc import Callable

import pytest

from quoth.extractors.records import Attribution, Extraction
from quoth.extractors.values import MentionForm, SourceType

Extract = Callable[[str], Extraction]


def by_cue(extraction: Extraction, cue: str) -> Attribution:
    return next(a for a in extraction if str(a.cue) == cue)


def names(attribution: Attribution) -> list[str]:
    return [source.label for source in attribution.sources]


@pytest.mark.parametrize(
    ("phrase", "labels"),
    [
        ("Edda Thorvane and Marit Oskarvik", ["Edda Thorvane", "Marit Oskarvik"]),
        ("Edda Thorvane, Alban Creel and Marit Oskarvik",
         ["Edda Thorvane", "Alban Creel", "Marit Oskarvik"]),
        ("Both the mayor and two pilots", ["the mayor", "two pilots"]),
        ("Mr Creel and his deputy", ["Creel", "his deputy"]),
        ("The Harbour Ministry and the Customs Office", ["Harbour Ministry", "Customs Office"]),
        ("Pilots and sailors", ["Pilots and sailors"]),
        ("Bosnia and Herzegovina", ["Bosnia and Herzegovina"]),
        ("Harker & Sons", ["Harker & Sons"]),
    ],
)  # fmt: skip
def test_coordinated_sources(extract: Extract, phrase: str, labels: list[str]) -> None:
    (found,) = extract(f"{phrase} said the wall fell.")
    assert names(found) == labels
    assert found.mention is not None
    assert found.mention.refers_to == tuple(source.key for source in found.sources)


def test_a_bare_name_beside_a_person_is_a_person(extract: Extract) -> None:
    (found,) = extract("Ministers Thorvane and Creel said the wall fell.")
    assert [source.type for source in found.sources] == [SourceType.PERSON] * 2


def test_one_of_two_speakers_speaks_again(extract: Extract) -> None:
    both, one = extract("Edda Thorvane and Alban Creel said it fell. Creel added that it was old.")
    assert one.source == both.sources[1]


@pytest.mark.parametrize("second", ["Another", "Some", "Both"])
def test_others_are_others(extract: Extract, second: str) -> None:
    first, other = extract(f"An official said the wall fell. {second} said it was old.")
    assert other.source != first.source


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Isabel Ortega said the wall fell. The minister said it was old.", "Isabel Ortega"),
        ("Isabel Ortega said the wall fell. The minister for ports said it was old.",
         "The minister for ports"),
        ("Isabel Ortega said the wall fell. The spokesman said it was old.", "The spokesman"),
        ("The Harbour Gazette said the wall fell. The minister said it was old.", "The minister"),
    ],
)  # fmt: skip
def test_an_office_may_be_that_of_somebody_named(extract: Extract, text: str, label: str) -> None:
    *_, last = extract(text)
    assert last.source.label == label


def test_who_tells_of_an_office_does_not_hold_it(extract: Extract) -> None:
    found = extract("Marit Oskarvik said that the minister had told the council that it fell.")
    assert by_cue(found, "had told").source.label == "the minister"


def test_i_and_its_verb_are_one_pronoun(extract: Extract) -> None:
    found = extract("‘I’m told it is signed,’ Marit Oskarvik said.")
    assert {a.source.label for a in found} == {"Marit Oskarvik"}


def test_who_takes_up_somebody_and_no_office(extract: Extract) -> None:
    found = extract(
        "It was signed by Lucien Farrow, an inspector at the Survey Office, who said it fell."
    )
    assert by_cue(found, "said").source.label == "Lucien Farrow"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Lucien Farrow, an inspector at the Survey Office, said it fell. The office said it was "
         "old.", "Survey Office"),
        ("The Survey Office said it fell. The minister's office said it was old.",
         "The minister's office"),
        ("An official said it fell. The person who called said it was old.", "The person"),
        ("The Harbour Gazette said it fell. The ministry said it was old.", "The ministry"),
    ],
)  # fmt: skip
def test_descriptions_that_are_not_those_before(extract: Extract, text: str, label: str) -> None:
    *_, last = extract(text)
    assert last.source.label == label


def test_a_ministry_of_something_has_one_name(extract: Extract) -> None:
    (found,) = extract("The Ministry of Harbours said the wall fell.")
    assert (found.source.label, found.source.aliases) == ("Ministry of Harbours", ())


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("Four sources", 4),
        ("Two senior officials", 2),
        ("At least 12 pilots", 12),
        ("A dozen sailors", 12),
        ("A couple of witnesses", 2),
        ("Two of the pilots", 2),
        ("One of the pilots", 1),
        ("Officials", None),
        ("Several officials", None),
        ("A source", None),
        ("Edda Thorvane", None),
    ],
)
def test_how_many_they_are(extract: Extract, phrase: str, count: int | None) -> None:
    (found,) = extract(f"{phrase} said the wall fell.")
    assert found.source.count == count


# ------------------------------------------------------------------------ whom the claim is about


def subject_of(extraction: Extraction, cue: str) -> str | None:
    claim = by_cue(extraction, cue).claim
    assert claim is not None
    key = claim.propositions[0].subject_source
    return next((s.label for s in extraction.sources if s.key == key), None)


@pytest.mark.parametrize(
    ("text", "cue", "subject"),
    [
        ("Edda Thorvane said she would resign.", "said", "Edda Thorvane"),
        ("“I will resign,” Edda Thorvane said.", "said", "Edda Thorvane"),
        ("Edda Thorvane promised to resign.", "promised", "Edda Thorvane"),
        ("Alban Creel said it fell. Marit Oskarvik replied that Creel had lied.", "replied",
         "Alban Creel"),
        ("Alban Creel said it fell. “He has lied,” Marit Oskarvik replied.", "replied",
         "Alban Creel"),
        ("“We were late,” the Harbour Ministry said.", "said", "Harbour Ministry"),
        ("“We were late,” Edda Thorvane said.", "said", None),
        ("Edda Thorvane said it was raining.", "said", None),
        ("Edda Thorvane said the wall fell.", "said", None),
    ],
)  # fmt: skip
def test_subject_of_a_claim(extract: Extract, text: str, cue: str, subject: str | None) -> None:
    assert subject_of(extract(text), cue) == subject


def test_a_claim_is_about_whom_its_subject_means(extract: Extract) -> None:
    (found,) = extract("Edda Thorvane said she would resign.")
    assert found.claim is not None
    (mention,) = found.claim.about
    assert (str(mention), mention.form) == ("she", MentionForm.PRONOUN)
    assert mention.refers_to == (found.source.key,)
    assert 0.0 < mention.confidence < 1.0


def test_a_name_is_surer_than_a_pronoun(extract: Extract) -> None:
    first, again = extract("Marit Oskarvik said the wall fell. She said nobody was hurt.")
    assert first.mention is not None
    assert again.mention is not None
    assert first.mention.confidence > again.mention.confidence
