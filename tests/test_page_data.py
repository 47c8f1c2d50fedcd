"""The page's data: merged sources, the picture, the words, and how they are carried."""

import base64
import gzip
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from examples import corpus, permits
from hypothesis import given, settings
from hypothesis import strategies as st
from page_blocks import blocks_of, drawn
from pages import embedded
from servers import oxigraph
from story import Story
from strategies import HOSTILE, extractions

from quoth.extractors.records import Extraction
from quoth.extractors.values import Anonymity, SourceType
from quoth.graph import open_graph
from quoth.graph.drawing import Drawing
from quoth.graph.one_attribution import QUERY
from quoth.graph.page_blocks import as_json, as_text, compressed
from quoth.graph.page_index import DOCUMENTS_OF_A_CHUNK
from quoth.graph.source_graph import SourceGraph


def thorvanes() -> Drawing:
    """Return the drawing of a graph in which two names are merged by the user's word."""
    graph = open_graph()
    stories = []
    for number, name in enumerate(("Chief Thorvane", "Edda Thorvane")):
        story = Story(f"{name} agreed {number} times.")
        who = story.source(name)
        mention = story.mention(name, who)
        story.says(who, sentence=story.document.text, cue="agreed", mention=mention)
        stories.append(story.extraction())
    graph.add(stories)
    graph.aliases.merge("Chief Thorvane", "Edda Thorvane")
    graph.relink(meaning=False)
    return graph.draw()


class TestMergedSources:
    drawing = thorvanes()

    def test_are_one_with_the_reasons(self) -> None:
        sources = self.drawing.core()["sources"]
        (kept,) = sources["label"]
        ((merged,),) = sources["merged"]
        assert {kept, merged["label"]} == {"Chief Thorvane", "Edda Thorvane"}
        assert merged["rule"] == "user"
        assert merged["reason"] == "the alias table says so"

    def test_a_mention_says_why_it_means_the_one(self) -> None:
        (kept,) = self.drawing.core()["sources"]["label"]
        entries = self.drawing.data.block("chunk-0")["evidence"].values()
        assert len(entries) == 2
        for entry in entries:
            same = entry["mention"] == kept
            assert entry["canonical"]["label"] == ("" if same else entry["mention"])
            assert entry["canonical"]["reason"] == ("" if same else "the alias table says so")


class TestStores:
    """Every store gives the same page."""

    def test_a_folder_gives_what_memory_gives(self, tmp_path: Path) -> None:
        with open_graph(tmp_path / "news.quoth") as graph:
            graph.add(corpus())
            graph.relink(meaning=False)
            found = blocks_of(graph.draw())
        memory = open_graph()
        memory.add(corpus())
        memory.relink(meaning=False)
        assert found == blocks_of(memory.draw())

    @pytest.mark.slow
    def test_an_endpoint_gives_what_memory_gives(self, tmp_path: Path) -> None:
        with oxigraph(tmp_path, "--union-default-graph") as address, open_graph(address) as graph:
            graph.add(corpus())
            assert blocks_of(graph.draw()) == blocks_of(drawn(*corpus()))


class TestBlocks:
    def test_a_page_holds_every_block(self) -> None:
        drawing = drawn(*corpus())
        found = embedded(drawing.generate_html())
        assert list(found) == ["core", "words", "chunk-0"]
        assert list(found.values()) == blocks_of(drawing)

    def test_many_documents_are_read_in_parts(self) -> None:
        stories = [Story(f"Vance agreed on point {n}.") for n in range(DOCUMENTS_OF_A_CHUNK + 1)]
        for story in stories:
            story.says(story.source("Vance"), sentence=story.document.text, cue="agreed")
        drawing = drawn(*(story.extraction() for story in stories))
        assert list(drawing.data.names()) == ["words", "chunk-0", "chunk-1"]
        chunks = drawing.core()["documents"]["chunk"]
        assert chunks == [0] * DOCUMENTS_OF_A_CHUNK + [1]
        assert list(drawing.data.block("chunk-1")["documents"]) == [str(DOCUMENTS_OF_A_CHUNK)]
        assert list(drawing.data.block("chunk-1")["evidence"]) == [str(DOCUMENTS_OF_A_CHUNK)]

    @pytest.mark.parametrize(
        "name", ["chunk-1", "chunk--1", "chunk-00", "chunk-", "chunk-²", "1", "", "core"]
    )
    def test_there_is_no_other_block(self, name: str) -> None:
        with pytest.raises(KeyError):
            drawn(permits()).data.block(name)

    def test_the_same_content_gives_the_same_bytes(self) -> None:
        content = as_json({"a": "\ud800 é 𝔄"})
        assert content == b'{"a":"\xef\xbf\xbd \xc3\xa9 \xf0\x9d\x94\x84"}'
        assert compressed(content) == compressed(content)
        assert compressed(content)[4:8] == bytes(4)  # no time
        assert gzip.decompress(base64.b64decode(as_text(compressed(content)))) == content

    def test_values_that_are_not_jsons_are_taken_for_what_they_are(self) -> None:
        found = json.loads(as_json([np.int64(3), np.float32(0.5), date(2031, 5, 3)]))
        assert found == [3, 0.5, "2031-05-03"]

    @settings(max_examples=25)
    @given(extractions())
    @pytest.mark.slow
    def test_hostile_words_survive_as_text(self, extraction: Extraction) -> None:
        drawing = drawn(extraction)
        html = drawing.generate_html()
        assert list(embedded(html).values()) == blocks_of(drawing)


