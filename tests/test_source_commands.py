"""The commands ``quoth link`` and ``quoth sources``."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from commands import quoth
from namesakes import STORIES

from quoth.graph import open_graph

LISTED = ("list", "merge", "split", "alias", "forget", "match", "export", "import")


def rows(*arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(quoth(*arguments).out)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "news.trig"
    with open_graph(path) as graph:
        graph.add([story.extraction() for story in STORIES])
    return path


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "news.trig"))


def test_link_tells_what_it_found_and_list_why(graph: Path) -> None:
    told = quoth("link", "-g", graph).err
    assert told == f"quoth: {graph}: 1 sources merged into others\n"
    before = graph.read_bytes()
    quoth("link", "-g", graph)
    assert graph.read_bytes() == before
    (row,) = rows("sources", "list", "-g", graph, "--search", "smith", "-f", "csv")[1:]
    assert (row["source"], row["merged_into"], row["rule"]) == ("Smith", "John Smith", "surname")
    assert row["attributions"] == "1"
    assert "«Smith» may be «John Smith»" in row["reason"]


def test_a_decision_shows_at_once_and_is_taken_back(graph: Path) -> None:
    quoth("sources", "split", "Smith", "John Smith", "-g", graph)
    listed = rows("sources", "list", "-g", graph)
    assert [row["merged_into"] for row in listed if row["source"] == "Smith"] == [""]
    assert "1 decisions on Smith taken back" in quoth("sources", "forget", "Smith", "-g", graph).err
    listed = rows("sources", "list", "-g", graph)
    assert [row["merged_into"] for row in listed if row["source"] == "Smith"] == ["John Smith"]


def test_a_homonym_is_counted_apart(graph: Path) -> None:
    quoth("sources", "split", "John Smith", "--in", "case", "--as", "John Smith (FBI)", "-g", graph)
    counts = {row["source"]: row["attributions"] for row in rows("sources", "list", "-g", graph)}
    assert (counts["John Smith (FBI)"], counts["John Smith"]) == ("1", "1")
    quoth("validate", "-g", graph)


def test_the_table_goes_out_and_comes_back(graph: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    quoth("sources", "alias", "Edda Thorvane", "the aunt", "-g", graph)
    quoth("sources", "merge", "Edda Thorvane", "Nils Thorvane", "-g", graph, "--no-links")
    quoth("sources", "export", "-g", graph, "-o", table)
    assert table.read_bytes().splitlines() == [
        b"decision\tsource\tother\tdocument",
        b"alias\tEdda Thorvane\tthe aunt\t",
        b"merge\tEdda Thorvane\tNils Thorvane\t",
    ]
    quoth("sources", "import", table, "-g", graph)
    exported = quoth("sources", "export", "-g", graph, "-f", "tsv").out
    assert exported.splitlines() == table.read_text(encoding="utf-8").splitlines()


def test_a_bad_table_names_the_row_and_the_mend(graph: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("decision,source,other\nmerge,Smith,Jon Smith\n", encoding="utf-8")
    told = quoth("sources", "import", table, "-g", graph, status=1).err
    assert f"{table} line 2: there is no named source 'Jon Smith'" in told
    assert "is it 'John Smith'" in told


def test_matches_are_read_from_standard_input(graph: Path) -> None:
    quoth("sources", "match", "-", "-g", graph, stdin="source,match\nEdda Thorvane,Q42\n")
    (row,) = rows("sources", "list", "-g", graph, "--search", "edda")
    assert row["match"] == "http://www.wikidata.org/entity/Q42"


def test_every_match_of_a_source_is_listed(graph: Path) -> None:
    table = "source,match\nEdda Thorvane,Q42\nEdda Thorvane,https://viaf.example/7\n"
    quoth("sources", "match", "-", "-g", graph, stdin=table)
    (row,) = rows("sources", "list", "-g", graph, "--search", "edda")
    assert row["match"] == "http://www.wikidata.org/entity/Q42; https://viaf.example/7"


@pytest.mark.parametrize(
    "arguments",
    [
        ["Smith"],
        ["Smith", "--in", "case"],
        ["Smith", "John Smith", "--in", "case", "--as", "x (y)"],
    ],
    ids=["alone", "no name", "both ways"],
)
def test_split_says_what_it_needs(graph: Path, arguments: list[str]) -> None:
    assert "--in DOCUMENT" in quoth("sources", "split", *arguments, "-g", graph, status=2).err


def test_errors_are_told_in_a_line(graph: Path, tmp_path: Path) -> None:
    told = quoth("sources", "merge", "Smith", "Ida Thorvane", "-g", graph, status=1).err
    assert "is it 'Edda Thorvane'" in told
    assert told.count("\n") == 1
    assert "no such graph" in quoth("link", "-g", tmp_path / "none.trig", status=1).err


def test_the_help_lists_the_commands() -> None:
    shown = quoth("sources", "--help").out.split("Commands:")[1].splitlines()
    assert tuple(line.split()[0] for line in shown if line[2:3].isalpha())[: len(LISTED)] == LISTED


def test_every_command_has_an_example_in_its_help() -> None:
    # Another test compares the reference with the program's own help.
    sections = (Path(__file__).parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")
    for command in LISTED:
        section = sections.split(f"## quoth sources {command}\n")[1].split("\n## ")[0]
        assert f"    quoth sources {command} " in section.split("Examples:")[1]


def test_removing_a_document_links_the_others_anew(graph: Path) -> None:
    quoth("link", "-g", graph)
    told = quoth("remove", "yard", "-g", graph).err
    assert "1 sources merged into others" in told
    quoth("validate", "-g", graph)


def test_build_links_at_its_end_unless_told_not_to(tmp_path: Path) -> None:
    for name, speaker in (("a", "Marit Oskarvik"), ("b", "Piers Hollowell")):
        words = "the minister had burned the letters of the harbour inspector"
        text = f"{speaker} said on Monday that {words}.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    articles = [tmp_path / "a.txt", tmp_path / "b.txt", "--extractor", "rules"]
    told = quoth("build", *articles, "-g", tmp_path / "with.trig").err
    assert re.search(r"\d claims in \d clusters", told)
    told = quoth("build", *articles, "-g", tmp_path / "without.trig", "--no-links").err
    assert "clusters" not in told
    assert "inCluster" not in (tmp_path / "without.trig").read_text(encoding="utf-8")
