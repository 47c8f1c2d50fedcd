"""The drawing and its page, without a browser: what is drawn, and that the page holds it safely."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from factories import Story, corpus
from rdflib import Dataset

from quoth.extractors.records import Extraction
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
from quoth.graph import StoreError, open_graph
from quoth.graph.drawing import MOST_SOURCES, Drawing, draw, page, write_page
from quoth.graph.network import EdgeKind
from quoth.graph.rendering import as_script_data, texts

TEMPLATES = Path(__file__).parents[1] / "graph" / "templates"


def dataset_of(*extractions: Extraction) -> Dataset:
    graph = open_graph()
    graph.add(extractions)
    return graph.dataset


def crowd(sources: int) -> Dataset:
    """Return a graph in which source n of `sources` speaks n times of the next one."""
    lines = []
    for number in range(1, sources + 1):
        lines += [f"Speaker{number} praised Speaker{number % sources + 1}."] * min(number, 3)
    story = Story("\n".join(lines))
    seen: dict[str, Any] = {}
    begin = 0
    for line in lines:
        span = story.document.span(begin, begin + len(line))
        begin += len(line) + 1
        name, _, other = line.removesuffix(".").split()
        source = seen.setdefault(name, story.source(name))
        cue = story.document.span(span.begin + len(name) + 1, span.begin + len(name) + 8)
        told = seen.setdefault(other, story.source(other))
        story.says(source, sentence=line, cue=cue, addressees=(told,))
    return dataset_of(story.extraction())


class Elements(HTMLParser):
    """Collects tags with their attributes, and what scripts and styles hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            self.contents.append((self.tags[-1][0], data))


