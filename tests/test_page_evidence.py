"""What the page shows of an attribution: its words with their roles, and what it hangs on."""

from itertools import pairwise
from typing import Any

import pytest
from examples import corpus, leak, permits, reversal
from hypothesis import given, settings
from hypothesis import strategies as st
from story import Story
from strategies import extractions

from quoth.extractors.records import ClaimLink, Extraction
from quoth.extractors.values import LinkType, SpeechAct
from quoth.graph import open_graph
from quoth.graph.drawing import draw
from quoth.graph.page_text import HeldText, held_text, passages
from quoth.graph.terms import clean
from quoth.graph.web_address import web_address


class Shown:
    """The core of a page with its only chunk."""

    def __init__(self, *found: Extraction) -> None:
        graph = open_graph()
        graph.add(found)
        drawing = draw(graph.dataset)
        self.core = drawing.core()
        self.chunk = drawing.data.block("chunk-0")
        assert len(self.core["attributions"]["act"]) == len(self.chunk["evidence"])

    def by(self, cue: str) -> dict[str, Any]:
        """Return the only entry with this cue."""
        (found,) = [e for e in self.chunk["evidence"].values() if e["act_words"] == cue]
        return found

    def labels(self, numbers: list[int]) -> list[str]:
        return [self.core["sources"]["label"][number] for number in numbers]

    def names(self, steps: list[dict[str, Any]]) -> list[tuple[list[str], str]]:
        return [(self.labels(step["by"]), step["cue"]) for step in steps]

    def cue_of(self, attribution: int) -> str:
        return self.chunk["evidence"][str(attribution)]["act_words"]


def runs_of(sentence: tuple[int, str] | None, *marked: tuple[str, int, str]) -> list[Any]:
    """Return the passages of words given by role, begin and words."""
    pieces = [(begin, words) for _, begin, words in marked]
    held = held_text([*pieces, sentence] if sentence else pieces)
    place = (sentence[0], sentence[0] + len(sentence[1])) if sentence else None
    return passages(held, place, [(role, (b, b + len(words))) for role, b, words in marked])


class TestPassages:
    def test_without_marks(self) -> None:
        assert runs_of((7, "It rained.")) == [[("It rained.", "")]]

    def test_a_mark_at_each_end(self) -> None:
        assert runs_of((0, "He said so."), ("source", 0, "He"), ("content", 8, "so.")) == [
            [("He", "source"), (" said ", ""), ("so.", "content")]
        ]

    def test_offsets_count_code_points(self) -> None:
        """Each of these characters is two UTF-16 units long."""
        assert runs_of((0, "🌊🌊 𝔄 said 🌧."), ("source", 3, "𝔄"), ("cue", 5, "said")) == [
            [("🌊🌊 ", ""), ("𝔄", "source"), (" ", ""), ("said", "cue"), (" 🌧.", "")]
        ]

    def test_content_outside_the_sentence_stands_apart(self) -> None:
        marked = [("content", 90, "Before."), ("content", 100, "After"), ("content", 130, "Later.")]
        assert runs_of((100, "After that."), *marked) == [
            [("Before.", "content")],
            [("After", "content"), (" that.", "")],
            [("Later.", "content")],
        ]

    def test_content_that_runs_over_the_end_goes_on(self) -> None:
        assert runs_of((0, "He said so."), ("content", 8, "so. And so.")) == [
            [("He said ", ""), ("so. And so.", "content")]
        ]

    def test_the_cue_wins_over_the_content(self) -> None:
        marked = [("content", 0, "as he said"), ("cue", 6, "said")]
        assert runs_of(None, *marked) == [[("as he ", "content"), ("said", "cue")]]

    def test_nothing(self) -> None:
        assert runs_of(None) == []

    @given(st.text(min_size=1), st.data())
    def test_every_letter_has_the_role_of_the_last_mark_over_it(
        self, text: str, data: st.DataObject
    ) -> None:
        bound = st.integers(0, len(text))
        places = st.tuples(bound, bound).map(sorted).filter(lambda place: place[0] < place[1])
        roles = st.sampled_from(["source", "cue", "content"])
        marked = data.draw(st.lists(st.tuples(roles, places.map(tuple)), max_size=5))
        found = passages(HeldText(text, 0, []), (0, len(text)), marked)
        (runs,) = found
        assert "".join(words for words, _ in runs) == text
        expected = [""] * len(text)
        for role, (begin, end) in marked:
            expected[begin:end] = [role] * (end - begin)
        assert [role for words, role in runs for _ in words] == expected
        assert all(one[1] != other[1] for one, other in pairwise(runs))


