"""Sentence starts at paragraph breaks, so that no parse runs from a title into the text below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.paragraph_breaks import ENDS, WRAPPED_LINES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


LONGEST_SENTENCE = 200
"""Tokens from which on a stretch without a full stop is no sentence, and is cut.

The work on a sentence grows with the square of its length: what is said may hold what is said.
"""
FINALS = (".", "?", "!", "…", ";", ":")


class Paragraphs:
    """Mark the first token after a paragraph break as the start of a sentence.

    Runs before the parser, which keeps the marks. A blank line ends a paragraph. So does a single
    line end, except in the middle of a sentence: the line before does not end one and the next
    begins in lower case, or in any case where lines are broken to a width. A stretch of 200 tokens
    without a full stop is cut, too.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `Token.is_sent_start` where a paragraph starts; returns the same `doc`."""
        blanks = np.flatnonzero(doc.to_array(["IS_SPACE"])).tolist()
        breaks = [token for token in (doc[i] for i in blanks) if "\n" in token.text]
        wrapped = sum(map(_splits_sentence, breaks)) >= WRAPPED_LINES
        for token in breaks:
            if _ends_paragraph(token, wrapped=wrapped):
                following = token.i + 1
                while following < len(doc) and doc[following].is_space:
                    following += 1
                if following < len(doc):
                    doc[following].is_sent_start = True
        _cut_long_stretches(doc)
        return doc


def _cut_long_stretches(doc: Doc) -> None:
    """Start a sentence every `LONGEST_SENTENCE` tokens where nothing else ends one."""
    if len(doc) <= LONGEST_SENTENCE:
        return
    finals = [doc.vocab.strings[mark] for mark in FINALS]
    forms, starts = doc.to_array(["ORTH", "SENT_START"]).T
    edges = np.flatnonzero(np.isin(forms, finals) | (starts.astype(np.int64) == 1))
    edges = np.concatenate(([0], edges, [len(doc)]))
    for before, after in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        for i in range(before + LONGEST_SENTENCE, after, LONGEST_SENTENCE):
            doc[i].is_sent_start = True


def _is_single(token: Token) -> bool:
    """Whether the token is one line end between two others that does not end a sentence."""
    inside = 0 < token.i < len(token.doc) - 1
    return inside and token.text.count("\n") == 1 and token.nbor(-1).text[-1] not in ENDS


def _splits_sentence(token: Token) -> bool:
    return _is_single(token) and token.nbor(1).text[0].islower()


def _ends_paragraph(token: Token, *, wrapped: bool) -> bool:
    return not (_is_single(token) and (wrapped or token.nbor(1).text[0].islower()))
