"""What commands make of the paths and options that they are given."""

import gzip
import json
from datetime import date

import pytest
import typer
from commands import quoth
from reading_samples import GERMAN, OTHER, PROSE, ROWS, TABLES, as_lines

from quoth.extractors.readers.registry import names
from quoth.extractors.reading import ReadingOptions
from quoth.failures import Failures
from quoth.inputs import Inputs, Known
from quoth.reading_options import with_reading_options


def inputs(*paths, **options):
    known = Known(**{name: options.pop(name) for name in list(options) if hasattr(Known, name)})
    return Inputs([str(path) for path in paths], known, Failures(), **options)


def test_how_many_documents_there_are_is_known_where_each_file_is_one(write):
    one, packed = write("a.txt", PROSE), write("b.txt.gz", gzip.compress(OTHER.encode()))
    several = write("a.jsonl", TABLES["a.jsonl"])
    assert inputs(one, packed).total == 2
    assert inputs(one, several).total is None
    assert inputs(write("c.zip", b"")).total is None
    assert inputs("-").total == 1
    assert inputs("-", reading=ReadingOptions(format="jsonl")).total is None


def test_what_is_known_of_all_holds_for_each_row(write):
    found = inputs(write("a.jsonl", TABLES["a.jsonl"]), publisher="The Post", date=date(2030, 1, 2))
    documents = list(found)
    assert found.read == len(documents) == 2
    assert {(d.publisher, d.date) for d in documents} == {("The Post", date(2030, 1, 2))}


@pytest.mark.parametrize("option", ["id", "url", "title"])
def test_what_describes_one_document_is_refused_for_several(write, option):
    table = write("a.jsonl", TABLES["a.jsonl"])
    with pytest.raises(typer.BadParameter, match="several in one file"):
        inputs(table, **{option: "x"})
    with pytest.raises(typer.BadParameter, match="here are 2"):
        inputs(write("a.txt", PROSE), write("b.txt", OTHER), **{option: "x"})
    # The name of this one does not tell that it is a table.
    with pytest.raises(typer.BadParameter, match="several in one file"):
        list(inputs(write("a.dump", TABLES["a.jsonl"]), **{option: "x"}))
    (document,) = inputs(write("c.txt", PROSE), **{option: "x"})
    assert getattr(document, option) == "x"


def test_what_is_left_out_is_counted_and_told(write, capsys):
    rows = [*ROWS, ROWS[0], {"id": "g", "text": GERMAN}]
    path = write("a.jsonl", as_lines(rows))
    found = inputs(path)
    assert len(list(found)) == 2
    assert (found.read, found.duplicates, found.foreign) == (2, 1, 1)
    assert found.report() == "1 came twice, 1 set aside (not in English)"
    assert capsys.readouterr().err.splitlines() == [
        "quoth: a.jsonl#g: set aside: its language seems to be 'de', and quoth reads English; "
        "--any-language reads it all the same"
    ]
    assert len(list(inputs(path, any_language=True))) == 3


def test_files_of_other_kinds_in_a_folder_are_counted(write, tmp_path):
    for name in ("a.txt", "b.png", "c.PNG", "d.tar.gz", "LICENSE", ".hidden"):
        write(name, PROSE)
    found = inputs(tmp_path)
    assert len(list(found)) == 1
    assert found.report() == (
        "4 files of other kinds (.png 2, without an ending 1, .tar 1) passed over"
    )


def test_the_options_of_reading_reach_the_command():
    seen = {}

    def command(*, reading: ReadingOptions, any_language: bool) -> None:
        seen.update(reading=reading, any_language=any_language)

    app = typer.Typer()
    app.command()(with_reading_options(command))
    arguments = ["--text-field", "body", "--format-in", "jsonl", "--max-size", "2.5"]
    app(arguments, standalone_mode=False)
    assert seen["reading"].fields.text == "body"
    assert (seen["reading"].format, seen["reading"].max_bytes) == ("jsonl", 2_500_000)
    assert seen["any_language"] is False


@pytest.mark.slow
def test_through_the_command(write, tmp_path):
    table = write("a.csv", "wrds,when\nAna Cruz said the harbour will close.,2031-05-03\n")
    write("in/b.html", "<html></html>")
    done = quoth(
        *("extract", table, tmp_path / "in", "--extractor", "rules", "-f", "jsonl"),
        *("--text-field", "wrds", "--date-field", "when"),
        status=1,
    )
    (extraction,) = map(json.loads, done.out.splitlines())
    assert extraction["date"] == "2031-05-03"
    assert done.err == (
        f"quoth: {tmp_path / 'in' / 'b.html'}: no article in this page: "
        "there is no running text in it\n"
    )


def test_usage_that_is_wrong_says_what_is_right(write):
    path = write("a.txt", PROSE)
    done = quoth("extract", path, "--format-in", "nitf", status=2)
    assert ", ".join(names()) in " ".join(done.err.split())


def test_the_help_names_every_format():
    assert ", ".join(names()) in " ".join(quoth("extract", "--help").out.split())
