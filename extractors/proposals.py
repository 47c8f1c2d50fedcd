"""Candidates with their contents fitted to the quotations and the evidence for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.extractors.evidence import PLACE, Evidence, features
from quoth.extractors.frames import Candidate, Frames
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.tree import Tree, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from quoth.extractors.drafts import Range
    from quoth.extractors.lemmas import Lemmatizer

IDLE = -4.0
"""Log-odds of a word in any frame below which it is not even looked at."""


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
        self.idle = evidence.lexicon.idle(IDLE)

    def propose(self, tree: Tree, quoted: QuotedTokens) -> Iterator[Proposal]:
        """Yield every candidate that is not hopeless, in the order of the cues' heads."""
        evidence = self.evidence
        for candidate in Frames(tree, self.lemmas, self.idle).candidates():
            lexical = evidence.lexical(candidate.word, candidate.frame)
            content = fitted(candidate, quoted) if lexical is not None else []
            if lexical is not None and content:
                names = features(tree, quoted, candidate, content)
                known = lexical + evidence.weight(names[PLACE:])
                outer = known + evidence.weight(names[:PLACE])
                yield Proposal(candidate, content, outer, known + evidence.outside)


def fitted(candidate: Candidate, quoted: QuotedTokens) -> list[Range]:
    """Return the candidate's content fitted to the quotations, its source and cue cut out."""
    return quoted.fit(list(candidate.content), candidate.head, candidate.source, candidate.cue)


def views(doc: Doc) -> tuple[Tree, QuotedTokens]:
    """Return the parse of `doc` and its quotations by token."""
    # The same Doc may have been parsed anew since it was last read.
    tree_of.cache_clear()
    tree = tree_of(doc)
    return tree, QuotedTokens(doc, tree)
