"""The installed command, from outside: what it prints, where, and with which status."""

import csv
import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pages import embedded

ROOT = Path(__file__).parents[1]
QUOTH = str(Path(sys.executable).with_name("quoth"))
COMMANDS = (
    *("demo", "extract", "build", "compare"),
    *("ask", "query", "explore", "serve", "export", "import", "stats", "validate", "remove"),
    *("link", "spark", "sources"),
)
ARTICLE = (
    "Harbour to close\n\nBy Ana Cruz\n\nVELLMAR, May 3, 2031 (Norwire) — The harbour will close, "
    "Mayor Zoë Marr said.\r\n\r\n“Nobody objected,” she told reporters.\n\n"
    "The council denied that the pier was unsafe. It stands on the east bank.\n"
)

TOO_LONG = 120

# A test run in the background ignores interrupts, and what it starts would do so too.
INTERRUPTIBLE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""

# Each test starts the installed program.
pytestmark = pytest.mark.slow


def quoth(*arguments, status=0, stdin="", environment=None, cwd=None):
    """Run the command; require its status, and that it never shows a traceback."""
    done = subprocess.run(
        [QUOTH, *map(str, arguments)],
        input=stdin.encode(),
        capture_output=True,
        env={**os.environ, **(environment or {})},
        cwd=cwd,
        check=False,
        timeout=TOO_LONG,
    )
    done.out, done.err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in done.err
    assert done.returncode == status, done.err
    return done


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    (folder / "harbour.txt").write_bytes(ARTICLE.encode())
    (folder / "pier.md").write_text(
        "# Pier\n\nThe pier is safe, an engineer who asked not to be "
        "named said on Monday. Mayor Zoë Marr declined to comment.\n"
    )
    return folder


@pytest.fixture(scope="module")
def graph(articles, tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph") / "news.quoth"
    quoth("build", articles, "-g", folder)
    return folder


# ---------------------------------------------------------------- help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    for flag in ("--help", "-h"):
        shown = quoth(command, flag).out
        assert re.search(rf"Examples:\n    quoth {command} ", shown) or (
            f"| quoth {command}" in shown
        )
    options = re.findall(r"^  (-\S+.*)$", shown, re.MULTILINE)
    assert all(re.search(r"\s{2,}\S|^-", line) for line in options)


def test_the_help_lists_the_commands():
    listed = re.findall(r"^  (\w+)  +\S", quoth("--help").out.split("Commands:")[1], re.MULTILINE)
    assert tuple(listed) == COMMANDS


def test_the_reference_is_what_the_program_says():
    printed = subprocess.run(
        [sys.executable, ROOT / "docs" / "cli_reference.py"], capture_output=True, check=True
    )
    committed = (ROOT / "docs" / "cli.md").read_bytes()
    assert printed.stdout == committed, "docs/cli.md is out of date: make docs"


def test_help_is_quick_and_loads_nothing_heavy():
    def cpu_seconds():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        quoth("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cpu_seconds() for _ in range(3)) < 0.5
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from quoth.cli import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    modules = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in loaded.splitlines()}
    assert "typer" in modules
    assert not modules & {"spacy", "rdflib", "pyoxigraph", "pandas", "networkx", "numpy", "rich"}


def test_version():
    assert re.fullmatch(r"quoth \d+\.\d+\.\d+\S*\n", quoth("--version").out)


# ---------------------------------------------------------------- wrong usage


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


# ---------------------------------------------------------------- extract


def test_extract_writes_json_lines_into_a_pipe(articles):
    done = quoth("extract", articles)
    harbour, pier = map(json.loads, done.out.splitlines())
    assert (harbour["id"], pier["id"]) == ("harbour.txt", "pier.md")
    assert harbour["text"] == ARTICLE
    assert (harbour["title"], harbour["date"]) == ("Harbour to close", "2031-05-03")
    assert (harbour["publisher"], harbour["author"]) == ("Norwire", "Ana Cruz")
    assert harbour["attributions"]
    assert harbour["own_claims"]
    for attribution in harbour["attributions"]:
        assert set(attribution) >= {"source", "cue", "content", "sources", "stance", "triple"}
        assert all(begin >= harbour["begin"] for begin, _ in attribution["content"])
    assert done.err == ""


def test_extract_takes_what_is_known_of_one_document(articles):
    options = {
        "--date": "2020-01-02",
        "--publisher": "The Courier",
        "--author": "Staff",
        "--url": "https://example.org/1",
        "--title": "Another title",
        "--id": "x",
    }
    known = [part for option in options.items() for part in option]
    done = quoth("extract", articles / "harbour.txt", *known, "-f", "jsonl")
    record = json.loads(done.out)
    assert {f"--{name}": record[name] for name in record if f"--{name}" in options} == options


def test_extract_reads_standard_input():
    record = json.loads(quoth("extract", "-", stdin="“No,” said Zoë Marr.\r\n").out)
    assert record["id"] == "stdin"
    assert record["text"] == "“No,” said Zoë Marr.\r\n"


def test_a_bad_file_is_told_and_the_rest_goes_on(articles, tmp_path):
    (tmp_path / "broken.txt").write_bytes(b"\x00\x01")
    missing = tmp_path / "missing.txt"
    good = articles / "harbour.txt"
    done = quoth("extract", tmp_path / "broken.txt", missing, good, status=1)
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["harbour.txt"]
    assert done.err.splitlines() == [
        f"quoth: {tmp_path / 'broken.txt'}: binary, not text: it holds NUL characters",
        f"quoth: {missing}: no such file or folder",
    ]


def test_extract_as_a_table_and_as_csv(articles, tmp_path):
    table = quoth("extract", articles, "-f", "table").out
    assert table.split()[:6] == ["document", "subject", "claim", "source", "cue", "stance"]
    assert "The harbour will close" in " ".join(table.split())
    path = tmp_path / "said.csv"
    assert quoth("extract", articles, "-f", "csv", "-o", path).out == ""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["document"] for row in rows} == {"harbour.txt", "pier.md"}
    for row in rows:
        begin, end = map(int, row["sentence_at"].split("-"))
        if row["document"] == "harbour.txt":
            assert ARTICLE[begin:end] == row["sentence"]


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


