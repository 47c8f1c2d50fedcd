"""The page of a large graph, in a headless browser, beside what pyvis makes of the same nodes.

``python benchmarks/page.py [--sizes 200 2000 20000] [--keep FOLDER]``

An invented archive with so many sources and ten times as many attributions is written as a page.
A fresh browser opens the file from disk, with no network, and the page says when it has painted
its overview and when it answers. Then the search is asked, and a claim clicked. pyvis 0.3.2 is
given the same nodes and edges, and as much time as LIMIT; its first drawing counts. Archives are
made in a folder that goes away, or in the one given, where they are used again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invented_archive import fill
from playwright.sync_api import Error, sync_playwright

from quoth.graph import open_graph
from quoth.graph.drawing import write_page
from quoth.graph.network import network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

ATTRIBUTIONS_OF_A_SOURCE = 10
LIMIT = 60
"""Seconds that pyvis has to write its page, and as many to draw it."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BARS = {200: (1.0, None, None), 2000: (None, 2.0, 15), 20_000: (None, 4.0, 60)}
"""By sources: seconds to the first paint with content, to being interactive, MB of the file."""

_MARKS = """
() => Object.fromEntries(performance.getEntries()
  .filter(({ entryType }) => entryType === "mark" || entryType === "paint")
  .map(({ name, startTime }) => [name, startTime / 1000]))"""

_FIRST_STROKE = """
for (const name of ["fill", "stroke", "fillText"]) {
  const plain = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...what) {
    window.firstStroke ??= performance.now();
    return plain.apply(this, what);
  };
}"""


def main() -> None:
    """Measure each size and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 2000, 20_000])
    parser.add_argument("--keep", type=Path, help="where archives are kept for the next run")
    parser.add_argument("--without-pyvis", action="store_true")
    options = parser.parse_args()
    if shutil.which("chromium") is None:
        sys.exit("no Chromium: install chromium and run this again")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        for sources in options.sizes:
            measure(folder, sources)
            if not options.without_pyvis:
                measure_pyvis(folder, sources)


def measure(folder: Path, sources: int) -> None:
    """Write the page of so many sources, and open it."""
    graph = archive(folder, sources)
    html = graph.with_suffix(".html")
    print(f"{sources:,} sources, {sources * ATTRIBUTIONS_OF_A_SOURCE:,} attributions", flush=True)
    seconds, peak = apart(_write, graph, html)
    print(
        f"  written            {seconds:6.1f} CPU s, {peak:,.0f} MB of memory at most", flush=True
    )
    measure_browser(html, *BARS.get(sources, (None, None, None)))


def measure_browser(
    html: Path, paint: float | None, interactive: float | None, size: float | None
) -> None:
    """Open a page; print what it takes beside the bars, where there are any."""
    with browser_page() as page:
        page.goto(html.as_uri(), wait_until="commit")
        page.locator("html[data-state=ready]").wait_for(state="attached", timeout=60_000)
        marks = page.evaluate(_MARKS)
        searched = asked(page, _search)
        opened = asked(page, _open)
    print(f"  first paint        {marks['first-contentful-paint']:6.2f} s")
    print(f"  overview painted   {marks['painted']:6.2f} s{_bar(paint, 's')}")
    print(f"  ready              {marks['ready']:6.2f} s{_bar(interactive, 's')}")
    print(f"  a search answers   {searched:6.2f} s later")
    print(f"  a claim opens      {opened:6.2f} s later, its evidence with it")
    print(f"  file               {html.stat().st_size / 1e6:6.1f} MB{_bar(size, 'MB')}", flush=True)


def _bar(bar: float | None, unit: str) -> str:
    return "" if bar is None else f"   (bar: {bar:g} {unit})"


def archive(folder: Path, sources: int) -> Path:
    """Return the graph of so many sources, made if it is not there."""
    graph = folder / f"archive-{sources}.quoth"
    if not graph.exists():
        draft = graph.with_suffix(".part")
        shutil.rmtree(draft, ignore_errors=True)
        fill(draft, sources=sources, attributions=sources * ATTRIBUTIONS_OF_A_SOURCE)
        draft.rename(graph)
    return graph


def _write(graph: Path, html: Path) -> None:
    with open_graph(graph, read_only=True) as opened:
        write_page(opened.dataset, html)


def measure_pyvis(folder: Path, sources: int) -> None:
    """Give pyvis the same nodes and edges, with its own settings."""
    html = folder / f"pyvis-{sources}.html"
    html.unlink(missing_ok=True)
    try:
        seconds, _ = apart(_write_pyvis, archive(folder, sources), html, limit=LIMIT)
    except TimeoutError:
        print(f"  pyvis              not written in {LIMIT} s")
        return
    size = html.stat().st_size / 1e6
    print(f"  pyvis              {seconds:6.1f} CPU s to write {size:.1f} MB")
    with browser_page() as page:
        page.add_init_script(_FIRST_STROKE)
        try:
            page.goto(html.as_uri(), wait_until="commit", timeout=LIMIT * 1000)
            page.wait_for_function("window.firstStroke", timeout=LIMIT * 1000, polling=200)
            print(f"  pyvis drawn        {page.evaluate('window.firstStroke') / 1000:6.2f} s")
        except Error:
            print(f"  pyvis drawn        not in {LIMIT} s")


def _write_pyvis(graph: Path, html: Path) -> None:
    from pyvis.network import Network  # type: ignore[import-untyped]  # ships no types

    with open_graph(graph, read_only=True) as opened:
        found = network(opened.dataset)
    drawing = Network(directed=True, cdn_resources="in_line")
    for iri, node in found.nodes.items():
        drawing.add_node(iri, label=node["label"], value=node["weight"])
    for origin, target, edge in found.edges(data=True):
        drawing.add_edge(origin, target, value=edge["weight"], title=edge["kind"])
    html.write_text(drawing.generate_html(), encoding="utf-8")


@contextmanager
def browser_page() -> Iterator[Page]:
    """Give a page in a browser of its own, to which the network is closed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        page.context.set_offline(True)
        yield page
        browser.close()


def asked(page: Page, what: Callable[[Page], None]) -> float:
    """Return the seconds until something asked of a page is there."""
    begin = time.perf_counter()
    what(page)
    return time.perf_counter() - begin


def _search(page: Page) -> None:
    page.locator("#search").fill("gazette")
    page.locator("#offers [role=option]").first.wait_for()


def _open(page: Page) -> None:
    page.locator("#search").fill("")
    page.locator("#tab-claims").click()
    page.locator("#claims-rows td.col-claim button").first.click()
    page.locator("#panel .words").first.wait_for()


def apart(
    work: Callable[..., None], *arguments: Any, limit: float | None = None
) -> tuple[float, float]:
    """Do work in a process of its own; return its CPU seconds and its memory at most, in MB.

    Raises TimeoutError when it takes more than `limit` seconds.
    """
    context = multiprocessing.get_context("spawn")
    answer = context.SimpleQueue()
    process = context.Process(target=_account, args=(answer, work, arguments))
    process.start()
    process.join(limit)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise TimeoutError
    if process.exitcode:
        sys.exit(f"{work.__name__} failed")
    seconds, peak = answer.get()
    return seconds, peak


def _account(answer: Any, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    begin = time.process_time()
    work(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put((time.process_time() - begin, peak))


if __name__ == "__main__":
    main()
