"""The page in a real browser: search, filters, and the address that keeps them."""

import re
from datetime import date
from typing import Any

import pytest
from page_stories import corpus_page, dataset_of
from playwright.sync_api import expect
from story import Story

from quoth.extractors.records import Extraction
from quoth.extractors.values import Anonymity
from quoth.graph.drawing import page

pytestmark = pytest.mark.slow

CORPUS = corpus_page()


def days() -> list[Extraction]:
    """Return a statement a day, the first ten of May; every third speaker is not named."""
    found = []
    for day in range(1, 11):
        story = Story(f"Speaker {day} spoke.", date=date(2031, 5, day), title=f"Day {day}")
        speaker = story.source(
            f"Speaker {day}", anonymity=Anonymity.NAMED if day % 3 else Anonymity.UNNAMED
        )
        story.says(
            speaker,
            sentence=story.document.text,
            cue="spoke",
            mention=story.mention(f"Speaker {day}", speaker),
            confidence=day / 10,
        )
        found.append(story.extraction())
    return found


DAYS = page(dataset_of(*days()))


class TestSearching:
    def test_finds_by_part_and_by_alias_without_marks(self, show: Any) -> None:
        story = Story("Émile Garrow agreed. Ruiz agreed.")
        for name in ("Émile Garrow", "Ruiz"):
            source = story.source(name, aliases=("The Mayor",) if name == "Ruiz" else ())
            cue = story.span("agreed", 1 if name != "Ruiz" else 2)
            story.says(source, sentence=f"{name} agreed.", cue=cue)
        shown = show(page(dataset_of(story.extraction())))
        search, offers = shown.page.get_by_label("Find a source"), shown.page.locator("#offers li")
        search.fill("emile")
        expect(offers.first).to_contain_text("Émile Garrow")
        search.fill("mayor")
        expect(offers.first).to_contain_text("Ruiz")
        search.fill("nobody")
        expect(offers).to_have_count(1)
        expect(offers).to_contain_text("Statements with “nobody”")
        expect(shown.page.get_by_role("status")).to_contain_text("No source matches")
        search.fill("")
        expect(offers).to_have_count(0)

    def test_arrow_keys_choose_and_escape_goes_back(self, show: Any) -> None:
        shown = show(CORPUS)
        search = shown.page.get_by_label("Find a source")
        search.fill("ha")
        assert search.get_attribute("aria-expanded") == "true"
        shown.page.keyboard.press("ArrowDown")
        active = search.get_attribute("aria-activedescendant")
        chosen = shown.page.locator(f"#{active} .words").inner_text()
        shown.page.keyboard.press("Enter")
        assert shown.heading == chosen
        expect(shown.page.locator("#panel-heading")).to_be_focused()
        shown.page.keyboard.press("Escape")
        expect(shown.page.locator("#panel")).to_be_hidden()
        expect(search).to_be_focused()

    def test_finds_words_in_claims(self, show: Any) -> None:
        shown = show(CORPUS)
        search = shown.page.get_by_label("Find a source")
        search.fill("LOBBYING closure")
        search.press("Enter")
        assert shown.chips == ["Words LOBBYING closure"]
        expect(shown.page.locator("#claims-rows tr")).to_have_count(1)
        expect(shown.page.locator("#claims-rows")).to_contain_text("lobbying for the closure")

    def test_finds_documents(self, show: Any) -> None:
        shown = show(CORPUS)
        shown.page.get_by_label("Find a source").fill("harbour permits")
        shown.page.keyboard.press("Enter")
        expect(shown.page.locator("#article h2")).to_have_text("Harbour permits")