@given(
    st.recursive(st.text() | st.sampled_from(HOSTILE), lambda inner: st.lists(inner, max_size=3))
)
def test_no_letter_of_a_block_means_anything_to_html(block: object) -> None:
    assert re.fullmatch(r"[A-Za-z0-9+/]*=*", as_text(compressed(as_json(block))))


@pytest.mark.slow
def test_the_same_graph_gives_the_same_page() -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from examples import corpus\n"
        "from quoth.graph import open_graph\n"
        "from quoth.graph.drawing import page\n"
        "graph = open_graph()\n"
        "graph.add(reversed(corpus()) if sys.argv[1:] else corpus())\n"
        "graph.relink(meaning=False)\n"
        "sys.stdout.buffer.write(page(graph.dataset).encode())"
    )

    def run(seed: str, *arguments: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script, *arguments],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout

    first = run("1")
    assert len(first) > 100_000
    assert run("2", "reversed") == first


def test_the_query_of_an_attribution_answers_it_and_no_other() -> None:
    graph = open_graph()
    graph.add(corpus())
    entries = graph.draw().data.block("chunk-0")["evidence"].values()
    for entry in entries:
        found = graph.query(QUERY.replace("{iri}", entry["id"]))
        assert {row[found.columns.index("cue")] for row in found.rows} == {entry["act_words"]}
        assert len(found.rows) == 1


def crowd() -> SourceGraph:
    """Return a graph of one named source with five attributions and five unnamed with one."""
    story = Story("\n".join(f"Vance said {n}. A man said {n} too." for n in range(5)))
    vance = story.source("Vance")
    for n in range(5):
        story.says(vance, sentence=f"Vance said {n}.", cue=story.span("said", 2 * n + 1))
        man = story.source("A man", SourceType.PERSON, Anonymity.UNNAMED, nth=n + 1)
        story.says(man, sentence=f"A man said {n} too.", cue=story.span("said", 2 * n + 2))
    graph = open_graph()
    graph.add(story.extraction())
    return graph


class TestThePicture:
    def test_sources_that_are_not_drawn_are_in_groups(self) -> None:
        core = crowd().draw(max_nodes=2).core()
        assert core["sources"]["group"] == [-1, -1, 0, 0, 0, 0]
        assert [x is None for x in core["sources"]["x"]] == [False] * 2 + [True] * 4
        groups = core["groups"]
        assert (groups["sources"], groups["attributions"]) == ([4], [4])
        assert core["lists"]["types"][groups["type"][0]] == "Person"
        assert core["lists"]["anonymities"][groups["anonymity"][0]] == "unnamed"
        assert isinstance(groups["x"][0], int)

    def test_all_attributions_are_there_however_much_is_drawn(self) -> None:
        assert len(crowd().draw(max_nodes=1).core()["attributions"]["act"]) == 10

    def test_without_others_there_are_no_groups(self) -> None:
        core = crowd().draw().core()
        assert set(core["sources"]["group"]) == {-1}
        assert core["groups"]["sources"] == []

    def test_the_focus_is_drawn_although_others_are_quoted_more(self) -> None:
        graph = crowd()
        man = graph.draw().core()["sources"]["id"][3]
        core = graph.draw(focus=man, max_nodes=1).core()
        number = core["query"]["focus"]
        assert core["sources"]["id"][number] == man
        assert core["sources"]["group"][number] == -1
