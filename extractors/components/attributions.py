"""Attributions: which cues attribute what to whom, each as a draft on the `Doc`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, Range, extent, position, register_extensions
from quoth.extractors.frames import Frames
from quoth.extractors.proposals import Proposal, Proposer, views
from quoth.extractors.reporting import Reporting

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.evidence import Evidence
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.quoted import Quoted, QuotedTokens
    from quoth.extractors.tree import Tree

SHORTEST_UNATTRIBUTED = 8
"""The same for a paragraph in quotation marks that nothing before it explains either."""
CLAUSAL = frozenset(("that", "finite", "before", "around", "wh", "ing"))
"""Frames of clauses and quotations: what one source can relay of another."""
NOT_CLAUSAL = 2.0
"""Log-odds by which a nested candidate in any other frame must be surer."""
LONGEST_GAP = 12
"""Words that may stand between a reporting clause and the quotation that goes on after it."""


class Attributions:
    """Put the drafts of all attributions into ``doc._.attributions``, in text order.

    Needs a tagged and parsed `Doc` with ``doc.spans["quotations"]``. `threshold` is the log-odds
    from which on a candidate counts as an attribution, `nested_threshold` that for one inside
    another's content.
    """

    def __init__(
        self, evidence: Evidence, lemmas: Lemmatizer, threshold: float, nested_threshold: float
    ) -> None:
        self.proposer = Proposer(evidence, lemmas)
        self.threshold = threshold
        self.nested_threshold = nested_threshold
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Extract the attributions of `doc`; returns the same `doc`."""
        tree, quoted = views(doc)
        drafts = self._from_syntax(tree, quoted)
        drafts += self._from_quotations(tree, quoted, drafts)
        drafts.sort(key=position)
        doc._.attributions = drafts
        return doc

    def _from_syntax(self, tree: Tree, quoted: QuotedTokens) -> list[Draft]:
        best: dict[int, Proposal] = {}
        weaker: list[Proposal] = []
        for proposal in self.proposer.propose(tree, quoted):
            if proposal.log_odds >= self.threshold:
                _keep_better(best, proposal)
            elif self._may_be_nested(proposal):
                weaker.append(proposal)
        inside = {i for p in best.values() for begin, end in p.content for i in range(begin, end)}
        inside.update(i for region in quoted.regions for i in range(region.begin, region.end))
        nested: dict[int, Proposal] = {}
        for proposal in weaker:
            head = proposal.candidate.head
            if head in inside and head not in best:
                _keep_better(nested, replace(proposal, log_odds=proposal.inner_log_odds))
        best.update(nested)
        for head in [*best]:
            _join_passive(best, tree, head)
        for head in [*best]:
            rival = self._light_verb_rival(tree, best, head)
            if rival is not None:
                del best[rival]
        return [_draft(best[head]) for head in sorted(best)]

    def _may_be_nested(self, proposal: Proposal) -> bool:
        """Whether a candidate may count inside another's content.

        A chain is made by who relays whom, so a clause or a quotation counts; what a speaker says
        that somebody wants, plans or backs only when it is as sure as attributions get.
        """
        kind = proposal.candidate.frame.split(":", 1)[0]
        sure = 0.0 if kind in CLAUSAL else NOT_CLAUSAL
        return proposal.inner_log_odds >= self.nested_threshold + sure

    def _light_verb_rival(self, tree: Tree, best: dict[int, Proposal], head: int) -> int | None:
        """Of «made a promise to …» as verb with object and as noun with content, the weaker."""
        if head not in best or not best[head].candidate.word.startswith("n:"):
            return None
        verb = tree.heads[head]
        other = best.get(verb)
        if other is None or tree.deps[head] not in ("dobj", "attr"):
            return None
        if not other.candidate.frame.startswith("obj"):
            return None
        return verb if _rank(best[head]) > _rank(other) else head

    def _from_quotations(
        self, tree: Tree, quoted: QuotedTokens, drafts: list[Draft]
    ) -> list[Draft]:
        """Attribute the quotations that no content holds, or join them to the one before."""
        frames = Frames(tree, self.proposer.lemmas)
        reporting = Reporting(tree, quoted, frames, self.proposer.evidence.lexicon)
        by_head = {draft["head"]: draft for draft in drafts}
        held = _held(drafts)
        added: list[Draft] = []
        previous: Draft | None = None
        for region in quoted.regions:
            holder = held.get(region.begin + 1) or held.get(region.begin)
            if holder is not None:
                previous = holder if _is_piece(holder, reporting.content(region)) else previous
                continue
            if not reporting.is_speech(region):
                continue
            found = reporting.find(region)
            if found is not None and found["head"] in by_head:
                known = by_head[found["head"]]
                if _can_take(known, region):
                    _join(known, reporting.content(region))
                    previous = known
                continue
            if found is not None:
                by_head[found["head"]] = found
                added.append(found)
                previous = found
            elif previous is not None and _goes_on(tree, previous, region):
                _join(previous, reporting.content(region))
            elif region.words >= SHORTEST_UNATTRIBUTED and _stands_alone(tree, region):
                previous = _unattributed(reporting.content(region))
                added.append(previous)
        return added