class TestTheDrawing:
    drawing = draw(dataset_of(*corpus()))

    def node(self, label: str) -> dict[str, Any]:
        (found,) = [node for node in self.drawing.nodes if node["label"] == label]
        return found

    def test_is_a_directed_pyvis_network_without_physics(self) -> None:
        assert self.drawing.directed
        assert self.drawing.options["physics"] == {"enabled": False}
        assert (self.drawing.num_nodes(), self.drawing.num_edges()) == (8, 6)

    def test_shape_by_kind_and_outline_by_anonymity(self) -> None:
        def look(label: str) -> tuple[str, str, object]:
            node = self.node(label)
            return node["group"], node["shape"], node["shapeProperties"]["borderDashes"]

        assert look("Maria Vance") == ("Person", "dot", False)
        assert look("Harbour Gazette") == ("Organisation", "square", False)
        assert look("Critics") == ("Collective", "triangle", [5, 3])
        assert look("the report") == ("DocumentSource", "diamond", [1, 3])

    def test_the_most_quoted_is_the_largest(self) -> None:
        sizes = {node["label"]: node["size"] for node in self.drawing.nodes}
        assert max(sizes, key=sizes.__getitem__) == "Maria Vance"
        assert sizes["Critics"] > sizes["Anna Belmar"] > 0

    def test_denials_are_dashed_and_other_edges_are_not(self) -> None:
        dashed = {edge["kind"]: edge["dashes"] for edge in self.drawing.edges}
        assert dashed == {"told": False, "talks about": False, "relays": False, "denies": [8, 5]}

    def test_edges_between_the_same_two_do_not_cover_each_other(self) -> None:
        wire, people = (
            self.node(label)["id"]
            for label in ("Northern Wire", "two people familiar\nwith the plan")
        )
        between = [e for e in self.drawing.edges if {e["from"], e["to"]} == {wire, people}]
        assert len(between) == 2
        # Bent clockwise in opposite directions, they part.
        assert all(edge["smooth"]["type"] == "curvedCW" for edge in between)
        alone = [e for e in self.drawing.edges if e not in between]
        assert [edge["smooth"] for edge in alone] == [False] * 4

    def test_untouched_it_says_nothing_of_changes(self) -> None:
        core = self.drawing.core()
        for change in ("added", "changed", "removed"):
            assert core[change] == {"nodes": [], "edges": []}

    def test_what_is_changed_with_pyvis_is_on_the_page(self) -> None:
        drawing = draw(dataset_of(*corpus()))
        vance, critics = (self.node(label)["id"] for label in ("Maria Vance", "Critics"))
        drawing.add_node("urn:mine", label="My own node")
        drawing.add_edge(vance, "urn:mine", label="knows")
        drawing.get_node(vance)["color"] = "gold"
        del drawing.nodes[[node["id"] for node in drawing.nodes].index(critics)]
        told = next(edge for edge in drawing.edges if edge.get("kind") == "told")
        told["font"] = {"size": 30}
        gone = next(edge for edge in drawing.edges if edge.get("kind") == "denies")
        drawing.edges.remove(gone)
        core = drawing.core()
        assert [node["label"] for node in core["added"]["nodes"]] == ["My own node"]
        assert [edge["label"] for edge in core["added"]["edges"]] == ["knows"]
        assert core["changed"]["nodes"] == [{"id": vance, "color": "gold"}]
        identity = {key: told[key] for key in ("id", "from", "to", "kind")}
        assert core["changed"]["edges"] == [{**identity, "font": {"size": 30}}]
        assert core["removed"] == {"nodes": [critics], "edges": [gone["id"]]}
        assert drawing.generate_html() != self.drawing.generate_html()

    def test_options_set_with_pyvis_are_on_the_page(self) -> None:
        drawing = draw(dataset_of(*corpus()))
        drawing.set_options('const options = {"physics": {"enabled": true}, "locale": "a b"}')
        assert drawing.core()["options"] == {"physics": {"enabled": True}, "locale": "a b"}

    def test_options_that_are_none_are_told(self) -> None:
        with pytest.raises(ValueError, match=r"no JSON: .* line 1"):
            draw(dataset_of(*corpus())).set_options("{physics: true}")

    def test_shows_itself_in_a_frame(self) -> None:
        shown = Elements(self.drawing._repr_html_())
        ((tag, attributes),) = shown.tags
        assert tag == "iframe"
        assert attributes["srcdoc"] == self.drawing.generate_html()
        sandbox = (attributes["sandbox"] or "").split()
        assert {"allow-scripts", "allow-downloads"} <= set(sandbox)
        assert "allow-same-origin" not in sandbox


class TestAGreatMany:
    dataset = crowd(MOST_SOURCES + 5)

    @pytest.mark.slow
    def test_the_most_quoted_are_drawn_and_the_others_grouped(self) -> None:
        drawing = draw(self.dataset)
        assert drawing.num_nodes() == MOST_SOURCES
        # Source 1 speaks once, source 2 twice, all others three times.
        labels = {node["label"] for node in drawing.nodes}
        assert not labels & {"Speaker1", "Speaker2"}
        assert drawing.core()["groups"]["sources"] == [5]

    @pytest.mark.slow
    def test_the_head_counts_everything(self) -> None:
        attributions = 1 + 2 + 3 * (MOST_SOURCES + 3)
        assert draw(self.dataset).summary.startswith(
            f"{attributions} statements by {MOST_SOURCES + 5} sources (0 of them unnamed)"
        )


class TestThePage:
    page = page(dataset_of(*corpus()))
    elements = Elements(page)

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


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "no" / "page.html"
    with pytest.raises(StoreError, match=r"page\.html: the page cannot be written .*; give a file"):
        write_page(dataset_of(*corpus()), path)


def test_writing_leaves_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    drawing = draw(dataset_of(*corpus()), title="Hafen – «Brücke»")
    drawing.write_html("one.html")
    drawing.save_graph("two.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]
    assert (
        Path("one.html").read_bytes()
        == drawing.generate_html().encode()
        == Path("two.html").read_bytes()
    )


def test_draw_is_what_a_graph_gives() -> None:
    graph = open_graph()
    graph.add(corpus())
    assert isinstance(graph.draw(), Drawing)


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
