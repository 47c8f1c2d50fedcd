"""Words withheld: «declined to comment», «did not respond», «could not verify».

Standards editors look for these as much as for quotations: they say that the accused was asked and
that the outlet tried to check. Often nothing is said, so the draft has no content.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.constituents import Constituents
from quoth.extractors.drafts import Draft, Range, drafts_of, position, register_extensions
from quoth.extractors.modality import Modality
from quoth.extractors.tree import SUBJECTS, Tree, tree_of
from quoth.extractors.values import SpeechAct
from quoth.extractors.verb_frames import VerbFrames

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.lemmas import Lemmatizer

MODALS = frozenset(
    ("could", "can", "would", "did", "does", "do", "has", "have", "had", "wo", "was")
)
POSSIBILITY = frozenset(("could", "can", "been"))
NEGATIONS = frozenset(("not", "n't", "n’t", "never"))
CERTAIN = 3.0
CONTENT_FRAMES = ("that", "wh", "obj", "finite", "to", "bare")


class Withholding:
    """Add or mark the drafts in which a source withholds: `speech_act` no-comment or unverified."""

    def __init__(self, lemmas: Lemmatizer) -> None:
        path = files("quoth.extractors") / "lexicons" / "withholding.json"
        words = json.loads(path.read_text(encoding="utf-8"))
        self.words: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in words.items()}
        self.lemmas = lemmas
        self.negations = Modality.load().negations
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Set `speech_act` where something is withheld; returns the same `doc`."""
        tree = tree_of(doc)
        parts = Constituents(tree)
        drafts = drafts_of(doc)
        by_head = {draft["head"]: draft for draft in drafts}
        for i in range(tree.size):
            if tree.is_verb(i):
                found = self._withheld(tree, i)
                if found is not None:
                    act, governor = found
                    known = by_head.get(governor) or by_head.get(i)
                    if governor != i and governor in by_head:
                        # «declined to say whether …», «… to confirm or deny it»: one act.
                        joined = (c for c in tree.children[i] if tree.deps[c] == "conj")
                        for withheld in (i, *joined):
                            if withheld in by_head:
                                drafts.remove(by_head.pop(withheld))
                    if known is None:
                        known = self._draft(tree, parts, i, governor)
                        drafts.append(known)
                        by_head[i] = known
                    elif self._is_bare(tree, known, i):
                        known["content"] = []
                    known["speech_act"] = act.value
        drafts.sort(key=position)
        doc._.attributions = drafts
        return doc

    def _withheld(self, tree: Tree, i: int) -> tuple[SpeechAct, int] | None:
        """Return the act and the verb that governs it, for verb i."""
        lemma = self.lemmas.verb(tree.words[i], tree.tags[i])
        governor = self._governor(tree, i, lemma)
        if governor is not None:
            return governor
        negation = next(self.negations.of(tree, i), None)
        if negation is not None:
            act = self._negated(tree, i, lemma, by_subject=_is_of_subject(tree, i, negation))
        else:
            act = SpeechAct.NO_COMMENT if self._has_no_comment(tree, i, lemma) else None
        return (act, i) if act is not None else None

    def _governor(self, tree: Tree, i: int, lemma: str) -> tuple[SpeechAct, int] | None:
        """Return act and verb of «declined to …», «has yet to …», «was unable to verify …»."""
        governor = tree.heads[i]
        if tree.deps[i] != "xcomp" or governor == i:
            return None
        above = self.lemmas.verb(tree.words[governor], tree.tags[governor])
        not_yet = above in ("have", "be") and any(
            tree.words[c] == "yet" for c in tree.children[governor]
        )
        if (above in self.words["refusing"] and lemma in self.words["speaking"]) or (
            not_yet and lemma in self.words["answering"]
        ):
            return SpeechAct.NO_COMMENT, governor
        if lemma in self.words["checking"] and self._is_unable(tree, governor):
            verb = governor if tree.is_verb(governor) else tree.heads[governor]
            return SpeechAct.UNVERIFIED, verb
        return None

    def _negated(self, tree: Tree, i: int, lemma: str, *, by_subject: bool) -> SpeechAct | None:
        """Return the act of a negated verb («could not verify», «neither company responded»)."""
        words = self.words
        if lemma in words["checking"] and _has(tree, i, POSSIBILITY):
            return SpeechAct.UNVERIFIED
        sought = lemma in words["reaching"] and tree.child(i, "auxpass") is not None
        silent = lemma in words["answering"] and (
            _has(tree, i, MODALS)
            # «Nobody answered» may speak of a door.
            or (by_subject and lemma != "answer")
        )
        if sought or (silent and (lemma != "return" or _has_call(tree, i))):
            return SpeechAct.NO_COMMENT
        return None

    def _is_unable(self, tree: Tree, governor: int) -> bool:
        for c in (governor, *tree.children[governor]):
            if tree.words[c] == "unable":
                return True
            if tree.words[c] == "able" and _is_negated(tree, tree.heads[c]):
                return True
        return False

    def _has_no_comment(self, tree: Tree, i: int, lemma: str) -> bool:
        noun = tree.child(i, "dobj") if lemma == "have" else None
        if noun is None or tree.words[noun] not in self.words["without_comment"]:
            return False
        return any(tree.words[c] == "no" for c in tree.children[noun])

    def _draft(self, tree: Tree, parts: Constituents, i: int, governor: int) -> Draft:
        source, passive, _ = parts.agent_of(governor)
        subject = tree.child(governor, "nsubjpass")
        lemma = self.lemmas.verb(tree.words[i], tree.tags[i])
        if subject is not None and lemma in self.words["reaching"]:
            # «could not be reached by telephone»: who was sought is the subject.
            source = parts.phrase(subject)
        begin = parts.verb_group(governor)[0]
        content: list[Range] = []
        for frame, pieces, _ in VerbFrames(parts).complements(i):
            if frame in CONTENT_FRAMES:
                content = list(pieces)
                break
        return Draft(
            head=i,
            word="v:" + self.lemmas.verb(tree.words[i], tree.tags[i]),
            frame="withheld",
            source=source,
            cue=(begin, max(i, governor) + 1),
            content=[piece for piece in content if piece[0] > i],
            log_odds=CERTAIN,
            passive=passive,
        )

    def _is_bare(self, tree: Tree, draft: Draft, i: int) -> bool:
        """Whether the draft's content is no more than the withheld act («to comment»)."""
        words = [k for begin, end in draft["content"] for k in range(begin, end) if tree.is_word(k)]
        return words in ([i - 1, i], [i])


def _is_of_subject(tree: Tree, i: int, negation: int) -> bool:
    """Whether a negation of verb i is its subject or stands in it («none of them commented»)."""
    return tree.heads[negation] != i or tree.deps[negation] in SUBJECTS


def _is_negated(tree: Tree, i: int) -> bool:
    return any(tree.words[c] in NEGATIONS for c in tree.children[i])


def _has(tree: Tree, i: int, words: frozenset[str]) -> bool:
    return any(tree.words[c] in words for c in tree.children[i] if tree.deps[c].startswith("aux"))


def _has_call(tree: Tree, i: int) -> bool:
    noun = tree.child(i, "dobj")
    return noun is not None and tree.words[noun] in (
        "call",
        "calls",
        "message",
        "messages",
        "email",
        "emails",
        "request",
        "requests",
    )