def _join_passive(best: dict[int, Proposal], tree: Tree, head: int) -> None:
    """Make one attribution of «was quoted as saying …» and the like, under the inner verb."""
    outer = best.get(head)
    if outer is None or not outer.candidate.passive:
        return
    begin = outer.content[0][0]
    following = range(max(begin, head + 1), begin + 3)
    inner_head = next((i for i in following if i in best), None)
    if inner_head is None or not any(
        tree.heads[i] == head for i in (inner_head, tree.heads[inner_head])
    ):
        return
    inner = best[inner_head]
    subject = tree.child(head, "nsubjpass")
    if subject is None or not tree.is_verb(inner_head):
        return
    cue = (outer.candidate.cue[0], inner.candidate.cue[1])
    best[inner_head] = replace(
        inner,
        candidate=replace(inner.candidate, cue=cue),
        log_odds=max(inner.log_odds, outer.log_odds),
    )
    del best[head]


def _keep_better(best: dict[int, Proposal], proposal: Proposal) -> None:
    head = proposal.candidate.head
    if head not in best or _rank(proposal) > _rank(best[head]):
        best[head] = proposal


def _rank(proposal: Proposal) -> tuple[float, int]:
    return proposal.log_odds, sum(end - begin for begin, end in proposal.content)


def _draft(proposal: Proposal) -> Draft:
    candidate = proposal.candidate
    return Draft(
        head=candidate.head,
        word=candidate.word,
        frame=candidate.frame,
        source=candidate.source,
        cue=candidate.cue,
        content=proposal.content,
        log_odds=proposal.log_odds,
        passive=candidate.passive,
    )


def _unattributed(content: Range) -> Draft:
    return Draft(
        head=None,
        word="",
        frame="quote",
        source=None,
        cue=None,
        content=[content],
        log_odds=0.0,
        passive=False,
    )


def _held(drafts: list[Draft]) -> dict[int, Draft]:
    """Return for each token inside a content the draft with the longest one."""
    held: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda d: sum(end - begin for begin, end in d["content"])):
        for begin, end in draft["content"]:
            held.update(dict.fromkeys(range(begin, end), draft))
    return held


def _is_piece(draft: Draft, quotation: Range) -> bool:
    """Whether a piece of the draft's content is, or ends with, the whole quotation."""
    return any(begin <= quotation[0] and quotation[1] == end for begin, end in draft["content"])


def _can_take(draft: Draft, region: Quoted) -> bool:
    """Whether the quotation may be part of what the draft's cue reports."""
    return draft["head"] is not None and not region.begin <= draft["head"] < region.end


def _join(draft: Draft, piece: Range) -> None:
    """Add a piece to the draft's content, in order."""
    draft["content"] = sorted({*draft["content"], piece})


def _goes_on(tree: Tree, draft: Draft, region: Quoted) -> bool:
    """Whether the quotation goes on: later in the paragraph, or as all of the next one."""
    last = max(r[1] for r in (extent(draft), draft["cue"], draft["source"]) if r)
    between = range(last, region.begin)
    breaks = sum(1 for i in between if tree.is_blank(i) and "\n" in tree.forms[i])
    words = sum(1 for i in between if tree.is_word(i))
    if breaks == 0:
        return words <= LONGEST_GAP or tree.sentence(last - 1)[1] >= region.begin
    return breaks == 1 and words <= LONGEST_GAP and _stands_alone(tree, region)


def _stands_alone(tree: Tree, region: Quoted) -> bool:
    """Whether the quotation is a paragraph of its own."""
    before, after = region.begin - 1, region.end
    starts = before < 0 or (tree.is_blank(before) and "\n" in tree.forms[before])
    ends = after >= tree.size or (tree.is_blank(after) and "\n" in tree.forms[after])
    return starts and ends
