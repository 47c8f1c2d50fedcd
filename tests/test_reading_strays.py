"""Tables that lie in a folder of articles, and are none, cost nothing."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reading_samples import PROSE

from quoth.extractors.reading import Fields, ReadingError, ReadingOptions, read_all
from quoth.failures import Failures
from quoth.inputs import Inputs, Known

Write = Callable[[str, str | bytes], Path]
LISTED = [{"file": "a.txt", "publisher": "The Post"}]


def parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"n": [1, 2]}), stream)
    return stream.getvalue()


STRAYS = {
    "list.json": json.dumps(LISTED),
    "object.json": '{"sources": {"Ana Cruz": []}, "n": 3}',
    "lists.json": '{"one": [{"a": 1}], "other": [{"b": 2}]}',
    "numbers.json": "[1, 2, 3]",
    "number.json": "3",
    "lines.jsonl": '{"a": 1}\n{"b": 2}\n',
    "numbers.jsonl": "1\n2\n",
    "names.csv": "name,role\nAna Cruz,mayor\n",
    "table.parquet": parquet(),
}


def inputs(*paths: Path, reading: ReadingOptions | None = None) -> tuple[Inputs, Failures]:
    failures = Failures()
    found = Inputs([str(path) for path in paths], Known(), failures, reading=reading)
    return found, failures


@pytest.mark.parametrize("name", STRAYS)
def test_a_table_without_a_text_is_passed_over_where_it_was_found(
    name: str, write: Write, tmp_path: Path
) -> None:
    write("a.txt", PROSE)
    named = write(f"b/{name}", STRAYS[name])
    found, failures = inputs(tmp_path)
    assert [document.id for document in found] == ["a.txt"]
    assert failures.found == []
    assert found.report() == f"1 tables without a text ({Path(name).suffix} 1) passed over"
    found, failures = inputs(tmp_path / "a.txt", named)
    assert len(list(found)) == 1
    assert [(failure.input, failure.kind) for failure in failures.found] == [
        (str(named), "NoTextFieldError")
    ]
    found, failures = inputs(tmp_path / "b" / f"*{named.suffix}")
    assert list(found) == []
    assert failures.count == 1


def test_what_is_damaged_or_empty_or_partly_a_table_of_texts_has_failed(
    write: Write, tmp_path: Path
) -> None:
    write("a.json", '[{"text": "Ana Cruz said the harbour will close."}, 3, {"file": "b"}]')
    write("b.json", '{"sources": ')
    write("c.jsonl", "")
    found, failures = inputs(tmp_path)
    assert [document.id for document in found] == ["a.json#1"]
    assert [Path(str(failure.input)).name for failure in failures.found] == [
        *("a.json", "a.json", "b.json", "c.jsonl")
    ]
    assert found.report() == ""


def test_where_nothing_else_is_found_they_have_failed(write: Write, tmp_path: Path) -> None:
    write("a.csv", "wrds\nAna Cruz said the harbour will close.\n")
    write("b.csv", "name\nAna Cruz\n")
    found, failures = inputs(tmp_path)
    assert list(found) == []
    assert found.report() == ""
    assert [failure.reason.partition(";")[0] for failure in failures.found] == [
        "no field with a usual name for the text"
    ] * 2
    # That says what to do, and then the other one is none of the reasons.
    found, failures = inputs(tmp_path, reading=ReadingOptions(fields=Fields(text="wrds")))
    assert len(list(found)) == 1
    assert failures.found == []
    with pytest.raises(ReadingError, match="no field with a usual name for the text"):
        list(read_all([tmp_path]))


def test_the_members_of_an_archive_are_found_in_it(write: Write, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", PROSE)
        archive.writestr("list.json", json.dumps(LISTED))
    found, failures = inputs(write("all.zip", stream.getvalue()))
    assert [document.id for document in found] == ["all.zip/a.txt"]
    assert failures.found == []
    assert [document.id for document in read_all([tmp_path])] == ["all.zip/a.txt"]