class TestFilters:
    def test_combine_and_are_removed_by_their_chips(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        rows = shown.page.locator("#claims-rows tr")
        shown.choose("type", "Person")
        expect(rows).to_have_count(5)
        shown.choose("stance", "committed")
        expect(rows).to_have_count(3)
        shown.choose("stance", "rejecting")  # either of the two
        expect(rows).to_have_count(4)
        shown.choose("anonymity", "unnamed")
        expect(rows).to_have_count(1)
        assert shown.chips == [
            "Kind of source Person",
            "Named or not unnamed",
            "Stance committed",
            "Stance rejecting",
        ]
        shown.page.get_by_role("button", name="Remove Named or not: unnamed").click()
        expect(rows).to_have_count(4)
        shown.page.get_by_role("button", name="Remove all").click()
        expect(rows).to_have_count(9)
        assert shown.chips == []

    def test_counts_say_what_a_further_choice_would_leave(self, show: Any) -> None:
        shown = show(CORPUS)

        def counts(facet: str) -> dict[str, str]:
            lines = shown.page.locator(f"#facet-{facet} label").all_inner_texts()
            return dict(re.split(r"\s*\n\s*", line.strip()) for line in lines)  # type: ignore[misc]

        assert counts("anonymity") == {"named": "6", "unnamed": "3"}
        shown.choose("type", "Organisation")
        assert counts("anonymity") == {"named": "2"}
        # The filter itself still offers the others.
        assert counts("type") == {"Person": "5", "Group of people": "2", "Organisation": "2"}

    def test_each_chooses(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        for facet, value, left in (
            ("source", "Maria Vance", 4),
            ("act", "denies", 1),
            ("certainty", "left open", 1),
            ("quotation", "direct quotation", 2),
            ("publisher", "Other Times", 4),
            ("document", "Denial", 2),
        ):
            shown.choose(facet, value)
            assert shown.page.locator("#claims-rows tr").count() == left, facet
            expect(shown.page.get_by_role("status")).to_have_text(f"{left} of 9 statements")
            shown.choose(facet, value)
            assert shown.page.locator("#claims-rows tr").count() == 9, facet

    def test_only_contested(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        shown.page.get_by_label("Only contested claims").check()
        rows = shown.page.locator("#claims-rows tr")
        expect(rows.first.locator(".badge")).to_have_count(1)
        assert rows.count() == shown.page.locator("#claims-rows .badge").count() < 9

    def test_the_least_confidence(self, show: Any) -> None:
        shown = show(DAYS, "#view=claims")
        shown.page.locator(".facet:has(#confidence) summary").click()
        shown.page.locator("#confidence").fill("80")
        expect(shown.page.locator("#claims-rows tr")).to_have_count(3)
        assert shown.chips == ["Confidence at least 80 %"]

    def test_all_views_follow(self, show: Any) -> None:
        shown = show(CORPUS)
        shown.choose("type", "Organisation")
        expect(shown.page.locator(".figure strong").first).to_have_text("2")
        shown.go("Document")
        expect(shown.page.locator("#titles option")).to_have_count(1)
        expect(shown.page.locator("#article")).to_contain_text("2 of 4 statements pass the filters")
        shown.go("Network")
        shown.page.get_by_text("The picture as a table").click()
        expect(shown.page.locator("#picture-table")).not_to_contain_text("Maria Vance")


class TestTheTimeline:
    def test_is_moved_by_keys_and_counts(self, show: Any) -> None:
        shown = show(DAYS, "#view=claims")
        expect(shown.page.locator("#bars rect")).to_have_count(10)
        first = shown.page.get_by_label("First date")
        for _ in range(3):
            first.press("ArrowRight")
        expect(shown.page.locator("#claims-rows tr")).to_have_count(7)
        shown.page.get_by_label("Last date").press("ArrowLeft")
        expect(shown.page.locator("#claims-rows tr")).to_have_count(6)
        assert shown.chips == ["Date 2031-05-04 to 2031-05-09"]
        assert first.get_attribute("aria-valuetext") == "2031-05-04"
        expect(shown.page.locator("#bars .in")).to_have_count(6)

    @pytest.mark.parametrize("last", [date(2031, 3, 1), date(2033, 1, 1), date(9999, 12, 31)])
    def test_has_few_bars_however_long_it_is(self, show: Any, last: date) -> None:
        first = date(1, 1, 1) if last.year == 9999 else date(2031, 1, 1)
        stories = [Story(f"Ana spoke {n}.", date=day) for n, day in enumerate((first, last))]
        for n, story in enumerate(stories):
            story.says(story.source("Ana"), sentence=f"Ana spoke {n}.", cue="spoke")
        shown = show(page(dataset_of(*(story.extraction() for story in stories))), "#view=claims")
        bars = shown.page.locator("#bars rect")
        assert 2 < bars.count() <= 60
        shown.page.get_by_label("First date").press("ArrowRight")
        expect(shown.page.locator("#claims-rows tr")).to_have_count(1)

    def test_keeps_to_the_other_filters(self, show: Any) -> None:
        shown = show(DAYS)
        shown.choose("anonymity", "unnamed")
        titles = shown.page.locator("#bars title").all_text_contents()
        assert [title for title in titles if "1 statement" in title] == [
            f"2031-05-0{day}: 1 statement" for day in (3, 6, 9)
        ]


class TestTheAddress:
    def test_keeps_everything_that_is_chosen(self, show: Any) -> None:
        shown = show(CORPUS)
        shown.go("Claims")
        shown.choose("stance", "committed")
        shown.choose("publisher", "Daily Example")
        shown.page.get_by_role("button", name="No ship may leave").click()
        heading = shown.heading
        again = show(CORPUS, f"#{shown.fragment}")
        assert again.chips == shown.chips
        assert again.heading == heading
        expect(again.page.get_by_role("tab", name="Claims")).to_have_attribute(
            "aria-selected", "true"
        )
        assert again.page.locator("#claims-rows tr").count() == 3

    def test_back_and_forward(self, show: Any) -> None:
        shown = show(CORPUS)
        shown.go("Claims")
        shown.choose("type", "Organisation")
        shown.page.go_back()
        expect(shown.page.locator(".chip")).to_have_count(0)
        expect(shown.page.locator("#claims-rows tr")).to_have_count(9)
        shown.page.go_back()
        expect(shown.page.get_by_role("tab", name="Overview")).to_have_attribute(
            "aria-selected", "true"
        )
        shown.page.go_forward()
        shown.page.go_forward()
        expect(shown.page.locator(".chip")).to_have_text("Kind of source Organisation×")

    @pytest.mark.parametrize(
        "fragment",
        [
            "#view=nowhere&type=Ghost&source=urn:x&from=yesterday&confidence=900&top=-1",
            "#open=claim+x+99999&read=none&sort=__proto__&view=constructor",
            "#open=edge+%25E0%25A4&open=source&expand=%F0%9F",
            "#q=" + "%3Cimg src=x onerror=alert(1)%3E" * 20,
            "#%%%&&==",
        ],
    )
    def test_passes_over_what_has_no_meaning(self, show: Any, fragment: str) -> None:
        shown = show(CORPUS, fragment)
        expect(shown.page.locator(".figure")).to_have_count(3)
        expect(shown.page.locator("#panel")).to_be_hidden()
        assert [chip for chip in shown.chips if not chip.startswith("Words")] == []
