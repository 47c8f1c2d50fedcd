"""Who is meant, what the cue does, what is claimed: each test names its case."""

from collections.abc import Callable

import pytest

from quoth.extractors.records import Attribution, Extraction
from quoth.extractors.values import (
    Anonymity,
    Certainty,
    Medium,
    Polarity,
    SourceType,
    SpeechAct,
    Stance,
    Temporality,
)

Extract = Callable[[str], Extraction]


def by_cue(extraction: Extraction, cue: str) -> Attribution:
    return next(a for a in extraction if str(a.cue) == cue)


@pytest.mark.parametrize(
    ("text", "label", "kind", "anonymity"),
    [
        ("Edda Thorvane said the wall fell.", "Edda Thorvane", "Person", "named"),
        ("Harbour Minister Edda Thorvane said the wall fell.", "Edda Thorvane", "Person", "named"),
        ("The Harbour Ministry said the wall fell.", "Harbour Ministry", "Organisation", "named"),
        ("A senior official said the wall fell.", "A senior official", "Person", "unnamed"),
        ("Two officials said the wall fell.", "Two officials", "Collective", "unnamed"),
        ("A number of pilots said the wall fell.", "A number of pilots", "Collective", "unnamed"),
        ("Two of the pilots said the wall fell.", "Two of the pilots", "Collective", "unnamed"),
        ("One of the pilots said the wall fell.", "One of the pilots", "Person", "unnamed"),
        ("The Ministry of Ports said it fell.", "Ministry of Ports", "Organisation", "named"),
        ("A leaked report said the wall fell.", "A leaked report", "DocumentSource", "unnamed"),
        ("It was alleged that the wall fell.", "unspecified", "UnspecifiedSource", "unspecified"),
    ],
)
def test_kind_and_anonymity(
    extract: Extract, text: str, label: str, kind: str, anonymity: str
) -> None:
    (found,) = extract(text)
    assert (found.source.label, found.source.type, found.source.anonymity) == (
        label,
        SourceType(kind),
        Anonymity(anonymity),
    )


def test_role_and_affiliation_stand_beside_the_name(extract: Extract) -> None:
    (found,) = extract("Customs spokeswoman Marit Oskarvik said the wall fell.")
    assert found.mention is not None
    assert found.mention.described_as == "Customs spokeswoman"
    assert found.source.affiliation == "Customs"


@pytest.mark.parametrize(
    ("second", "case"),
    [
        ("Oskarvik said nobody was hurt.", "surname"),
        ("She said nobody was hurt.", "pronoun"),
        ("Ms Oskarvik said nobody was hurt.", "title and surname"),
    ],
)
def test_one_source_under_changing_names(extract: Extract, second: str, case: str) -> None:
    first, again = extract(f"Marit Oskarvik said the wall fell. {second}")
    assert first.source == again.source, case
    assert first.source.label == "Marit Oskarvik"


def test_definite_noun_points_back_to_the_institution_of_that_name(extract: Extract) -> None:
    first, again = extract(
        "The Harbour Ministry said the wall fell. The ministry added that nobody was hurt."
    )
    assert again.source == first.source


def test_another_source_is_another_source(extract: Extract) -> None:
    found = extract(
        "A source said the wall fell. Another source said it stood. "
        "The source added that nobody was hurt."
    )
    one, other, again = found
    assert one.source != other.source
    assert again.source == other.source


def test_pronoun_keeps_to_the_gender_that_a_title_gave(extract: Extract) -> None:
    found = extract(
        "Mr Creel said the wall fell. Ms Oskarvik said it stood. He added that nobody was hurt."
    )
    assert by_cue(found, "added").source.label == "Creel"


def test_surname_alone_is_the_one_full_name_in_the_text(extract: Extract) -> None:
    found = extract("The inspector met Alban Creel in May. Mr Creel said the wall fell.")
    assert by_cue(found, "said").source.label == "Alban Creel"


def test_who_is_told_something_is_not_who_tells_it(extract: Extract) -> None:
    (found,) = extract("Mr Creel told him that the wall fell.")
    assert found.source not in found.addressees


def test_i_inside_a_quotation_is_its_speaker(extract: Extract) -> None:
    found = extract("“I believe the wall will fall,” said Marit Oskarvik.")
    assert {a.source.label for a in found} == {"Marit Oskarvik"}


