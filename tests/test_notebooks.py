"""The notebooks run from top to bottom, and show what is stored of them."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest
from story import Story

from quoth.extractors.pipeline import AttributionExtractor
from quoth.extractors.records import Document

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))

from execute import HEAVY, LEFT_OUT, executed, sources  # noqa: E402
from scoring import match, quotation_type, read_gold  # noqa: E402

SOURCES = sources()
each = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)


def stored(source: Path) -> nbformat.NotebookNode:
    return nbformat.read(source.with_suffix(".ipynb"), as_version=4)


def shown(notebook: nbformat.NotebookNode) -> list[Any]:
    """Return the cells with what they show: text as it is, of pictures that there is one."""
    cells = json.loads(nbformat.writes(notebook))["cells"]
    for cell in cells:
        for output in cell.get("outputs", ()):
            for kind in output.get("data", {}):
                if kind.startswith("image/"):
                    output["data"][kind] = "a picture"
    return cells


def test_there_are_four() -> None:
    assert [path.stem[2:] for path in SOURCES] == [
        "who-speaks-in-one-article",
        "unnamed-sources-across-outlets",
        "a-claims-life",
        "how-good-is-it",
    ]
    assert {path.name for path in NOTEBOOKS.glob("*.ipynb")} == {
        path.with_suffix(".ipynb").name for path in SOURCES
    }


@each
def test_text_and_notebook_are_one(source: Path) -> None:
    text = [(cell.cell_type, cell.source) for cell in jupytext.read(source).cells]
    assert text == [(cell.cell_type, cell.source) for cell in stored(source).cells]


@each
def test_what_is_stored_is_whole_and_light(source: Path) -> None:
    cells = [cell for cell in stored(source).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [o for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    text = source.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert len(text) < 3 * HEAVY
    assert not re.search(r"/home/|/root/|/tmp/|/usr/|/work/|[A-Z]:\\\\", text)


def test_the_page_is_drawn_and_not_stored() -> None:
    cells = stored(SOURCES[0]).cells
    (drawn,) = [cell for cell in cells if cell.cell_type == "code" and "g.draw()" in cell.source]
    assert drawn.outputs[0].data == {"text/html": LEFT_OUT}


GOLD = read_gold(NOTEBOOKS / "gold.jsonl")


def test_gold_is_of_articles_of_the_archive_and_whole() -> None:
    assert len({record["id"] for record in GOLD}) == 5
    for record in GOLD:
        article = (NOTEBOOKS / "archive" / record["id"]).read_text(encoding="utf-8")
        assert record["text"] == article
        for number, attribution in enumerate(record["attributions"]):
            spans = [s for part in ("source", "cue", "content") for s in attribution[part]]
            assert attribution["content"]
            assert all(
                article[begin:end].strip() == article[begin:end] != "" for begin, end in spans
            )
            assert attribution.get("nested_in") in {None, *range(len(record["attributions"]))}
            assert attribution.get("nested_in") != number
            assert attribution["anonymity"] in {"named", "unnamed", "unspecified"}


def test_scoring_by_hand() -> None:
    text = "Ruiz said it is safe. It burns, Holm said."
    gold = {
        "id": "a",
        "text": text,
        "attributions": [
            {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 20]]},
            {"source": [[32, 36]], "cue": [[37, 41]], "content": [[22, 30]]},
        ],
    }
    story = Story(text)
    ruiz, one = story.source("Ruiz"), story.source("it")
    story.says(
        ruiz,
        sentence="Ruiz said it is safe.",
        cue="said",
        mention=story.mention("Ruiz", ruiz),
        claim=story.claim("is safe"),
    )
    story.says(
        one,
        sentence="It burns, Holm said.",
        cue=story.span("said", 2),
        mention=story.mention("it", one),
        claim=story.claim("It burns"),
    )
    pairs = match(gold, story.extraction())
    assert [(pair.found is not None, pair.is_same_source) for pair in pairs] == [
        (True, True),
        (True, False),
    ]
    assert [pair.found and pair.found.source.label for pair in pairs] == ["Ruiz", "it"]


def test_scoring_types_of_quotation() -> None:
    text = "“It is safe,” she said. He called it “safe” and went."
    contents = ("“It is safe,”", "it “safe”", "went")
    spans = [[(text.index(words), text.index(words) + len(words))] for words in contents]
    assert [quotation_type(text, span) for span in spans] == ["direct", "mixed", "indirect"]


@pytest.mark.slow
def test_scoring_agrees_with_the_scorer_of_the_corpora(
    extractor: AttributionExtractor, shared: Path
) -> None:
    sys.path.insert(0, str(NOTEBOOKS.parent / "benchmarks"))
    from accuracy import scorer, spans_of

    gold = [*GOLD, *read_gold(Path(__file__).parent / "samples" / "gold.jsonl")]
    found = list(extractor.extract([Document(text=r["text"], id=r["id"]) for r in gold]))
    pairs = [p for record, e in zip(gold, found, strict=True) for p in match(record, e)]
    predicted = [
        {"id": record["id"], "attributions": [spans_of(a) for a in e]}
        for record, e in zip(gold, found, strict=True)
    ]
    theirs = scorer(shared / "benchmark" / "score.py").score(gold, predicted)["relations"]
    assert theirs["content+source"]["tp"] == sum(pair.is_same_source for pair in pairs) > 0
    assert theirs["content"]["tp"] == sum(
        pair.gold is not None and pair.found is not None for pair in pairs
    )
    assert theirs["content"]["pred"] == sum(pair.found is not None for pair in pairs)
    assert theirs["content"]["gold"] == sum(pair.gold is not None for pair in pairs)


@pytest.mark.slow
@each
def test_it_shows_what_is_stored(source: Path) -> None:
    assert shown(executed(source)) == shown(stored(source))
