"""Where texts lie: files, folders, standard input; and what refuses to be read."""

import io
import os
import sys
from pathlib import Path

import pytest

from quoth.extractors.readers.registry import suffixes
from quoth.extractors.reading import ReadingError, find_inputs, read, read_all

PROSE = "The harbour at Vellmar will close, the mayor said."


def documents(paths, errors, **known):
    return [(d.id, d.text) for d in read_all(paths, on_error=errors.append, **known)]


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
