"""What stays when only sure attributions are wanted, and what two extractors agree on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from quoth.extractors.comparison import Agreement, compare
from quoth.extractors.pipeline import load
from quoth.extractors.records import Attribution, Extraction
from quoth.extractors.selection import confident

Extract = Callable[[str], Extraction]
NESTED = (
    "The agency said two officials had told it that the minister believed the wall was safe. "
    "A spokesman denied the report."
)


def sure_of(extraction: Extraction, **by_cue: float) -> Extraction:
    """Set confidences by the cue."""
    attributions = tuple(
        replace(a, confidence=by_cue.get(a.cue.text.split()[-1] if a.cue else "", 0.9))
        for a in extraction.attributions
    )
    return replace(extraction, attributions=attributions)


def cue_of(attribution: Attribution) -> str:
    return attribution.cue.text if attribution.cue else ""


def test_nothing_changes_when_all_are_sure(extract: Extract) -> None:
    extraction = sure_of(extract(NESTED))
    assert confident(extraction, 0.5) is extraction


def test_what_was_nested_in_one_that_goes_moves_out(extract: Extract) -> None:
    extraction = sure_of(extract(NESTED), told=0.1)
    before = {cue_of(a): a for a in extraction}
    after = {cue_of(a): a for a in confident(extraction, 0.5)}
    assert before["believed"].depth == 2
    assert set(before) - set(after) == {"had told"}
    assert (after["believed"].nested_in, after["believed"].depth) == (before["said"].key, 1)


def test_no_key_and_no_source_is_left_dangling(extract: Extract) -> None:
    extraction = sure_of(extract(NESTED), said=0.1, believed=0.2)
    kept = confident(extraction, 0.5)
    keys = {a.key for a in (*kept.attributions, *kept.own_claims)}
    assert {a.nested_in for a in kept} <= keys | {None}
    assert {link.target for a in kept for link in a.links} <= keys | {None}
    assert {s for a in kept for s in a.sources} <= set(kept.sources)
    assert "the minister" not in {str(s) for s in kept.sources}


def test_a_minimum_of_one_leaves_nothing(extract: Extract) -> None:
    assert list(confident(sure_of(extract(NESTED)), 1.0)) == []


@pytest.mark.parametrize("minimum", [-0.1, 1.1])
def test_a_confidence_out_of_range_is_refused(minimum: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        load("rules", min_confidence=minimum)


def test_an_extraction_agrees_with_itself(extract: Extract) -> None:
    extraction = extract(NESTED)
    assert {c.agreement for c in compare(extraction, extraction)} == {Agreement.SAME}


def test_what_only_one_finds_and_other_sources_are_told_apart(extract: Extract) -> None:
    extraction = extract(NESTED)
    fewer = replace(extraction, attributions=extraction.attributions[1:])
    assert [c.agreement for c in compare(extraction, fewer)].count(Agreement.FIRST) == 1
    assert [c.agreement for c in compare(fewer, extraction)].count(Agreement.SECOND) == 1
    nameless = tuple(replace(a, mention=None) for a in extraction.attributions)
    other = replace(extraction, attributions=nameless)
    assert Agreement.SOURCE in {c.agreement for c in compare(extraction, other)}


def test_of_two_with_one_content_those_with_a_common_cue_are_matched(extract: Extract) -> None:
    extraction = extract("The mayor said that the wall had moved.")
    (found,) = extraction.attributions
    silent = replace(found, cue=None, mention=None)
    one = replace(extraction, attributions=(found, silent))
    other = replace(extraction, attributions=(silent, found))
    assert {c.agreement for c in compare(one, other)} == {Agreement.SAME}


def test_two_texts_are_not_compared(extract: Extract) -> None:
    with pytest.raises(ValueError, match="not the same text"):
        compare(extract("The mayor said it rained."), extract("The mayor said it snowed."))
