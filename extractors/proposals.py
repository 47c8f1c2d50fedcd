"""Candidates with their contents fitted to the quotations and the evidence for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.extractors.evidence import Evidence, features, without_place
from quoth.extractors.frames import Candidate, Frames
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.tree import Tree, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from quoth.extractors.drafts import Range
    from quoth.extractors.lemmas import Lemmatizer

HOPELESS = -4.5
"""Lexical log-odds (frame and word, averaged) below which the context cannot rescue a candidate."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate, its content and the log-odds that it is an attribution.

    `inner_log_odds` are those for a candidate inside another's content. The training texts have
    the outermost relation alone, so that standing in a quotation or a subordinate clause speaks
    against a candidate there; for nested ones that evidence is left out.
    """

    candidate: Candidate
    content: list[Range]
    log_odds: float
    inner_log_odds: float


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
                outer = self.evidence.log_odds(lexical, context)
                inner = self.evidence.log_odds(lexical, without_place(context))
                yield Proposal(candidate, content, outer, inner)


def fitted(candidate: Candidate, quoted: QuotedTokens) -> list[Range]:
    """Return the candidate's content fitted to the quotations, its source and cue cut out."""
    return quoted.fit(list(candidate.content), candidate.head, candidate.source, candidate.cue)


def views(doc: Doc) -> tuple[Tree, QuotedTokens]:
    """Return the parse of `doc` and its quotations by token."""
    # The same Doc may have been parsed anew since it was last read.
    tree_of.cache_clear()
    tree = tree_of(doc)
    return tree, QuotedTokens(doc, tree)
