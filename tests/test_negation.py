"""Who denies saying something: the words that negate a cue, and those that only seem to."""

from collections.abc import Callable

import pytest
from parses import LEMMAS, draft, parse
from spacy.tokens import Doc

from quoth.extractors.components.claims import Claims
from quoth.extractors.components.stance import Stances
from quoth.extractors.lexicon import CueLexicon
from quoth.extractors.modality import Modality
from quoth.extractors.records import Extraction
from quoth.extractors.tree import Tree
from quoth.extractors.values import Polarity, Stance

Extract = Callable[[str], Extraction]


@pytest.mark.parametrize(
    ("text", "negative", "case"),
    [
        ("Neither Osei nor Brandt said it fell.", True, "both of two sources"),
        ("Nobody at the bank said it fell.", True, "a pronoun with an attribute"),
        ("No one from the bank said it fell.", True, "a pronoun of two words"),
        ("None of the three ministers said it fell.", True, "a partitive"),
        ("Not one of the ministers said it fell.", True, "a negated number"),
        ("No minister said it fell.", True, "a determiner"),
        ("Nor did the ministry say it fell.", True, "a conjunction that opens the sentence"),
        ("Not only Osei but Brandt said it fell.", False, "a focus"),
        ("No 10 said it fell.", False, "an address"),
        ("Both Osei and Brandt said it fell.", False, "two who did say so"),
        ("The mayor said nobody fell.", False, "a negation in what is said"),
    ],
)
def test_subjects(extract: Extract, text: str, negative: bool, case: str) -> None:
    (found,) = extract(text)
    assert (found.cue_polarity is Polarity.NEGATIVE) == negative, case


def test_what_nobody_denied_is_not_denied(extract: Extract) -> None:
    first, second = extract("Osei said the wall fell. None of the ministers denied that it fell.")
    assert (second.cue_polarity, second.stance) == (Polarity.NEGATIVE, Stance.UNCOMMITTED)
    assert second.links == ()
    assert first.cue_polarity is Polarity.POSITIVE


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Neither Osei nor Brandt said it fell.", None),
        ("Neither minister Osei nor Brandt said it fell.", "minister"),
        ("Neither the mayor nor the union said it fell.", "the mayor nor the union"),
        ("Neither of the pilots said it fell.", "Neither of the pilots"),
    ],
)
def test_what_joins_two_sources_describes_neither(
    extract: Extract, text: str, described: str | None
) -> None:
    (found,) = extract(text)
    assert found.mention is not None
    assert found.mention.described_as == described


COORDINATED = (
    ("Osei", "NNP", 2, "nsubj"),
    ("neither", "CC", 2, "preconj"),
    ("confirmed", "VBD", 2, "ROOT"),
    ("nor", "CC", 2, "cc"),
    ("denied", "VBD", 2, "conj"),
    ("it", "PRP", 4, "dobj"),
)


def negated(doc: Doc, event: int) -> list[str]:
    return [doc[i].text for i in Modality.load().negations.of(Tree(doc), event)]


def test_coordinated_verbs_are_negated_each() -> None:
    doc = parse(*COORDINATED)
    assert negated(doc, 2) == ["neither"]
    assert negated(doc, 4)[0] == "nor"


@pytest.mark.parametrize(("joint", "reaches"), [("or", True), ("but", False)])
def test_a_negation_reaches_across_or_alone(joint: str, reaches: bool) -> None:
    doc = parse(
        ("Osei", "NNP", 3, "nsubj"),
        ("did", "VBD", 3, "aux"),
        ("not", "RB", 3, "neg"),
        ("confirm", "VB", 3, "ROOT"),
        (joint, "CC", 3, "cc"),
        ("denied", "VBD", 3, "conj"),
        ("it", "PRP", 5, "dobj"),
    )
    assert negated(doc, 5) == (["not"] if reaches else [])


def test_a_negative_subject_is_that_of_all_its_verbs() -> None:
    doc = parse(
        ("Nobody", "NN", 1, "nsubj"),
        ("came", "VBD", 1, "ROOT"),
        ("and", "CC", 1, "cc"),
        ("said", "VBD", 1, "conj"),
        ("so", "RB", 3, "advmod"),
    )
    assert negated(doc, 3) == ["Nobody"]


def test_a_quotation_of_one_word_negates_itself_and_not_its_cue() -> None:
    doc = parse(
        ('"', "``", 4, "punct"),
        ("Never", "RB", 4, "advmod"),
        (",", ",", 4, "punct"),
        ('"', "''", 4, "punct"),
        ("said", "VBD", 4, "ROOT"),
        ("Osei", "NNP", 4, "nsubj"),
    )
    said = draft("v:say", (5, 6), (4, 5), (0, 4))
    doc._.attributions = [said]
    Claims(LEMMAS)(Stances(CueLexicon.load())(doc))
    assert not said["cue_negated"]
    assert said["claim"] is not None
    assert said["claim"]["negative"]
