"""Quads and back: any extraction comes back as it was, and what contradicts itself is refused."""

from dataclasses import replace

import pytest
from examples import denial, leak, permits, reversal
from hypothesis import given, settings
from hypothesis import strategies as st
from quad_facts import DOC
from rdflib import BNode, Dataset, URIRef
from story import Story
from strategies import exact_texts, extractions

from quoth.extractors.records import Claim, Extraction, Source
from quoth.extractors.values import Anonymity, Polarity, SourceType
from quoth.graph import RecordError, extraction, quads
from quoth.graph.formats import FORMATS, serialize
from quoth.graph.iris import DocumentIris
from quoth.graph.terms import clean, from_ox, plain
from quoth.graph.vocabulary import (
    ID,
    NIF,
    SAID,
    VAL,
)


class TestContradictions:
    def test_two_attributions_under_one_key(self) -> None:
        extraction_ = permits()
        twice = (*extraction_.attributions, extraction_.attributions[0])
        with pytest.raises(
            RecordError, match=r"Harbour permits: two attributions under the key 61-65"
        ):
            quads(replace(extraction_, attributions=twice))

    def test_a_source_key_that_is_no_place_in_the_text(self) -> None:
        for key in ("somewhere", "5-2", "0-9999"):
            source = Source(key=key, label="X", type=SourceType.PERSON, anonymity=Anonymity.UNNAMED)
            with pytest.raises(RecordError, match=f"the key '{key}'"):
                quads(replace(permits(), sources=(source,)))

    def test_an_unknown_outer_attribution(self) -> None:
        inner = replace(permits().attributions[0], nested_in="1-2", depth=1)
        with pytest.raises(RecordError, match="'1-2' is the key of none of its attributions"):
            quads(replace(permits(), attributions=(inner,)))

    def test_a_mention_of_nobody(self) -> None:
        first = permits().attributions[0]
        assert first.mention
        attribution = replace(first, mention=replace(first.mention, refers_to=("1-2",)))
        with pytest.raises(RecordError, match="'1-2' is the key of none of its sources"):
            quads(replace(permits(), attributions=(attribution,)))


def shared_content(second: Polarity) -> tuple[Extraction, Claim]:
    """Two cues with the same content, read as positive by the first."""
    story = Story("Ann Lee said, and Bo Roe denied, that it rained.")
    ann, bo = story.source("Ann Lee"), story.source("Bo Roe")
    claim = story.claim("that it rained")
    sentence = story.document.text
    story.says(ann, sentence=sentence, cue="said", claim=claim)
    story.says(bo, sentence=sentence, cue="denied", claim=replace(claim, polarity=second))
    return story.extraction(), claim


def test_attributions_share_a_claim_that_they_read_the_same() -> None:
    extraction_, _ = shared_content(Polarity.POSITIVE)
    assert len({o for _, p, o, _ in quads(extraction_) if p == SAID.claim}) == 1


def test_another_reading_of_the_same_words_is_another_claim() -> None:
    extraction_, claim = shared_content(Polarity.NEGATIVE)
    key = extraction_.document.key
    first = DocumentIris(key).claim(claim.spans)
    claims = {o for _, p, o, _ in quads(extraction_) if p == SAID.claim}
    assert claims == {first, URIRef(f"{first}-by-25-31")}
    assert extraction(quads(extraction_), extraction_.document.text) == extraction_


def test_two_sources_of_one_name_are_one_source_of_the_graph() -> None:
    story = Story("Maria Vance spoke. Later, Maria Vance said that it rained.")
    first = story.source("Maria Vance")
    second = story.source("Maria Vance", nth=2)
    assert first.key != second.key
    story.says(
        second, sentence="Later, Maria Vance said that it rained.", cue="said",
        claim=story.claim("that it rained"),
    )  # fmt: skip
    found = story.extraction()
    (back,) = extraction(quads(found), found.document.text).attributions
    assert back.source == first


