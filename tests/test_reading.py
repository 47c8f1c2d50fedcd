"""Texts are read as they are, whatever their encoding, with what is known of them."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.decoding import detect
from quoth.extractors.reading import ReadingError, read

PROSE = "The harbour at Vellmar will close, the mayor said."


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")))
def test_text_is_kept_exactly(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("exact") / "a.txt"
    path.write_bytes(f"x{text}".encode())
    assert read(path).text == f"x{text}"


def test_line_ends_and_form_feeds_stay(write):
    text = "One.\r\nTwo.\rThree.\nFour.\x0bFive.\x0cSix.\u2028Seven.\r\n"
    assert read(write("a.txt", text)).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(write, encoding):
    text = "“No,” said Zoë 𝔐arr.\r\nThe fee is €5."
    assert read(write("a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("byte_order_mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")]
)
def test_utf_16_of_either_byte_order(write, byte_order_mark, encoding):
    assert read(write("a.txt", byte_order_mark + PROSE.encode(encoding))).text == PROSE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The mayor said “no”.", "cp1252"),
        ("Zoë Müller said the café would not close – “not ever”. The fee is €5.", "cp1252"),
        ("Müller said the fee is €5.", "cp1252"),
        ("The council met on Monday.\n\nSeñor Núñez said the road would close.\n", "cp1252"),
        ("Bo Smith said “it is unsafe.”", "cp1252"),
        ("It’s a £5 toll – a ‘première’ for São João, Škoda and Björk’s façade…", "cp1252"),
        ("The depot of 300 m² – 2½ times the old one – isn’t Ångström’s.", "cp1252"),
        ("Wałęsa zaprzeczył, że most jest zamknięty. Michał Żółty był zdania, że tak.", "cp1250"),
        ("Мэр сказал, что гавань будет закрыта в понедельник. Никто не возражал.", "cp1251"),
    ],
)
def test_other_encodings_are_detected(write, text, encoding):
    assert read(write("a.txt", text.encode(encoding))).text == text


def test_a_guessed_encoding_is_told(write, caplog):
    path = write("a.txt", "Señor Núñez said no.".encode("cp1252"))
    read(path)
    read(write("b.txt", "Señor Núñez said no."))
    assert caplog.messages == [f"{path}: not UTF-8; guessed encoding cp1252"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Lech Wałęsa said so on Monday.", "cp1250"), ("The Мэр said so.", "koi8-r")],
)
def test_no_word_is_turned_into_chinese(write, text, encoding):
    detected = detect(text.encode(encoding))
    assert detected is None or max(text.encode(encoding).decode(detected)) < "\u0600"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \r\n\t\xc2\xa0", "empty", id="only space"),
        pytest.param(b"\xef\xbb\xbf", "empty", id="only a byte order mark"),
        pytest.param(b"text\x00text", "binary", id="NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary", id="picture"),
        pytest.param(b"\x1f\x8b\x08\x01\xff\xee" + bytes(range(1, 256)), "binary", id="gzip"),
        pytest.param(b"\xff\xfea", "damaged UTF-16 at byte 2", id="half a UTF-16 character"),
        pytest.param(b"\xef\xbb\xbfa\xff", "damaged UTF-8 at byte 1", id="UTF-8 mark, then not"),
        pytest.param(
            "“Zoë Müller”".encode() + b"\xff", "damaged UTF-8 at byte 18", id="a bad byte"
        ),
        pytest.param(
            b"Bo said \x93it is unsafe.\x94 at the caf\xc3\xa9",
            "damaged UTF-8 at byte 8",
            id="two encodings",
        ),
        pytest.param("“Zoë Müller€".encode()[:-1], "damaged UTF-8 at byte 15", id="cut off"),
    ],
)
def test_what_is_no_text_is_one_clear_line(write, content, reason):
    path = write("a.txt", content)
    with pytest.raises(ReadingError) as caught:
        read(path)
    assert caught.value.path == str(path)
    assert caught.value.reason.startswith(reason)
    assert str(caught.value) == f"{path}: {caught.value.reason}"
    assert "\n" not in str(caught.value)


def test_reading_is_linear(write):
    def seconds(megabytes):
        path = write("big.txt", f"{PROSE} “Zoë”.\n".encode() * (megabytes * 1_000_000 // 60))
        begun = time.process_time()
        read(path)
        return time.process_time() - begun

    # Hundredths of a second each; a quadratic step would cost minutes.
    assert seconds(8) < 20 * max(seconds(1), 0.05)


def test_the_header_is_known_and_stays_in_the_text(write):
    text = f"# Harbour to close\n\nBy Ana Cruz\n\nVELLMAR, May 3, 2024 (Norwire) - {PROSE}"
    document = read(write("a.md", text))
    assert document.text == text
    assert document.text[document.begin :] == PROSE
    assert document.title == "Harbour to close"
    assert document.author == "Ana Cruz"
    assert document.publisher == "Norwire"
    assert document.date == date(2024, 5, 3)
    assert document.id == "a.md"


def test_keywords_override_the_header(write):
    document = read(
        write("a.txt", f"Title\n\nBy Ana Cruz\n\nVELLMAR, May 3, 2024 (Norwire) - {PROSE}"),
        id="x",
        title="Another",
        date="2020-01-02",
        publisher="The Courier",
        author="Staff",
        url="https://example.org/1",
    )
    assert document.text[document.begin :] == PROSE
    assert (document.id, document.title, document.publisher) == ("x", "Another", "The Courier")
    assert (document.author, document.url) == ("Staff", "https://example.org/1")
    assert document.date == date(2020, 1, 2)


def test_a_date_that_is_none_is_refused(write):
    with pytest.raises(ValueError, match="2020-13-01"):
        read(write("a.txt", PROSE), date="2020-13-01")