class TestHeldText:
    @given(st.text(min_size=1, max_size=60), st.integers(0, 9), st.data())
    def test_words_stand_where_they_stood(
        self, text: str, offset: int, data: st.DataObject
    ) -> None:
        """Whatever pieces are known, in whatever order, they are cut out of it as they went in."""
        bound = st.integers(0, len(text))
        places = data.draw(st.lists(st.tuples(bound, bound).map(sorted), max_size=6))
        spans = [(offset + b, text[b:e]) for b, e in places if b < e]
        held = held_text(spans)
        for begin, words in spans:
            assert held.words((begin, begin + len(words))) == words
        covered = {begin + i for begin, words in spans for i in range(len(words))}
        for i, letter in enumerate(held.text):
            assert letter.isspace() or held.offset + i in covered

    def test_a_line_ends_where_more_than_a_space_is_missing(self) -> None:
        assert held_text([(0, "One."), (5, "Two."), (11, "Three.")]).text == "One. Two.\n Three."

    def test_long_stretches_without_words_are_told(self) -> None:
        assert held_text([(3, "One."), (40, "Two.")]).gaps == [(7, 40)]

    def test_nothing(self) -> None:
        assert held_text([]) == ("", 0, [])
        assert held_text([]).words((3, 9)) == ""


class TestWhatIsTold:
    shown = Shown(*corpus())

    def test_the_act(self) -> None:
        shown = Shown(permits())
        told = shown.by("told")
        assert shown.labels(told["to"]) == ["Harbour Gazette"]
        assert (told["lemma"], told["mention"]) == ("tell", "a senior port official")
        assert (told["to_words"], told["time_words"]) == ("the Harbour Gazette", "on Tuesday")
        assert told["medium_words"] == "telephone interview"
        assert told["sentence"] == [0, len(permits().document.text.split("\n")[0])]
        assert told["proposition"] == {
            "subject": "No ship",
            "predicate": "may leave",
            "object": "without a permit",
            "about": "",
        }
        assert shown.by("insisted")["proposition"]["about"] == "the report"

    def test_how_the_mention_refers(self) -> None:
        assert self.shown.by("insisted")["canonical"] == {
            "form": "name",
            "described": "Ministry spokeswoman",
            "confidence": 1.0,
            "ids": [],
            "label": "",
            "reason": "",
        }

    def test_pieces_in_the_sentence(self) -> None:
        assert Shown(reversal()).by("said")["runs"] == [
            [
                ('"The port will close on Friday,"', "content"),
                (" ", ""),
                ("Vance", "source"),
                (" ", ""),
                ("said", "cue"),
                (", ", ""),
                ('"whatever anybody says."', "content"),
            ]
        ]

    def test_a_chain_from_both_ends(self) -> None:
        shown = Shown(leak())
        inner, outer = shown.by("told"), shown.by("reported")
        assert shown.names(inner["chain"]) == [(["Northern Wire"], "reported")]
        assert shown.names(outer["reports"]) == [(["two people familiar with the plan"], "told")]
        assert shown.cue_of(inner["chain"][0]["attribution"]) == "reported"
        assert shown.cue_of(outer["reports"][0]["attribution"]) == "told"
        assert (inner["reports"], outer["chain"]) == ([], [])

    def test_a_denial_from_both_ends(self) -> None:
        shown = Shown(permits())
        (link,) = shown.by("insisted")["links"]
        assert (link["kind"], link["text"]) == ("denies", "No ship may leave without a permit")
        assert shown.labels(link["by"]) == ["a senior port official"]
        assert shown.cue_of(link["attribution"]) == "told"
        (answer,) = shown.by("told")["answers"]
        assert (answer["kind"], answer["text"]) == ("denies", "the report was false")
        assert shown.labels(answer["by"]) == ["Maria Vance"]
        assert shown.cue_of(answer["attribution"]) == "insisted"

    def test_a_refusal_to_comment_on_nothing_in_particular_says_no_more_than_its_act(self) -> None:
        assert self.shown.by("declined to comment")["links"] == []

    def test_the_documents_are_held_whole(self) -> None:
        """Its own sentences and those of others, so that the article can be read."""
        documents = self.shown.core["documents"]
        for number, document in self.shown.chunk["documents"].items():
            key = documents["key"][int(number)]
            (text,) = [e.document.text for e in corpus() if e.document.key == key]
            assert document["text"].split() == text.split()
            assert (document["offset"], document["gaps"]) == (0, [])

    def test_marks_are_the_words(self) -> None:
        document = next(d for d in self.shown.chunk["documents"].values() if "leave" in d["text"])
        marked = [
            (role, document["text"][begin:end], part)
            for role, begin, end, _, part in document["marks"]
        ]
        assert marked == [
            ("content", '"No ship may leave without a permit,"', 0),
            ("source", "a senior port official", 0),
            ("cue", "told", 0),
            ("source", "Ministry spokeswoman Maria Vance", 0),
            ("cue", "insisted", 0),
            ("content", "the report was false", 0),
        ]


