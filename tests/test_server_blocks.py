"""The blocks of the served page: by name and state, packed or not, and each made once."""

import json
import re
from pathlib import Path

import pytest
from examples import permits
from pages import embedded
from serving import Served, graph_at, serving

from quoth.graph import open_graph
from quoth.graph.server.block_cache import BlockCache
from quoth.graph.server.messages import Reply, Request

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_at(tmp_path_factory.mktemp("blocks") / "news.quoth")


@pytest.fixture(scope="module")
def served(path: Path):
    with serving(path, "--workers", "2") as served:
        yield served


def state_of(served: Served) -> tuple[dict, str]:
    """Return the core of the page as it is served, and the address of its blocks."""
    core = embedded(served.client.get("explore").text)["core"]
    return core, core["blocks"]


def test_they_are_those_of_a_written_page(served: Served, path: Path) -> None:
    core, address = state_of(served)
    with open_graph(path, read_only=True) as graph:
        written = embedded(graph.draw().generate_html())
    assert core["live"]
    assert {**core, "live": False, "blocks": None} == {**written.pop("core"), "blocks": None}
    for name, block in written.items():
        answer = served.client.get(address.format(name=name))
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["cache-control"] == "private, max-age=86400"
        assert answer.json() == block


def test_unpacked_for_who_cannot(served: Served) -> None:
    address = state_of(served)[1].format(name="words")
    plain = served.client.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert json.loads(plain.content) == served.client.get(address).json()


@pytest.mark.parametrize("name", ["chunk-1", "nothing", "%2e%2e", "core"])
def test_other_blocks_are_not_there(served: Served, name: str) -> None:
    answer = served.client.get(state_of(served)[1].format(name=name))
    assert answer.status_code == 404
    assert "<" not in answer.text


def test_a_state_must_be_named(served: Served) -> None:
    assert served.client.get("page/block/words").status_code == 400
    assert served.client.get("page/block/words?state=a&state=b").status_code == 400


def test_another_state_is_told_from_this_one(served: Served, path: Path) -> None:
    with open_graph(path) as graph:
        graph.remove(permits().document.key)
    before = state_of(served)[1]
    with open_graph(path) as graph:
        graph.add(permits())
    after = state_of(served)[1]
    assert before != after
    told = served.client.get(before.format(name="words"))
    assert (told.status_code, told.text) == (
        409,
        "the graph has changed since this page was loaded; load it again\n",
    )
    assert len(served.client.get(after.format(name="words")).json()["cues"]) == 9


def test_nobody_else_may_frame_it_and_it_asks_nobody_else(served: Served) -> None:
    answer = served.client.get("explore")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', answer.text)
    assert "connect-src &#39;self&#39;;" in policy


def block(size: int) -> Reply:
    return Reply(200, "application/json", bytes(size))


class TestTheCache:
    def test_keeps_the_blocks_of_one_state(self) -> None:
        cache = BlockCache()
        words = block(3)
        cache.put("one", "words", words)
        assert cache.get("one", "words") is words
        assert cache.get("two", "words") is None
        cache.put("two", "chunk-0", block(3))
        assert cache.get("one", "words") is None

    def test_lets_go_of_what_was_not_asked_for_longest(self) -> None:
        cache = BlockCache()
        for number in range(3):
            cache.put("one", f"chunk-{number}", block(30 << 20))
            cache.get("one", "chunk-0")
        kept = [number for number in range(3) if cache.get("one", f"chunk-{number}")]
        assert kept == [0, 2]

    def test_one_block_is_never_counted_twice(self) -> None:
        cache = BlockCache()
        for _ in range(9):
            cache.put("one", "words", block(30 << 20))
        assert cache.get("one", "words")


def test_a_page_may_take_longer_than_a_question() -> None:
    assert Request("query").limit(30) == 30
    assert Request("page").limit(30) == Request("block").limit(30) == 300
