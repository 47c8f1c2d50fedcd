"""Builds the spaCy pipeline, runs it over documents, yields extractions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from typing import TYPE_CHECKING

from quoth.extractors.components.factories import MODEL_STAGES, STAGES
from quoth.extractors.records import Attribution, Document, Extraction, Extractor
from quoth.extractors.selection import confident, sources_of
from quoth.extractors.syntax import load_syntax, parse
from quoth.extractors.tree import tree_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PART = 30_000
"""Code points that are parsed at once; longer texts are cut at the end of a paragraph."""
LEARNT = 20_000
"""Words that the vocabulary may have gained before new ones are forgotten again: the usual ones
are among them by then, and those of a tokenizer that is quick with what it has seen before."""
UNBROKEN = re.compile(r"\S{500}")
SURROGATE = re.compile("[\ud800-\udfff]")

OWN = frozenset((*STAGES, *MODEL_STAGES))

OnError = Callable[[Document, Exception], None]


class AttributionExtractor:
    """Documents in, extractions out; the model is loaded at the first document."""

    def __init__(
        self, name: str, build: Callable[[], Language], min_confidence: float = 0.0
    ) -> None:
        self.name = name
        self.min_confidence = min_confidence
        self._build = build

    @cached_property
    def nlp(self) -> Language:
        """The pipeline."""
        return self._build()

    @cached_property
    def record(self) -> Extractor:
        """What this extractor is: name, version, model and settings."""
        from importlib.metadata import version

        meta = self.nlp.meta
        settings = {
            name: self.nlp.get_pipe_config(name)
            for name in self.nlp.pipe_names
            if name.startswith("quoth_")
        }
        return Extractor(
            name=self.name,
            version=version("quoth"),
            model="+".join((f"{meta['lang']}_{meta['name']}-{meta['version']}", *self._networks())),
            config=repr(settings) + self._limits(),
        )

    @cached_property
    def _first_words(self) -> int:
        return len(self.nlp.vocab.strings)

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Forget at the end the words that were new, which spaCy's vocabulary keeps otherwise.

        The first `LEARNT` are kept. Nothing may be used at the end that spaCy has made of a text
        within; extractions may, since they are no part of it. It cannot be nested.
        """
        if len(self.nlp.vocab.strings) - self._first_words < LEARNT:
            yield
            return
        with self.nlp.memory_zone():
            try:
                yield
            finally:
                tree_of.cache_clear()

    def _limits(self) -> str:
        return f" min_confidence={self.min_confidence}" if self.min_confidence else ""

    def _networks(self) -> Iterator[str]:
        for _, pipe in self.nlp.pipeline:
            fingerprint = getattr(pipe, "fingerprint", None)
            if fingerprint is not None:
                yield f"quoth-{fingerprint}"

    def extract(
        self, documents: Iterable[Document], *, on_error: OnError | None = None
    ) -> Iterator[Extraction]:
        """Yield one extraction a document, in order, reading documents as they are needed.

        A document that cannot be processed is handed to `on_error` with the exception and left
        out; without `on_error` the exception is raised.
        """
        for document in documents:
            # A model that cannot be loaded is no fault of the document.
            _ = self.record
            try:
                extraction = self._extract(document)
            except Exception as error:
                if on_error is None:
                    raise
                on_error(document, error)
            else:
                yield extraction

    def _extract(self, document: Document) -> Extraction:
        from quoth.extractors.assembly import Assembler, voice_of

        voice = voice_of(document)
        assembler = Assembler(document, voice, {})
        attributions: list[Attribution] = []
        own_claims: list[Attribution] = []
        for offset, text in split(document.text, document.begin):
            found, own = assembler.assemble(self._read(text), offset)
            attributions += found
            own_claims += own
        extraction = Extraction(
            document=document,
            extractor=self.record,
            attributions=tuple(attributions),
            own_claims=tuple(own_claims),
            sources=sources_of([*attributions, *own_claims], assembler.named.values()),
        )
        return confident(extraction, self.min_confidence)

    def _read(self, text: str) -> Doc:
        """Return `text` with everything on it that the pipeline's components find."""
        stages = {name: pipe for name, pipe in self.nlp.pipeline if name in OWN}
        doc = parse(self.nlp, text, stages)
        for stage in stages.values():
            doc = stage(doc)
        return doc


def split(text: str, begin: int = 0) -> Iterator[tuple[int, str]]:
    """Yield (offset, part) of `text` from `begin` on: parts of `PART` code points at most.

    A part ends with a paragraph, else with a line, a sentence or a word; what has no white space
    for 500 code points is a part of its own, cut as often as needed; blank parts are left out.
    Lone surrogates, which spaCy cannot hold, are replaced one for one by U+FFFD.
    """
    while begin < len(text):
        end = _part_end(text, begin)
        part = text[begin:end]
        if not part.isspace():
            yield begin, SURROGATE.sub("\ufffd", part)
        begin = end


def _part_end(text: str, begin: int) -> int:
    end = min(begin + PART, len(text))
    run = UNBROKEN.search(text, begin, end)
    if run is not None:
        # spaCy's tokenizer takes time quadratic in the length of such a run, which is no prose.
        return run.start() if run.start() > begin else run.end()
    if end < len(text):
        for boundary in ("\n\n", "\n", ". ", " "):
            cut = text.rfind(boundary, begin + PART // 2, end)
            if cut >= 0:
                return cut + len(boundary)
    return end


@cache
def rules() -> Language:
    """Build the rules' pipeline: syntax and quoth's components; raises as `load_syntax` does."""
    return _build(STAGES)


@cache
def model() -> Language:
    """Build the trained model's pipeline: the rules', but for who decides what is attributed.

    Raises as `load_syntax` and `neural.network.Network.load` do.
    """
    return _build(MODEL_STAGES)


def _build(stages: Iterable[str]) -> Language:
    nlp = load_syntax()
    for name in stages:
        nlp.add_pipe(name)
    return nlp


EXTRACTORS: dict[str, Callable[[], Language]] = {"model": model, "rules": rules}
DEFAULT = "model"


def load(name: str = DEFAULT, *, min_confidence: float = 0.0) -> AttributionExtractor:
    """Return the extractor called `name`; its model is loaded when it is first used.

    Attributions of a confidence (0 to 1) below `min_confidence` are left out. Raises ValueError
    when no extractor has that name or the confidence is out of range.
    """
    if name not in EXTRACTORS:
        raise ValueError(f"no extractor is called {name!r}; there are: {', '.join(EXTRACTORS)}")
    if not 0.0 <= min_confidence <= 1.0:
        raise ValueError(f"a confidence lies between 0 and 1, {min_confidence} does not")
    return AttributionExtractor(name, EXTRACTORS[name], min_confidence)
