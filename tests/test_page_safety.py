"""The page in a real browser: whatever stands in an article is text and nothing else."""

from typing import Any

import pytest
from page_hostile import HOSTILE, hostile
from page_stories import corpus_page, dataset_of
from playwright.sync_api import expect

from quoth.graph.drawing import Drawing, draw

pytestmark = pytest.mark.slow

OPEN_EVERYTHING = """async () => {
    const until = async (what) => {
        for (let i = 0; i < 400; i++) {
            const found = what();
            if (found) return found;
            await new Promise((done) => setTimeout(done, 5));
        }
        throw new Error("never: " + what);
    };
    const told = [];
    const listed = () => [...document.querySelectorAll("#claims-rows tr")]
        .filter((row) => !row.querySelector(".col-source").textContent.startsWith("A clerk"))
        .map((row) => row.querySelector(".said"));
    for (let turn = 0; turn < 2; turn++) {
        for (let i = 0; i < listed().length; i++) {
            listed()[i].click();
            const sentence = await until(() => document.querySelector("#panel .sentence"));
            told.push({
                heading: document.querySelector("#panel-heading").textContent,
                sentence: sentence.textContent,
                panel: document.querySelector("#panel-body").textContent,
                title: document.querySelector("#panel cite").textContent,
            });
            document.querySelector("#panel-heading button").click();
            await until(() => document.querySelector("#panel .claims"));
            document.getElementById("close").click();
        }
        document.querySelector('[data-key="turn 1"]').click();
    }
    return told;
}"""


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return draw(dataset_of(*hostile()), title="".join(HOSTILE[:12]))


class TestHostileTexts:
    def test_there_are_thirty(self) -> None:
        assert len(set(HOSTILE)) == 30

    def test_evidence_shows_them_and_runs_nothing(self, show: Any, drawing: Drawing) -> None:
        shown = show(drawing.generate_html(), "#view=claims")
        told = shown.page.evaluate(OPEN_EVERYTHING)
        headings = [entry["heading"].removesuffix(" says") for entry in told]
        assert sorted(headings) == sorted(HOSTILE)
        for entry in told:
            words = entry["title"]
            assert words in HOSTILE
            assert entry["sentence"].startswith(f"{words} told {words} that {words} left")
            assert entry["panel"].count(words) >= 8
        self.nothing_ran(shown)

    def test_every_view_shows_them_and_runs_nothing(self, show: Any, drawing: Drawing) -> None:
        shown = show(drawing.generate_html())
        expect(shown.page.locator("h1")).to_have_text("".join(HOSTILE[:12]))
        shown.page.evaluate(
            "() => document.querySelectorAll('.facet').forEach((facet) => { facet.open = true; })"
        )
        for view in ("Network", "Claims", "Document", "Overview"):
            shown.go(view)
            expect(shown.view).to_be_visible()
        for words in HOSTILE[::4]:
            shown.page.get_by_label("Find a source").fill(words)
            expect(shown.page.locator("#offers .text b")).to_have_text(words.strip())
        self.nothing_ran(shown)

    def test_documents_show_them_and_run_nothing(self, show: Any, drawing: Drawing) -> None:
        shown = show(drawing.generate_html(), "#view=document")
        for words in reversed(HOSTILE):
            expect(shown.page.locator("#article h2")).to_have_text(words, use_inner_text=False)
            assert shown.page.locator("#article .text").text_content().count(words) == 8
            shown.page.evaluate("() => document.getElementById('older').click()")
        self.nothing_ran(shown)

    def test_the_picture_draws_them_and_runs_nothing(self, show: Any, drawing: Drawing) -> None:
        shown = show(drawing.generate_html(), "#view=network&top=240")
        box = shown.page.locator("#canvas").bounding_box()
        for step in range(0, int(box["height"]), 24):
            shown.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + step)
        shown.page.get_by_text("The picture as a table").click()
        self.nothing_ran(shown)

    def test_a_notebook_shows_them_and_runs_nothing(self, show: Any, drawing: Drawing) -> None:
        shown = show(f"<!DOCTYPE html><title>Notebook</title>{drawing._repr_html_()}")
        frame = shown.page.frame_locator("iframe")
        expect(frame.locator("h1")).to_have_text("".join(HOSTILE[:12]))
        frame.get_by_role("tab", name="Claims").click()
        frame.locator("#claims-rows .said").first.click()
        expect(frame.locator("#panel .sentence")).to_be_visible()
        frame.get_by_role("tab", name="Network").click()
        expect(frame.locator("#canvas canvas")).to_be_visible()
        assert all(inner.evaluate("() => window.pwned") is None for inner in shown.page.frames)

    @staticmethod
    def nothing_ran(shown: Any) -> None:
        page = shown.page
        assert page.evaluate("() => window.pwned") is None
        assert page.evaluate("() => ({}).pwned") is None
        assert page.locator("img, iframe, object, embed, base, a[href]").count() == 0
        # What of the page's own may run: the module and vis-network.
        running = page.locator("script:not([type='text/plain'])").count()
        assert running <= 2
        assert page.locator("style, link, meta").count() <= 8


def test_policy_stops_what_is_put_in_by_force(show: Any) -> None:
    shown = show(corpus_page())
    shown.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.pwned = 1";
            document.body.append(script);
            const image = document.createElement("div");
            image.innerHTML = "<img src=x onerror='window.pwned = 1'>";
            document.body.append(image);
        }"""
    )
    shown.page.wait_for_timeout(100)
    assert shown.page.evaluate("() => window.pwned") is None
    assert shown.complaints
    assert all("Content Security Policy" in complaint for complaint in shown.complaints)
    shown.complaints.clear()
    shown.requests[:] = [shown.address]
