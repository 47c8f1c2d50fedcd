"""Where data goes and what it looks like: whole files, safe terminals, tables that fit."""

import gzip
import io
import os

import examples
import pytest

from quoth import graph_access
from quoth.graph.results import Result
from quoth.output import open_output, write_result, write_table
from quoth.tabulation import full_table, overview


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def table(columns, *rows, stream=None):
    stream = stream or io.StringIO()
    write_table(Result(columns, rows), stream)
    return stream.getvalue()


def test_a_table_has_a_heading_and_a_line_a_row():
    lines = table(("who", "said"), ("Ana Cruz", 12), ("Bo", 3)).splitlines()
    assert [line.split() for line in lines] == [
        ["who", "said"],
        ["─" * len(lines[1])],
        ["Ana", "Cruz", "12"],
        ["Bo", "3"],
    ]
    assert lines[2].endswith("12")
    assert lines[3].endswith(" 3")


@pytest.mark.parametrize(
    ("is_terminal", "format", "lines"),
    [(True, None, 2 + 3), (True, "table", 2 + 5), (False, None, 1 + 5), (False, "table", 2 + 5)],
)
def test_a_terminal_is_shown_the_first_rows(is_terminal, format, lines, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr(graph_access, "MOST_SHOWN", 3)
    monkeypatch.setattr(graph_access, "is_terminal", lambda target: is_terminal)
    monkeypatch.setattr(graph_access, "tell", told.append)
    graph_access.write_answer(
        Result(("n",), tuple((n,) for n in range(5))), format, str(tmp_path / "x")
    )
    assert len((tmp_path / "x").read_text(encoding="utf-8").splitlines()) == lines
    is_cut = is_terminal and format is None
    assert told == ["the first 3 of 5 rows; -o FILE or -f table for all"] * is_cut


def test_a_table_without_rows_is_its_heading():
    assert table(("who", "said")).split()[:2] == ["who", "said"]


def test_long_cells_are_folded_and_lose_no_word():
    words = [f"word{number}" for number in range(60)]
    shown = table(("who", "claim"), ("Ana Cruz", " ".join(words)))
    assert all(len(line) <= 120 for line in shown.splitlines())
    assert [word for word in shown.split() if word.startswith("word")] == words


@pytest.mark.parametrize("width", ["30", "60"])
def test_a_table_that_does_not_fit_becomes_records(monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    columns = tuple(f"column{number}" for number in range(9))
    shown = table(columns, [f"the cell {n}" for n in range(9)], ["x"] * 9, stream=Terminal())
    for name in columns:
        assert shown.count(name) == 2
    assert "the cell 8" in shown


def test_text_from_articles_cannot_drive_the_terminal_or_be_markup():
    hostile = "a\x1b[31mred\x07\x9b2J\r\nb [bold]c[/bold] :smile:"
    assert "a [31mred 2J b [bold]c[/bold] :smile:" in table(("claim",), (hostile,))


def test_text_from_articles_cannot_turn_the_direction():
    hostile = "a\u202eb\u2066c\u2069"
    assert table(("claim",), (hostile,)).split()[-1] == "abc"


def test_a_terminal_without_unicode_gets_a_table_too():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="backslashreplace")
    write_table(Result(("who",), (("Zoë \ud800",),)), stream)
    stream.flush()
    assert rb"Zo\xeb \ud800" in raw.getvalue()


# ---------------------------------------------------------------- files


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("before")

    def fail():
        with open_output(str(path)) as stream:
            stream.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    with open_output(str(path)) as stream:
        stream.write("Zoë\r\n\ud800")
    assert path.read_bytes() == "Zoë\r\n".encode() + rb"\ud800"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="permission bits and links are POSIX's")
def test_a_replaced_file_keeps_its_permissions_and_its_links(tmp_path):
    path, link = tmp_path / "out.csv", tmp_path / "link.csv"
    path.write_text("before")
    path.chmod(0o640)
    link.symlink_to(path)
    with open_output(str(link)) as stream:
        stream.write("after")
    assert link.is_symlink()
    assert path.read_text() == "after"
    assert path.stat().st_mode & 0o777 == 0o640


def test_an_error_names_the_file_that_was_asked_for(tmp_path):
    target = str(tmp_path / "no" / "out.csv")
    with pytest.raises(FileNotFoundError) as caught, open_output(target):
        pass
    assert caught.value.filename == target


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes exist on POSIX only")
def test_a_named_pipe_is_written_to_and_stays(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open_output(str(path)) as stream:
        stream.write("through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert path.is_fifo()


@pytest.mark.parametrize(("format", "start"), [("csv", "who\r\n"), ("json", '[\n {\n  "who"')])
def test_results_are_written_as_data(tmp_path, format, start):
    path = tmp_path / "out"
    write_result(Result(("who",), (("Ana",),)), format, str(path))
    assert path.read_bytes().decode().startswith(start)


# ---------------------------------------------------------------- attributions as tables


def test_the_overview_shows_subject_claim_source_and_cue():
    (first, *_), extraction = overview([examples.permits()]).records(), examples.permits()
    attribution = extraction.attributions[0]
    assert first["subject"] == attribution.triple.subject
    assert first["claim"] == attribution.triple.claim
    assert first["source"] == attribution.triple.source
    assert first["cue"] == attribution.cue.text
    assert first["stance"] == attribution.stance.value


def test_the_overview_of_several_documents_names_them():
    result = overview(examples.corpus())
    assert result.columns[0] == "document"
    assert {row[0] for row in result} == {e.document.id for e in examples.corpus()}


def test_a_nested_source_is_marked_by_its_depth():
    for extraction in examples.corpus():
        for attribution, row in zip(extraction, overview([extraction]).records(), strict=True):
            assert row["source"].count("» ") == attribution.depth
    assert any(a.depth for extraction in examples.corpus() for a in extraction)


def test_the_full_table_gives_the_evidence():
    for extraction in examples.corpus():
        text = extraction.document.text
        for attribution, row in zip(extraction, full_table([extraction]).records(), strict=True):
            begin, end = map(int, row["sentence_at"].split("-"))
            assert text[begin:end] == row["sentence"] == attribution.sentence.text
            pieces = [tuple(map(int, piece.split("-"))) for piece in row["content_at"].split()]
            assert [text[b:e] for b, e in pieces] == [span.text for span in attribution.content]


def test_a_name_ending_in_gz_is_compressed_alike_each_time(tmp_path):
    for name in ("a.csv.gz", "b.CSV.GZ"):
        with open_output(str(tmp_path / name)) as stream:
            stream.write("who,claim\r\n")
            stream.write("Østby,“fermé”\r\n")
    first, second = (tmp_path / name for name in ("a.csv.gz", "b.CSV.GZ"))
    assert gzip.decompress(first.read_bytes()).decode() == "who,claim\r\nØstby,“fermé”\r\n"
    assert first.read_bytes() == second.read_bytes()
