"""The same claim told again: what is one claim and what only looks like it."""

import random
from itertools import accumulate

import pytest
from story import Story
from telling import told

from quoth.extractors.records import Proposition
from quoth.extractors.values import Polarity, SourceType
from quoth.graph import SourceGraph, open_graph
from quoth.graph.clusters import LINKAGE, clusters
from quoth.graph.told import Told


def together(*texts: str, **options: object) -> bool:
    """Whether two texts, told in two documents, are clustered."""
    found = clusters(told(*texts, **options))  # type: ignore[arg-type]
    return ["claim-0", "claim-1"] in [[m.iri for m in cluster.members] for cluster in found]


SAME = {
    "other forms of the words": (
        "the ministry was warned that the breakwater is moving",
        "that warnings of the moving breakwater reached the ministry",
    ),
    "a detail more": (
        "the harbour will stay closed to large ships",
        "the harbour will stay closed to large ships until Easter",
    ),
    "a number in words": ("nine inspectors left the office", "9 inspectors left the office"),
    "a number written with a comma": (
        "the closure cost 9,000 crowns a day",
        "the closure has cost 9000 crowns every day",
    ),
    "a fuller name": (
        "Ortega destroyed the inspector’s notes",
        "that Isabel Ortega had destroyed the notes of the inspector",
    ),
}
OTHER = {
    "a negation": ("the ministry burned the notes", "the ministry did not burn any notes"),
    "a short negation": ("the ministry burned the notes", "the ministry didn’t burn the notes"),
    "other numbers": ("the wall moved by 46 centimetres", "the wall moved by 30 centimetres"),
    "other names": (
        "that Ortega had read the leaked memo",
        "that Creel had read the leaked memo",
    ),
    "nothing in common but a name": ("Isabel Ortega resigned", "Isabel Ortega laughed"),
    "nothing in common but function words": ("he said that it was over", "it was over there"),
    "too little in common": (
        "the harbour will stay closed to large ships",
        "large ships bring the harbour half its income each summer",
    ),
}


@pytest.mark.parametrize("texts", SAME.values(), ids=SAME)
def test_a_claim_told_again_is_found(texts: tuple[str, str]) -> None:
    assert together(*texts)


@pytest.mark.parametrize("texts", OTHER.values(), ids=OTHER)
def test_claims_that_only_look_alike_stay_apart(texts: tuple[str, str]) -> None:
    assert not together(*texts)


def test_polarity_must_agree() -> None:
    same = "the ministry destroyed the notes"
    assert together(same, same)
    assert together(same, same, negative=(0, 1))
    assert not together(same, same, negative=(0,))


def test_the_same_verb_makes_up_for_fewer_words_in_common() -> None:
    pair = (
        "a loaf of rye bread will cost a fifth more by winter",
        "bread is going to cost the poor a fifth more",
    )
    assert together(*pair, verbs="cost")
    assert not together(*pair)


def test_a_claim_inside_another_is_not_told_again() -> None:
    outer, inner, *rest = told(*["that the notes were burned in the yard"] * 2)
    same_place = {"document": "0", "names": frozenset(), "numbers": frozenset()}
    one = Told("a", ("", "0", 0, 60), outer.stems, negative=False, **same_place)
    two = Told("b", ("", "0", 10, 60), inner.stems, negative=False, **same_place)
    later = Told("c", ("", "0", 70, 99), inner.stems, negative=False, **same_place)
    assert [[m.iri for m in c.members] for c in clusters([one, two, *rest])] == []
    assert [[m.iri for m in c.members] for c in clusters([one, later, *rest])] == [["a", "c"]]


def test_a_chain_of_likeness_makes_no_cluster() -> None:
    words = [
        "harbour",
        "breakwater",
        "warning",
        "inspector",
        "autumn",
        "closure",
        "notes",
        "supervisor",
        "letter",
        "survey",
    ]
    chain = [" ".join(words[begin : begin + 4]) for begin in range(7)]
    found = clusters(told(*chain))
    ends = {"claim-0", "claim-6"}
    assert found
    assert all(not ends <= {m.iri for m in cluster.members} for cluster in found)
    assert all(cluster.similarity >= LINKAGE for cluster in found)


