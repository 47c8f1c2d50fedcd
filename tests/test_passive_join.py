"""Which passives become one attribution with the verb that they govern."""

from quoth.extractors.components.attributions import _join_passive
from quoth.extractors.frames import Candidate
from quoth.extractors.proposals import Proposal
from quoth.extractors.tree import Tree
from tests.test_frames import parse


def proposal(
    head: int, cue: tuple[int, int], content: tuple[int, int], *, passive: bool
) -> Proposal:
    candidate = Candidate(head, "v:say", "that", None, cue, (content,), passive=passive)
    return Proposal(candidate, [content], 1.0, 1.0)


def quoted_as_saying() -> Tree:
    return parse(
        ("Moe", "NNP", 2, "nsubjpass"),
        ("was", "VBD", 2, "auxpass"),
        ("quoted", "VBN", 2, "ROOT"),
        ("as", "IN", 2, "prep"),
        ("saying", "VBG", 3, "pcomp"),
        ("no", "UH", 4, "ccomp"),
    )


def test_quoted_as_saying_is_one_cue() -> None:
    best = {
        2: proposal(2, (1, 3), (3, 6), passive=True),
        4: proposal(4, (4, 5), (5, 6), passive=False),
    }
    _join_passive(best, quoted_as_saying(), 2)
    assert {head: p.candidate.cue for head, p in best.items()} == {4: (1, 5)}


def test_a_verb_before_the_passive_is_no_part_of_its_cue() -> None:
    # «Pilots think it helps, the walls are said»: the content stands before its passive cue.
    tree = parse(
        ("Pilots", "NNS", 1, "nsubj"),
        ("think", "VBP", 5, "ccomp"),
        ("so", "RB", 1, "advmod"),
        ("this", "DT", 5, "nsubjpass"),
        ("is", "VBZ", 5, "auxpass"),
        ("said", "VBN", 5, "ROOT"),
    )
    best = {
        1: proposal(1, (1, 2), (2, 3), passive=False),
        5: proposal(5, (4, 6), (0, 3), passive=True),
    }
    _join_passive(best, tree, 5)
    assert {head: p.candidate.cue for head, p in best.items()} == {1: (1, 2), 5: (4, 6)}
