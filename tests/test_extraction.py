"""What holds of every extraction, whatever the text."""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.extractors import pipeline
from quoth.extractors.pipeline import PART, AttributionExtractor, load, split
from quoth.extractors.records import Attribution, Document, Extraction, Span
from quoth.running import memory

Extract = Callable[[str], Extraction]

PIECES = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "«",
    "»",
    "said",
    "told",
    "he",
    "the",
    "minister",
    "that",
    "according",
    "to",
    "denied",
    "claimed",
    "could",
    "not",
    "verify",
    "declined",
    "comment",
    "officials",
    "Ana",
    "Bel",
    ",",
    ".",
    "?",
    ";",
    ":",
    "—",
    "…",
    "of",
    "by",
    "is",
    "sure",
    "who",
    "I",
]
ODD = ["\n", "\n\n", "\r\n", "\t", "\0", "\x85", "\u2028", "\u200f", "e\u0301", "😀", "\ud800"]
NEWSLIKE = st.lists(st.sampled_from([*PIECES, *ODD]), max_size=50)
TEXTS = st.one_of(
    NEWSLIKE.map(" ".join),
    NEWSLIKE.map("".join),
    st.text(st.characters(exclude_categories=()), max_size=120),
)


def spans(value: Any) -> Iterator[Span]:
    """Every span anywhere inside a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type | Document):
        for part in dataclasses.fields(value):
            yield from spans(getattr(value, part.name))


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(text=TEXTS, begin=st.integers(0, 20))
def test_offsets_keys_and_references_hold_on_any_text(
    extractor: AttributionExtractor, text: str, begin: int
) -> None:
    document = Document(text=text, begin=min(begin, len(text)))
    (found,) = extractor.extract([document])
    for span in (*spans(found.attributions), *spans(found.own_claims)):
        assert text[span.begin : span.end] == span.text
        assert span.begin >= document.begin
    keys = [a.key for a in found]
    sources = {source.key for source in found.sources}
    assert len(keys) == len(set(keys))
    assert len(sources) == len(found.sources)
    for a in found:
        assert {source.key for source in (*a.sources, *a.addressees)} <= sources
        assert a.nested_in is None or a.nested_in in keys
        assert (a.depth == 0) == (a.nested_in is None)
        assert all(link.target is None or link.target in keys for link in a.links)


@given(text=TEXTS, begin=st.integers(0, 5))
def test_parts_are_the_text_in_order(text: str, begin: int) -> None:
    end = begin
    for offset, part in split(text, min(begin, len(text))):
        assert offset >= end or end == begin
        assert part.replace("\ufffd", "?") == text[offset : offset + len(part)].replace(
            "\ud800", "?"
        ).replace("\ufffd", "?") or any("\ud800" <= c <= "\udfff" for c in text)
        end = offset + len(part)


def test_long_text_is_cut_at_paragraphs_and_loses_nothing() -> None:
    paragraph = "The mayor said the wall fell. " * 40 + "\n\n"
    text = paragraph * 60
    parts = list(split(text))
    assert len(parts) > 1
    assert all(len(part) <= PART and part.endswith("\n\n") for _, part in parts)
    assert "".join(part for _, part in parts) == text


def test_a_run_without_white_space_is_cut_and_nothing_is_lost() -> None:
    text = "The mayor said so. " + "x" * 2000 + " The wall fell."
    assert "".join(part for _, part in split(text)) == text


def test_one_name_is_one_source_across_the_parts_of_a_long_text(extract: Extract) -> None:
    filler = "Rain fell on the harbour and nobody worked that day.\n\n" * 700
    found = extract(f"Marit Oskarvik said the wall fell.\n\n{filler}Marit Oskarvik said it stood.")
    first, last = found
    assert first.source == last.source
    assert [s.label for s in found.sources].count("Marit Oskarvik") == 1


def test_order_and_company_of_documents_change_nothing(extractor: AttributionExtractor) -> None:
    texts = ["The mayor said the wall fell.", "“Go,” said Marit Oskarvik.", "Rain. " * 500]
    documents = [Document(text=text, id=str(n)) for n, text in enumerate(texts)]
    together = list(extractor.extract(documents))
    alone = [next(extractor.extract([document])) for document in reversed(documents)]
    assert together == alone[::-1]


class Broken(Document):
    """A document whose text cannot be had."""

    def span(self, begin: int, end: int) -> Span:
        raise RuntimeError("no text")


def test_a_broken_document_costs_only_itself(extractor: AttributionExtractor) -> None:
    text = "The mayor said the wall fell."
    documents = [
        Document(text=text, id="a"),
        Broken(text=text, id="b"),
        Document(text=text, id="c"),
    ]
    failed: list[str] = []
    found = list(
        extractor.extract(documents, on_error=lambda document, error: failed.append(document.id))
    )
    assert ([e.document.id for e in found], failed) == (["a", "c"], ["b"])


def test_without_a_handler_a_broken_document_raises(extractor: AttributionExtractor) -> None:
    with pytest.raises(RuntimeError, match="no text"):
        list(extractor.extract([Broken(text="The mayor said the wall fell.")]))


def test_unknown_extractor_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="there are: model, rules"):
        load("magic")


HASHED = """
import sys
from quoth.extractors.jsonlines import to_json
from quoth.extractors.pipeline import load
from quoth.extractors.records import Document
import json
text = sys.stdin.read()
print(json.dumps(to_json(next(load().extract([Document(text=text)])))))
"""


@pytest.mark.slow
def test_hash_seed_changes_nothing() -> None:
    sample = next((Path(__file__).parents[1] / "src" / "quoth" / "samples").glob("01*.txt"))
    outputs = {
        subprocess.run(
            [sys.executable, "-c", HASHED],
            input=sample.read_text("utf-8"),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_components_work_in_anybodys_pipeline() -> None:
    import spacy

    from quoth.extractors.syntax import MODEL

    nlp = spacy.load(MODEL)
    for name in ("quoth_quotations", "quoth_attributions", "quoth_nesting"):
        nlp.add_pipe(name)
    doc = nlp("“The wall fell,” said Marit Oskarvik.")
    (draft,) = doc._.attributions
    assert doc[slice(*draft["source"])].text == "Marit Oskarvik"
    assert type(doc)(doc.vocab).from_bytes(doc.to_bytes())._.attributions is not None


def test_a_component_says_what_it_lacks() -> None:
    import spacy

    with pytest.raises(ValueError, match="has no rule lemmatizer"):
        spacy.blank("en").add_pipe("quoth_attributions")


def test_new_words_are_forgotten_once_there_are_many(
    extractor: AttributionExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [
        Document(text=f"The ship{n} will leave, Bob Smith{n} told the crew{n}.", id=str(n))
        for n in range(12)
    ]
    monkeypatch.setattr(memory, "OFTEN", 5)
    monkeypatch.setattr(pipeline, "LEARNT", 0)
    with extractor.forgetting():  # from here on it is known how many there were
        strings = extractor.nlp.vocab.strings
        known = len(strings)
    found = list(memory.Forgetful(extractor).extract(documents))
    assert len(strings) == known
    assert found == list(extractor.extract(documents))
    assert len(strings) >= known + 36


@pytest.mark.slow
def test_no_document_of_an_archive_is_lost(shared: Path, extractor: AttributionExtractor) -> None:
    lines = (shared / "corpora" / "polnear-dev.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines[:50]]
    documents: list[Document] = [Document(text=r["text"], id=r["id"]) for r in records]
    documents.insert(40, Broken(text="The mayor said the wall fell.", id="broken"))
    failed: list[str] = []
    found = list(extractor.extract(documents, on_error=lambda d, e: failed.append(d.id)))
    assert [e.document.id for e in found] == [r["id"] for r in records]
    assert failed == ["broken"]
    for extraction in found:
        attributions: tuple[Attribution, ...] = extraction.attributions
        assert attributions
        for span in spans(attributions):
            assert extraction.document.text[span.begin : span.end] == span.text


def test_a_stretch_without_full_stops_is_cut(extract: Extract) -> None:
    found = extract("Bob Smith said it, " * 400)
    assert max(len(a.sentence.text.split()) for a in (*found, *found.own_claims)) <= 400


@pytest.mark.parametrize(
    "fields",
    [
        {"date": datetime(2031, 5, 3, 12, 0)},  # noqa: DTZ001 - a datetime of any kind
        {"date": "2031-05-03"},
        {"url": 5},
        {"id": None},
        {"text": b"The wall fell."},
    ],
)
def test_a_document_of_wrong_types_is_refused_at_once(fields: dict[str, Any]) -> None:
    (name,) = fields
    with pytest.raises(TypeError, match=f"{name} is no"):
        Document(**{"text": "The wall fell.", **fields})
