"""What the page shows of an attribution: its words with their roles, and what it hangs on."""

import pytest
from factories import Story, corpus, leak, permits, reversal
from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.records import ClaimLink, Extraction
from quoth.extractors.values import LinkType, SpeechAct
from quoth.graph import open_graph
from quoth.graph.evidence import Evidence, Place, evidence, passages, web_address
from quoth.graph.network import network


def evidence_of(*extractions: Extraction) -> tuple[list[Evidence], dict[str, Place]]:
    graph = open_graph()
    graph.add(extractions)
    found = network(graph.dataset)
    return evidence(graph.dataset, [a for n in found.nodes.values() for a in n["attributions"]])


def by(cue: str, entries: list[Evidence]) -> Evidence:
    """Return the only entry with this cue."""
    (found,) = [
        entry for entry in entries if any((cue, "cue") in runs for runs in entry["passages"])
    ]
    return found


class TestPassages:
    def test_without_marks(self) -> None:
        assert passages((7, "It rained."), []) == [[("It rained.", "")]]

    def test_a_mark_at_each_end(self) -> None:
        marked = [("source", 0, "He"), ("content", 8, "so.")]
        assert passages((0, "He said so."), marked) == [
            [("He", "source"), (" said ", ""), ("so.", "content")]
        ]

    def test_offsets_count_code_points(self) -> None:
        """Each of these characters is two UTF-16 units long."""
        marked = [("source", 3, "𝔄"), ("cue", 5, "said")]
        assert passages((0, "🌊🌊 𝔄 said 🌧."), marked) == [
            [("🌊🌊 ", ""), ("𝔄", "source"), (" ", ""), ("said", "cue"), (" 🌧.", "")]
        ]

    def test_content_outside_the_sentence_stands_apart(self) -> None:
        marked = [("content", 90, "Before."), ("content", 100, "After"), ("content", 130, "Later.")]
        assert passages((100, "After that."), marked) == [
            [("Before.", "content")],
            [("After", "content"), (" that.", "")],
            [("Later.", "content")],
        ]

    def test_content_that_runs_over_the_end_goes_on(self) -> None:
        marked = [("content", 8, "so. And so.")]
        assert passages((0, "He said so."), marked) == [
            [("He said ", ""), ("so. And so.", "content")]
        ]

    def test_the_cue_wins_over_the_content(self) -> None:
        marked = [("content", 0, "as he said"), ("cue", 6, "said")]
        assert passages(None, marked) == [[("as he ", "content"), ("said", "cue")]]

    def test_nothing(self) -> None:
        assert passages(None, []) == []

    @given(st.text(min_size=1), st.data())
    def test_no_letter_is_lost_or_moved(self, text: str, data: st.DataObject) -> None:
        begin = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(begin + 1, len(text)))
        ((*runs,),) = passages((40, text), [("content", 40 + begin, text[begin:end])])
        assert "".join(words for words, _ in runs) == text
        assert [words for words, role in runs if role] == [text[begin:end]]


class TestWhatIsTold:
    entries, documents = evidence_of(*corpus())

    def test_latest_document_first_and_in_text_order(self) -> None:
        order = [
            (self.documents[entry["document"]]["date"], entry["begin"]) for entry in self.entries
        ]
        assert order == sorted(sorted(order), key=lambda key: key[0], reverse=True)
        assert len(order) == 9

    def test_the_act(self) -> None:
        told = by("told", evidence_of(permits())[0])
        assert [source["label"] for source in told["by"]] == ["a senior port official"]
        assert [source["label"] for source in told["to"]] == ["Harbour Gazette"]
        assert (told["act"], told["stance"], told["quotation"]) == ("say", "committed", "direct")
        assert (told["medium"], told["time"]) == ("telephone", "2024-02-06")
        text = permits().document.text
        assert text[told["begin"] : told["end"]] == text.split("\n", maxsplit=1)[0]

    def test_pieces_in_the_sentence(self) -> None:
        (entry,), _ = evidence_of(reversal())
        assert entry["passages"] == [
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
        entries, _ = evidence_of(leak())
        inner, outer = by("told", entries), by("reported", entries)
        assert [(s["by"][0]["label"], s["cue"]) for s in inner["chain"]] == [
            ("Northern Wire", "reported")
        ]
        assert [(s["by"][0]["label"], s["cue"]) for s in outer["reports"]] == [
            ("two people familiar with the plan", "told")
        ]
        assert (inner["reports"], outer["chain"]) == ([], [])

    def test_a_denial_from_both_ends(self) -> None:
        entries, _ = evidence_of(permits())
        (link,) = by("insisted", entries)["links"]
        assert (link["kind"], link["text"]) == ("denies", "No ship may leave without a permit")
        assert [source["label"] for source in link["by"]] == ["a senior port official"]
        (answer,) = by("told", entries)["answers"]
        assert (answer["kind"], answer["text"]) == ("denies", "the report was false")
        assert [source["label"] for source in answer["by"]] == ["Maria Vance"]

    def test_a_refusal_to_comment_on_nothing_in_particular_says_no_more_than_its_act(self) -> None:
        refused = by("declined to comment", self.entries)
        assert (refused["act"], refused["links"]) == ("no-comment", [])

    def test_the_document(self) -> None:
        _, documents = evidence_of(permits())
        assert list(documents.values()) == [
            {
                "title": "Harbour permits",
                "publisher": "Daily Example",
                "date": "2024-02-06",
                "url": "https://example.org/news/2024/02/06/permits",
            }
        ]


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
    ((entry), *_), _ = evidence_of(story.extraction())
    assert entry["links"] == [{"kind": "denies", "text": "", "by": []}]


def test_a_document_of_which_nothing_is_known() -> None:
    story = Story("Vance agreed.")
    vance = story.source("Vance")
    story.says(vance, sentence="Vance agreed.", cue="agreed", mention=story.mention("Vance", vance))
    _, documents = evidence_of(story.extraction())
    assert list(documents.values()) == [{"title": "", "publisher": "", "date": "", "url": ""}]


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
