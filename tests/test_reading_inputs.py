"""Where inputs lie, formats of other packages, and what is left out."""

import gzip
import io
import sys
from importlib.metadata import EntryPoint

import pytest
from reading_samples import (
    GERMAN,
    OTHER,
    PROSE,
    ROWS,
    TABLES,
    as_lines,
    as_parquet,
    everything,
    texts,
    zipped,
)

from quoth.extractors.language import language_of
from quoth.extractors.readers import registry
from quoth.extractors.readers.interface import Entry, Format
from quoth.extractors.reading import ReadingError, find_inputs, read

# ---------------------------------------------------------------- where they lie


def test_a_pattern_is_what_fits_it(write, tmp_path, errors):
    for name in ("b.txt", "a.txt", "c/d.txt", "e.md"):
        write(name, f"{name} {PROSE}")
    found = [item.id for item in find_inputs([str(tmp_path / "**" / "*.txt")])]
    assert found == ["a.txt", "b.txt", "d.txt"]
    assert texts([str(tmp_path / "*.html")], errors) == []
    assert errors[0].reason == "no file or folder fits this pattern"


def test_a_file_whose_name_looks_like_a_pattern(write, errors):
    assert texts([write("a[1]*.txt", PROSE)], errors) == [PROSE]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TABLES["a.jsonl"], [PROSE, OTHER]),
        (gzip.compress(TABLES["a.jsonl"]), [PROSE, OTHER]),
        (zipped({"a.txt": PROSE}), [PROSE]),
        (as_parquet(ROWS), [PROSE, OTHER]),
    ],
)
def test_standard_input_is_seen_for_what_it_is(monkeypatch, errors, content, expected):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert texts(["-"], errors) == expected
    assert errors == []


def test_reading_one_of_several_documents_is_refused(write):
    with pytest.raises(ReadingError, match="several documents"):
        read(write("a.jsonl", TABLES["a.jsonl"]))
    assert read(write("b.jsonl", as_lines(ROWS[:1]))).text == PROSE


def test_other_packages_add_formats(write, errors, monkeypatch):
    points = [EntryPoint("nitf", "tests_nitf:FORMAT", registry.GROUP)]

    def lines(file, options):
        yield Entry(text=file.stream.read().decode().upper(), id=file.id, path=file.path)

    monkeypatch.setitem(sys.modules, "tests_nitf", type(sys)("tests_nitf"))
    sys.modules["tests_nitf"].FORMAT = Format(name="nitf", suffixes=(".nitf",), read=lines)
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    registry.formats.cache_clear()
    try:
        assert texts([write("a.nitf", PROSE).parent], errors) == [PROSE.upper()]
        assert registry.names()[0] == "nitf"
    finally:
        registry.formats.cache_clear()


# ---------------------------------------------------------------- what is left out


FRENCH = (
    "Le port de Vellmar sera fermé lundi, a déclaré la maire au conseil lors de sa réunion du "
    "soir. Le bac continuera de circuler, selon un témoin."
)
SPANISH = (
    "El puerto de Vellmar cerrará el lunes, dijo la alcaldesa al consejo durante la reunión de la "
    "tarde. El transbordador seguirá funcionando, según un testigo."
)
RUSSIAN = (
    "Гавань Велмара будет закрыта в понедельник, сказала мэр на вечернем заседании совета. Паром "
    "будет ходить и дальше, по словам одного из очевидцев."
)
ENGLISH = (
    "The harbour at Vellmar will be closed on Monday, the mayor told the council at its meeting in "
    "the evening. The ferry will go on, according to a witness."
)


def test_what_is_not_english_is_set_aside_and_told(write, errors):
    aside = []
    paths = [write("a.txt", GERMAN), write("b.txt", ENGLISH), write("c.txt", "Guten Morgen!")]
    found = everything(paths, errors, english_only=True, on_left_out=aside.append)
    assert [document.id for document in found] == ["b.txt", "c.txt"]
    assert [(left.document.id, left.why, left.language) for left in aside] == [
        ("a.txt", "language", "de")
    ]
    assert len(everything(paths, errors)) == 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
        (RUSSIAN, "ru"),
        (ENGLISH, "en"),
        (f"\ud83d {ENGLISH} \udc00", "en"),
        (f"{ENGLISH} “Guten Morgen, liebe Leute”, she said.", "en"),
        ("Bürgermeisterin", "en"),
        ("", "en"),
    ],
)
def test_languages(text, language):
    assert language_of(text) == language


def test_what_comes_twice_is_told(write, tmp_path, errors):
    aside = []
    path = write("a.jsonl", as_lines([*ROWS, ROWS[0], {**ROWS[0], "link": "http://b.example/1"}]))
    found = everything([path], errors, on_left_out=aside.append)
    # The same text at another address is another document: who printed it is worth knowing.
    assert [document.url for document in found] == [
        "http://a.example/1",
        "http://a.example/2",
        "http://b.example/1",
    ]
    assert [left.why for left in aside] == ["repeat"]
