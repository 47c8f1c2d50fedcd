"""The page in a real browser: it works, asks the network for nothing, and runs nothing it is fed.

Skipped where there is no Chromium.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import Story, corpus
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from rdflib import Dataset

from quoth.extractors.records import ClaimLink, Extraction
from quoth.extractors.values import LinkType
from quoth.graph import open_graph
from quoth.graph.drawing import draw, page

pytestmark = pytest.mark.slow

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip(f"no Chromium: none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


class Shown:
    """A page in the browser, and everything it asked for or complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route(re.compile("^(?!file:|data:)"), lambda route: route.abort())
        page.goto(address)

    @property
    def heading(self) -> str:
        return self.page.locator("#panel-heading").inner_text()

    def find_in_picture(self, heading: str) -> None:
        """Move over the picture, and click what can be clicked, until a panel says `heading`."""
        box = self.page.locator("#network canvas").bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2
        for step in range(0, int(box["height"]), 6):
            y = box["y"] + step
            self.page.mouse.move(middle, y)
            if self.page.locator("#network").evaluate("e => e.style.cursor") != "pointer":
                continue
            self.page.mouse.click(middle, y)
            if self.page.locator("#panel").is_visible() and self.heading == heading:
                return
        pytest.fail(f"nothing in the middle of the picture opens {heading!r}")


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Return a function that shows a graph's page; at the end nothing may have gone wrong."""
    opened: list[tuple[BrowserContext, Shown]] = []

    def open_page(html: str, **options: Any) -> Shown:
        path = tmp_path / f"page-{len(opened)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})
        shown = Shown(context.new_page(), path.as_uri())
        opened.append((context, shown))
        return shown

    yield open_page
    for context, shown in opened:
        context.close()
        assert [url for url in shown.requests if not url.startswith("data:")] == [shown.address]
        assert shown.complaints == []


def dataset_of(*extractions: Extraction) -> Dataset:
    graph = open_graph()
    graph.add(extractions)
    return graph.dataset


def exchange() -> Extraction:
    """Return a claim, with characters beyond the first 65,536, and its denial."""
    story = Story(
        "🌊 Ruiz said 𝔱𝔥𝔢 dam 🧱 was safe. Holm denied that.",
        title="Dam",
        url="https://example.org/dam?a=1&b=2",
    )
    ruiz, holm = story.source("Ruiz"), story.source("Holm")
    said = story.says(
        ruiz,
        sentence="🌊 Ruiz said 𝔱𝔥𝔢 dam 🧱 was safe.",
        cue="said",
        mention=story.mention("Ruiz", ruiz),
        claim=story.claim("𝔱𝔥𝔢 dam 🧱 was safe"),
    )
    link = ClaimLink(type=LinkType.DENIES, evidence=story.span("denied"), target=said.key)
    story.says(
        holm,
        sentence="Holm denied that.",
        cue="denied",
        mention=story.mention("Holm", holm),
        links=(link,),
    )
    return story.extraction()


def one_source() -> Extraction:
    story = Story('"It rained," Ruiz said.')
    ruiz = story.source("Ruiz")
    story.says(
        ruiz,
        sentence=story.document.text,
        cue="said",
        mention=story.mention("Ruiz", ruiz),
        claim=story.claim('"It rained,"'),
    )
    return story.extraction()


class TestReading:
    def test_a_click_on_a_source_opens_its_claims(self, show: Any) -> None:
        shown = show(page(dataset_of(one_source())))
        shown.find_in_picture("Ruiz")
        claim = shown.page.locator("#panel .claim")
        expect(claim).to_have_count(1)
        expect(claim.locator(".sentence")).to_have_text('"It rained," Ruiz said.')

    def test_a_click_on_an_edge_opens_the_claims_behind_it(self, show: Any) -> None:
        shown = show(page(dataset_of(exchange())))
        shown.find_in_picture("Holm denies Ruiz")
        expect(shown.page.locator("#panel .sentence")).to_have_text("Holm denied that.")

    def test_source_cue_and_content_are_marked_in_the_sentence(self, show: Any) -> None:
        shown = show(page(dataset_of(exchange())))
        shown.page.get_by_role("button", name="Ruiz").click()
        marked = shown.page.locator(".claim mark").evaluate_all(
            "marks => marks.map(mark => [mark.className, mark.textContent])"
        )
        assert marked == [["source", "Ruiz"], ["cue", "said"], ["content", "𝔱𝔥𝔢 dam 🧱 was safe"]]
        colours = shown.page.locator(".claim mark").evaluate_all(
            "marks => marks.map(mark => getComputedStyle(mark).backgroundColor)"
        )
        assert len(set(colours)) == 3

    def test_the_panel_tells_what_hangs_on_a_claim(self, show: Any) -> None:
        shown = show(page(dataset_of(*corpus())))
        shown.page.get_by_role("button", name="a senior port official").click()
        facts = shown.page.locator(".claim dl").inner_text().split("\n")
        assert dict(zip(facts[::2], facts[1::2], strict=True)) == {
            "Speech act": "says",
            "Stance": "committed",
            "Quotation": "direct quotation",
            "To": "Harbour Gazette",
            "When": "2024-02-06",
            "Medium": "by telephone",
            "Answered by": "Maria Vance denies: “the report was false”",
        }
        cite = shown.page.locator(".claim .cite")
        expect(cite).to_have_text(
            "Harbour permits, Daily Example, 2024-02-06, characters 0–122, Article"
        )
        link = cite.get_by_role("link")
        assert link.get_attribute("href") == "https://example.org/news/2024/02/06/permits"
        assert link.get_attribute("rel") == "noopener noreferrer"

    def test_a_chain_of_hearsay_leads_to_its_links(self, show: Any) -> None:
        shown = show(page(dataset_of(*corpus())))
        shown.page.get_by_role("button", name="two people familiar").click()
        chain = shown.page.locator("dt", has_text="As told by").locator("+ dd")
        expect(chain).to_have_text("Northern Wire (reported)")
        chain.get_by_role("button").click()
        assert shown.heading == "Northern Wire"

    def test_the_list_says_what_the_picture_says(self, show: Any) -> None:
        shown = show(page(dataset_of(*corpus())))
        rows = shown.page.locator("#rows tr").all_inner_texts()
        told = [[part.strip() for part in re.split(r"[\n\t]", row) if part.strip()] for row in rows]
        assert told[:2] == [
            ["Maria Vance", "Person, named", "4"],
            ["Critics", "Group of people, unnamed", "1"],
        ]
        assert len(told) == 8
        label = shown.page.locator("#network").get_attribute("aria-label")
        assert label.startswith("Network of 8 sources and 6 connections")


