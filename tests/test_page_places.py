"""Where the network puts things: boxes that were laid out somewhere come to stand apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parents[1] / "graph" / "templates" / "page-places.js"

ANYWHERE = st.integers(-2000, 2000)
BOXES = st.lists(
    st.fixed_dictionaries(
        {
            "width": st.integers(30, 260),
            "height": st.integers(30, 120),
            "x": ANYWHERE | st.none(),
            "y": ANYWHERE,
        }
    ),
    min_size=1,
    max_size=40,
)


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.evaluate(f"() => {{ {SCRIPT.read_text(encoding='utf-8')}; window.placesOf = placesOf; }}")
    yield page
    page.close()


def places(page: Page, boxes: list[dict[str, Any]], aspect: float) -> list[list[float]]:
    return page.evaluate("([boxes, aspect]) => placesOf(boxes, aspect)", [boxes, aspect])


@settings(max_examples=60)
@given(boxes=BOXES, aspect=st.sampled_from([0.5, 1.0, 1.8, 2.8]))
def test_no_box_covers_another(blank: Page, boxes: list[dict[str, Any]], aspect: float) -> None:
    found = places(blank, boxes, aspect)
    assert places(blank, boxes, aspect) == found
    for i, (x, y) in enumerate(found):
        for j in range(i):
            apart_x = abs(x - found[j][0]) - (boxes[i]["width"] + boxes[j]["width"]) / 2
            apart_y = abs(y - found[j][1]) - (boxes[i]["height"] + boxes[j]["height"]) / 2
            assert max(apart_x, apart_y) >= -1, (boxes, i, j)


def test_what_is_left_of_something_stays_there(blank: Page) -> None:
    row = [{"width": 80, "height": 40, "x": x, "y": 0} for x in (900, -50, 0, 10)]
    across = [x for x, _ in places(blank, row, 2.0)]
    assert sorted(across) == [across[1], across[2], across[3], across[0]]


def test_one_box_stands_in_the_middle(blank: Page) -> None:
    assert places(blank, [{"width": 80, "height": 40, "x": 700, "y": -3}], 2.0) == [[0, 0]]
