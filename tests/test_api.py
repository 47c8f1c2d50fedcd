"""The public names of the package: all there, lazily imported, and what they promise."""

import subprocess
import sys

import examples
import pytest

import quoth

TEXT = "The harbour will close, Mayor Zoë Marr said. It stands on the east bank."


def test_every_public_name_is_there():
    for name in quoth.__all__:
        assert getattr(quoth, name) is not None
    assert set(quoth.__all__) <= set(dir(quoth))


@pytest.mark.slow
def test_the_names_that_type_checkers_see_are_the_names_there_are():
    names = (*quoth.__all__, "reed")
    program = "\n".join(["import quoth", *(f"quoth.{name}" for name in names)])
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "-c", program],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in checked.stdout.splitlines() if "error:" in line]
    assert len(told) == 1, checked.stdout
    assert told[0].startswith(f"<string>:{1 + len(names)}:")
    assert '"reed"' in told[0]


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'quoth' has no attribute 'reed'"):
        quoth.reed  # noqa: B018


def test_importing_costs_next_to_nothing():
    program = "import sys, quoth; print(*(n for n in sys.modules if n.startswith('quoth')))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == ["quoth"]


def test_extract_takes_one_document_or_many():
    document = quoth.Document(text=TEXT, id="a")
    extraction = quoth.extract(document)
    assert extraction.document is document
    assert "Zoë Marr" in str(extraction.attributions[0].source)
    assert list(quoth.extract([document, document])) == [extraction, extraction]


def test_a_document_that_fails_goes_to_on_error(monkeypatch):
    class Failing:
        def extract(self, documents, *, on_error=None):
            for document in documents:
                on_error(document, ValueError("no"))
            return iter(())

    monkeypatch.setattr("quoth.api.shared_extractor", lambda *_: Failing())
    failed = []
    document = quoth.Document(text=TEXT)
    found = quoth.extract([document], on_error=lambda *error: failed.append(error))
    assert list(found) == []
    assert [(d, str(error)) for d, error in failed] == [(document, "no")]


def test_open_reads_documents_with_the_extractor(tmp_path):
    with quoth.open(tmp_path / "news.trig") as graph:
        assert graph.add(quoth.Document(text=TEXT, id="a")) == 1
        assert graph.add([examples.permits()]) == 1
    with quoth.open(tmp_path / "news.trig", read_only=True) as graph:
        assert graph.stats().documents == 2
        with pytest.raises(quoth.GraphError, match="read-only"):
            graph.add(quoth.Document(text=TEXT, id="b"))
    with quoth.open() as graph:
        assert graph.stats().documents == 0


def test_extract_says_what_it_takes():
    with pytest.raises(TypeError, match=r"quoth.Document\(text="):
        quoth.extract("The mayor said the wall fell.")