class TestSearching:
    def test_finds_by_part_and_by_alias_without_marks(self, show: Any) -> None:
        story = Story("Émile Garrow agreed. Ruiz agreed.")
        for name in ("Émile Garrow", "Ruiz"):
            source = story.source(name, aliases=("The Mayor",) if name == "Ruiz" else ())
            cue = story.span("agreed", 1 if name != "Ruiz" else 2)
            story.says(source, sentence=f"{name} agreed.", cue=cue)
        shown = show(page(dataset_of(story.extraction())))
        search, rows = shown.page.get_by_label("Find a source"), shown.page.locator("#rows tr")
        search.fill("emile")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Émile Garrow")
        expect(shown.page.get_by_role("status")).to_have_text("1 of 2 sources")
        search.fill("mayor")
        expect(rows).to_contain_text("Ruiz")
        search.fill("nobody")
        expect(rows).to_have_count(0)
        expect(shown.page.get_by_role("status")).to_have_text("No source matches.")
        search.press("Enter")
        search.fill("")
        expect(rows).to_have_count(2)

    def test_enter_opens_the_first_and_escape_goes_back(self, show: Any) -> None:
        shown = show(page(dataset_of(*corpus())))
        shown.page.get_by_label("Find a source").fill("gazette")
        shown.page.keyboard.press("Enter")
        assert shown.heading == "Harbour Gazette"
        expect(shown.page.locator("#panel-heading")).to_be_focused()
        shown.page.keyboard.press("Escape")
        expect(shown.page.locator("#panel")).to_be_hidden()
        expect(shown.page.get_by_label("Find a source")).to_be_focused()


def test_by_keyboard_alone(show: Any) -> None:
    shown = show(page(dataset_of(*corpus())))
    keyboard = shown.page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(20):
            keyboard.press("Tab")
            focused = shown.page.evaluate(
                "document.activeElement.ariaLabel || document.activeElement.innerText"
            )
            if focused.strip() == name:
                return
        pytest.fail(f"no way to {name!r} by Tab")

    tab_to("Zoom in")
    tab_to("Critics")
    keyboard.press("Enter")
    assert shown.heading == "Critics"
    tab_to("talks about Anna Belmar")
    keyboard.press("Enter")
    assert shown.heading == "Critics talks about Anna Belmar"
    keyboard.press("Shift+Tab")
    tab_to("Anna Belmar")
    keyboard.press("Enter")
    assert shown.heading == "Anna Belmar"
    tab_to("Close")
    keyboard.press("Enter")
    expect(shown.page.get_by_role("button", name="Critics")).to_be_focused()


def test_zoom_buttons_move_the_picture(show: Any) -> None:
    shown = show(page(dataset_of(*corpus())))
    canvas = shown.page.locator("#network canvas")
    before = canvas.screenshot()
    shown.page.get_by_role("button", name="Zoom in").click()
    nearer = canvas.screenshot()
    assert nearer != before
    shown.page.get_by_role("button", name="Show everything").click()
    shown.page.mouse.move(0, 0)
    assert canvas.screenshot() != nearer


HOSTILE = [
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "{{7*7}}${window.pwned=1}",
    "&quot;&lt;b&gt;",
    '\\"}];window.pwned=1;//',
    "<!--<script>",
    "\u202ereversed\u2066",
    "line\u2028end\u2029",
    "href=javascript:window.pwned=1",
]


