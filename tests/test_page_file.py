"""The page as a file, without a browser: safe, whole, legible, its texts complete."""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from examples import corpus
from page_elements import Elements, dataset_of
from rdflib import Dataset

from quoth.extractors.values import (
    Anonymity,
    Certainty,
    LinkType,
    Medium,
    MentionForm,
    Polarity,
    QuotationType,
    SourceType,
    SpeechAct,
    Stance,
    Temporality,
)
from quoth.graph.drawing import draw, page
from quoth.graph.network import EdgeKind
from quoth.graph.rendering import as_script_data, texts

TEMPLATES = Path(__file__).parents[1] / "graph" / "templates"


@cache
def corpus_page() -> str:
    return page(dataset_of(*corpus()))


@cache
def corpus_elements() -> Elements:
    return Elements(corpus_page())


class TestThePage:
    @property
    def page(self) -> str:
        return corpus_page()

    @property
    def elements(self) -> Elements:
        return corpus_elements()

    def test_loads_nothing(self) -> None:
        addresses = [
            value
            for _, attributes in self.elements.tags
            for name, value in attributes.items()
            if name in {"src", "href", "srcset", "action", "data", "poster", "background"}
        ]
        assert addresses
        assert [a for a in addresses if a != "data:," and not (a or "").startswith("#")] == []
        assert "@import" not in self.page
        assert "url(" not in dict(self.elements.contents)["style"]
        assert "sourceMappingURL" not in self.page

    def test_the_policy_allows_what_is_there_and_nothing_else(self) -> None:
        policy = next(
            attributes["content"] or ""
            for tag, attributes in self.elements.tags
            if attributes.get("http-equiv") == "Content-Security-Policy"
        )
        directives = dict(part.split(" ", 1) for part in policy.split("; "))
        assert directives.pop("default-src") == "'none'"
        assert directives.pop("base-uri") == "'none'"
        assert directives.pop("form-action") == "'none'"
        assert directives.pop("img-src") == "data: blob:"

        def hashes(wanted: str) -> list[str]:
            return [
                f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
                for tag, text in self.elements.contents
                if tag == wanted
            ]

        # Last come vis-network, which the script runs when it is wanted, and the script; before
        # them the data, which no policy needs to allow.
        *_, drawing, script = hashes("script")
        assert directives == {
            "script-src": f"{script} {drawing}",
            "style-src": " ".join(hashes("style")),
        }

    def test_a_live_page_may_ask_where_it_came_from(self) -> None:
        live = draw(dataset_of(*corpus())).live_html("page/block/{name}")
        assert "connect-src &#39;self&#39;" in live
        assert "connect-src" not in self.page
        assert re.findall('id="block-([^"]*)"', live) == ["core"]

    def test_has_no_attribute_that_runs_or_styles(self) -> None:
        names = {name for _, attributes in self.elements.tags for name in attributes}
        assert [name for name in names if name.startswith("on") or name == "style"] == []

    def test_our_files_do_not_end_their_elements(self) -> None:
        files = [*TEMPLATES.glob("*.js"), *TEMPLATES.glob("*.css")]
        assert len(files) > 10
        for path in files:
            content = path.read_text(encoding="utf-8").lower()
            assert not re.search(r"</(script|style)|<!--|]]>", content), path.name

    def test_the_manifest_lists_every_file_once(self) -> None:
        listed = json.loads((TEMPLATES / "manifest.json").read_text(encoding="utf-8"))
        names = [name for files in listed.values() for name in files]
        assert sorted(names) == sorted(
            path.name for path in TEMPLATES.iterdir() if path.suffix in {".js", ".css"}
        )

    def test_carries_the_licence_of_vis_network(self) -> None:
        assert "Copyright (c) 2011-2017 Almende B.V" in self.page
        assert "The above copyright notice and this permission notice" in self.page

    def test_the_title(self) -> None:
        own = page(dataset_of(*corpus()), title="Ports & <b>permits</b> \ud800")
        assert "<title>Ports &amp; &lt;b&gt;permits&lt;/b&gt; \ufffd</title>" in own
        assert "<h1><bdi>Who said what</bdi></h1>" in self.page

    def test_the_summary(self) -> None:
        assert "9 statements by 6 sources (3 of them unnamed) in 4 documents." in self.page


def test_data_can_neither_end_its_element_nor_its_line() -> None:
    hostile = (
        "</script><script>alert(1)</script><!-- <ScRiPt> ]]> \u2028\u2029 \ud800 \x00 \\ ' \" & 😀"
    )
    data = as_script_data({hostile: [hostile]})
    assert data.isascii()
    assert not re.search(r"[<>&\x00-\x1f]", data)
    assert json.loads(data) == {hostile: [hostile]}


def test_an_empty_graph_has_a_page() -> None:
    empty = page(Dataset(default_union=True))
    assert texts()["summary_empty"] in empty


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("types", SourceType),
        ("anonymities", Anonymity),
        ("kinds", EdgeKind),
        ("edge", EdgeKind),
        ("link_types", LinkType),
        ("acts", SpeechAct),
        ("stances", Stance),
        ("quotations", QuotationType),
        ("media", Medium),
        ("certainties", Certainty),
        ("polarities", Polarity),
        ("temporalities", Temporality),
        ("forms", MentionForm),
    ],
)
def test_every_value_has_its_text(key: str, values: Any) -> None:
    assert set(texts()[key]) == {value.value for value in values}


def test_every_text_is_used_and_every_used_text_exists() -> None:
    names = [*json.loads((TEMPLATES / "manifest.json").read_text())["scripts"], "page.html"]
    graph = TEMPLATES.parent
    sources = "\n".join(
        [(TEMPLATES / name).read_text(encoding="utf-8") for name in names]
        + [(graph / name).read_text(encoding="utf-8") for name in ("drawing.py", "rendering.py")]
    )
    used = set(re.findall(r"\btexts(?:\.|\(\)\[\")(\w+)", sources)) - {"json"}
    # Lists of values are asked for by the name of the list (`nameIn`).
    used |= {name for name in texts() if f'"{name}"' in sources or f"{name}:" in sources}
    assert used == set(texts())


def test_the_manifest_lists_every_script_and_style() -> None:
    listed = json.loads((TEMPLATES / "manifest.json").read_text())
    for kind, suffix in (("scripts", "*.js"), ("styles", "*.css")):
        assert sorted(listed[kind]) == sorted(path.name for path in TEMPLATES.glob(suffix))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: str) -> None:
    """Text has 4.5 to 1 and what is drawn 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", blocks[0]))
    if scheme == "dark":
        dark = dict(re.findall(r"--([\w-]+): (#\w{6})", blocks[1]))
        assert set(dark) == set(colours)
        colours = dark

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((luminance(colours[one]), luminance(colours[other])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    drawn = [*(f"stance-{value}" for value in Stance), *(f"share-{value}" for value in Anonymity)]
    for name in [*SourceType, *drawn, "line-content", "focus"]:
        assert contrast(name, "paper") >= 3, name
        assert contrast(name, "card") >= 3, name
    for name in ("ink", "muted", "focus"):
        assert contrast(name, "paper") >= 4.5, name
    for name in ("mark-source", "mark-cue", "mark-content", "card", "tint"):
        assert contrast("ink", name) >= 4.5, name
