"""The page in a real browser: the article with everything marked in its place."""

from typing import Any

import pytest
from page_stories import corpus_page, crossing, dataset_of, exchange, hebrew
from playwright.sync_api import expect

from quoth.graph.drawing import page

pytestmark = pytest.mark.slow

CORPUS = corpus_page()


class TestTheDocument:
    def test_marks_source_cue_and_content_in_their_colours(self, show: Any) -> None:
        shown = show(page(dataset_of(exchange())), "#view=document")
        marks = shown.page.locator("#article .mark")
        told = marks.evaluate_all("all => all.map(m => [m.classList[1], m.textContent])")
        assert ["source", "Ruiz"] in told
        assert ["cue", "said"] in told
        assert ["content", "𝔱𝔥𝔢 dam 🧱 was safe"] in told
        colours = marks.evaluate_all("all => all.map(m => getComputedStyle(m).backgroundColor)")
        assert len(set(colours)) == 3
        expect(shown.page.locator("#article .text")).to_have_text(
            "🌊 Ruiz said 𝔱𝔥𝔢 dam 🧱 was safe. Holm denied that."
        )

    def test_nests_what_is_nested(self, show: Any) -> None:
        shown = show(CORPUS, "#view=document")
        shown.page.locator("#titles").select_option(label_of(shown, "Leak"))
        inner = shown.page.locator("#article .mark.content .mark.content")
        expect(inner).to_have_text("that the port would close on Friday")
        expect(shown.page.locator("#article .mark.content .mark.source").first).to_have_text(
            "two people familiar with the plan"
        )

    def test_marks_claims_that_cross(self, show: Any) -> None:
        shown = show(page(dataset_of(crossing())), "#view=document")
        expect(shown.page.locator("#article .text")).to_have_text(crossing().document.text)
        words = shown.page.evaluate(
            """() => {
                const said = {};
                for (const mark of document.querySelectorAll("#article .mark.content"))
                    (said[mark.dataset.attribution] ??= []).push(mark.textContent);
                return Object.values(said).map(parts => parts.join(""));
            }"""
        )
        assert sorted(words, reverse=True) == [
            "the ice broke early and Bo agreed it broke early",
            "it broke early and sank the boat",
        ]

    def test_tells_who_is_meant_and_opens_the_evidence(self, show: Any) -> None:
        shown = show(CORPUS, "#view=document")
        shown.page.locator("#titles").select_option(label_of(shown, "permits"))
        vance = shown.page.locator("#article .mark.source", has_text="Ministry spokeswoman")
        assert vance.get_attribute("data-label") == "Maria Vance"
        shown.page.locator("#article .mark.cue", has_text="insisted").click()
        assert shown.heading == "Maria Vance insists"
        expect(shown.page.locator("#article .mark.open").first).to_be_visible()

    def test_several_over_the_same_words_are_opened_in_turn(self, show: Any) -> None:
        shown = show(CORPUS, "#view=document")
        shown.page.locator("#titles").select_option(label_of(shown, "Leak"))
        words = shown.page.locator("#article .mark.content .mark.content")
        words.click()
        assert shown.heading == "two people familiar with the plan says"
        words.click()
        assert shown.heading == "Northern Wire reports"
        words.click()
        assert shown.heading == "two people familiar with the plan says"

    def test_is_reached_from_the_evidence(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        shown.page.get_by_role("button", name="the report was false").click()
        shown.page.get_by_role("button", name="Read in the document").click()
        expect(shown.page.locator("#article h2")).to_have_text("Harbour permits")
        expect(shown.page.locator("#article .mark.open.cue")).to_have_text("insisted")

    def test_reads_from_right_to_left(self, show: Any) -> None:
        shown = show(page(dataset_of(hebrew())), "#view=document")
        text = shown.page.locator("#article .text")
        assert text.evaluate("e => getComputedStyle(e).direction") == "rtl"
        title = shown.page.locator("#article h2")
        assert title.evaluate("e => getComputedStyle(e).direction") == "rtl"
        shown.go("Claims")
        claim = shown.page.locator(".said [dir]")
        assert claim.evaluate("e => getComputedStyle(e).direction") == "rtl"


def label_of(shown: Any, title: str) -> str:
    """The entry of a document in the list of documents."""
    options = shown.page.locator("#titles option").all_inner_texts()
    return next(option for option in options if title in option)
