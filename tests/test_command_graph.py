"""The commands on graphs: built, asked, exported, drawn, counted, validated, thinned."""

import csv
import json
import shutil

import pytest
from commands import quoth
from pages import embedded

# A language model is loaded.
pytestmark = pytest.mark.slow


@pytest.fixture
def graph(article_graph):
    return article_graph


def test_build_again_adds_nothing(articles, graph):
    done = quoth("build", articles, "-g", graph)
    assert done.err.splitlines() == [
        f"quoth: {graph}: 2 documents read, 0 new or changed",
        f"quoth: {graph}: 2 there already",
    ]
    assert done.out == ""


def test_a_bad_file_costs_a_build_only_itself(articles, tmp_path):
    (tmp_path / "empty.txt").touch()
    bad = tmp_path / "empty.txt"
    done = quoth("build", bad, articles / "pier.md", "-g", tmp_path / "g.trig", status=1)
    *lines, last = done.err.splitlines()
    assert lines == [
        f"quoth: {bad}: empty: there is no text in it",
        f"quoth: {tmp_path / 'g.trig'}: 1 documents read, 1 new or changed",
    ]
    assert last.startswith(f"quoth: {tmp_path / 'g.trig'}: 1 new, 1 failed, ")


def rows(text):
    return list(csv.DictReader(text.splitlines()))


def test_query_answers_named_questions(graph):
    found = rows(quoth("query", "who-said", "-p", "source=Zoë Marr", "-g", graph).out)
    assert found
    assert all("Marr" in row["who"] for row in found)


def test_an_unknown_name_is_told_beside_an_empty_answer(graph):
    done = quoth("ask", "what has Zoe Mar said", "-g", graph)
    assert len(done.out.splitlines()) == 1
    assert "no source is called 'Zoe Mar'; the nearest names are" in done.err
    assert "Zoë Marr" in done.err


def test_query_lists_the_named_questions():
    listed = rows(quoth("query", "--list").out)
    assert {"who-said", "sources", "claims-about"} <= {row["name"] for row in listed}
    assert all(row["answers"] for row in listed)


SPARQL = "SELECT ?title { ?document a said:Document ; dcterms:title ?title } ORDER BY ?title"


def test_query_takes_sparql_from_anywhere(graph, tmp_path):
    file = tmp_path / "titles.rq"
    file.write_text(SPARQL)
    outputs = {
        quoth("query", SPARQL, "-g", graph).out,
        quoth("query", file, "-g", graph).out,
        quoth("query", "-", "-g", graph, stdin=SPARQL).out,
    }
    assert outputs == {"title\r\nHarbour to close\r\nPier\r\n"}
    as_json = quoth("query", SPARQL, "-g", graph, "-f", "json").out
    assert json.loads(as_json) == [{"title": "Harbour to close"}, {"title": "Pier"}]
    assert "Harbour to close" in quoth("query", SPARQL, "-g", graph, "-f", "table").out


def test_parameters_of_sparql_are_text_or_iris(graph):
    by_id = "SELECT ?d ?id { ?d dcterms:identifier ?id }"
    (found,) = rows(quoth("query", by_id, "-p", "id=pier.md", "-g", graph).out)
    assert found["id"] == "pier.md"
    (again,) = rows(quoth("query", by_id, "-p", f"d=<{found['d']}>", "-g", graph).out)
    assert again == found


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.trig", "@prefix"),
        ("a.nq", "<"),
        ("a.ttl", "@prefix"),
        ("a.jsonld", "["),
        ("a.csv", "document,"),
        ("a.rdf", "@prefix"),
    ],
)
def test_export_follows_the_name_of_the_file(graph, tmp_path, name, start):
    quoth("export", "-g", graph, "-o", tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.lstrip().startswith(start)
    assert "Zoë Marr" in text or r"Zo\u00EB Marr" in text


def test_explore_writes_one_page(graph, tmp_path):
    quoth("explore", "-g", graph, "-o", tmp_path / "page.html", "--title", "Who & what")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Who &amp; what" in page
    assert any("Marr" in label for label in embedded(page)["core"]["sources"]["label"])
    assert quoth("explore", "-g", graph, "-o", "-", "--title", "Who & what").out == page


def test_stats_counts(graph):
    counts = {
        (row["what"], row["which"]): int(row["count"])
        for row in rows(quoth("stats", "-g", graph).out)
    }
    assert counts["documents", ""] == 2
    assert counts["attributions", ""] > 0
    assert counts["sources", ""] == sum(
        count for (what, which), count in counts.items() if which.startswith("type: ")
    )
    listed = rows(quoth("stats", "-g", graph, "--documents").out)
    assert [row["id"] for row in listed] == ["harbour.txt", "pier.md"]


def test_validate_tells_what_is_wrong(graph, tmp_path):
    assert quoth("validate", "-g", graph).out == "valid\n"
    broken = tmp_path / "broken.nq"
    lines = quoth("export", "-g", graph, "-f", "nquads").out.splitlines()
    kept = [line for line in lines if "#stance>" not in line]
    assert len(kept) < len(lines)
    broken.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    assert "violation" in quoth("validate", "-g", broken, status=1).out


def test_remove_takes_a_document_out(graph, tmp_path):
    copy = tmp_path / "copy.quoth"
    shutil.copytree(graph, copy)
    quoth("remove", "pier.md", "-g", copy)
    listed = rows(quoth("stats", "-g", copy, "--documents").out)
    assert [row["id"] for row in listed] == ["harbour.txt"]
    assert "--documents" in quoth("remove", "pier.md", "-g", copy, status=1).err
