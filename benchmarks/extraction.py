"""Words per CPU-second of the extractor beside the bare parse: ``python benchmarks/extraction.py``.

Reads a gold file (``--corpus``, JSON Lines with "text") or else the bundled samples, and runs in
turn, in one process and on one thread, (a) the tokenizer, tagger and parser of the model alone,
(b) the model with all its components, (c) quoth's extractors, (d) these up to the attributions:
spans without meaning. Prints CPU seconds, words per CPU-second and the ratio of (c) to the others.
Every system runs ``--rounds`` times; the fastest round counts, since noise on a busy machine only
ever slows.
"""

from __future__ import annotations

import argparse
import json
import time
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from threadpoolctl import threadpool_limits

from quoth.extractors.pipeline import EXTRACTORS, OWN, load
from quoth.extractors.records import Document
from quoth.extractors.syntax import MODEL, SYNTAX_ONLY, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from quoth.extractors.pipeline import AttributionExtractor


ATTRIBUTING = ("quoth_quotations", "quoth_attributions", "quoth_model")


def texts(corpus: Path | None) -> list[str]:
    """Return the texts of the corpus, or of the samples."""
    if corpus is not None:
        with corpus.open(encoding="utf-8", newline="\n") as lines:
            return [json.loads(line)["text"] for line in lines if line.strip()]
    samples = files("quoth") / "samples"
    return [p.read_text("utf-8") for p in samples.iterdir() if p.name.endswith(".txt")]


def fastest(run: Callable[[], None], rounds: int) -> float:
    """Return the CPU seconds of the fastest of so many runs."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    documents = texts(arguments.corpus)
    words = sum(len(text.split()) for text in documents)
    syntax = spacy.load(MODEL, disable=SYNTAX_ONLY)
    everything = spacy.load(MODEL)
    extractors = {f"quoth {name}": load(name) for name in EXTRACTORS}
    systems: dict[str, Callable[[], None]] = {
        "tokenizer, tagger, parser": lambda: _drain(syntax.pipe(documents, batch_size=32)),
        "the whole model": lambda: _drain(everything.pipe(documents, batch_size=32)),
    }
    for name, extractor in extractors.items():
        systems[f"{name}, spans alone"] = partial(_spans, extractor, documents)
        systems[name] = partial(_extract, extractor, documents)
    with threadpool_limits(1):
        for run in systems.values():
            run()
        seconds = {name: fastest(run, arguments.rounds) for name, run in systems.items()}
    print(f"{len(documents)} documents, {words} words")
    for name, value in seconds.items():
        print(f"{name:28} {value:7.2f} CPU s {words / value:8.0f} words/CPU s")
    for extractor_name in extractors:
        for name in (*list(systems)[:2], f"{extractor_name}, spans alone"):
            ratio = seconds[name] / seconds[extractor_name]
            print(f"{extractor_name} / {name}: {ratio:.2f}")


def _extract(extractor: AttributionExtractor, documents: list[str]) -> None:
    _drain(extractor.extract(Document(text=text) for text in documents))


def _spans(extractor: AttributionExtractor, documents: list[str]) -> None:
    """Parse and find the attributions, by the stages that `ATTRIBUTING` names alone."""
    pipes = dict(extractor.nlp.pipeline)
    stages = {name: pipes[name] for name in ATTRIBUTING if name in pipes}
    for text in documents:
        doc = parse(extractor.nlp, text, OWN & pipes.keys())
        for stage in stages.values():
            doc = stage(doc)


def _drain(items: object) -> None:
    for _ in items:  # type: ignore[attr-defined]
        pass


if __name__ == "__main__":
    main()
