"""The page in a real browser: its views, and the evidence behind everything that is clicked."""

import re
from typing import Any

import pytest
from examples import corpus
from page_stories import corpus_page, dataset_of, exchange, one_source
from playwright.sync_api import expect
from rdflib import Dataset

from quoth.graph.drawing import draw, page

pytestmark = pytest.mark.slow

CORPUS = corpus_page()
HAS_COLOUR = """async (wanted) => {
    const canvas = document.querySelector("#canvas canvas");
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext("2d", { willReadFrequently: true });
    for (let turn = 0; turn < 100; turn++) {
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, copy.width, copy.height);
        for (let i = 0; i < data.length; i += 4)
            if (wanted.every((part, j) => data[i + j] === part) && data[i + 3] === 255) return true;
        await new Promise((done) => setTimeout(done, 20));
    }
    return false;
}"""


class TestTheOverview:
    def test_tells_how_much_rests_on_whom(self, show: Any) -> None:
        shown = show(CORPUS)
        figures = shown.page.locator(".figure").all_inner_texts()
        assert [" ".join(figure.split()) for figure in figures] == [
            "9 statements",
            "6 sources",
            "4 documents",
        ]
        shares = [" ".join(s.split()) for s in shown.page.locator(".keyed").all_inner_texts()]
        assert shares == [
            "named sources 67 % 6",
            "unnamed sources 33 % 3",
            "source left open 0 % 0",
        ]

    def test_groups_the_most_quoted_by_kind(self, show: Any) -> None:
        shown = show(CORPUS)
        assert shown.page.locator(".kind h2").all_inner_texts() == [
            "People",
            "Groups of people",
            "Organisations",
        ]
        people = shown.page.locator(".kind.Person .ranked").all_inner_texts()
        assert [" ".join(p.split()) for p in people] == [
            "Maria Vance 4",
            "a senior port official unnamed 1",
        ]

    def test_shows_what_is_contested_and_who_names_sources(self, show: Any) -> None:
        shown = show(CORPUS)
        expect(shown.page.locator(".quotes .said").first).to_have_text(
            "No ship may leave without a permit"
        )
        outlet = shown.page.locator(".outlets tr", has_text="Daily Example")
        assert " ".join(outlet.inner_text().split()) == "Daily Example 4 50 %"

    def test_marks_when_it_is_painted_and_when_it_answers(self, show: Any) -> None:
        marks = show(CORPUS).page.evaluate(
            "() => performance.getEntriesByType('mark').map(mark => mark.name)"
        )
        assert marks == ["painted", "ready"]


class TestTheNetwork:
    def test_a_click_on_a_source_opens_its_panel(self, show: Any) -> None:
        shown = show(page(dataset_of(one_source())), "#view=network")
        shown.find_in_picture("Ruiz")
        expect(shown.page.locator("#panel .claim .said")).to_have_text("It rained")

    def test_a_click_on_an_edge_opens_the_claims_behind_it(self, show: Any) -> None:
        shown = show(page(dataset_of(exchange())), "#view=network")
        shown.find_in_picture("Holm denies Ruiz")
        expect(shown.page.locator("#panel .claim")).to_have_count(1)
        shown.page.locator("#panel .claim .quote").click()
        expect(shown.page.locator(".sentence")).to_have_text("Holm denied that.")

    def test_the_table_says_what_the_picture_says(self, show: Any) -> None:
        shown = show(CORPUS, "#view=network")
        shown.page.get_by_text("The picture as a table").click()
        rows = shown.page.locator("#picture-table tr").all_inner_texts()
        told = [[p.strip() for p in re.split(r"[\n\t]", row) if p.strip()] for row in rows]
        assert ["Maria Vance", "Person, named", "4"] in told
        assert ["Critics talks about Anna Belmar", "committed", "1"] in told
        label = shown.page.locator("#canvas").get_attribute("aria-label")
        assert label.startswith("Network of 8 sources and ")

    def test_a_source_is_described_in_its_panel(self, show: Any) -> None:
        shown = show(CORPUS)
        shown.page.locator(".ranked", has_text="Maria Vance").click()
        assert shown.page.locator("#panel .what").all_inner_texts() == [
            "Person, named",
            "Speaks for Ministry of Trade and Transport",
            "Also: Vance",
            "4 statements (2 committed, 1 rejecting, 1 without a stance) in 4 documents",
        ]
        shown.page.get_by_role("button", name="denies a senior port official").click()
        assert shown.heading == "Maria Vance denies a senior port official"
        shown.page.get_by_label("Find a source").fill("critics")
        shown.page.keyboard.press("Enter")
        assert shown.page.locator("#panel .what").all_inner_texts() == [
            "Group of people, unnamed",
            "1 statement (1 committed) in 1 document",
        ]

    def test_others_stand_together_until_they_are_drawn(self, show: Any) -> None:
        shown = show(CORPUS, "#view=network&top=5")
        shown.page.get_by_text("The picture as a table").click()
        others = shown.page.locator(".others button").all_inner_texts()
        assert sum(int(re.match(r"\d+", text)[0]) for text in others) == 3  # type: ignore[index]
        shown.page.get_by_role("button", name="Draw more sources").click()
        expect(shown.page.locator(".others")).to_have_count(0)

    def test_neighbours_are_shown_and_folded(self, show: Any) -> None:
        shown = show(CORPUS, "#view=network&top=5")
        drawn = shown.page.locator("#picture-table table >> nth=0 >> tbody tr")
        shown.page.get_by_text("The picture as a table").click()
        expect(drawn).to_have_count(5)
        shown.page.get_by_label("Find a source").fill("belmar")
        shown.page.keyboard.press("Enter")  # it is not in the picture: it comes with its neighbours
        assert shown.heading == "Anna Belmar"
        expect(drawn.filter(has_text="Anna Belmar")).to_have_count(1)
        expect(drawn.filter(has_text="Critics")).to_have_count(1)
        assert "expand=" in shown.fragment
        shown.page.get_by_role("button", name="Fold neighbours").click()
        shown.page.keyboard.press("Escape")
        expect(drawn).to_have_count(5)

    def test_the_legend_shows_what_is_there(self, show: Any) -> None:
        shown = show(page(dataset_of(exchange())), "#view=network")
        entries = shown.page.locator(".legend li:visible").all_inner_texts()
        assert [entry.strip() for entry in entries] == ["Person", "named", "denies", "rejecting"]

    def test_zoom_buttons_move_the_picture(self, show: Any) -> None:
        shown = show(CORPUS, "#view=network")
        before = shown.page.locator("#canvas canvas").screenshot()
        shown.page.get_by_role("button", name="Zoom in").click()
        nearer = shown.await_other_picture(than=before)
        shown.page.get_by_role("button", name="Show everything").click()
        shown.page.mouse.move(0, 0)
        shown.await_other_picture(than=nearer)

    def test_what_is_changed_with_pyvis_is_drawn(self, show: Any) -> None:
        drawing = draw(dataset_of(one_source()))
        drawing.add_node("urn:mine", label="My own node", color="#00ff00", x=0, y=120)
        drawing.add_edge(drawing.nodes[0]["id"], "urn:mine", color="#0000ff", width=8)
        drawing.nodes[0]["color"] = "#ff00ff"
        shown = show(drawing.generate_html(), "#view=network")
        for colour in ([0, 255, 0], [0, 0, 255], [255, 0, 255]):
            assert shown.page.evaluate(HAS_COLOUR, colour), colour


