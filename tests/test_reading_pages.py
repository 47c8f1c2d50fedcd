"""Saved pages in the manner of common publishing systems: the article whole, and nothing else."""

import json
from datetime import date
from pathlib import Path

import pytest

from quoth.extractors.reading import ReadingError, read

PAGES = Path(__file__).parent / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
P = "<p>The harbour at Vellmar will close on Monday, the mayor told the council at its meeting.</p>"


def flat(text):
    return " ".join(text.split())


def page(tmp_path, content, name="a.html"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_there_are_thirty_pages_and_the_truth_about_each():
    assert len(EXPECTED["pages"]) == 30
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED["pages"])


@pytest.mark.parametrize("name", EXPECTED["pages"])
def test_the_article_is_read_whole_and_in_order_without_what_is_around_it(name):
    truth = EXPECTED["pages"][name]
    document = read(PAGES / f"{name}.html")
    text, begin = flat(document.text), 0
    for paragraph in truth["paragraphs"]:
        found = text.find(flat(paragraph), begin)
        assert found >= 0, paragraph
        begin = found + len(flat(paragraph))
    said = " ".join(truth["paragraphs"])
    around = [words for words in EXPECTED["boilerplate"] if words in text and words not in said]
    assert around == []
    assert document.date == date.fromisoformat(truth["date"])


def test_most_pages_tell_title_author_outlet_and_address():
    documents = {name: read(PAGES / f"{name}.html") for name in EXPECTED["pages"]}
    right = {
        field: sum(
            getattr(document, field) == EXPECTED["pages"][name][field]
            for name, document in documents.items()
        )
        for field in ("title", "author", "publisher", "url")
    }
    # Some pages do not state them; docs/reading.md says how many.
    assert right == {"title": 30, "author": 24, "publisher": 23, "url": 27}


def test_boilerplate_is_there_to_be_left_out():
    raw = [path.read_text(encoding="utf-8", errors="replace") for path in PAGES.glob("*.html")]
    assert [
        words for words in EXPECTED["boilerplate"] if not any(words in page for page in raw)
    ] == []


def test_machine_readable_dates_hold_against_others(tmp_path):
    head = (
        '<meta property="article:modified_time" content="2031-09-20">'
        '<script type="application/ld+json">'
        '{"@type": "NewsArticle", "datePublished": "2031-09-04T23:30:00-05:00"}</script>'
    )
    path = page(
        tmp_path, f"<html><head>{head}</head><body><article>{P * 9}</article></body></html>"
    )
    # The day as the page writes it, whatever day it was in London.
    assert read(path).date == date(2031, 9, 4)


@pytest.mark.parametrize(
    "broken", ['{"@type": "NewsArticle", ', "[" * 9000, '{"@graph": 7}', "null"]
)
def test_broken_metadata_costs_only_itself(tmp_path, broken):
    head = f'<title>Closed</title><script type="application/ld+json">{broken}</script>'
    body = (
        f'<article><time itemprop="datePublished" datetime="2031-05-03">x</time>{P * 9}</article>'
    )
    document = read(page(tmp_path, f"<html><head>{head}</head><body>{body}</body></html>"))
    assert document.date == date(2031, 5, 3)


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="windows-1250">', "cp1250"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "iso8859-2"),
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_a_page_says_what_it_is_encoded_in(tmp_path, meta, encoding):
    body = P.replace("the mayor", "mayor Wałęsa")
    head, article = f"{meta}<title>x</title>", f"<article>{body * 5}</article>"
    html = f"<html><head>{head}</head><body>{article}</body></html>"
    assert "mayor Wałęsa told" in read(page(tmp_path, html.encode(encoding))).text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("<html></html>", id="no body"),
        pytest.param("<html><body><script>var a = 1</script></body></html>", id="script alone"),
        pytest.param("<" * 100_000, id="angles"),
        pytest.param("<div>" * 50_000, id="deep, without text"),
        pytest.param(b"<html><body>\x00\x00</body></html>", id="NUL"),
        pytest.param(f"<html><body><p {'a=1 ' * 9000}>{P}</body></html>", id="attributes"),
        pytest.param("<div>" * 5000 + P + "</div>" * 5000, id="deep, with text"),
    ],
)
def test_a_page_without_an_article_is_one_line(tmp_path, content):
    path = page(tmp_path, content)
    with pytest.raises(ReadingError) as caught:
        read(path)
    assert caught.value.path == str(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="http://[::1">',
        '<meta property="og:url" content="http://[">',
        '{"@type": [{}], "@id": [], "author": {"name": {}}}',
        '[{"@type": "Article", "headline": 7, "url": 8}]',
        '<meta name="author" content="">',
    ],
)
def test_whatever_stands_in_its_head_the_article_is_read(tmp_path, head):
    if head[0] in "[{":
        head = f'<script type="application/ld+json">{head}</script>'
    html = f"<html><head>{head}</head><body><article>{P * 9}</article></body></html>"
    assert "harbour" in read(page(tmp_path, html)).text


def test_entities_are_not_expanded(tmp_path):
    bomb = "<!DOCTYPE x [<!ENTITY a 'bomb'><!ENTITY b '&a;&a;&a;&a;'>]>"
    body = "".join(f"<p>{n}: &b; {P[3:]}" for n in range(9))
    document = read(page(tmp_path, f"<html><body><article>{body}</article></body></html>{bomb}"))
    assert "bombbomb" not in document.text
    assert document.text.count("harbour") == 9


def test_nothing_is_fetched(tmp_path, monkeypatch):
    import socket

    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = (
        '<link rel="canonical" href="http://example.org/a"><link rel="amphtml" href="http://a.b/">'
        '<!DOCTYPE html SYSTEM "http://example.org/x.dtd">'
    )
    body = f'<article>{P * 9}<iframe src="http://example.org/f"></iframe></article>'
    document = read(page(tmp_path, f"<html><head>{head}</head><body>{body}</body></html>"))
    assert document.url == "http://example.org/a"
