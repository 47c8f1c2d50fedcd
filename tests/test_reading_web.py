"""Pages on the web that the user names: within limits, to no other places."""

import gzip
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from reading_samples import OTHER, PAGE, PROSE, as_lines, reasons, texts

from quoth.extractors.readers import opening, web
from quoth.extractors.readers.interface import File, ReadingOptions
from quoth.extractors.reading import ReadingError, read

ANSWERS = {
    "/page": (
        200,
        "text/html; charset=iso-8859-2",
        PAGE.replace("mayor", "Wałęsa").encode("iso8859-2"),
    ),
    "/table": (200, "application/jsonl", as_lines([{"text": PROSE}, {"text": OTHER}])),
    "/a.txt": (200, "text/plain", PROSE.encode()),
    "/a.jsonl.gz": (200, "application/gzip", gzip.compress(as_lines([{"text": PROSE}]))),
    "/picture": (200, "image/png", b"\x89PNG"),
    "/missing": (404, "text/html", b"no"),
    "/large": (200, "text/plain", b"x" * 300_000),
    "/moved": (302, "/page", b""),
    "/loop": (302, "/loop", b""),
    "/file": (302, "file:///etc/passwd", b""),
    "/ftp": (302, "ftp://example.org/a.txt", b""),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            for _ in range(20):
                time.sleep(0.1)
                self.wfile.write(b"x")
            return
        status, kind, body = ANSWERS[self.path]
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.handle_error = lambda *_: None
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def host():
    with serving() as address:
        yield address


def test_a_page_is_read_as_the_server_says(host):
    document = read(f"{host}/page")
    assert "Wałęsa said" in document.text
    assert (document.url, document.id) == (f"{host}/page", f"{host}/page")


def test_the_address_of_a_page_is_where_it_was_found(host):
    assert read(f"{host}/moved").url == f"{host}/page"


def test_other_formats(host, errors):
    addresses = [f"{host}/{name}" for name in ("table", "a.txt", "a.jsonl.gz")]
    assert texts(addresses, errors) == [PROSE, OTHER, PROSE, PROSE]
    assert errors == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("picture", "it is image/png, which quoth does not read"),
        ("missing", "cannot be fetched: 404 Not Found"),
        ("large", "larger than 0.1 MB; --max-size lets larger documents in"),
        ("loop", "cannot be fetched: more than 5 redirects"),
        ("file", "it leads to file:///etc/passwd, which is no page on the web"),
        ("ftp", "it leads to ftp://example.org/a.txt, which is no page on the web"),
        ("slow", "cannot be fetched: no answer within 0.4 seconds"),
    ],
)
def test_what_is_not_read_is_one_line(host, errors, name, reason):
    options = ReadingOptions(max_bytes=100_000, timeout=0.4)
    assert texts([f"{host}/{name}", f"{host}/a.txt"], errors, options=options) == [PROSE]
    assert reasons(errors) == [(name, reason)]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/a", "http://", "http://[::1", "http://a b/"]
)
def test_an_address_that_leads_nowhere_is_one_line(errors, address):
    assert texts([address], errors) == []
    assert [error.path for error in errors] == [address]


@pytest.mark.parametrize(
    "there", ["http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/"]
)
def test_no_public_page_leads_to_a_private_address(there):
    with pytest.raises(ReadingError, match="private address"):
        web._redirected("http://example.org/a", there, "http://example.org/a")
    assert web._redirected("http://127.0.0.1/a", "http://localhost/", "http://127.0.0.1/a")


def test_nothing_is_fetched_that_is_no_address(write, errors, monkeypatch):
    def refuse(*_args) -> File:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(opening, "fetch", refuse)
    assert texts([write("http.txt", f"http://example.org/ {PROSE}")], errors) != []
