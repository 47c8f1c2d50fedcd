"""Candidates on hand-built parses: each names the construction that it is about."""

import parses
import pytest
from parses import LEMMAS

from quoth.extractors.frames import Candidate, Frames
from quoth.extractors.tree import Tree


def parse(*tokens: tuple[str, str, int, str]) -> Tree:
    """Build a parse from (form, tag, position of the head, relation)."""
    return Tree(parses.parse(*tokens))


def candidates(tree: Tree) -> dict[tuple[str, str], Candidate]:
    return {(c.word, c.frame): c for c in Frames(tree, LEMMAS).candidates()}


def words(tree: Tree, *ranges: tuple[int, int] | None) -> list[str]:
    return [" ".join(tree.forms[r[0] : r[1]]) for r in ranges if r is not None]


def test_that_clause_after_its_cue() -> None:
    tree = parse(
        ("Pilots", "NNS", 1, "nsubj"),
        ("said", "VBD", 1, "ROOT"),
        ("that", "IN", 4, "mark"),
        ("ships", "NNS", 4, "nsubj"),
        ("sank", "VBD", 1, "ccomp"),
        (".", ".", 1, "punct"),
    )
    found = candidates(tree)["v:say", "that"]
    assert words(tree, found.source, found.cue, *found.content) == [
        "Pilots",
        "said",
        "that ships sank",
    ]


def test_clause_before_an_inverted_cue() -> None:
    tree = parse(
        ("Ships", "NNS", 1, "nsubj"),
        ("sank", "VBD", 3, "ccomp"),
        (",", ",", 3, "punct"),
        ("said", "VBD", 3, "ROOT"),
        ("pilots", "NNS", 3, "nsubj"),
    )
    found = candidates(tree)["v:say", "before"]
    assert words(tree, found.source, *found.content) == ["pilots", "Ships sank"]


def test_reporting_clause_put_into_its_content() -> None:
    tree = parse(
        ("Ships", "NNS", 6, "nsubj"),
        (",", ",", 6, "punct"),
        ("pilots", "NNS", 3, "nsubj"),
        ("said", "VBD", 6, "parataxis"),
        (",", ",", 6, "punct"),
        ("often", "RB", 6, "advmod"),
        ("sink", "VBP", 6, "ROOT"),
    )
    found = candidates(tree)["v:say", "around:parataxis"]
    assert words(tree, *found.content) == ["Ships", "often sink"]


def test_participle_takes_the_subject_of_the_verb_above() -> None:
    tree = parse(
        ("Pilots", "NNS", 1, "nsubj"),
        ("left", "VBD", 1, "ROOT"),
        (",", ",", 1, "punct"),
        ("adding", "VBG", 1, "advcl"),
        ("that", "IN", 6, "mark"),
        ("ships", "NNS", 6, "nsubj"),
        ("sink", "VBP", 3, "ccomp"),
    )
    found = candidates(tree)["v:add", "that"]
    assert found.inherited
    assert words(tree, found.source) == ["Pilots"]


@pytest.mark.parametrize("with_agent", [True, False])
def test_passive_has_its_source_in_the_by_phrase_or_nowhere(with_agent: bool) -> None:
    tokens = [
        ("Owners", "NNS", 2, "nsubjpass"),
        ("were", "VBD", 2, "auxpass"),
        ("warned", "VBN", 2, "ROOT"),
        ("that", "IN", 5, "mark"),
        ("ships", "NNS", 5, "nsubj"),
        ("sink", "VBP", 2, "ccomp"),
        ("by", "IN", 2, "agent"),
        ("pilots", "NNS", 6, "pobj"),
    ]
    tree = parse(*(tokens if with_agent else tokens[:6]))
    found = candidates(tree)["v:warn", "that"]
    assert found.passive
    assert words(tree, found.source) == (["pilots"] if with_agent else [])
    assert words(tree, found.cue) == ["were warned"]


def test_object_with_a_second_complement() -> None:
    tree = parse(
        ("She", "PRP", 1, "nsubj"),
        ("blamed", "VBD", 1, "ROOT"),
        ("pilots", "NNS", 1, "dobj"),
        ("for", "IN", 1, "prep"),
        ("delays", "NNS", 3, "pobj"),
    )
    assert words(tree, *candidates(tree)["v:blame", "obj_for"].content) == ["pilots for delays"]


def test_noun_cue_with_its_owner() -> None:
    tree = parse(
        ("His", "PRP$", 1, "poss"),
        ("claim", "NN", 5, "nsubj"),
        ("that", "IN", 4, "mark"),
        ("ships", "NNS", 4, "nsubj"),
        ("sank", "VBD", 1, "acl"),
        ("failed", "VBD", 5, "ROOT"),
    )
    found = candidates(tree)["n:claim", "that"]
    assert words(tree, found.source, found.cue, *found.content) == [
        "His",
        "claim",
        "that ships sank",
    ]


def test_predicative_adjective() -> None:
    tree = parse(
        ("She", "PRP", 1, "nsubj"),
        ("is", "VBZ", 1, "ROOT"),
        ("sure", "JJ", 1, "acomp"),
        ("ships", "NNS", 4, "nsubj"),
        ("sank", "VBD", 2, "ccomp"),
    )
    found = candidates(tree)["a:sure", "finite"]
    assert words(tree, found.source, found.cue) == ["She", "is sure"]


def test_according_to_leaves_the_rest_of_the_clause() -> None:
    tree = parse(
        ("According", "VBG", 5, "prep"),
        ("to", "IN", 0, "prep"),
        ("pilots", "NNS", 1, "pobj"),
        (",", ",", 5, "punct"),
        ("ships", "NNS", 5, "nsubj"),
        ("sank", "VBD", 5, "ROOT"),
    )
    found = candidates(tree)["p:according_to", "around"]
    assert words(tree, found.source, found.cue, *found.content) == [
        "pilots",
        "According to",
        "ships sank",
    ]