@pytest.mark.parametrize(
    "story", [permits, leak, denial, reversal], ids=lambda story: story.__name__
)
def test_examples_come_back_as_they_were(story: object) -> None:
    assert callable(story)
    there = story()
    assert extraction(quads(there), there.document.text) == there


@settings(max_examples=50)
@given(extractions())
@pytest.mark.slow
def test_anything_comes_back_as_it_was(there: Extraction) -> None:
    assert extraction(quads(there), there.document.text) == there


@settings(max_examples=50)
@given(extractions())
@pytest.mark.slow
def test_the_graph_holds_the_evidence(there: Extraction) -> None:
    text = there.document.text
    found = quads(there)
    words = {s: str(o) for s, p, o, _ in found if p == NIF.anchorOf}
    begins = {s: int(str(o)) for s, p, o, _ in found if p == NIF.beginIndex}
    ends = {s: int(str(o)) for s, p, o, _ in found if p == NIF.endIndex}
    assert words.keys() == begins.keys() == ends.keys()
    for node, anchor in words.items():
        assert clean(text[begins[node] : ends[node]]) == anchor


@settings(max_examples=50)
@given(extractions())
@pytest.mark.slow
def test_no_blank_nodes_no_repetition_no_triple_in_two_graphs(there: Extraction) -> None:
    found = quads(there)
    assert not [term for quad in found for term in quad if isinstance(term, BNode)]
    assert len({quad[:3] for quad in found}) == len(found)


@settings(max_examples=50)
@given(extractions(), st.sampled_from(["nquads", "trig", "jsonld"]))
@pytest.mark.slow
def test_every_format_keeps_every_character_with_both_libraries(
    there: Extraction, format: str
) -> None:
    import pyoxigraph as ox

    found = set(quads(there))
    data = serialize(found, format)
    assert set(from_ox(ox.parse(data, format=FORMATS[format]))) == found
    dataset = Dataset()
    dataset.parse(data=data, format={"jsonld": "json-ld"}.get(format, format))
    assert {quad[:3] for quad in dataset.quads()} == {quad[:3] for quad in found}


@given(exact_texts.filter(bool))
def test_what_utf_8_cannot_hold_is_replaced_in_literals_and_hashed_as_it_is(text: str) -> None:
    story = Story(
        text, id=text, title=text, url=f"https://example.org/{text}", publisher=text, author=text
    )
    story.own(text)
    story.source(text, label=text, aliases=(text,), affiliation=text)
    data = serialize(quads(story.extraction()), "nquads")
    assert story.document.text_hash.encode() in data
    assert b"\xed\xa0" not in data
    back = extraction(quads(story.extraction()), text)
    assert back.document.text == text
    assert back.document.title == clean(text)


def test_reading_back_refuses_what_does_not_fit() -> None:
    found, text = quads(permits()), permits().document.text
    with pytest.raises(RecordError, match="is not the one that was read"):
        extraction(found, text + " ")
    with pytest.raises(RecordError, match="hold 2 document graphs"):
        extraction([*found, *quads(leak())], text)
    with pytest.raises(RecordError, match="hold 0 document graphs"):
        extraction([], text)
    with pytest.raises(RecordError, match=r"att-.*: has no .*stance"):
        extraction([quad for quad in found if quad[1] != SAID.stance], text)
    with pytest.raises(RecordError, match=r"has 2 values for .*stance"):
        extraction(
            [*found, (ID[f"att-{DOC}-61-65"], SAID.stance, VAL.rejecting, found[0][3])], text
        )
    with pytest.raises(RecordError, match="no whole extraction"):
        extraction([quad for quad in found if "description-" not in quad[0]], text)
    moved = [(s, p, plain("tells") if o == plain("told") else o, g) for s, p, o, g in found]
    with pytest.raises(RecordError, match="its words are not those of the text"):
        extraction(moved, text)
