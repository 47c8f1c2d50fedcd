"""`quoth serve` as a process: how it starts, what it leaves alone, and how it ends."""

import signal
import socket
import subprocess
import time

import httpx
import pytest
from serving import NEVER_ENDING, QUOTH, graph_at, serving

pytestmark = pytest.mark.slow


def test_the_name_of_a_graph_is_no_markup_and_files_beside_it_are_not_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("json.py", "pyoxigraph.py", "quoth.py"):
        (tmp_path / name).write_text("raise SystemExit('run')")
    graph = graph_at(tmp_path / "<img src=x onerror=alert(1)>.trig")
    with serving(graph, "--workers", "1") as served:
        for path in ("", "docs"):
            assert "<img" not in served.client.get(path).text
        # The file is read by each worker; what it holds is the same as in a folder.
        assert served.count("?s a said:Attribution") > 0


def test_interrupted_it_ends_quietly_and_leaves_nothing_running(tmp_path):
    with serving(graph_at(tmp_path / "news.quoth"), "--workers", "1") as served:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(served.sparql, params={"query": NEVER_ENDING}, timeout=0.5)
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(served.process.pid)],
            capture_output=True, text=True, check=True,
        ).stdout.split()  # fmt: skip
        assert children
        assert served.interrupt() == (0, "")
        running = subprocess.run(["ps", "-o", "pid=", *children], capture_output=True, check=False)
        assert running.stdout == b""


def test_a_server_that_cannot_start_says_why_in_a_line(tmp_path):
    def problem(*arguments):
        done = subprocess.run(
            [QUOTH, "serve", *arguments], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.stderr.count("\n") == 1, done.stderr
        return done.returncode, done.stderr

    graph = str(graph_at(tmp_path / "news.trig"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, told = problem("-g", graph, "--port", port)
    assert (status, f"127.0.0.1:{port}: cannot be served from" in told) == (1, True)
    status, told = problem("-g", str(tmp_path / "none"), "--port", "0")
    assert (status, "there is no such graph" in told) == (1, True)


def test_a_dead_server_leaves_no_worker_behind(tmp_path):
    with serving(graph_at(tmp_path / "news.quoth"), "--workers", "1") as served:
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(served.process.pid)],
            capture_output=True, text=True, check=True,
        ).stdout.split()  # fmt: skip
        served.process.send_signal(signal.SIGKILL)
        served.process.wait()
        for _ in range(50):
            left = subprocess.run(
                ["ps", "-o", "stat=", *children], capture_output=True, check=False
            )
            if not left.stdout.strip(b"Z+s\n "):
                break
            time.sleep(0.1)
        assert not left.stdout.strip(b"Z+s\n ")
