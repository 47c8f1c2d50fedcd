"""The served pages in a real browser: they ask, ask nobody else, and run nothing they are fed.

Skipped where there is no Chromium.
"""

import pytest
from examples import corpus, denial
from playwright.sync_api import expect
from serving import serving

from quoth.graph import open_graph

pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "news.trig"
    with open_graph(path) as graph:
        graph.add(corpus())
        graph.dataset.update(f'INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:b> "{HOSTILE}" }} }}')
    with serving(path, "--workers", "1") as served:
        served.graph = path
        yield served


@pytest.fixture
def page(browser, served):
    with browser.new_page() as page:
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((served.address, "data:", "blob:"))
                or page.complaints.append(request.url)
            ),
        )
        page.goto(served.address)
        yield page


def test_a_question_is_filled_in_and_answered(page, served):
    source = served.client.get("questions/sources").json()[0]["who"]
    page.get_by_text("What one source is reported to have said").click()
    page.locator("details[open] input[name=source]").fill(source)
    page.locator("details[open] button").click()
    expect(page.locator(".yasr table tbody tr").first).to_contain_text(source)
    rows = served.client.get("questions/who-said", params={"source": source}).json()
    expect(page.locator(".tabPanel.active .yasr_response_chip")).to_contain_text(
        f"{len(rows)} result"
    )
    assert page.complaints == []


def test_every_question_is_answered_from_the_page_as_from_its_address(page, served):
    known = served.client.get("questions/sources").json()[0]["who"]
    rows = {}
    for question in served.client.get("questions").json():
        parameters = {p["name"]: p["default"] or known for p in question["parameters"]}
        sparql = page.evaluate(
            "([question, values]) => filledIn(question, values)", [question, parameters]
        )
        answer = served.ask(sparql)
        assert answer.status_code == 200, (question["name"], answer.text)
        expected = served.client.get(question["href"], params=parameters).json()
        rows[question["name"]] = len(answer.json()["results"]["bindings"])
        assert rows[question["name"]] == len(expected), question["name"]
    assert rows["who-said"]


def test_text_from_the_graph_is_shown_and_not_run(page):
    page.evaluate(
        """() => {
            const tab = yasgui.getTab();
            tab.setQuery("SELECT * { <urn:a> <urn:b> ?text }");
            return tab.query().then(() => {});
        }"""
    )
    expect(page.locator(".yasr table tbody")).to_contain_text(HOSTILE)
    assert page.complaints == []


class TestThePageOfTheNetwork:
    """It fetches what it shows, from where it came from, and from nowhere else."""

    def test_blocks_come_when_they_are_needed(self, page, served):
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{served.address}explore")
        expect(page.locator("html")).to_have_attribute("data-state", "ready")
        blocks = [url.removeprefix(served.address).partition("?")[0] for url in asked]
        assert blocks == ["explore", "page/block/words"]
        page.locator("#tab-claims").click()
        page.locator("#claims-rows td.col-claim button").first.click()
        expect(page.locator("#panel .words").first).to_contain_text("The port will close on Friday")
        assert "page/block/chunk-0" in asked[-1]
        assert page.complaints == []

    def test_when_the_graph_has_changed_the_reader_is_told(self, page, served):
        with open_graph(served.graph) as graph:  # into a state of which no block is kept
            graph.remove("denial")
        page.goto(f"{served.address}explore")
        expect(page.locator("html")).to_have_attribute("data-state", "ready")
        with open_graph(served.graph) as graph:
            graph.add(denial())
        page.locator("#tab-claims").click()
        page.locator("#claims-rows td.col-claim button").first.click()
        expect(page.get_by_text("load it again")).to_be_visible()
