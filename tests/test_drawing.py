"""The drawing, without a browser: what is drawn, what is changed with pyvis, how it is written."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from examples import corpus
from page_elements import Elements, dataset_of
from rdflib import Dataset
from story import Story

from quoth.graph import StoreError, open_graph
from quoth.graph.drawing import MOST_SOURCES, Drawing, draw, write_page


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


@cache
def drawn() -> Drawing:
    return draw(dataset_of(*corpus()))


class TestTheDrawing:
    @property
    def drawing(self) -> Drawing:
        return drawn()

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


@cache
def large_crowd() -> Dataset:
    return crowd(MOST_SOURCES + 5)


class TestAGreatMany:
    @property
    def dataset(self) -> Dataset:
        return large_crowd()

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
