"""Reading the documents that a JSON file lists."""

import json
from datetime import date

import pytest

import quoth
from quoth.extractors.collection import FIELDS, read_collection
from quoth.extractors.reading import ReadingError

ARTICLE = "date 2031-03-04\nHarbour shut\n\nBy Ana Cruz\n\nThe harbour is shut, the mayor said.\n"


@pytest.fixture
def listing(tmp_path):
    """Write a list beside an article, and return where it stands."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(ARTICLE, encoding="utf-8")

    def write(entries):
        path = tmp_path / "list.json"
        path.write_text(entries if isinstance(entries, str) else json.dumps(entries))
        return path

    return write


def test_the_list_overrides_what_the_text_says_of_itself(listing):
    known = {
        "id": "harbour",
        "url": "https://post.example/a",
        "title": "The harbour",
        "date": "2031-03-05",
        "publisher": "Harbour Post",
        "author": "Bo Roe",
    }
    assert set(known) == set(FIELDS)
    (document,) = read_collection(listing([{"file": "texts/a.txt", **known}]))
    assert document.text == ARTICLE
    found = {field: getattr(document, field) for field in known}
    assert found == {**known, "date": date(2031, 3, 5)}


def test_what_the_list_leaves_out_is_the_texts_own(listing):
    (document,) = quoth.read_collection(listing([{"file": "texts/a.txt"}]))
    assert document.id == "texts/a.txt"
    assert (document.title, document.date, document.author) == (
        "Harbour shut",
        date(2031, 3, 4),
        "Ana Cruz",
    )
    assert document.publisher is None


def test_documents_come_in_the_order_of_the_list(listing):
    entries = [{"file": "texts/a.txt", "id": name} for name in ("c", "a", "b")]
    assert [document.id for document in read_collection(listing(entries))] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ({"file": "texts/a.txt"}, "no list of documents"),
        (["texts/a.txt"], "document 1 has no file"),
        ([{"file": "texts/a.txt"}, {"id": "b"}], "document 2 has no file"),
        ([{"file": "texts/a.txt", "editor": "X"}], "document 1: no such field, 'editor'"),
        ([{"file": "texts/a.txt", "url": 4}], "document 1: its url is no text"),
        ([{"file": ["texts/a.txt"]}], "document 1: its file is no text"),
        ([{"file": "texts/a.txt", "date": "4 March"}], "document 1: '4 March' is no date"),
    ],
)
def test_a_list_that_is_none_is_told_before_anything_is_read(listing, entries, told):
    path = listing(entries)
    with pytest.raises(ReadingError, match=told) as raised:
        read_collection(path, on_error=pytest.fail)
    assert raised.value.path == str(path)


def test_a_list_that_is_missing_is_told(tmp_path):
    with pytest.raises(ReadingError, match=r"list\.json: no such file"):
        read_collection(tmp_path / "list.json")


def test_a_document_that_cannot_be_read_costs_only_itself(listing):
    path = listing([{"file": "texts/missing.txt"}, {"file": "texts/a.txt"}])
    errors = []
    documents = list(read_collection(path, on_error=errors.append))
    assert [document.id for document in documents] == ["texts/a.txt"]
    assert [error.reason for error in errors] == ["no such file or folder"]
    with pytest.raises(ReadingError, match=r"missing\.txt"):
        list(read_collection(path))
