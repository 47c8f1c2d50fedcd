"""What the command refuses: wrong usage, graphs that are not there, overwriting what it reads."""

import pytest
from article_files import ARTICLE
from commands import quoth


@pytest.fixture
def graph(article_graph):
    return article_graph


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "Usage: quoth", id="nothing"),
        pytest.param(["quote"], "No such command 'quote'", id="no such command"),
        pytest.param(["extract"], "Missing argument 'PATH", id="no path"),
        pytest.param(["build", "-g", "g"], "name what is to be read", id="no path to build from"),
        pytest.param(["build", "a.txt"], "Missing option '-g' / '--graph'", id="no graph"),
        pytest.param(["query", "sources"], "Invalid value for '-g'", id="no graph to ask"),
        pytest.param(["stats", "-g", ""], "Invalid value for '-g'", id="empty graph"),
        pytest.param(["extract", "a", "--id", ""], "Invalid value for '--id'", id="empty id"),
        pytest.param(["extract", "a", "-o", ""], "Invalid value for '-o'", id="empty output"),
        pytest.param(["query"], "--list", id="no question"),
        pytest.param(["extract", "a", "--date", "3 May"], "Invalid value for '--date'", id="date"),
        pytest.param(["extract", "a", "-f", "xml"], "Invalid value for '-f'", id="format"),
        pytest.param(
            ["extract", "a.txt", "b.txt", "--title", "x"], "Invalid value for '--title'", id="title"
        ),
        pytest.param(["query", "x", "-g", "g", "-p", "a"], "'a' is not NAME=VALUE", id="no value"),
        pytest.param(
            ["query", "x", "-g", "g", "-p", "a=1", "-p", "a=2"], "a is given twice", id="twice"
        ),
    ],
)
def test_wrong_usage_is_status_2_and_names_the_flag(arguments, message, tmp_path):
    done = quoth(*arguments, status=2, cwd=tmp_path)
    assert message in done.err + done.out
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written_is_one_line(articles, tmp_path):
    nowhere = tmp_path / "no" / "out.csv"
    done = quoth("extract", articles / "harbour.txt", "-o", nowhere, status=1)
    assert done.err == f"quoth: {nowhere}: No such file or directory\n"


def test_an_input_is_not_overwritten(articles, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode())
    (tmp_path / "link.txt").symlink_to(path)
    for given, target in ((path, path), (tmp_path, path), (path, tmp_path / "link.txt")):
        done = quoth("extract", given, "-o", target, status=2)
        assert f"'{target}' would be overwritten: it is one of the inputs" in done.err
    assert path.read_bytes() == ARTICLE.encode()


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("who-sayed", "no query called 'who-sayed'"),
        ("who-said", "needs source=NAME"),
        ("SELECT ?x { ?x", "the query is no SPARQL: line 1"),
        ("DELETE WHERE { ?s ?p ?o }", "this is an update"),
    ],
)
def test_a_question_that_cannot_be_asked_is_wrong_usage(graph, question, message):
    assert message in quoth("query", question, "-g", graph, status=2).err


@pytest.mark.parametrize("command", ["query sources", "stats", "export", "explore", "validate"])
def test_a_graph_that_is_not_there_is_not_made(command, tmp_path):
    missing = tmp_path / "none.quoth"
    done = quoth(*command.split(), "-g", missing, status=1, cwd=tmp_path)
    assert str(missing) in done.err
    assert len(done.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_query_file_that_is_not_there(graph, tmp_path):
    missing = tmp_path / "none.rq"
    done = quoth("query", missing, "-g", graph, status=1)
    assert done.err == f"quoth: {missing}: No such file or directory\n"


def test_a_graph_is_not_overwritten_by_what_it_is_asked(articles, graph, tmp_path):
    path = tmp_path / "g.trig"
    quoth("build", articles, "-g", path)
    before = path.read_bytes()
    question = tmp_path / "q.rq"
    question.write_text("SELECT ?s { ?s a said:Person }")
    for arguments, message in (
        (["export", "-g", path, "-o", path], "it is the graph itself"),
        (["query", "sources", "-g", path, "-o", path], "it is the graph itself"),
        (["query", question, "-g", path, "-o", question], "it is one of the inputs"),
        (["explore", "-g", graph, "-o", graph / "a.html"], "it lies in the graph"),
        (["stats", "-g", graph, "-o", graph], "it is the graph itself"),
    ):
        assert message in " ".join(quoth(*arguments, status=2).err.split())
    assert path.read_bytes() == before
    assert not (graph / "a.html").exists()
