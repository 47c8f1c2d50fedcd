"""Web archives, feeds, PDF and Word documents: good, damaged and hostile."""

import sys
from datetime import date

import pytest
from reading_samples import (
    OTHER,
    PAGE,
    PROSE,
    bomb,
    docx,
    everything,
    pdf,
    reasons,
    texts,
    warc,
    zipped,
)


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_web_archive_is_its_pages(write, errors, gzipped):
    pages = [
        (
            "http://a.example/1",
            "200 OK",
            "text/html; charset=iso-8859-2",
            PAGE.replace("mayor", "mayor Wałęsa").encode("iso8859-2"),
        ),
        ("http://a.example/pic", "200 OK", "image/png", b"\x89PNG"),
        ("http://a.example/gone", "404 Not Found", "text/html", PAGE.encode()),
        ("http://a.example/bad", "200 OK", "text/html", b"<html></html>"),
        ("http://a.example/2", "200 OK", "text/html", PAGE.replace("harbour", "market").encode()),
    ]
    name = "a.warc.gz" if gzipped else "a.warc"
    found = everything([write(name, warc(pages, gzipped))], errors)
    assert [(document.id, document.url) for document in found] == [
        ("http://a.example/1",) * 2,
        ("http://a.example/2",) * 2,
    ]
    assert "mayor Wałęsa said" in found[0].text
    assert [error.path.partition(": ")[2] for error in errors] == ["http://a.example/bad"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_damaged_web_archive_yields_what_it_can(write, errors, name):
    whole = warc(
        [
            (
                f"http://a.example/{n}",
                "200 OK",
                "text/html",
                PAGE.replace("Vellmar", f"Vell{n}").encode(),
            )
            for n in range(5)
        ],
        name.endswith("gz"),
    )
    found = everything(
        [
            write(name, whole[: len(whole) * 2 // 3]),
            write("b.warc", b"no"),
            write("good.txt", OTHER),
        ],
        errors,
    )
    # Of what is packed in one piece nothing is sure that comes shortly before the damage.
    assert (1 if name.endswith(".gz") else 3) <= len(found) <= 5
    assert found[-1].text == OTHER
    assert 1 <= len(errors) <= 3


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Courier</title>
<item><title>Closed &amp; shut</title><link>http://a.example/1</link><guid>urn:1</guid>
<dc:creator>Ana Cruz</dc:creator>
<pubDate>Sat, 03 May 2031 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{PROSE}</p><script>x()</script><p>{OTHER}</p>]]></content:encoded></item>
<item><title>Empty</title></item>
<item><description>{PROSE}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title><entry><id>tag:1</id>
<title>Closed</title><link href="http://a.example/1"/><published>2031-05-03T10:00:00Z</published>
<updated>2031-06-01T10:00:00Z</updated>
<content type="html">&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry></feed>"""


def test_a_feed_is_its_entries(write, errors):
    first, second = everything([write("a.xml", RSS)], errors)
    assert first.text == f"{PROSE}\n\n{OTHER}"
    assert (first.title, first.author, first.publisher) == (
        "Closed & shut",
        "Ana Cruz",
        "The Courier",
    )
    assert (first.id, first.url, first.date) == ("urn:1", "http://a.example/1", date(2031, 5, 3))
    assert (second.text, second.id) == (PROSE, "a.xml#3")
    assert reasons(errors) == [("a.xml: entry 2", "no text in this entry")]


def test_an_atom_feed_has_the_day_of_publication(write, errors):
    (document,) = everything([write("a.atom", ATOM)], errors)
    assert (document.text, document.date, document.publisher) == (
        PROSE,
        date(2031, 5, 3),
        "The Courier",
    )


LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
def test_entities_in_feeds_are_refused(write, errors, bomb, encoding):
    feed = bomb + RSS.partition("?>")[2].replace("Short.", "&j;&x;")
    assert texts([write("a.xml", feed.encode(encoding)), write("good.txt", OTHER)], errors) == [
        OTHER
    ]
    assert reasons(errors) == [("a.xml", "it declares entities, which no feed needs: not read")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<a/>", "neither"),
        ("", "neither"),
        ("no xml <", "neither"),
        ('<rss version="2.0"><channel/></rss>', "empty"),
        ("<a>" * 50_000, "neither"),
    ],
)
def test_what_is_no_feed_is_one_line(write, errors, content, reason):
    assert texts([write("a.xml", content)], errors) == []
    assert [error.reason.partition(" ")[0].rstrip(":") for error in errors] == [reason]


def test_a_pdf_is_its_paragraphs(write, errors):
    lines = [
        "The harbour at Vellmar will close on",
        "Monday, the mayor said.",
        "The ferry will run on Sundays, Ana Cruz",
        "told the council.",
    ]
    (document,) = everything([write("a.pdf", pdf(lines))], errors)
    assert document.text == (
        "The harbour at Vellmar will close on Monday, the mayor said.\n\n"
        "The ferry will run on Sundays, Ana Cruz told the council."
    )
    assert (document.title, document.author) == ("Closed", "Ana Cruz")


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n", b"%PDF-1.7 nothing else", pdf([])[:300], pdf([])]
)
def test_a_pdf_without_text_is_one_line(write, errors, content):
    assert texts([write("a.pdf", content), write("good.txt", OTHER)], errors) == [OTHER]
    assert len(reasons(errors)) == 1


def test_a_word_document_is_its_paragraphs(write, errors):
    (document,) = everything([write("a.docx", docx([PROSE, "", OTHER]))], errors)
    assert document.text == f"{PROSE}\n\n{OTHER}"
    assert (document.title, document.author) == ("Closed", "Ana Cruz")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no",
        zipped({"a.txt": "x"}),
        zipped({"[Content_Types].xml": LAUGHS + "<Types>&j;</Types>"}),
        zipped({"word/document.xml": bomb(60)}),
        docx([]),
    ],
)
def test_a_word_document_without_text_is_one_line(write, errors, content):
    assert texts([write("a.docx", content), write("good.txt", OTHER)], errors) == [OTHER]
    assert len(reasons(errors)) == 1


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("a.parquet", "pyarrow: tables"),
        ("a.warc", "warcio.archiveiterator: archives"),
        ("a.txt.zst", "zstandard: archives"),
        ("a.xml", "feedparser: feeds"),
        ("a.pdf", "pypdf: pdf"),
        ("a.docx", "docx: docx"),
    ],
)
def test_a_missing_extra_is_named(write, errors, monkeypatch, name, needed):
    package, _, extra = needed.partition(": ")
    monkeypatch.setitem(sys.modules, package, None)
    assert texts([write(name, b"x"), write("good.txt", OTHER)], errors) == [OTHER]
    assert errors[0].reason.endswith(f"pip install 'quoth[{extra}]'")
