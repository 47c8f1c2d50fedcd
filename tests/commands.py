"""The command ``quoth``: installed, as a process of its own, or within the process of the tests.

Within it takes a tenth of the time, since libraries and language models are there already. What
only a process shows is asked of the installed one: streams, locales, signals, what it imports.
"""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from quoth.cli import main

QUOTH = str(Path(sys.executable).with_name("quoth"))

TOO_LONG = 120


@dataclass(frozen=True)
class Done:
    """What a command left: its status, and the bytes that it wrote."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.stdout.decode()

    @property
    def err(self) -> str:
        """Standard error as text."""
        return self.stderr.decode()


def installed(
    *arguments: object,
    status: int = 0,
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Done:
    """Run the installed program; require its status, and that it never shows a traceback."""
    done = subprocess.run(
        [QUOTH, *map(str, arguments)],
        input=stdin.encode(),
        capture_output=True,
        env={**os.environ, **(environment or {})},
        cwd=cwd,
        check=False,
        timeout=TOO_LONG,
    )
    return _checked(Done(done.returncode, done.stdout, done.stderr), status)


def quoth(*arguments: object, status: int = 0, stdin: str = "", cwd: Path | None = None) -> Done:
    """Do within this process what `installed` does in one of its own."""
    given, written, told = (io.BytesIO(part) for part in (stdin.encode(), b"", b""))
    streams = [io.TextIOWrapper(part, encoding="utf-8") for part in (given, written, told)]
    loggers = {name: logging.getLogger(name) for name in ("quoth", "rdflib.term")}
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers.values()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["quoth", *map(str, arguments)])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        if cwd is not None:
            patch.chdir(cwd)
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            for logger, level, handlers in before:
                logger.setLevel(level)
                logger.handlers[:] = handlers
    for stream in streams[1:]:
        stream.flush()
    found = ended.value.code or 0
    assert isinstance(found, int)
    return _checked(Done(found, written.getvalue(), told.getvalue()), status)


def _checked(done: Done, status: int) -> Done:
    assert "Traceback" not in done.err
    assert done.status == status, done.err
    return done
