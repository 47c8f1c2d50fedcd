"""What several test files share: the corpora beside the project, if any, one model, one browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from article_files import write_articles
from hypothesis import HealthCheck, settings
from places import PLACES, Opener

# What takes long to import is imported where it is used: the process that hands out the tests
# needs none of it, and the others wait for it.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browsing import Shown
    from playwright.sync_api import Browser, BrowserContext
    from spacy.language import Language

    from quoth.extractors.pipeline import AttributionExtractor
    from quoth.extractors.reading import ReadingError
    from quoth.extractors.records import Extraction
    from quoth.graph import SourceGraph

# How long an example takes, or is thought up, says how busy the machine is.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

SHARED = Path(__file__).parents[2] / "shared"

LONGEST = (
    "test_spark",
    "test_notebooks",
    "test_readme",
    "test_kill",
    "test_spark_command",
    "test_command_demo",
    "test_wording",
    "test_page_access",
    "test_stopping",
)
"""The files that take longest come first, so that no process works on one when others are done."""


def pytest_xdist_auto_num_workers() -> int:
    """Return in how many processes the tests run: they often wait, for a browser or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files before the others."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora beside the project; tests that need it skip without."""
    if not SHARED.exists():
        pytest.skip("the corpora are not beside the project (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """The rules' spaCy pipeline, loaded once."""
    from quoth.extractors.pipeline import rules

    return rules()


@pytest.fixture(scope="session")
def extractor(pipeline: Language) -> AttributionExtractor:
    """The rules extractor, its model loaded once."""
    from quoth.extractors.pipeline import load

    extractor = load("rules")
    extractor.__dict__["nlp"] = pipeline
    return extractor


@pytest.fixture(scope="session")
def extract(extractor: AttributionExtractor) -> Callable[[str], Extraction]:
    """Extract from a text."""

    from quoth.extractors.records import Document

    def run(text: str) -> Extraction:
        return next(extractor.extract([Document(text=text, id="test", publisher="Harbour Post")]))

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Write bytes, or text as UTF-8, into a file of a fresh folder."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture(params=PLACES)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Open the same graph again and again; one in memory cannot be."""
    from quoth.graph import open_graph

    where = None if request.param == "memory" else tmp_path / request.param
    return lambda **options: open_graph(where, **options)


@pytest.fixture(scope="session", params=["rdflib", "Oxigraph"])
def clustered_corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SourceGraph]:
    """The corpus with a cluster, in a graph that no test changes."""
    from answers_by_hand import clustered

    from quoth.graph import open_graph

    where = None if request.param == "rdflib" else tmp_path_factory.mktemp("graph") / "news"
    with open_graph(where) as opened:
        yield clustered(opened)


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two articles."""
    return write_articles(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="session")
def article_graph(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of these two, which no test changes."""
    from commands import quoth

    folder = tmp_path_factory.mktemp("graph") / "news.quoth"
    quoth("build", articles, "-g", folder)
    return folder


@pytest.fixture
def errors() -> list[ReadingError]:
    """A list to hand errors of reading to."""
    return []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; those that need it skip without."""
    from browsing import FLAGS, NAMES
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip(f"no Chromium: none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Shown]]:
    """Return a function that shows a page; at the end nothing may have gone wrong on any."""
    from browsing import Shown

    opened: list[tuple[BrowserContext, Shown]] = []

    def open_page(html: str, fragment: str = "", **options: Any) -> Shown:
        path = tmp_path / f"page-{len(opened)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1360, "height": 860}, **options})
        shown = Shown(context.new_page(), path.as_uri(), fragment)
        opened.append((context, shown))
        return shown

    yield open_page
    for context, shown in opened:
        context.close()
        asked = {url.partition("#")[0] for url in shown.requests if not url.startswith("data:")}
        assert asked == {shown.address}
        assert shown.complaints == []