def test_the_order_of_the_claims_changes_nothing() -> None:
    claims = told(*(text for pair in (*SAME.values(), *OTHER.values()) for text in pair))
    shuffled = list(claims)
    random.Random(7).shuffle(shuffled)
    assert clusters(shuffled) == clusters(claims) != []


def graph_of(*stories: Story) -> SourceGraph:
    graph = open_graph()
    graph.add([story.extraction() for story in stories])
    return graph


def pronoun(name: str, id: str) -> Story:
    """«She …» in one document, whoever she is there; with a verb, so that it is compared."""
    story = Story(f"{name} came late. She shredded the letters.", id=id)
    source = story.source(name)
    claim = "She shredded the letters"
    told_of = Proposition(
        subject=story.span("She"), predicate=story.span("shredded"), object=None,
        lemma="shred", subject_source=source.key,
    )  # fmt: skip
    story.says(
        source, sentence=claim, cue="came", claim=story.claim(claim, propositions=(told_of,))
    )
    return story


def test_a_pronoun_counts_as_whom_it_means() -> None:
    same = graph_of(pronoun("Edda Thorvane", "a"), pronoun("Edda Thorvane", "b"))
    assert same.relink().clustered_claims == 2
    other = graph_of(pronoun("Edda Thorvane", "a"), pronoun("Anna Belmar", "b"))
    assert other.relink().clustered_claims == 0


@pytest.mark.parametrize("words", ["who shredded the old letters?", "the old shredded letters"])
def test_a_question_and_a_noun_phrase_claim_nothing(words: str) -> None:
    def asking(id: str) -> Story:
        story = pronoun("Edda Thorvane", id)
        text = story.document.text
        longer = Story(f"{text} {words}", id=id)
        source = longer.source("Edda Thorvane")
        told_of = Proposition(
            subject=None, predicate=longer.span("came"), object=None, lemma="come"
        )
        longer.says(
            source, sentence=text, cue="came", claim=longer.claim(text, propositions=(told_of,))
        )
        propositions = (told_of,) if "?" in words else ()
        longer.own(words, propositions=propositions)
        return longer

    graph = graph_of(asking("a"), asking("b"))
    graph.relink()
    rows = graph.query("SELECT ?text { ?claim said:inCluster ?any ; said:text ?text }")
    assert words not in {row[0] for row in rows}
    assert len(rows) == 2


def test_numbers_and_polarity_come_from_the_graph() -> None:
    def story(id: str, polarity: Polarity) -> Story:
        story = Story("Vance said the harbour master burned eleven letters.", id=id)
        vance = story.source("Vance", SourceType.PERSON)
        claim = story.claim("the harbour master burned eleven letters", polarity=polarity)
        story.says(vance, sentence=story.document.text, cue="said", claim=claim)
        return story

    agree = graph_of(story("a", Polarity.POSITIVE), story("b", Polarity.POSITIVE))
    assert agree.relink().clustered_claims == 2
    differ = graph_of(story("a", Polarity.POSITIVE), story("b", Polarity.NEGATIVE))
    assert differ.relink().clustered_claims == 0


@pytest.mark.slow
def test_many_claims_take_little_time() -> None:
    from time import process_time

    chance = random.Random(3)
    vocabulary = [f"w{number}" for number in range(30_000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
    texts = [chance.choices(vocabulary, cum_weights=weights, k=9) for _ in range(10_000)]
    claims = [
        Told(
            iri=f"{n}-{copy}", key=("", f"{copy}{n:019}", 0, 9),
            stems=frozenset(text[copy:]), numbers=frozenset(), names=frozenset(),
            negative=False, document=f"{n}-{copy}",
        )
        for n, text in enumerate(texts)
        for copy in range(2)
    ]  # fmt: skip
    begin = process_time()
    found = clusters(claims)
    assert process_time() - begin < 20
    assert len(found) > 9_000
