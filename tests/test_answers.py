"""Who answers whom: in one document by how it is told, across documents by what is said."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import told

from quoth.extractors.records import Extraction
from quoth.graph.claim_facts import Voice
from quoth.graph.claim_wording import Words
from quoth.graph.clauses import clauses
from quoth.graph.contraries import contraries, statements
from quoth.graph.told import Told
from quoth.graph.vocabulary import SAID

Extract = Callable[[str], Extraction]


def answers(extraction: Extraction) -> set[tuple[str, str, str | None]]:
    """The cues of those who answer, how, and the words of the claims answered."""
    by_key = {a.key: a for a in extraction}
    return {
        (str(a.cue), link.type.value, link.target and str(by_key[link.target].claim))
        for a in extraction
        for link in a.links
    }


ACCUSED = "The clerk said that the purser had forged the ledger. "


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "whose claim it is": (
            "The builder said that the money was a loan. The owner said that the villa was hers. "
            "Berta Sommerfeld rejected the builder's explanation.",
            ("rejected", "denies", "that the money was a loan"),
        ),
        "an accusation without its words": (
            ACCUSED + "Ivo Rask rejected the accusation.",
            ("rejected", "denies", "that the purser had forged the ledger"),
        ),
        "not true": (
            ACCUSED + "Ivo Rask said that this was not true.",
            ("said", "denies", "that the purser had forged the ledger"),
        ),
        "a phrase that only answers": (
            ACCUSED + "Ivo Rask said that he had seen no such ledger.",
            ("said", "denies", "that the purser had forged the ledger"),
        ),
        "a sentence that tells of a reaction": (
            ACCUSED + "Ivo Rask rubbished the story. “It rained all night,” he said.",
            ("said", "denies", "that the purser had forged the ledger"),
        ),
        "told later in the text": (
            "Ivo Rask denied that he had forged the ledger. The clerk said that the purser had "
            "forged the ledger.",
            ("denied", "denies", "that the purser had forged the ledger"),
        ),
    }.values(),
    ids=["owner", "bare", "not true", "disclaimer", "reaction", "later"],
)  # fmt: skip
def test_an_answer_is_tied_to_what_it_answers(
    extract: Extract, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in answers(extract(text))


def test_words_quoted_for_a_denial_deny_too(extract: Extract) -> None:
    text = ACCUSED + "Ivo Rask rejected the accusation. “I was asleep,” he said."
    assert ("said", "denies", "that the purser had forged the ledger") in answers(extract(text))


@pytest.mark.parametrize(
    "text",
    [
        ACCUSED + "Ivo Rask refused to open the ledger.",
        ACCUSED + "Ivo Rask neither confirmed nor denied that the ledger was his.",
        ACCUSED + "Ivo Rask rejected a request for the ledger.",
        ACCUSED + "Ivo Rask said that it was untrue that nobody cared.",
    ],
    ids=["refuses", "nor denied", "a request", "empty it"],
)
def test_what_is_no_denial_answers_nobody(extract: Extract, text: str) -> None:
    assert not answers(extract(text))


def test_who_changes_the_subject_denies_nothing_more(extract: Extract) -> None:
    text = ACCUSED + "Ivo Rask rejected the accusation. He said that the inn would open in May."
    assert {cue for cue, *_ in answers(extract(text))} == {"rejected"}


# ------------------------------------------------------------------------- by what is said


def said(
    claims: Sequence[Told], sources: Sequence[str], **fields: object
) -> list[tuple[int, str, int]]:
    """Who of `sources`, told by their positions, answers whom, and how."""
    voices = [
        Voice(f"att-{number}", claim.iri, {source}, **fields if number else {})  # type: ignore[arg-type]
        for number, (claim, source) in enumerate(zip(claims, sources, strict=False))
    ]
    made = statements({claim.iri: claim for claim in claims}, voices, Words())
    return [
        (
            int(answer.voice.iri[4:]),
            str(answer.relation).rpartition("#")[2],
            int(answer.to.iri[4:]),
        )
        for answer in contraries(made, {})
    ]


def days(claims: Sequence[Told]) -> list[Told]:
    """The claims, told on one day after another."""
    return [
        Told(
            **{name: getattr(claim, name) for name in Told.__slots__}
            | {"key": (f"2031-03-{number + 1:02}", *claim.key[1:])}
        )
        for number, claim in enumerate(claims)
    ]


TOOK, TOOK_NONE = "The mayor took a bribe", "I took no bribe"


def test_who_says_the_contrary_denies() -> None:
    assert said(days(told(TOOK, TOOK_NONE, verbs="take")), ["a", "b"]) == [(1, "denies", 0)]


def test_who_says_the_contrary_of_his_own_words_departs_from_them() -> None:
    claims = days(told("I paid for the villa", "I did not pay for the villa", verbs="pay"))
    assert said(claims, ["a", "a"]) == [(1, "departsFrom", 0)]


@pytest.mark.parametrize(
    "other",
    [
        "I took a bribe",  # the same
        "I should have taken no bribe",  # not that it is so
        "There was no bribe of 40 crowns in it",  # another verb
        "The mayor did not take bribes until the war",  # that he did then
        "Nobody who took a bribe was not punished",  # two negations
    ],
)
def test_what_is_not_the_contrary_answers_nobody(other: str) -> None:
    assert said(days(told(TOOK, other, verbs="take")), ["a", "b"]) == []


def test_other_numbers_are_other_things() -> None:
    claims = told("The mayor took 40 bribes", "The mayor took no 12 bribes", verbs="take")
    assert said(days(claims), ["a", "b"]) == []


def test_a_denial_in_reported_speech_answers_the_claim_elsewhere() -> None:
    claims = days(
        told(
            "The mayor of the town took a bribe, it is as simple as that",
            "taking a bribe",
            verbs="take",
        )
    )
    rejecting = {"holds": False, "rejects": True}
    assert said(claims, ["a", "b"], **rejecting) == [(1, "denies", 0)]
    assert said(claims, ["a", "b"], **rejecting, tells=False) == []


@given(st.permutations(range(4)))
def test_the_order_of_claims_does_not_matter(order: list[int]) -> None:
    claims = days(told(TOOK, TOOK_NONE, "The mayor took bribes", "We took no bribe", verbs="take"))
    sources = ["a", "b", "c", "d"]
    voices = [Voice(f"att-{n}", claims[n].iri, {sources[n]}) for n in order]
    made = statements({claims[n].iri: claims[n] for n in order}, voices, Words())
    found = [(a.voice.iri, a.to.iri) for a in contraries(made, {})]
    assert found == sorted(found)
    assert {("att-1", "att-0"), ("att-3", "att-2")} <= set(found)


def test_clauses_say_for_themselves_whether_they_negate() -> None:
    found = clauses("There was no folder. There was a cup, but nobody drank.", Words())
    assert [clause.negative for clause in found] == [True, False, True]


def test_the_term_is_in_the_vocabulary() -> None:
    assert str(SAID.departsFrom).endswith("#departsFrom")


@pytest.mark.parametrize("folder", ["first", "second"])
def test_the_passages_of_the_benchmark_stand_in_its_articles_once(folder: str) -> None:
    where = Path(__file__).parents[1] / "benchmarks" / "answers" / folder
    truth = json.loads((where / "truth.json").read_text(encoding="utf-8"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in where.glob("*.txt")}
    listed = json.loads((where / f"{folder}.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in listed} == set(texts)
    passages = [member for claim in truth["claims"].values() for member in claim["members"]]
    passages += [change[side] for change in truth["changes"] for side in ("before", "after")]
    for passage in (*passages, *truth["denials"]):
        assert texts[passage["document"]].count(passage["text"]) == 1, passage["text"]
    assert {denial["of"] for denial in truth["denials"]} <= set(truth["claims"])
