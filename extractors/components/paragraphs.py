"""Sentence starts at paragraph breaks, so that no parse runs from a title into the text below."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLOSERS = frozenset("\"'”’»)]")
FINALS = frozenset(".!?:;…")


class Paragraphs:
    """Mark the first token after a paragraph break as the start of a sentence.

    Runs before the parser, which keeps the marks. A blank line ends a paragraph. So does a single
    line end, except in the middle of a sentence: the line before ends in a word or a comma and
    the next begins in lower case (text with hard line ends).
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `Token.is_sent_start` where a paragraph starts; returns the same `doc`."""
        for token in doc:
            if token.is_space and "\n" in token.text and _ends_paragraph(token):
                following = token.i + 1
                while following < len(doc) and doc[following].is_space:
                    following += 1
                if following < len(doc):
                    doc[following].is_sent_start = True
        return doc


def _ends_paragraph(token: Token) -> bool:
    if token.text.count("\n") > 1 or token.i == 0 or token.i + 1 >= len(token.doc):
        return True
    before, after = token.nbor(-1), token.nbor(1)
    last = before.text[-1]
    return last in FINALS or last in CLOSERS or not after.text[0].islower()
