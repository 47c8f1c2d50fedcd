"""Quotations as spans of tokens."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Span, SpanGroup

from quoth.extractors.drafts import QUOTATIONS
from quoth.extractors.quotation_marks import quotations


class Quotations:
    """Put every quotation of the text into ``doc.spans["quotations"]``, marks included.

    A span's label is ``closed`` or, for a quotation that no mark closes, ``open``.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the span group; returns the same `doc`."""
        begins = doc.to_array(["IDX"]).tolist()
        spans = []
        for quotation in quotations(doc.text):
            begin = bisect_left(begins, quotation.begin)
            end = bisect_left(begins, quotation.end)
            if begin < end:
                label = "closed" if quotation.closed else "open"
                spans.append(Span(doc, begin, end, label=label))
        doc.spans[QUOTATIONS] = SpanGroup(doc, name=QUOTATIONS, spans=spans)
        return doc