def test_a_guessed_encoding_is_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Señor Núñez said the road would close.\n".encode("cp1252"))
    done = quoth("extract", path)
    assert json.loads(done.out)["text"].startswith("Señor Núñez")
    assert done.err == f"quoth: {path}: not UTF-8; guessed encoding cp1252\n"


def test_a_name_in_a_message_is_harmless(tmp_path):
    done = quoth("extract", tmp_path / "a\n\x1b[31m\u202eb.txt", status=1)
    assert done.err == f"quoth: {tmp_path}/a\\n\\x1b[31m\\u202eb.txt: no such file or folder\n"


@pytest.mark.parametrize(
    ("closed", "arguments", "message"),
    [
        (1, ["query", "--list"], "standard output is closed"),
        (0, ["extract", "-"], "-: standard input is closed"),
    ],
)
def test_a_closed_stream_is_one_line(closed, arguments, message):
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}>&-', "sh", QUOTH, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=TOO_LONG,
    )
    assert (done.returncode, done.stderr) == (1, f"quoth: {message}\n")


def test_data_is_utf_8_whatever_the_locale(articles):
    bare = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    plain = quoth("extract", articles / "harbour.txt").stdout
    assert quoth("extract", articles / "harbour.txt", environment=bare).stdout == plain
    assert "Zoë".encode() in plain


def on_terminal(*arguments, environment):
    """Run the command with a terminal for its output and errors; return what it shows."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [QUOTH, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env={**os.environ, **environment},
    ) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                read = os.read(leader, 65536)
            except OSError:
                # How Linux says that the other side is closed.
                break
            if not read:
                break
            shown += read
    os.close(leader)
    assert process.returncode == 0, shown.decode("utf-8", "replace")
    return shown


def test_a_terminal_gets_a_table_in_its_own_encoding(articles):
    shown = on_terminal(
        "extract",
        articles / "harbour.txt",
        environment={"COLUMNS": "100", "TERM": "dumb", "PYTHONIOENCODING": "ascii"},
    )
    assert rb"Zo\xeb Marr" in shown
    assert b"subject" in shown
    assert b"{" not in shown


# ---------------------------------------------------------------- graphs


def test_build_again_adds_nothing(articles, graph):
    done = quoth("build", articles, "-g", graph)
    assert done.err.splitlines() == [
        f"quoth: {graph}: 2 documents read, 0 new or changed",
        f"quoth: {graph}: 2 there already",
    ]
    assert done.out == ""


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(articles, tmp_path):
    exports = set()
    for seed, name in (("1", "a.trig"), ("2", "b.nq"), ("3", "c.quoth")):
        environment = {"PYTHONHASHSEED": seed}
        quoth("build", articles, "-g", tmp_path / name, environment=environment)
        done = quoth("export", "-g", tmp_path / name, "-f", "nquads", environment=environment)
        lines = done.stdout.splitlines()
        assert lines == sorted(lines)
        exports.add(done.stdout)
    assert len(exports) == 1
    assert (tmp_path / "b.nq").read_bytes() == exports.pop()


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


# ---------------------------------------------------------------- demo


def test_the_demo_goes_all_the_way_and_gives_the_same_again(tmp_path):
    demo = ("demo", "-o", "demo", "--extractor", "rules")
    first = quoth(*demo, cwd=tmp_path)
    files = {path: path.read_bytes() for path in (tmp_path / "demo").rglob("*") if path.is_file()}
    names = {path.relative_to(tmp_path / "demo").parts[0] for path in files}
    assert names == {"articles", "news.trig", "explore.html"}
    commands = re.findall(r"^  (quoth query .*)$", first.out, re.MULTILINE)
    assert len(commands) == 3
    asked = subprocess.run(
        commands[0].replace("quoth", QUOTH, 1),
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(rows(asked.stdout)) > 0
    assert quoth(*demo, cwd=tmp_path).out == first.out
    assert {path: path.read_bytes() for path in files} == files


# ---------------------------------------------------------------- pipes and interrupts


def test_a_reader_that_stops_is_no_error(graph):
    with subprocess.Popen(
        [QUOTH, "export", "-g", graph, "-f", "nquads"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


def test_an_interrupt_is_quiet():
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, QUOTH, "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        # It waits for standard input, long after its start-up.
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=TOO_LONG)
        finally:
            process.kill()
        assert process.stderr.read() == b""
    assert process.returncode == 130
