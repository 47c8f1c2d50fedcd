"""The page in a real browser: what is saved and copied from it."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from page_stories import corpus_page, dataset_of
from playwright.sync_api import expect
from story import Story

from quoth.graph.drawing import page

pytestmark = pytest.mark.slow

CORPUS = corpus_page()


class TestExport:
    def test_as_csv(self, show: Any, tmp_path: Path) -> None:
        shown = show(CORPUS, "#view=claims")
        shown.choose("publisher", "Daily Example")
        rows = list(csv.DictReader(saved(shown, "Statements as CSV", tmp_path).splitlines()))
        assert len(rows) == 4
        told = next(row for row in rows if row["source"] == "a senior port official")
        assert told["claim"] == "No ship may leave without a permit"
        assert (told["begin"], told["end"], told["confidence"]) == ("0", "122", "0.97")
        assert (told["anonymity"], told["to"]) == ("unnamed", "Harbour Gazette")
        assert told["attribution"].startswith("http")

    def test_as_json(self, show: Any, tmp_path: Path) -> None:
        shown = show(CORPUS, "#type=Organisation")
        told = json.loads(saved(shown, "Statements as JSON", tmp_path))
        assert {entry["source"] for entry in told["attributions"]} == {
            "Northern Wire",
            "Harbour Gazette",
        }

    def test_formulas_are_text_in_spreadsheets(self, show: Any, tmp_path: Path) -> None:
        formulas = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1"]
        story = Story(
            "\n".join(f"Ana said {formula}." for formula in formulas), title="=HYPERLINK()"
        )
        ana = story.source("Ana")
        for formula in formulas:
            begin = story.document.text.index(f"said {formula}.") + 5
            story.says(
                ana,
                sentence=f"Ana said {formula}.",
                cue=story.document.span(begin - 5, begin - 1),
                claim=story.claim(story.document.span(begin, begin + len(formula))),
            )
        shown = show(page(dataset_of(story.extraction())))
        text = saved(shown, "Statements as CSV", tmp_path)
        rows = list(csv.DictReader(text.splitlines()))
        assert len(rows) == len(formulas)
        assert all(row["title"] == "'=HYPERLINK()" for row in rows)
        cells = [cell for row in rows for cell in row.values()]
        assert not [cell for cell in cells if re.match(r"\s*[=+\-@]", cell)]

    @pytest.mark.parametrize("view", ["overview", "network"])
    def test_as_a_picture(self, show: Any, tmp_path: Path, view: str) -> None:
        shown = show(CORPUS, f"#view={view}")
        shown.page.get_by_text("Take along").click()
        with shown.page.expect_download() as download:
            shown.page.get_by_role("button", name="Network as PNG").click()
        path = tmp_path / "picture.png"
        download.value.save_as(path)
        assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert path.stat().st_size > 5_000


def saved(shown: Any, button: str, folder: Path) -> str:
    """Save something from the menu, and return it."""
    shown.page.get_by_text("Take along").click()
    with shown.page.expect_download() as download:
        shown.page.get_by_role("button", name=button).click()
    path = folder / "saved"
    download.value.save_as(path)
    return path.read_bytes().decode("utf-8-sig")


def test_a_query_and_a_citation_are_copied(show: Any) -> None:
    shown = show(CORPUS, "#view=claims", permissions=["clipboard-read", "clipboard-write"])
    shown.page.get_by_role("button", name="No ship may leave").click()
    shown.page.get_by_role("button", name="Copy as SPARQL").click()
    expect(shown.page.locator("#told")).to_contain_text("clipboard")
    query = shown.page.evaluate("() => navigator.clipboard.readText()")
    assert "SELECT" in query
    assert "{iri}" not in query
    shown.page.get_by_role("button", name="Copy citation").click()
    expect(shown.page.locator("#told")).to_contain_text("citation")
    assert shown.page.evaluate("() => navigator.clipboard.readText()") == (
        "a senior port official (“told”): “No ship may leave without a permit”. “Harbour permits”, "
        "Daily Example, 2024-02-06, https://example.org/news/2024/02/06/permits, characters 0–122."
    )
