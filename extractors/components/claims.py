"""What a claim says: polarity, certainty, temporality, subject – predicate – object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.constituents import Constituents
from quoth.extractors.drafts import Draft, Range, Reading, drafts_of, own_claims_of
from quoth.extractors.modality import Modality
from quoth.extractors.tree import SUBJECTS, Tree, tree_of
from quoth.extractors.values import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.lemmas import Lemmatizer


Proposition = tuple[Range | None, Range, Range | None, str, float]

READ, UNDERSTOOD, NOMINAL = 0.8, 0.6, 0.4
"""Confidence of a reading: all of it in the words; subject understood; no verb of its own."""
EDGES = frozenset(
    (",", ";", ":", ".", "?", "!", "–", "—", "-", '"', "“", "”", "'", "‘", "’", "»", "«")
)


class Claims:
    """Give each draft, the document's own claims included, its `claim` (a `Reading`) or None.

    Every sentence of the content is read by its main verb; a content without a verb («rejects the
    plan») is read as its noun phrase and the cue. Modality follows the scheme of GRaSP (van Son et
    al. 2016) and FactBank (Saurí & Pustejovsky 2009) and is judged on the first main clause.
    """

    def __init__(self, lemmas: Lemmatizer) -> None:
        self.modality = Modality.load()
        self.lemmas = lemmas

    def __call__(self, doc: Doc) -> Doc:
        """Set `claim` on every draft; returns the same `doc`."""
        tree = tree_of(doc)
        parts = Constituents(tree)
        for draft in (*drafts_of(doc), *own_claims_of(doc)):
            draft["claim"] = self._read(tree, parts, draft)
        return doc

    def _read(self, tree: Tree, parts: Constituents, draft: Draft) -> Reading | None:
        if not draft["content"]:
            return None
        propositions: list[Proposition] = []
        mains = _main_tokens(tree, draft["content"])
        for main, piece in mains:
            propositions.append(self._proposition(tree, parts, main, piece, draft))
        main = mains[0][0] if mains else draft["content"][0][0]
        told = self.modality.of(tree, main, draft["content"][0])
        first = tree.words[draft["content"][0][0]]
        is_open = told.certainty is Certainty.CERTAIN and first in ("if", "whether")
        planned = draft["frame"] in ("to", "obj_to", "subj_to") and tree.tags[main] == "VB"
        return Reading(
            negative=told.negative,
            certainty=(Certainty.UNDERSPECIFIED if is_open else told.certainty).value,
            future=told.future or planned,
            triggers=list(told.triggers),
            propositions=propositions,
        )

    def _proposition(
        self, tree: Tree, parts: Constituents, main: int, piece: Range, draft: Draft
    ) -> Proposition:
        if not tree.is_verb(main) and tree.tags[main] != "MD":
            return self._nominal(tree, parts, main, piece, draft)
        subject = tree.child(main, *SUBJECTS)
        predicate = parts.verb_group(main)
        begin, end = max(predicate[0], piece[0]), min(predicate[1], piece[1])
        to = next((c for c in tree.children[main] if tree.tags[c] == "TO"), None)
        if to is not None and piece[0] <= to < begin:
            begin = to
        said = _within(parts.phrase(subject), piece) if subject is not None else None
        understood = said is None and draft["source"] is not None
        rest = tree.trim(end, min(tree.right(main), piece[1]), EDGES)
        lemma = self.lemmas.verb(tree.words[main], tree.tags[main])
        return (
            draft["source"] if understood else said,
            (begin, end),
            rest if rest[0] < rest[1] else None,
            lemma,
            UNDERSTOOD if said is None else READ,
        )

    def _nominal(
        self, tree: Tree, parts: Constituents, main: int, piece: Range, draft: Draft
    ) -> Proposition:
        phrase = _within(parts.phrase(main), piece) or piece
        rest = tree.trim(phrase[1], piece[1], EDGES)
        cue = draft["cue"]
        if cue is None:
            verb = phrase
            return None, verb, rest if rest[0] < rest[1] else None, tree.words[main], NOMINAL
        lemma = draft["word"].split(":", 1)[1] or tree.words[cue[0]]
        return phrase, cue, rest if rest[0] < rest[1] else None, lemma, NOMINAL


def _main_tokens(tree: Tree, content: list[Range]) -> list[tuple[int, Range]]:
    """For each sentence's part of the content its main token, with that part."""
    mains = []
    for begin, end in content:
        start = begin
        while start < end:
            stop = min(end, tree.sentence(start)[1])
            main = _main(tree, start, stop)
            if main is not None:
                mains.append((main, (start, stop)))
            start = stop
    return mains


def _main(tree: Tree, begin: int, end: int) -> int | None:
    tops = [
        i
        for i in range(begin, end)
        if tree.is_word(i) and (tree.heads[i] == i or not begin <= tree.heads[i] < end)
    ]
    verbs = [i for i in tops if tree.is_verb(i) or tree.tags[i] == "MD"]
    return next(iter(verbs or tops), None)


def _within(span: Range, piece: Range) -> Range | None:
    begin, end = max(span[0], piece[0]), min(span[1], piece[1])
    return (begin, end) if begin < end else None