class TestTheClaims:
    def test_are_listed_latest_first_and_sorted_by_a_click(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        dates = shown.page.locator("td.col-date")
        assert dates.all_inner_texts() == sorted(dates.all_inner_texts(), reverse=True)
        shown.page.get_by_role("button", name="Source").click()
        sources = shown.page.locator("td.col-source").all_inner_texts()
        assert sources == sorted(sources, key=str.lower)
        assert shown.page.locator("th.col-source").get_attribute("aria-sort") == "ascending"
        shown.page.get_by_role("button", name="Source").click()
        assert shown.page.locator("th.col-source").get_attribute("aria-sort") == "descending"
        assert shown.page.locator("td.col-source").all_inner_texts() == sources[::-1]

    def test_contested_ones_are_marked(self, show: Any) -> None:
        rows = show(CORPUS, "#view=claims").page.locator("#claims-rows tr")
        marked = rows.filter(has=rows.page.locator(".badge.contested"))
        expect(marked.filter(has_text="No ship may leave")).to_have_count(1)
        expect(rows.filter(has_text="lobbying").locator(".badge")).to_have_count(0)

    def test_a_click_opens_the_evidence(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        shown.page.get_by_role("button", name="No ship may leave without a permit").click()
        assert shown.heading == "a senior port official says"
        facts = shown.facts()
        assert facts["Source"].startswith("“a senior port official” → a senior port official")
        assert facts["Speech act"] == "says (“told”)"
        assert facts["Stance"] == "committed"
        assert facts["Polarity"] == "negated"
        assert facts["Quotation"] == "direct quotation"
        assert facts["To"] == "Harbour Gazette"
        assert facts["When"] == "2024-02-06 (“on Tuesday”)"
        assert facts["Medium"].startswith("by telephone")
        assert facts["In short"] == "No ship — may leave — without a permit"
        assert facts["Confidence"] == "97 %"
        answers = shown.page.locator(".link").all_inner_texts()
        assert [" ".join(a.split()) for a in answers] == [
            "denies Maria Vance “the report was false”"
        ]
        cite = shown.page.locator("#panel .cite")
        expect(cite).to_have_text(
            "Harbour permits, Daily Example, Jo Writer, 2024-02-06, characters 0–122, Article"
        )
        link = cite.get_by_role("link")
        assert link.get_attribute("href") == "https://example.org/news/2024/02/06/permits"
        assert link.get_attribute("rel") == "noopener noreferrer"

    def test_an_answer_leads_to_its_own_evidence(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        shown.page.get_by_role("button", name="No ship may leave without a permit").click()
        shown.page.get_by_role("button", name="“the report was false”").click()
        expect(shown.page.locator("#panel-heading")).to_have_text("Maria Vance insists")

    def test_a_chain_of_hearsay_is_drawn_as_a_chain(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        shown.page.get_by_role("button", name="that the port would close on Friday").last.click()
        chain = [
            " ".join(step.split()) for step in shown.page.locator(".chain li").all_inner_texts()
        ]
        assert chain == [
            "Other Times",
            "Northern Wire reported",
            "two people familiar with the plan told",
        ]
        shown.page.locator(".chain").get_by_role("button", name="Northern Wire").click()
        assert shown.heading == "Northern Wire"


def test_an_empty_graph_says_so_in_every_view(show: Any) -> None:
    shown = show(page(Dataset(default_union=True)))
    for view in ("Overview", "Network", "Claims", "Document"):
        shown.go(view)
        expect(shown.view.get_by_text("Nothing here")).to_be_visible()


def test_the_summary_and_the_title(show: Any) -> None:
    shown = show(page(dataset_of(*corpus()), title="Ports & <b>permits</b>"))
    assert shown.page.title() == "Ports & <b>permits</b>"
    expect(shown.page.locator(".title p")).to_have_text(
        "9 statements by 6 sources (3 of them unnamed) in 4 documents."
    )
