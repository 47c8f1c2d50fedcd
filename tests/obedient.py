"""An extractor that does what a text says: it ends its process, hangs, or fails.

Otherwise it finds one attribution, and that at once: no language model is loaded. Worker processes
import this module by its name.
"""

import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from story import Story

from quoth.extractors.records import Document, Extraction, Extractor

RECORD = Extractor(name="obedient", version="1", model="none")
SENTENCE = "Edda Thorvane said that rain would come."


def story(id: str, orders: str = "", **fields: object) -> Document:
    """A document that gives `orders` after its sentence."""
    return Document(text=f"{SENTENCE}\n\n{orders}", id=id, **fields)


class Obedient:
    """The extractor."""

    record = RECORD

    def extract(
        self,
        documents: Iterable[Document],
        *,
        on_error: Callable[[Document, Exception], None] | None = None,
    ) -> Iterator[Extraction]:
        for document in documents:
            try:
                _obey(document.text)
            except ValueError as error:
                if on_error is None:
                    raise
                on_error(document, error)
                continue
            yield _found(document)


def _obey(text: str) -> None:
    if "crash" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if (once := re.search(r"die once (\S+)", text)) and not Path(once[1]).exists():
        Path(once[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if seconds := re.search(r"sleep ([\d.]+)", text):
        time.sleep(float(seconds[1]))
    if "fail" in text:
        raise ValueError("it was told to fail")


def _found(document: Document) -> Extraction:
    tale = Story(SENTENCE)
    tale.says(
        tale.source("Edda Thorvane"),
        sentence=SENTENCE,
        cue="said",
        claim=tale.claim("that rain would come"),
    )
    return replace(tale.extraction(), document=document, extractor=RECORD)


def load() -> Obedient:
    """Load it."""
    return Obedient()


def load_as(_name: str, *, min_confidence: float) -> Obedient:
    """Load it in the place of another."""
    assert min_confidence == 0.0
    return Obedient()


def load_nothing() -> Obedient:
    """Fail as where a model is missing."""
    raise OSError("the model is missing; reinstall")


def load_and_die() -> Obedient:
    """End as where there is too little memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
