"""Sentence starts at paragraph breaks, so that no parse runs from a title into the text below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.paragraph_breaks import ENDS, is_hard_wrapped

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Paragraphs:
    """Mark the first token after a paragraph break as the start of a sentence.

    Runs before the parser, which keeps the marks. A blank line ends a paragraph. So does a single
    line end, except in the middle of a sentence: the line before does not end one and the next
    begins in lower case, or in any case where lines are broken to a width.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `Token.is_sent_start` where a paragraph starts; returns the same `doc`."""
        breaks = [
            doc[i]
            for i in np.flatnonzero(doc.to_array(["IS_SPACE"])).tolist()
            if "\n" in doc[i].text
        ]
        wrapped = len(breaks) > 1 and is_hard_wrapped(doc.text)
        for token in breaks:
            if _ends_paragraph(token, wrapped=wrapped):
                following = token.i + 1
                while following < len(doc) and doc[following].is_space:
                    following += 1
                if following < len(doc):
                    doc[following].is_sent_start = True
        return doc


def _ends_paragraph(token: Token, *, wrapped: bool) -> bool:
    if token.text.count("\n") > 1 or token.i == 0 or token.i + 1 >= len(token.doc):
        return True
    if token.nbor(-1).text[-1] in ENDS:
        return True
    return not (wrapped or token.nbor(1).text[0].islower())