def hostile() -> Extraction:
    """Return attributions all of whose words, names and addresses try to get out."""
    lines = [f"{payload} says {payload} now {number}." for number, payload in enumerate(HOSTILE)]
    story = Story(
        "\n".join(lines),
        title="".join(HOSTILE),
        publisher=HOSTILE[0],
        author=HOSTILE[1],
        url="javascript:window.pwned=1",
    )
    begin = 0
    sources = []
    for line, payload in zip(lines, HOSTILE, strict=True):
        span = story.document.span
        name = span(begin, begin + len(payload))
        cue = span(name.end + 1, name.end + 5)
        source = story.source(payload, aliases=(f"{payload} too",), affiliation=payload)
        claim = story.claim(span(cue.end + 1, begin + len(line) - 1))
        story.says(
            source, sentence=line, cue=cue, cue_lemma=payload, claim=claim, addressees=(*sources,)
        )
        sources = [source]
        begin += len(line) + 1
    return story.extraction()


class TestHostileTexts:
    def test_are_shown_and_never_run(self, show: Any) -> None:
        shown = show(page(dataset_of(hostile()), title="".join(HOSTILE)))
        rows = shown.page.locator("#rows button .name")
        assert sorted(rows.all_text_contents()) == sorted(HOSTILE)
        for number, payload in enumerate(HOSTILE):
            rows.get_by_text(payload, exact=True).click()
            assert shown.page.locator("#panel-heading").text_content() == payload
            sentence = shown.page.locator(".sentence")
            assert sentence.text_content() == f"{payload} says {payload} now {number}."
            for button in shown.page.locator("#panel .connections button").all()[:1]:
                button.click()
            shown.page.keyboard.press("Escape")
        assert shown.page.evaluate("window.pwned") is None
        assert shown.page.locator("script").count() == 3
        assert shown.page.locator("img, iframe, object, embed, a[href]").count() == 0
        assert shown.page.title() == "".join(HOSTILE)

    def test_addresses_of_documents_are_links_only_on_the_web(self, show: Any) -> None:
        shown = show(page(dataset_of(hostile())))
        shown.page.locator("#rows button").first.click()
        assert shown.page.locator(".cite a").count() == 0

    def test_in_a_notebook_too(self, show: Any) -> None:
        frame_html = draw(dataset_of(hostile()), title=HOSTILE[0])._repr_html_()
        shown = show(f"<!DOCTYPE html><title>Notebook</title>{frame_html}")
        frame = shown.page.frame_locator("iframe")
        expect(frame.locator("h1")).to_have_text(HOSTILE[0])
        frame.locator("#rows button").first.click()
        expect(frame.locator(".claim")).to_have_count(1)
        assert shown.page.evaluate("window.pwned") is None
        assert all(inner.evaluate("window.pwned") is None for inner in shown.page.frames)


class TestLooks:
    def test_light_and_dark(self, show: Any) -> None:
        html = page(dataset_of(*corpus()))
        script = "(({ backgroundColor, color }) => [backgroundColor, color])"
        colours = {
            scheme: show(html, color_scheme=scheme).page.evaluate(
                f"{script}(getComputedStyle(document.body))"
            )
            for scheme in ("light", "dark")
        }
        assert colours["light"] == ["rgb(251, 250, 246)", "rgb(29, 28, 25)"]
        assert colours["dark"] == ["rgb(21, 22, 24)", "rgb(234, 231, 223)"]

    def test_the_picture_follows_the_colour_scheme(self, show: Any) -> None:
        shown = show(page(dataset_of(*corpus())), color_scheme="light")
        shown.page.wait_for_timeout(200)
        light = shown.page.locator("#network canvas").screenshot()
        shown.page.emulate_media(color_scheme="dark")
        shown.page.wait_for_timeout(200)
        assert shown.page.locator("#network canvas").screenshot() != light

    def test_fits_a_phone(self, show: Any) -> None:
        shown = show(page(dataset_of(hostile())), viewport={"width": 360, "height": 740})
        shown.page.locator("#rows button").first.click()
        width = shown.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360

    def test_nothing_to_draw(self, show: Any) -> None:
        shown = show(page(Dataset(default_union=True)))
        expect(shown.page.get_by_text("Nothing to draw")).to_be_visible()
        expect(shown.page.locator("#rows tr")).to_have_count(0)
        expect(shown.page.get_by_role("button", name="Zoom in")).to_be_hidden()

    def test_the_legend_shows_what_is_there(self, show: Any) -> None:
        shown = show(page(dataset_of(exchange())))
        entries = shown.page.locator(".legend li:visible").all_inner_texts()
        assert [entry.strip() for entry in entries] == ["Person", "named", "denies"]

    def test_positions_come_from_the_data(self, show: Any) -> None:
        shown = show(page(dataset_of(*corpus())))
        data = json.loads(shown.page.locator("#data").text_content() or "")
        assert data["options"]["physics"] == {"enabled": False}
        assert all(isinstance(node["x"], int) for node in data["nodes"])
