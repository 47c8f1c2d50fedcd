"""Files, folders and standard input: exact text, one clear error a bad input, the rest goes on."""

import io
import os
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.extractors.decoding import detect
from quoth.extractors.readers.registry import suffixes
from quoth.extractors.reading import ReadingError, find_inputs, read, read_all

PROSE = "The harbour at Vellmar will close, the mayor said."


def documents(paths, errors, **known):
    return [(d.id, d.text) for d in read_all(paths, on_error=errors.append, **known)]


# ---------------------------------------------------------------- text


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


# ---------------------------------------------------------------- what is known of a document


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


# ---------------------------------------------------------------- where texts lie


def test_a_folder_yields_its_texts_sorted_and_named_by_their_path(write, tmp_path, errors):
    for name in ("b.txt", "a.MD", "c/d.markdown", "c/a.text", "B/z.txt", "ä.txt"):
        write(name, name)
    for name in (".hidden.txt", ".git/a.txt", "a.png", "a.txt.bak", "c/.x/y.txt"):
        write(name, "not read")
    assert documents([tmp_path], errors) == [
        (name, name) for name in ("a.MD", "b.txt", "ä.txt", "B/z.txt", "c/a.text", "c/d.markdown")
    ]
    assert not errors


def test_a_folder_that_is_refused_is_told_once(tmp_path, errors, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert documents([tmp_path], errors) == []
    assert [error.reason for error in errors] == ["permission denied"]


def test_a_closed_standard_input_is_one_line(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ReadingError, match="standard input is closed"):
        read("-")


def test_inputs_that_were_found_can_be_read_later(write, tmp_path, errors):
    write("b/a.txt", PROSE)
    found = list(find_inputs([tmp_path]))
    assert documents(found, errors) == documents([tmp_path], errors) == [("b/a.txt", PROSE)]


def test_a_file_may_have_any_name(write, errors):
    path = write("wire.2024", PROSE)
    assert documents([path], errors) == [("wire.2024", PROSE)]


def test_a_document_that_comes_twice_is_read_once(write, tmp_path, errors):
    path = write("a.txt", PROSE)
    write("b/a.txt", PROSE)
    assert [item for item, _ in documents([tmp_path, path, path], errors)] == ["a.txt", "b/a.txt"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"Zoë\r\n{PROSE}".encode())))
    document = read("-")
    assert document.id == "stdin"
    assert document.text == f"Zoë\r\n{PROSE}"


def test_a_bad_input_costs_only_itself(write, tmp_path, errors):
    good = [write("1.txt", PROSE), write("9.txt", PROSE)]
    paths = [
        good[0],
        write("empty.txt", b""),
        write("binary.txt", b"\x00"),
        tmp_path / "missing.txt",
        tmp_path / "nul\x00in the name",
        tmp_path / ("long" * 100),
        good[1],
    ]
    (tmp_path / "no texts").mkdir()
    assert [name for name, _ in documents([*paths, tmp_path / "no texts"], errors)] == [
        "1.txt",
        "9.txt",
    ]
    assert [error.path for error in errors] == [
        str(path) for path in [*paths[1:-1], tmp_path / "no texts"]
    ]
    assert [error.reason.split(":")[0] for error in errors] == [
        "empty",
        "binary, not text",
        "no such file or folder",
        "no name of a file",
        "file name too long",
        f"no texts in this folder ({', '.join(suffixes())})",
    ]


def test_without_on_error_the_first_error_is_raised(tmp_path):
    with pytest.raises(ReadingError, match="missing"):
        list(read_all([tmp_path / "missing.txt"]))
    with pytest.raises(ReadingError, match="no texts"):
        list(find_inputs([tmp_path]))


def test_a_folder_is_no_document(tmp_path):
    with pytest.raises(ReadingError, match="a folder"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes exist on POSIX only")
def test_pipes_and_devices_do_not_hang(write, tmp_path, errors):
    os.mkfifo(tmp_path / "pipe.txt")
    write("text.txt", PROSE)
    assert documents([tmp_path, "/dev/null"], errors) == [("text.txt", PROSE)]
    assert [(Path(error.path).name, error.reason[:16]) for error in errors] == [
        ("pipe.txt", "a pipe or device"),
        ("null", "a pipe or device"),
    ]


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights elsewhere")
def test_symbolic_links_do_not_loop(write, tmp_path, errors):
    write("a.txt", PROSE)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "z.txt").symlink_to(tmp_path / "a.txt")
    assert documents([tmp_path], errors) == [("a.txt", PROSE), ("z.txt", PROSE)]
    assert [Path(error.path).name for error in errors] == ["self.txt"]


def test_a_refused_file_costs_only_itself(write, tmp_path, errors, monkeypatch):
    write("a.txt", PROSE)
    secret = write("b.txt", PROSE)
    allowed = Path.open

    def refuse(self, *mode):
        if self == secret:
            raise PermissionError(13, "Permission denied", str(self))
        return allowed(self, *mode)

    # Not by the file's mode: the superuser may read everything.
    monkeypatch.setattr(Path, "open", refuse)
    assert documents([tmp_path], errors) == [("a.txt", PROSE)]
    assert [(error.path, error.reason) for error in errors] == [(str(secret), "permission denied")]


def test_a_refused_folder_costs_only_itself(write, tmp_path, errors, monkeypatch):
    write("a.txt", PROSE)
    write("secret/b.txt", PROSE)
    allowed = os.scandir

    def refuse(path):
        if Path(path).name == "secret":
            raise PermissionError(13, "Permission denied", str(path))
        return allowed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert documents([tmp_path], errors) == [("a.txt", PROSE)]
    assert [(error.path, error.reason) for error in errors] == [
        (str(tmp_path / "secret"), "permission denied")
    ]
