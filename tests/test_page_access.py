"""The page in a real browser: by keyboard, for screen readers, in light and dark, on a phone."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from page_hostile import hostile
from page_stories import corpus_page, dataset_of, one_source
from playwright.sync_api import expect
from rdflib import Dataset

from quoth.graph.drawing import page

pytestmark = pytest.mark.slow

CORPUS = corpus_page()
SHOTS = Path(__file__).parents[1] / "build" / "page"
"""Where pictures of each view are left to be looked at; git ignores it."""

VARIANTS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
VIEWS = ("overview", "network", "claims", "document")
AXE = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) =>
        [impact, id, ...nodes.slice(0, 4).map((node) => node.html.slice(0, 160))]);
}"""


@pytest.mark.parametrize("variant", VARIANTS)
def test_axe_finds_nothing_serious_in_any_view(show: Any, variant: str) -> None:
    shown = show(CORPUS, "#open=claim+nothing", bypass_csp=True, **VARIANTS[variant])
    SHOTS.mkdir(parents=True, exist_ok=True)
    shown.page.evaluate(AXE_SCRIPT)
    for view in VIEWS:
        shown.go(view.capitalize())
        shown.page.wait_for_timeout(120)
        shown.page.screenshot(path=SHOTS / f"{variant}-{view}.png")
        assert serious(shown) == [], view
    shown.go("Claims")
    shown.choose_first_claim()
    shown.page.wait_for_timeout(120)
    shown.page.screenshot(path=SHOTS / f"{variant}-evidence.png")
    assert serious(shown) == [], "evidence"


def serious(shown: Any) -> list[Any]:
    """What axe-core calls serious or critical of the page as it is."""
    return [found for found in shown.page.evaluate(AXE) if found[0] in {"serious", "critical"}]


def test_axe_finds_nothing_serious_with_everything_open(show: Any) -> None:
    shown = show(CORPUS, "#view=network&type=Person&type=Organisation", bypass_csp=True)
    shown.page.evaluate(AXE_SCRIPT)
    shown.page.evaluate(
        "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    shown.page.get_by_label("Find a source").fill("a")
    expect(shown.page.locator("#offers")).to_be_visible()
    assert serious(shown) == []
    shown.page.evaluate("() => document.querySelector('main').append(new Image())")
    assert [found[1] for found in serious(shown)] == ["image-alt"]  # axe would have found it


class TestByKeyboardAlone:
    def tab_to(self, shown: Any, name: str, key: str = "Tab") -> None:
        for _ in range(60):
            shown.page.keyboard.press(key)
            focused = shown.page.evaluate(
                "() => document.activeElement.ariaLabel || document.activeElement.innerText"
            )
            if " ".join((focused or "").split()).startswith(name):
                return
        pytest.fail(f"no way to {name!r} by {key}")

    def test_from_a_source_to_the_evidence_and_back(self, show: Any) -> None:
        shown = show(CORPUS)
        keyboard = shown.page.keyboard
        self.tab_to(shown, "Maria Vance")
        keyboard.press("Enter")
        assert shown.heading == "Maria Vance"
        self.tab_to(shown, "the report was false")
        keyboard.press("Enter")
        expect(shown.page.locator("#panel-heading")).to_have_text("Maria Vance insists")
        expect(shown.page.locator("#panel-heading")).to_be_focused()
        keyboard.press("Escape")
        expect(shown.page.locator("#panel")).to_be_hidden()
        focused = shown.page.evaluate("() => document.activeElement.innerText")
        assert focused.startswith("Maria Vance")

    def test_the_views_by_arrows_and_by_digits(self, show: Any) -> None:
        shown = show(CORPUS)
        shown.page.get_by_role("tab", name="Overview").focus()
        shown.page.keyboard.press("ArrowRight")
        expect(shown.page.get_by_role("tab", name="Network")).to_be_focused()
        shown.page.keyboard.press("End")
        expect(shown.page.locator("#view-document")).to_be_visible()
        shown.page.keyboard.press("3")
        expect(shown.page.locator("#view-claims")).to_be_visible()
        shown.page.keyboard.press("/")
        expect(shown.page.get_by_label("Find a source")).to_be_focused()

    def test_attributions_in_the_text(self, show: Any) -> None:
        shown = show(CORPUS, "#view=document")
        self.tab_to(shown, "Maria Vance: said")
        visible = shown.page.evaluate(
            "() => getComputedStyle(document.activeElement.parentElement).outlineStyle"
        )
        assert visible == "solid"
        shown.page.keyboard.press("Enter")
        assert shown.heading == "Maria Vance says"

    def test_a_filter_keeps_the_focus(self, show: Any) -> None:
        shown = show(CORPUS)
        box = shown.page.locator("#facet-type input").first
        box.focus()
        shown.page.keyboard.press("Space")
        assert len(shown.chips) == 1
        assert shown.page.evaluate("() => document.activeElement.dataset.key") == box.evaluate(
            "e => e.dataset.key"
        )


class TestLooks:
    def test_light_and_dark(self, show: Any) -> None:
        script = "() => (({ backgroundColor, color }) => [backgroundColor, color])"
        colours = {
            scheme: show(CORPUS, color_scheme=scheme).page.evaluate(
                f"{script}(getComputedStyle(document.body))"
            )
            for scheme in ("light", "dark")
        }
        assert colours["light"] == ["rgb(251, 250, 246)", "rgb(29, 28, 25)"]
        assert colours["dark"] == ["rgb(21, 22, 24)", "rgb(234, 231, 223)"]

    def test_the_picture_follows_the_colour_scheme(self, show: Any) -> None:
        shown = show(CORPUS, "#view=network", color_scheme="light")
        shown.page.wait_for_timeout(150)  # until it is drawn
        light = shown.page.locator("#canvas canvas").screenshot()
        shown.page.emulate_media(color_scheme="dark")
        shown.await_other_picture(than=light)

    def test_fits_a_phone(self, show: Any) -> None:
        html = page(dataset_of(*hostile()[-2:], one_source()))
        shown = show(html, viewport={"width": 360, "height": 740})
        for view in VIEWS:
            shown.go(view.capitalize())
            expect(shown.page.locator(f"#view-{view}")).to_be_visible()
            shown.page.wait_for_timeout(50)
            width = shown.page.evaluate("() => document.documentElement.scrollWidth")
            assert width <= 360, view

    def test_prints_the_view_and_not_the_buttons(self, show: Any) -> None:
        shown = show(CORPUS, "#view=claims")
        shown.page.emulate_media(media="print")
        expect(shown.page.locator(".claims-table")).to_be_visible()
        for hidden in (".filters", "#tabs", ".search", "#export"):
            expect(shown.page.locator(hidden)).to_be_hidden()
        overflow = shown.page.evaluate(
            "() => getComputedStyle(document.querySelector('main')).overflow"
        )
        assert overflow == "visible"

    def test_one_node_stands_in_the_middle(self, show: Any) -> None:
        shown = show(page(dataset_of(one_source())), "#view=network")
        shown.page.get_by_text("The picture as a table").click()
        expect(shown.page.locator("#picture-table tbody tr")).to_have_count(1)
        expect(shown.page.locator("#canvas")).to_be_visible()

    def test_an_empty_graph_draws_nothing(self, show: Any) -> None:
        shown = show(page(Dataset(default_union=True)), "#view=network")
        expect(shown.page.locator("#canvas")).to_be_hidden()
        expect(shown.page.locator(".facet:visible")).to_have_count(0)
