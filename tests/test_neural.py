"""The trained model: what goes in, what may be damaged, what comes out."""

import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from tokenizers import Tokenizer

from quoth.extractors.components.model import AROUND, around
from quoth.extractors.drafts import Draft, Range
from quoth.extractors.neural.candidates import EVIDENCE
from quoth.extractors.neural.network import DamagedModelError, Network
from quoth.extractors.neural.surety import Surety
from quoth.extractors.neural.windows import CONTEXT, LENGTH, LONGEST_WORD, Pieces, windows
from quoth.extractors.pipeline import AttributionExtractor, load
from quoth.extractors.records import Document, Extraction
from quoth.extractors.tree import Tree

WEIGHTS = Path(str(files("quoth.extractors") / "weights"))
VOCAB = spacy.blank("en").vocab
PIECES = Pieces(Tokenizer.from_file(str(WEIGHTS / "tokenizer.json")))
ARTICLE = (
    "The harbour wall at Norvik will reopen on Friday, minister Ada Holm said on Monday.\n\n"
    "“Nobody will pay twice for it,” she told reporters. “That is a promise.”\n\n"
    "According to two officials, who asked not to be named, the divers were never paid.\n\n"
    "The union’s report found that the wall had been sinking since March."
)


@pytest.fixture(scope="module")
def model() -> AttributionExtractor:
    return load("model")


@pytest.fixture(scope="module")
def read(model: AttributionExtractor) -> Callable[[str], Extraction]:
    return lambda text: next(model.extract([Document(text=text, id="test")]))


def tree_of(words: list[str]) -> Tree:
    heads = [0] * len(words)
    return Tree(
        Doc(VOCAB, words=words, tags=["NN"] * len(words), heads=heads, deps=["ROOT"] * len(words))
    )


@given(
    st.lists(
        st.sampled_from(
            ["sea", "Öresund", "\n\n", " ", "?", "x" * 90, "Donaudampfschifffahrt", "海"]
        ),
        min_size=1,
        max_size=1500,
    )
)
@settings(max_examples=25)
def test_every_word_is_in_the_core_of_one_window(words: list[str]) -> None:
    tree = tree_of(words)
    cores = [0] * len(words)
    for window in windows(tree, PIECES):
        assert len(window.pieces) <= LENGTH + 2 * (CONTEXT + LONGEST_WORD) + 2 <= 512
        assert len(window.first) == len(window.words)
        begin, end = window.core
        for word in window.words.tolist():
            cores[word] += begin <= word < end
    assert cores == [int(not tree.is_blank(i)) for i in range(len(words))]


def test_a_stretch_is_read_as_if_it_were_all_there_is() -> None:
    tree = tree_of(["a", "b", "c", "d", "e", "f"])
    (inside,) = windows(tree, PIECES, (2, 5))
    assert inside.words.tolist() == [2, 3, 4]
    assert inside.core == (2, 5)


@pytest.mark.parametrize("name", ["encoder.onnx", "reader.onnx", "tokenizer.json"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    with (folder / name).open("r+b") as file:
        file.seek(100)
        file.write(b"\0damage")
    with pytest.raises(DamagedModelError, match=name):
        Network.open(folder)
    (folder / name).unlink()
    with pytest.raises(DamagedModelError, match="no whole model"):
        Network.open(folder)


@pytest.mark.parametrize("content", ["", "{", "{}", "[]"])
def test_a_damaged_card_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(DamagedModelError, match="no whole model"):
        Network.open(tmp_path)


def test_the_card_and_the_code_speak_of_the_same_evidence() -> None:
    card = json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))["surety"]
    surety = Surety.of(card)
    assert surety.card() == card
    with pytest.raises(ValueError, match="evidence"):
        Surety.of({**card, "evidence": ["other"]})


def test_the_weights_fit_into_thirty_megabytes() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 30e6


def test_what_is_far_from_all_that_was_seen_counts_no_further() -> None:
    surety = Surety.of(json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))["surety"])
    far, farther = ([[value] * len(EVIDENCE)] for value in (1e6, 1e9))
    assert np.array_equal(surety.log_odds(far), surety.log_odds(farther))


def draft(source: Range, cue: Range, content: list[Range], log_odds: float = AROUND) -> Draft:
    return Draft(
        head=cue[0], word="v:say", frame="", source=source, cue=cue, content=content,
        log_odds=log_odds, passive=False,
    )  # fmt: skip


def test_the_rules_see_the_attribution_around_one_of_the_networks() -> None:
    # «officials said they would resign, sources told the paper»
    inner = draft((0, 1), (1, 2), [(2, 5)])
    outer = draft((6, 7), (7, 8), [(0, 5)])
    assert around([inner], [outer]) == [outer]
    assert around([inner], [draft((6, 7), (7, 8), [(0, 5)], AROUND - 0.01)]) == []
    assert around([inner], [draft((6, 7), (7, 8), [(2, 5)])]) == [], "it holds the content alone"
    assert around([inner, draft((5, 6), (7, 8), [(8, 9)])], [outer]) == [], "its cue is taken"


def test_direct_indirect_and_documentary_sources_are_found(
    read: Callable[[str], Extraction],
) -> None:
    found = {
        (a.mention.span.text if a.mention else None, a.cue.text if a.cue else None)
        for a in read(ARTICLE)
    }
    assert {("minister Ada Holm", "said"), ("she", "told")} <= found
    assert any("two officials" in (source or "") for source, _ in found)
    assert any("report" in (source or "") for source, _ in found)


def test_offsets_are_those_of_the_words_and_confidence_is_a_probability(
    read: Callable[[str], Extraction],
) -> None:
    for attribution in read(ARTICLE):
        mention = [attribution.mention.span] if attribution.mention else []
        cue = [attribution.cue] if attribution.cue else []
        for span in (*mention, *cue, *attribution.content):
            assert ARTICLE[span.begin : span.end] == span.text
        assert 0 < attribution.confidence < 1


def test_the_same_text_gives_the_same_whatever_its_company(model: AttributionExtractor) -> None:
    article = Document(text=ARTICLE, id="test")
    other = Document(text="Rain is likely, the ministry said. " * 30, id="other")
    alone = next(iter(model.extract([article])))
    beside = list(model.extract([other, article, other]))[1]
    assert alone == beside


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "said",
        "“",
        " \n\n ",
        ARTICLE.upper(),
        "Die Mauer sinke, sagte der Minister am Montag. „Niemand zahlt zweimal“, sagte er.",
        "海堤将于周五重新开放，部长周一表示。",
        "said " * 900,
        "x" * 5000,
    ],
    ids=["word", "cue", "mark", "blank", "capitals", "german", "chinese", "no sentence", "run"],
)
@pytest.mark.slow
def test_odd_texts_are_read_without_complaint(read: Callable[[str], Extraction], text: str) -> None:
    for attribution in read(text):
        assert attribution.content