@pytest.mark.parametrize(
    ("text", "act", "negated", "stance"),
    [
        ("The mayor said the wall fell.", "say", False, "committed"),
        ("The mayor did not say whether the wall fell.", "say", True, "unknown"),
        ("The mayor denied that the wall fell.", "deny", False, "rejecting"),
        ("The mayor has never denied that the wall fell.", "deny", True, "uncommitted"),
        ("The mayor does not believe that the wall fell.", "believe", True, "rejecting"),
        ("The mayor suggested that the wall fell.", "suggest", False, "uncommitted"),
        ("The mayor declined to comment.", "no-comment", False, "unknown"),
        ("The mayor did not respond to questions.", "no-comment", True, "unknown"),
        ("The mayor could not be reached by telephone.", "no-comment", True, "unknown"),
        ("The Gazette could not verify the account.", "unverified", True, "unknown"),
        ("The Gazette was unable to verify the account.", "unverified", False, "unknown"),
    ],
)
def test_speech_act_and_stance(
    extract: Extract, text: str, act: str, negated: bool, stance: str
) -> None:
    (found,) = extract(text)
    assert (found.speech_act, found.stance) == (SpeechAct(act), Stance(stance))
    assert (found.cue_polarity is Polarity.NEGATIVE) == negated


def test_who_declines_to_comment_claims_nothing(extract: Extract) -> None:
    (found,) = extract("The mayor declined to comment.")
    assert found.claim is None
    assert found.source.label == "The mayor"


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Two officials told the Coastal Gazette that the wall fell.", "Coastal Gazette"),
        ("Two officials said to reporters that the wall fell.", "reporters"),
        ("Two officials said the wall fell.", None),
    ],
)
def test_addressee(extract: Extract, text: str, addressee: str | None) -> None:
    (found,) = extract(text)
    assert [str(source) for source in found.addressees] == ([addressee] if addressee else [])


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The mayor said in televised remarks that the wall fell.", Medium.TELEVISION),
        ("The mayor said in a statement that the wall fell.", Medium.STATEMENT),
        ("The mayor told a news conference that the wall fell.", Medium.PRESS_CONFERENCE),
        ("The mayor said on Monday that the wall fell.", None),
    ],
)
def test_medium(extract: Extract, text: str, medium: Medium | None) -> None:
    (found,) = extract(text)
    assert (found.channel.medium if found.channel else None) == medium
    assert found.addressees == ()


@pytest.mark.parametrize(
    ("content", "polarity", "certainty", "temporality"),
    [
        ("the wall fell", "positive", "certain", "non-future"),
        ("the wall did not fall", "negative", "certain", "non-future"),
        ("nobody was hurt", "negative", "certain", "non-future"),
        ("the wall may fall", "positive", "possible", "non-future"),
        ("the wall will probably fall", "positive", "probable", "future"),
        ("the wall will fall", "positive", "certain", "future"),
    ],
)
def test_modality(
    extract: Extract, content: str, polarity: str, certainty: str, temporality: str
) -> None:
    (found,) = extract(f"The mayor said {content}.")
    claim = found.claim
    assert claim is not None
    assert (claim.polarity, claim.certainty, claim.temporality) == (
        Polarity(polarity),
        Certainty(certainty),
        Temporality(temporality),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mayor said that the wall had crushed two boats.",
            ("the wall", "had crushed", "two boats"),
        ),
        ("The mayor promised to repair the wall.", ("The mayor", "to repair", "the wall")),
        ("The mayor rejected the proposal.", ("the proposal", "rejected", None)),
    ],
)
def test_subject_predicate_object(
    extract: Extract, text: str, expected: tuple[str, str, str | None]
) -> None:
    (found,) = extract(text)
    assert found.claim is not None
    reading = found.claim.propositions[0]
    parts = (reading.subject, reading.predicate, reading.object)
    assert tuple(str(part) if part else None for part in parts) == expected


def test_every_sentence_of_a_quotation_is_read(extract: Extract) -> None:
    (found,) = extract("“The wall fell. Two boats sank. Nobody was hurt,” the mayor said.")
    assert found.claim is not None
    assert [str(p.predicate) for p in found.claim.propositions] == ["fell", "sank", "was hurt"]


def test_claim_is_without_the_marks_around_it_and_with_those_inside(extract: Extract) -> None:
    quoted, mixed = extract(
        "“The wall fell,” he said. The mayor dismissed the report as “a fairy tale”."
    )
    assert str(quoted.claim) == "The wall fell"
    assert str(mixed.claim).endswith("“a fairy tale”")


def test_claim_is_about_the_known_sources_it_names(extract: Extract) -> None:
    found = extract("Marit Oskarvik said the wall fell. The mayor blamed Marit Oskarvik for it.")
    claim = by_cue(found, "blamed").claim
    assert claim is not None
    assert [m.refers_to for m in claim.about] == [(by_cue(found, "said").source.key,)]
