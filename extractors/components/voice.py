"""The document's own voice: every sentence that attributes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, drafts_of, register_extensions
from quoth.extractors.tree import tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Voice:
    """Put a draft for each sentence that no attribution touches into ``doc._.own_claims``.

    Such a draft has no cue and no source: the sentence is the content.
    """

    def __init__(self) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Find the sentences; returns the same `doc`."""
        tree = tree_of(doc)
        taken = [False] * tree.size
        for draft in drafts_of(doc):
            for span in (draft["source"], draft["cue"], *draft["content"]):
                if span is not None:
                    taken[span[0] : span[1]] = [True] * (span[1] - span[0])
        own = []
        for begin, end in tree.sentences():
            first, last = tree.trim(begin, end)
            if not any(taken[begin:end]) and any(tree.is_word(i) for i in range(first, last)):
                own.append(
                    Draft(
                        head=None,
                        word="",
                        frame="own",
                        source=None,
                        cue=None,
                        content=[(first, last)],
                        log_odds=0.0,
                        passive=False,
                    )
                )
        doc._.own_claims = own
        return doc
