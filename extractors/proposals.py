"""Candidates with their contents fitted to the quotations and the evidence for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from quoth.extractors.drafts import Range
from quoth.extractors.evidence import Evidence, features
from quoth.extractors.frames import Candidate, Frames
from quoth.extractors.lemmas import Lemmatizer
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.tree import Tree, tree_of

HOPELESS = -4.5
"""Lexical log-odds (frame and word, averaged) below which the context cannot rescue a candidate."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate, its content and the log-odds that it is an attribution."""

    candidate: Candidate
    content: list[Range]
    log_odds: float


class Proposer:
    """Proposes attributions from syntax, quotations and the lexicon."""

    def __init__(self, evidence: Evidence, lemmas: Lemmatizer) -> None:
        self.evidence = evidence
        self.lemmas = lemmas

    def propose(self, tree: Tree, quoted: QuotedTokens) -> Iterator[Proposal]:
        """Yield every candidate that is not hopeless, in the order of the cues' heads."""
        for candidate in Frames(tree, self.lemmas).candidates():
            lexical = self.evidence.lexical(candidate)
            if lexical["lexicon=frame"] + lexical["lexicon=word"] < 2 * HOPELESS:
                continue
            content = fitted(candidate, quoted)
            if content:
                context = features(tree, quoted, candidate, content)
                yield Proposal(candidate, content, self.evidence.log_odds(lexical, context))


def fitted(candidate: Candidate, quoted: QuotedTokens) -> list[Range]:
    """Return the candidate's content fitted to the quotations, its source and cue cut out."""
    return quoted.fit(
        list(candidate.content), candidate.head, candidate.source, candidate.cue
    )


def views(doc: Doc) -> tuple[Tree, QuotedTokens]:
    """Return the parse of `doc` and its quotations by token."""
    # The same Doc may have been parsed anew since it was last read.
    tree_of.cache_clear()
    tree = tree_of(doc)
    return tree, QuotedTokens(doc, tree)
