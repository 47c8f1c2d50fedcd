"""A page in a real browser, and everything it asks for or complains of."""

import re

from playwright.sync_api import Locator, Page, expect

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

# Playwright waits for five seconds, and a busy machine may need more.
expect.set_options(timeout=20_000)


class Shown:
    """A page that is ready, with the network cut off."""

    def __init__(self, page: Page, address: str, fragment: str = "") -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.route(re.compile("^(?!file:|data:|blob:)"), lambda route: route.abort())
        page.goto(address + fragment)
        if page.locator("#tabs").count():
            self.wait()

    def wait(self) -> None:
        """Wait until search and clicks answer."""
        self.page.wait_for_selector("html[data-state=ready]", state="attached")

    @property
    def heading(self) -> str:
        """What the panel is about, once it is open."""
        expect(self.page.locator("#panel")).to_be_visible()
        return " ".join(self.page.locator("#panel-heading").inner_text().split())

    @property
    def fragment(self) -> str:
        """The fragment of the address."""
        return self.page.url.partition("#")[2]

    @property
    def view(self) -> Locator:
        """The view that is shown."""
        return self.page.locator("[role=tabpanel]:visible")

    @property
    def chips(self) -> list[str]:
        """The active filters."""
        return [
            text.replace("\n", " ").removesuffix("×").strip()
            for text in self.page.locator(".chip").all_inner_texts()
        ]

    def go(self, view: str) -> None:
        """Choose a view by its tab."""
        self.page.get_by_role("tab", name=view).click()

    def choose_first_claim(self) -> None:
        """Open the evidence of the first claim in the list."""
        self.page.locator("#claims-rows .said").first.click()
        expect(self.page.locator("#panel .sentence").first).to_be_visible()

    def facts(self) -> dict[str, str]:
        """What the panel says of a claim, by name."""
        names = self.page.locator(".facts dt").all_inner_texts()
        values = self.page.locator(".facts dd").all_inner_texts()
        return {name: " ".join(value.split()) for name, value in zip(names, values, strict=True)}

    def choose(self, facet: str, value: str) -> None:
        """Tick a choice of a filter, unfolding the filter first."""
        group = self.page.locator(f"#facet-{facet}")
        if not group.is_visible():
            self.page.locator(f".facet:has(#facet-{facet}) summary").click()
        group.locator("label", has_text=re.compile(rf"^\s*{re.escape(value)}")).click()

    def await_other_picture(self, than: bytes) -> bytes:
        """Return what is drawn once it looks other `than` this."""
        for _ in range(100):
            now = self.page.locator("#canvas canvas").screenshot()
            if now != than:
                return now
            self.page.wait_for_timeout(50)
        raise AssertionError("the picture stays as it was")

    def find_in_picture(self, heading: str) -> None:
        """Move over the picture, and click what can be clicked, until a panel says `heading`."""
        box = self.page.locator("#canvas").bounding_box()
        assert box is not None
        for across in (0.5, 0.35, 0.65, 0.2, 0.8):
            x = box["x"] + box["width"] * across
            for step in range(0, int(box["height"]), 7):
                self.page.mouse.move(x, box["y"] + step)
                if self.page.locator("#canvas").evaluate("e => e.style.cursor") != "pointer":
                    continue
                self.page.mouse.click(x, box["y"] + step)
                if self.page.locator("#panel").is_visible() and self.heading == heading:
                    return
        raise AssertionError(f"nothing in the picture opens {heading!r}")