@settings(max_examples=40)
@given(extractions())
def test_words_are_the_documents_wherever_they_stand(extraction: Extraction) -> None:
    graph = open_graph()
    graph.add(extraction)
    drawing = draw(graph.dataset)
    if not extraction.attributions:
        return
    text = clean(extraction.document.text)
    (document,) = (block := drawing.data.block("chunk-0"))["documents"].values()
    offset = document["offset"]
    for _, begin, end, *_ in document["marks"]:
        assert document["text"][begin - offset : end - offset] == text[begin:end]
    acts = {act.key: act for act in extraction.attributions}
    for entry in block["evidence"].values():
        act = acts["-".join(entry["id"].rsplit("-", 2)[1:])]
        assert entry["sentence"] == [act.sentence.begin, act.sentence.end]
        if act.cue:
            assert entry["act_words"] == clean(act.cue.text)
        letters = "".join(words for runs in entry["runs"] for words, _ in runs)
        assert len(letters) >= len(act.sentence.text)


def test_a_denial_of_something_not_found() -> None:
    story = Story("Vance denied it.")
    vance = story.source("Vance")
    link = ClaimLink(type=LinkType.DENIES, evidence=story.span("denied"))
    story.says(
        vance,
        sentence="Vance denied it.",
        cue="denied",
        mention=story.mention("Vance", vance),
        speech_act=SpeechAct.DENY,
        links=(link,),
    )
    assert Shown(story.extraction()).by("denied")["links"] == [
        {"kind": "denies", "text": "", "by": [], "attribution": -1}
    ]


def test_content_in_a_sentence_of_which_nothing_else_is_known() -> None:
    story = Story("Vance spoke. It rains. So it was. It pours.")
    vance = story.source("Vance")
    story.says(vance, sentence="Vance spoke.", cue="spoke", claim=story.claim("It pours."))
    shown = Shown(story.extraction())
    assert shown.by("spoke")["runs"][1] == [("It pours.", "content")]
    (document,) = shown.chunk["documents"].values()
    assert document["gaps"] == [(12, 34)]
    assert document["text"].split() == ["Vance", "spoke.", "It", "pours."]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/hosts",
        "vbscript:x",
        "//example.org/x",
        "https:",
        "http://[broken",
        "",
    ],
)
def test_other_addresses_than_the_webs_are_dropped(url: str) -> None:
    assert web_address(url) == ""


@pytest.mark.parametrize("url", ["http://example.org", "HTTPS://example.org/a?b#c"])
def test_addresses_of_the_web_stay(url: str) -> None:
    assert web_address(url) == url
