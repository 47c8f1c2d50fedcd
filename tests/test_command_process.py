"""The command as a process: pipes, terminals, locales, interrupts, hash seeds."""

import os
import pty
import signal
import subprocess
import sys
import time

import pytest
from commands import QUOTH, TOO_LONG, installed, quoth

# A test run in the background ignores interrupts, and what it starts would do so too.
INTERRUPTIBLE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""

# Each test starts the installed program.
pytestmark = pytest.mark.slow


@pytest.fixture
def graph(article_graph):
    return article_graph


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
    assert installed("extract", articles / "harbour.txt", environment=bare).stdout == plain
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


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(articles, tmp_path):
    for seed, name in (("1", "a.nq"), ("2", "b.quoth")):
        installed("build", articles, "-g", tmp_path / name, environment={"PYTHONHASHSEED": seed})
    exported = quoth("export", "-g", tmp_path / "b.quoth", "-f", "nquads").stdout
    lines = exported.splitlines()
    assert lines == sorted(lines) != []
    assert (tmp_path / "a.nq").read_bytes() == exported


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
        # No pipe holds so much: it has read most of it, and will soon wait for more.
        process.stdin.write(b"rain " * 100_000)
        process.stdin.flush()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=TOO_LONG)
        finally:
            process.kill()
        assert process.stderr.read() == b""
    assert process.returncode == 130
